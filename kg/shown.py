"""Which statements people read. The one place that decides it for pages, searches, briefs, cards and counts.

A statement that says only how its source is arranged (`sl:arrangementOnly`) is there for those who query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rdflib import URIRef

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as

__all__ = ["Shown", "shown_rows", "shown_statements"]


class _OfAClaim(Protocol):
    @property
    def claim(self) -> str: ...


RowT = TypeVar("RowT", bound=_OfAClaim)


@dataclass(frozen=True)
class Shown:
    """Which statements people read.

    Attributes:
        hidden: IRIs of the statements that nobody who reads sees.
    """

    hidden: frozenset[str]

    def of(self, claim: str) -> str | None:
        """Return the statement that people read for a claim; None for one that nobody who reads sees."""
        return None if claim in self.hidden else claim

    def rows(self, rows: Iterable[RowT]) -> list[RowT]:
        """Return the rows whose statements people read."""
        return [row for row in rows if self.of(row.claim) is not None]


@row_of("statement-arrangements")
class _ArrangementRow:
    claim: str


def shown_statements(engine: Engine, graphs: Sequence[URIRef] | None = None) -> Shown:
    """Ask which statements people read.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Shown(frozenset(row.claim for row in rows_as(_ArrangementRow, engine, graphs)))


def shown_rows(
    row: type[RowT],
    engine: Engine,
    graphs: Sequence[URIRef] | None = None,
    **given: str | URIRef | Sequence[URIRef],
) -> list[RowT]:
    """Ask the question of a row class and return the rows whose statements people read; see `rows_as`."""
    return shown_statements(engine, graphs).rows(rows_as(row, engine, graphs, **given))
