"""What the paper says beside its cases and factors, as lists: works, qualities, programmes and more."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link, Statement
from kg.views.statements import statements_of

__all__ = ["Background", "BackgroundEntry", "background"]


@dataclass(frozen=True)
class BackgroundEntry:
    """One entry of a list.

    Attributes:
        link: What it is, with its page.
        meaning: What it means, or is cited for; "" where nothing is said.
        beside: Works that name it, or cases in which it is named or shown.
        statements: Statements that speak of it.
    """

    link: Link
    meaning: str = ""
    beside: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Background:
    """The lists.

    Attributes:
        finders: Statements on who found the five factors, and on which works they drew.
        facilitation: Ways of working of facilitators.
        qualities: Qualities and styles of leading.
        works: Works that the paper cites, the oldest first.
        programmes: Programmes, plans and agreements that are named.
    """

    finders: tuple[Statement, ...]
    facilitation: tuple[BackgroundEntry, ...]
    qualities: tuple[BackgroundEntry, ...]
    works: tuple[BackgroundEntry, ...]
    programmes: tuple[BackgroundEntry, ...]


@row_of("factor-finder")
class _FinderRow:
    found: str
    drew: str | None


@row_of("facilitator-practice-list")
class _FacilitationRow:
    practice: str
    label: str
    definition: str | None
    claim: str


@row_of("quality-list")
class _QualityRow:
    quality: str
    label: str
    definition: str | None
    work: str | None
    work_label: str | None
    case: str | None
    case_label: str | None


@row_of("source-starting-point")
class _StartRow:
    source: URIRef


@row_of("work-list")
class _WorkRow:
    work: str
    label: str
    backs: str | None


@row_of("programme-list")
class _ProgrammeRow:
    programme: str
    label: str
    about: str
    about_label: str


def background(engine: Engine, graphs: Graphs = None) -> Background:
    """Return the lists.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    finder_rows = rows_as(_FinderRow, engine, graphs)
    facilitation = shown_rows(_FacilitationRow, engine, graphs, lambda row: row.practice)
    qualities = rows_as(_QualityRow, engine, graphs)
    programmes = rows_as(_ProgrammeRow, engine, graphs)
    claims = [claim for row in finder_rows for claim in (row.found, row.drew) if claim is not None]
    told = statements_of(engine, [*claims, *(row.claim for row in facilitation)], graphs)
    works = [
        work
        for start in rows_as(_StartRow, engine, graphs)
        for work in rows_as(_WorkRow, engine, graphs, source=start.source)
    ]
    return Background(
        finders=tuple(told[claim] for claim in dict.fromkeys(claims)),
        facilitation=tuple(
            BackgroundEntry(
                link_of(practice, rows[0].label),
                rows[0].definition or "",
                statements=tuple(told[row.claim] for row in rows),
            )
            for practice, rows in grouped(facilitation, key=lambda row: row.practice).items()
        ),
        qualities=tuple(
            BackgroundEntry(
                link_of(quality, rows[0].label),
                rows[0].definition or "",
                _links((row.work, row.work_label) for row in rows)
                + _links((row.case, row.case_label) for row in rows),
            )
            for quality, rows in grouped(qualities, key=lambda row: row.quality).items()
        ),
        works=tuple(BackgroundEntry(link_of(row.work, row.label), row.backs or "") for row in works),
        programmes=tuple(
            BackgroundEntry(
                link_of(programme, rows[0].label),
                beside=_links((row.about, row.about_label) for row in rows),
            )
            for programme, rows in grouped(programmes, key=lambda row: row.programme).items()
        ),
    )


def _links(pairs: Iterable[tuple[str | None, str | None]]) -> tuple[Link, ...]:
    """Return a link to each thing that has a name, once."""
    return tuple(
        dict.fromkeys(link_of(iri, label) for iri, label in pairs if iri is not None and label is not None)
    )
