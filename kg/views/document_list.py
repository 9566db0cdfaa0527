"""All documents: what each is, how many statements rest on it, and about which cases."""

from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import ReadingExtent, YearBasis
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.statements import slug_of, year_in_words

__all__ = ["ListedDocument", "document_list"]

_STANDS = "stands"


@dataclass(frozen=True)
class ListedDocument:
    """A document as the list of all shows it.

    Attributes:
        slug: The last part of its IRI.
        name: Its title, or a short name where none is known.
        by: Who wrote or published it, where that is known.
        year: Its year, or the words that say that none is stated.
        kind: What kind of document it is.
        extent: How much of it was read.
        reading: The same in words.
        statements: How many statements rest on it.
        attributed: How many statements of other documents are attributed to it.
        cases: The cases that any of these are about.
        cited: Whether the document that the collection set out from cites it.
        cited_for: What that document cites it for.
        starting_point: Whether it is that document.
    """

    slug: str
    name: str
    by: str | None
    year: str
    kind: str
    extent: ReadingExtent
    reading: str
    statements: int
    attributed: int
    cases: tuple[Link, ...]
    cited: bool
    cited_for: str
    starting_point: bool


@row_of("source-index")
class _IndexRow:
    source: str
    label: str
    title: str | None
    authors: str | None
    publisher: str | None
    year: str | None
    year_basis: YearBasis
    year_known: str
    order: int
    kind_label: str
    extent: ReadingExtent
    reading: str
    start: bool | None


@row_of("source-cases")
class _StatementRow:
    source: str
    part: str
    claim: str
    case: str | None
    label: str | None


@row_of("source-starting-point")
class _StartRow:
    source: URIRef


@row_of("work-list")
class _WorkRow:
    work: str
    backs: str | None


def document_list(engine: Engine, graphs: Graphs = None) -> tuple[ListedDocument, ...]:
    """Return the documents, by kind and name.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask, and then only what they cite or hold a statement of; all of them if None.
    """
    statements = grouped(shown_rows(_StatementRow, engine, graphs), key=lambda row: row.source)
    starts = [row.source for row in rows_as(_StartRow, engine, graphs)]
    works = rows_as(_WorkRow, engine, graphs, source=starts) if starts else []
    cited = {row.work: row.backs or "" for row in works}
    # One of several writers or publishers stands for them, the first by name.
    first = [
        own[0] for own in grouped(rows_as(_IndexRow, engine, graphs), key=lambda row: row.source).values()
    ]
    return tuple(
        _listed(row, statements.get(row.source, []), cited.get(row.source))
        for row in sorted(first, key=lambda row: (row.order, (row.title or row.label).lower()))
        if graphs is None or row.source in statements or row.source in cited
    )


def _listed(row: _IndexRow, statements: list[_StatementRow], cited_for: str | None) -> ListedDocument:
    cases = {each.case: each.label for each in statements if each.case is not None}
    return ListedDocument(
        slug=slug_of(row.source),
        name=row.title or row.label,
        by=row.authors or row.publisher,
        year=year_in_words(row.year, row.year_basis, row.year_known),
        kind=row.kind_label,
        extent=row.extent,
        reading=row.reading,
        statements=len({each.claim for each in statements if each.part == _STANDS}),
        attributed=len({each.claim for each in statements if each.part != _STANDS}),
        cases=tuple(link_of(case, label or "") for case, label in cases.items()),
        cited=cited_for is not None,
        cited_for=cited_for or "",
        starting_point=bool(row.start),
    )
