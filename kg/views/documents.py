"""A document as its page shows it: what it is, how much of it was read, and what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rdflib import DCTERMS, FOAF, OWL, SKOS, URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import YearBasis
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows, shown_statements
from kg.terms import PREFIXES, SL
from kg.views.bodies import words_of_their_time
from kg.views.changes import corrections_of
from kg.views.choices import Graphs
from kg.views.links import is_address, link_of
from kg.views.records import BodyNote, Contrast
from kg.views.statement_records import Link, Other, Statement
from kg.views.statements import recorded_statements, slug_of, statements_of, year_in_words
from kg.views.stories import StoryUse, story_uses

__all__ = [
    "Document",
    "DocumentProperty",
    "Passages",
    "Reference",
    "StatementPage",
    "document",
    "statement_page",
]


@dataclass(frozen=True)
class DocumentProperty:
    """Something known of a document, with what it means.

    Attributes:
        iri: The concept that says so.
        name: What is known, such as “Read in part”.
        meaning: What that means.
    """

    iri: str
    name: str
    meaning: str


@dataclass(frozen=True)
class Reference:
    """What is known of a document.

    Attributes:
        slug: The last part of its IRI.
        label: A short name.
        title: Its title, where one is known.
        authors: Who wrote it, where that is known.
        publisher: Where it was published, where that is known.
        page: Its web address, where one is known.
        year: Its year and how it is known.
        year_basis: How the year is known.
        kind: What kind of document it is.
        tier: How it came to be published, where that is known.
        reading: How much of it was read.
        copy: Whether it was read on its own page; None for the paper.
        notes: What a reader should know of it.
        doi: Its DOI as a web address, where it has one.
        cited_for: What it is cited for.
        cited_as: What the paper that cites it calls it, whatever we found it to be.
        affiliation: Where its authors work, as it says itself.
        starting_point: Whether it is the one that the collection set out from.
    """

    slug: str
    label: str
    title: str | None
    authors: str | None
    publisher: str | None
    page: str | None
    doi: str | None
    year: str
    year_basis: DocumentProperty
    kind: DocumentProperty
    tier: DocumentProperty | None
    reading: DocumentProperty
    copy: DocumentProperty | None
    notes: tuple[str, ...]
    cited_for: tuple[str, ...]
    cited_as: str | None
    affiliation: str | None
    starting_point: bool


@dataclass(frozen=True)
class Passages:
    """Statements that stand together: in one section, or about one case.

    Attributes:
        heading: The section or the case, with a page where there is one.
        statements: What they say.
    """

    heading: Link
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Document:
    """One document.

    Attributes:
        reference: What is known of it.
        groups: Its statements, by section where it was read whole, by case where it was read in part.
        versions: Copies, summaries and the work itself, of which this is one.
        differing: Its statements that other documents tell differently.
        cited: The statements of other documents that cite it.
        attributed: Statements that other documents take from it.
    """

    reference: Reference
    groups: tuple[Passages, ...]
    versions: tuple[Link, ...]
    differing: tuple[Contrast, ...]
    cited: tuple[Statement, ...]
    attributed: tuple[Statement, ...]

    @property
    def statements(self) -> int:
        """How many statements stand in it."""
        return sum(len(group.statements) for group in self.groups)


@dataclass(frozen=True)
class StatementPage:
    """One statement with the document it stands in.

    Attributes:
        statement: The statement.
        reference: What is known of the document.
        words: Words for kinds of bodies that the statement uses.
        corrected: The day and the text of each correction, latest first.
        listed: Whether lists show it, or one that says the same; what says only how its document is arranged,
            they do not.
        in_short: The statement that people read in its place, because both say the same.
        stories: The sentences of stories that rest on it.
    """

    statement: Statement
    reference: Reference
    words: tuple[BodyNote, ...] = ()
    corrected: tuple[tuple[date, str], ...] = ()
    listed: bool = True
    in_short: Link | None = None
    stories: tuple[StoryUse, ...] = ()


@row_of("source-statements")
class _StatementRow:
    claim: str
    about: str
    label: str
    order: int | None
    number: str | None
    heading: str | None
    paragraph: int | None
    sentence: int | None


@row_of("source-cited-by")
class _CitingRow:
    claim: str
    part: str


@row_of("source-merged")
class _MergedRow:
    record: URIRef
    source: URIRef


@row_of("thing-properties")
class _PropertyRow:
    property: URIRef
    value: str
    label: str | None
    meaning: str | None


@row_of("source-versions")
class _VersionRow:
    source: str
    label: str
    work: str
    work_label: str


@row_of("source-compared")
class _ComparedRow:
    claim: str
    statement: str
    other: str
    other_statement: str
    other_source: str


def document(engine: Engine, slug: str, graphs: Graphs = None) -> Document:
    """Give one document.

    Args:
        engine: Where to ask.
        slug: The last part of its IRI, or of that of a record that was merged into its own.
        graphs: Graphs to ask; all of them if None.

    Raises:
        UnknownName: If these graphs say nothing of it.
    """
    iri = _kept(engine, slug)
    known = _reference(engine, iri, graphs)
    rows = shown_rows(_StatementRow, engine, graphs, source=iri)
    citing = shown_rows(_CitingRow, engine, graphs, lambda row: row.part, source=iri)
    told = statements_of(engine, [*(row.claim for row in rows), *(row.claim for row in citing)], graphs)
    parts = {
        part: tuple(told[row.claim] for row in citing if row.part == part) for part in ("cited", "attributed")
    }
    return Document(
        reference=known,
        groups=_groups(rows, told),
        versions=_versions(engine, iri, graphs),
        differing=_differing(engine, iri, known.label, graphs),
        cited=parts["cited"],
        attributed=parts["attributed"],
    )


def statement_page(engine: Engine, slug: str, graphs: Graphs = None) -> StatementPage:
    """Give one statement with the document it stands in.

    Args:
        engine: Where to ask.
        slug: The last part of its IRI.
        graphs: Graphs to ask; all of them if None.

    Raises:
        UnknownName: If these graphs do not hold it.
    """
    claim = PREFIXES["claim"] + slug
    shown = shown_statements(engine, graphs)
    read = shown.of(claim)
    wanted = [each for each in dict.fromkeys((claim, read)) if each is not None]
    statements = recorded_statements(engine, wanted, graphs) if is_address(slug) else {}
    if claim not in statements:
        raise UnknownName("statement", slug[:100], ())
    source = (statements[claim].source.document.address or "").partition("=")[2]
    return StatementPage(
        statements[claim],
        _reference(engine, URIRef(PREFIXES["source"] + source), graphs),
        words_of_their_time(engine, [statements[claim]], graphs),
        corrections_of(engine, slug, graphs),
        listed=read is not None,
        in_short=None if read is None or read == claim else link_of(read, statements[read].text),
        stories=story_uses(engine, shown.saying_the_same(claim), graphs),
    )


def _kept(engine: Engine, slug: str) -> URIRef:
    """Return the record that is kept of a document, where two were once."""
    iri = URIRef(PREFIXES["source"] + slug)
    merged = {row.record: row.source for row in rows_as(_MergedRow, engine)}
    return merged.get(iri, iri)


def _reference(engine: Engine, iri: URIRef, graphs: Graphs) -> Reference:
    slug = slug_of(iri)
    rows = rows_as(_PropertyRow, engine, graphs, thing=iri) if is_address(slug) else []
    values = grouped(rows, key=lambda row: row.property)

    def one(name: URIRef) -> str | None:
        return next((row.label or row.value for row in values.get(name, ())), None)

    def known(name: URIRef) -> DocumentProperty | None:
        return next(
            (DocumentProperty(row.value, row.label or "", row.meaning or "") for row in values.get(name, ())),
            None,
        )

    label, kind, reading = one(SKOS.prefLabel), known(SL.documentKind), known(SL.readingExtent)
    year_basis = known(SL.yearBasis)
    if label is None or kind is None or reading is None or year_basis is None:
        raise UnknownName("document", slug[:100], ())
    return Reference(
        slug=slug,
        label=label,
        title=one(DCTERMS.title),
        authors=one(SL.byline) or one(DCTERMS.creator),
        publisher=one(SL.imprint) or one(DCTERMS.publisher),
        page=one(FOAF.page),
        doi=one(OWL.sameAs),
        year=year_in_words(one(DCTERMS.issued), YearBasis.of(year_basis.iri), year_basis.name),
        year_basis=year_basis,
        kind=kind,
        tier=known(SL.tier),
        reading=reading,
        copy=known(SL.copyRead),
        notes=tuple(row.value for row in values.get(SKOS.editorialNote, ())),
        cited_for=tuple(row.value for row in values.get(SL.backs, ())),
        cited_as=one(SL.citedAs),
        affiliation=one(SL.affiliation),
        starting_point=SL.startingPoint in values,
    )


def _groups(rows: Sequence[_StatementRow], told: dict[str, Statement]) -> tuple[Passages, ...]:
    first: dict[str, _StatementRow] = {}
    for row in rows:
        first.setdefault(row.claim, row)
    ordered = sorted(first.values(), key=_in_order)
    return tuple(
        Passages(heading, tuple(told[row.claim] for row in together))
        for heading, together in groupby(ordered, key=_heading)
    )


def _in_order(row: _StatementRow) -> tuple[int, int, int, str, str, int]:
    home, _, number = slug_of(row.claim).rpartition("-")
    section = row.order or 0
    return section, row.paragraph or 0, row.sentence or 0, "" if section else row.label, home, int(number)


def _heading(row: _StatementRow) -> Link:
    if row.heading is not None:
        return Link(f"Section {row.number}: {row.heading}" if row.number else row.heading)
    return link_of(row.about, row.label)


def _versions(engine: Engine, iri: URIRef, graphs: Graphs) -> tuple[Link, ...]:
    rows = rows_as(_VersionRow, engine, graphs)
    works = {row.work for row in rows if str(iri) in {row.source, row.work}}
    versions = {
        link_of(version, label): None
        for row in rows
        if row.work in works
        for version, label in ((row.work, row.work_label), (row.source, row.label))
        if version != str(iri)
    }
    return tuple(versions)


def _differing(engine: Engine, iri: URIRef, label: str, graphs: Graphs) -> tuple[Contrast, ...]:
    return tuple(
        Contrast(
            Other(slug_of(row.claim), row.statement, label),
            Other(slug_of(row.other), row.other_statement, row.other_source),
        )
        for row in rows_as(_ComparedRow, engine, graphs, source=iri)
    )
