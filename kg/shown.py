"""Which statements people read. The one place that decides it for pages, searches, briefs, cards and counts.

A statement that says only how its source is arranged (`sl:arrangementOnly`) is there for those who query. Of
several that say the same, people read one, to which the others lead (`sl:shownAs`).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from rdflib import URIRef

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as

__all__ = ["Shown", "shown_rows", "shown_statements"]


class _OfAClaim(Protocol):
    @property
    def claim(self) -> str: ...


RowT = TypeVar("RowT", bound=_OfAClaim)


def _in_one_list(_row: object) -> Hashable:
    return None


@dataclass(frozen=True)
class Shown:
    """Which statements people read.

    Attributes:
        hidden: IRIs of the statements that nobody who reads sees.
        instead: By IRI of a statement that says the same as another, the IRI of the one that people read.
    """

    hidden: frozenset[str]
    instead: Mapping[str, str]

    def of(self, claim: str) -> str | None:
        """Return the statement that people read for a claim; None for one that nobody who reads sees."""
        return None if claim in self.hidden else self.instead.get(claim, claim)

    def saying_the_same(self, claim: str) -> list[str]:
        """Return the claims that people read as one with this: the one they read first."""
        read = self.of(claim) or claim
        return [read, *(each for each, instead in self.instead.items() if instead == read)]

    def rows(self, rows: Iterable[RowT], list_of: Callable[[RowT], Hashable] = _in_one_list) -> list[RowT]:
        """Return the rows of the statements that people read, each statement once in a list.

        Args:
            rows: Rows, each of a claim; one that says the same as another becomes a row of that one.
            list_of: Tells in which list a row stands, where there are several.
        """
        rows = list(rows)
        # Of claims that are read as one, its own rows come before those that lead to it.
        chosen: dict[tuple[Hashable, str], str] = {}
        for row in rows:
            if (read := self.of(row.claim)) is not None:
                place = list_of(row), read
                chosen[place] = read if row.claim == read else chosen.get(place, row.claim)
        return [
            row if row.claim == read else _as_row_of(row, read)
            for row in rows
            if (read := self.of(row.claim)) is not None and chosen[list_of(row), read] == row.claim
        ]


def _as_row_of(row: RowT, claim: str) -> RowT:
    """Return a row with another claim in place of its own."""
    made: Any = row
    changed: RowT = replace(made, claim=claim)
    return changed


@row_of("statement-arrangements")
class _ArrangementRow:
    claim: str


@row_of("statement-shown-as")
class _ShownAsRow:
    claim: str
    shown_as: str


def shown_statements(engine: Engine, graphs: Sequence[URIRef] | None = None) -> Shown:
    """Ask which statements people read.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Shown(
        frozenset(row.claim for row in rows_as(_ArrangementRow, engine, graphs)),
        {row.claim: row.shown_as for row in rows_as(_ShownAsRow, engine, graphs)},
    )


def shown_rows(
    row: type[RowT],
    engine: Engine,
    graphs: Sequence[URIRef] | None = None,
    list_of: Callable[[RowT], Hashable] = _in_one_list,
    **given: str | URIRef | Sequence[URIRef],
) -> list[RowT]:
    """Ask the question of a row class and return the rows of the statements that people read.

    Args:
        row: A class that `row_of` has made the row of a question.
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
        list_of: Tells in which list a row stands, where there are several; see `Shown.rows`.
        **given: What the question is given; see `rows_as`.
    """
    return shown_statements(engine, graphs).rows(rows_as(row, engine, graphs, **given), list_of)
