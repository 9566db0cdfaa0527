"""Cases in order of time: what their statements speak of, and of which years their documents are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rdflib import URIRef

from kg.engine import Engine
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link, Statement
from kg.views.statements import slug_of, statements_of

__all__ = ["Chronology", "DatedDocument", "DatedStatement", "Dates", "chronology"]


@dataclass(frozen=True)
class DatedStatement:
    """A statement and the years it speaks of.

    Attributes:
        statement: The statement.
        time: The year, month or day by which it is sorted, as the data writes it.
        first: The year with which it begins.
        last: The year with which it ends; the same where it speaks of no span.
    """

    statement: Statement
    time: str
    first: int
    last: int


@dataclass(frozen=True)
class DatedDocument:
    """A document and its year.

    Attributes:
        document: What it is called, with its page.
        year: Its year; None where none is stated.
    """

    document: Link
    year: int | None


@dataclass(frozen=True)
class Dates:
    """One case in order of time.

    Attributes:
        slug: The last part of its IRI.
        case: What it is called, with its page.
        dated: Its dated statements, in order of time.
        undated: The statements about it that speak of no time of their own: the last part of each IRI.
        documents: The documents that speak of it, in order of year; those without one last.
    """

    slug: str
    case: Link
    dated: tuple[DatedStatement, ...]
    undated: tuple[str, ...]
    documents: tuple[DatedDocument, ...]


@dataclass(frozen=True)
class Chronology:
    """Some cases in order of time.

    Attributes:
        cases: The cases, in the order asked for.
    """

    cases: tuple[Dates, ...]

    @property
    def statements(self) -> tuple[DatedStatement, ...]:
        """Every dated statement once, in order of time, though it be about several cases."""
        once = {dated.statement.slug: dated for case in self.cases for dated in case.dated}
        return tuple(sorted(once.values(), key=lambda dated: (dated.time, dated.statement.slug)))

    @property
    def undated(self) -> int:
        """How many statements speak of no time of their own, each counted once."""
        return len({slug for case in self.cases for slug in case.undated})


@row_of("case-timeline")
class _TimeRow:
    case: str
    claim: str
    time: str
    end: str | None


@row_of("case-undated")
class _UndatedRow:
    case: str
    claim: str


@row_of("case-sources")
class _SourceRow:
    case: str
    source: str
    label: str
    year: str | None


def chronology(
    engine: Engine, cases: dict[str, str], graphs: Graphs = None, today: date | None = None
) -> Chronology:
    """Put cases in order of time.

    Args:
        engine: Where to ask.
        cases: The name of each case by its slug.
        graphs: Graphs to ask; all of them if None.
        today: Tells whether the time of a plan has passed; the day of the call if None.
    """
    if not cases:
        return Chronology(())
    iris = [URIRef(PREFIXES["case"] + slug) for slug in cases]
    times = grouped(
        shown_rows(_TimeRow, engine, graphs, lambda row: row.case, case=iris),
        key=lambda row: slug_of(row.case),
    )
    undated = grouped(
        shown_rows(_UndatedRow, engine, graphs, lambda row: row.case, case=iris),
        key=lambda row: slug_of(row.case),
    )
    sources = grouped(rows_as(_SourceRow, engine, graphs, case=iris), key=lambda row: slug_of(row.case))
    claims = [row.claim for rows in times.values() for row in rows]
    statements = statements_of(engine, claims, graphs, today)
    dates = []
    for slug, name in cases.items():
        dated = [_dated(row, statements) for row in times.get(slug, ())]
        dates.append(
            Dates(
                slug=slug,
                case=link_of(PREFIXES["case"] + slug, name),
                dated=tuple(dated),
                undated=tuple(slug_of(row.claim) for row in undated.get(slug, ())),
                documents=_issued(sources.get(slug, ())),
            )
        )
    return Chronology(tuple(dates))


def _dated(row: _TimeRow, statements: dict[str, Statement]) -> DatedStatement:
    return DatedStatement(statements[row.claim], row.time, _year(row.time), _year(row.end or row.time))


def _issued(rows: Iterable[_SourceRow]) -> tuple[DatedDocument, ...]:
    issued = [
        DatedDocument(link_of(row.source, row.label), None if row.year is None else _year(row.year))
        for row in rows
    ]
    return tuple(
        sorted(
            issued, key=lambda document: (document.year is None, document.year or 0, document.document.name)
        )
    )


def _year(time: str) -> int:
    return int(time[:4])
