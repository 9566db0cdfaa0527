"""Statements, each with all that has to be shown with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import DCTERMS, URIRef

from kg.engine import Engine
from kg.evidence import (
    Basis,
    Counts,
    Direction,
    Modality,
    Polarity,
    Standing,
    Voice,
    YearBasis,
    what_counts,
)
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows, shown_statements
from kg.terms import PREFIXES, SL
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import (
    Attribution,
    Citation,
    Evidence,
    Illustration,
    Link,
    NamedThing,
    Origin,
    Other,
    Place,
    Related,
    Relation,
    ReportedResult,
    Statement,
    StatementTime,
    Topics,
)
from kg.views.times import current_day, is_past, span_in_words

__all__ = [
    "CaseStatementRow",
    "PassageRow",
    "of_the_paper",
    "place_of",
    "recorded_statements",
    "slug_of",
    "statements_about",
    "statements_of",
    "year_in_words",
]

_REPORTS = PREFIXES["relation"] + "reports"
_PLANNED = PREFIXES["relation"] + "planned"
_IN_PART = "In the part that was read"
_SPELT = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = _SPELT.split()


def slug_of(iri: str) -> str:
    """Give the last part of an IRI."""
    return iri.rsplit("/", 1)[-1]


def year_in_words(year: str | None, basis: YearBasis, known: str) -> str:
    """Give the year of a document, and how it is known unless the document states it.

    Args:
        year: The year, if there is one.
        basis: How it is known.
        known: The same in words.

    >>> year_in_words("2015", YearBasis.INFERRED, "By its address")
    '2015 (by its address)'
    >>> year_in_words(None, YearBasis.NOT_STATED, "No year"), year_in_words("2015", YearBasis.STATED, "")
    ('no year', '2015')
    """
    if year is not None and basis is YearBasis.STATED:
        return year
    return known.lower() if year is None else f"{year} ({known.lower()})"


@row_of("case-statements")
class CaseStatementRow:
    """A statement about a case, with what decides where it stands on the page of the case."""

    claim: str
    group: str
    group_label: str
    object: str | None
    object_group: str | None
    subject_group: str | None
    direction: Direction | None
    time: str | None
    time_end: str | None


@row_of("statement-details")
class _DetailsRow:
    claim: str
    statement: str
    relation: str
    subject: str
    subject_label: str | None
    subject_scheme: str | None
    object: str | None
    object_label: str | None
    object_scheme: str | None
    basis: Basis
    modality: Modality
    polarity: Polarity
    direction: Direction | None
    voice: Voice
    inference: str | None
    time: str | None
    time_end: str | None


@row_of("statement-origins")
class _OriginRow:
    claim: str
    source: str
    label: str
    year: str | None
    year_basis: YearBasis
    year_known: str
    kind_label: str
    evidence: str
    origin: str


@dataclass(frozen=True)
class _PassageRow:
    number: str | None
    paragraph: int | None
    row: int | None
    box: str | None
    anchor: str | None


@row_of("statement-places")
class _PlaceRow(_PassageRow):
    claim: str
    heading: str | None


@row_of("passage-place")
class PassageRow(_PassageRow):
    """Where a passage stands in a document that was read whole."""

    passage: URIRef
    heading: str


@row_of("statement-notes")
class _NoteRow:
    claim: str
    property: URIRef
    value: str
    label: str | None


@row_of("statement-readings")
class _ReadingRow:
    claim: str
    concept: str
    label: str
    scheme: str
    basis: Basis
    reason: str


@row_of("statement-links")
class _LinkRow:
    claim: str
    link: str
    other: str
    statement: str
    source: str


def statements_about(
    engine: Engine, case: URIRef, graphs: Graphs, today: date
) -> list[tuple[CaseStatementRow, Statement]]:
    """Return every statement about a case that people read, with its row, in the order of the page.

    Args:
        engine: Where to ask.
        case: The case.
        graphs: Graphs to ask; all of them if None.
        today: Tells whether the time of a plan has passed.
    """
    rows = shown_rows(CaseStatementRow, engine, graphs, case=case)
    statements = statements_of(engine, [row.claim for row in rows], graphs, today)
    return [(row, statements[row.claim]) for row in rows]


def statements_of(
    engine: Engine, claims: Sequence[str], graphs: Graphs, today: date | None = None
) -> dict[str, Statement]:
    """Return statements that people read, with all that has to be shown with each.

    Args:
        engine: Where to ask.
        claims: Their IRIs.
        graphs: Graphs to ask; all of them if None.
        today: Tells whether the time of a plan has passed; the day of the call if None.

    Returns:
        Statements by the IRIs asked for; for a claim that says the same as another, the one that people read.
        One that these graphs do not hold, or nobody who reads sees, is left out.
    """
    shown = shown_statements(engine, graphs)
    read = {claim: each for claim in claims if (each := shown.of(claim)) is not None}
    found = recorded_statements(engine, list(dict.fromkeys(read.values())), graphs, today)
    return {claim: found[each] for claim, each in read.items() if each in found}


def recorded_statements(
    engine: Engine, claims: Sequence[str], graphs: Graphs, today: date | None = None
) -> dict[str, Statement]:
    """Return statements as they are recorded, whether people read them or not, in seven queries.

    Args:
        engine: Where to ask.
        claims: Their IRIs.
        graphs: Graphs to ask; all of them if None.
        today: Tells whether the time of a plan has passed; the day of the call if None.

    Returns:
        Statements by IRI; one that these graphs do not hold is left out.
    """
    if not claims:
        return {}
    given = [URIRef(claim) for claim in dict.fromkeys(claims)]

    origins = grouped(rows_as(_OriginRow, engine, graphs, claim=given), key=lambda row: row.claim)
    places = grouped(rows_as(_PlaceRow, engine, graphs, claim=given), key=lambda row: row.claim)
    notes = grouped(rows_as(_NoteRow, engine, graphs, claim=given), key=lambda row: row.claim)
    readings = grouped(rows_as(_ReadingRow, engine, graphs, claim=given), key=lambda row: row.claim)
    links = grouped(rows_as(_LinkRow, engine, graphs, claim=given), key=lambda row: row.claim)
    details = grouped(rows_as(_DetailsRow, engine, graphs, claim=given), key=lambda row: row.claim)
    counts = what_counts(engine)
    return {
        claim: _statement(
            rows[0],
            origins[claim],
            places[claim],
            notes[claim],
            readings.get(claim, []),
            links.get(claim, []),
            counts,
            today or current_day(),
        )
        for claim, rows in details.items()
    }


def _statement(
    row: _DetailsRow,
    origins: list[_OriginRow],
    places: list[_PlaceRow],
    notes: list[_NoteRow],
    readings: list[_ReadingRow],
    links: list[_LinkRow],
    counts: Counts,
    today: date,
) -> Statement:
    origin = origins[0]
    noted = grouped(notes, key=lambda note: note.property)

    def labels(name: URIRef) -> tuple[str, ...]:
        return tuple(note.label or "" for note in noted.get(name, ()))

    def named(name: URIRef) -> tuple[Link, ...]:
        return tuple(link_of(note.value, note.label or "") for note in noted.get(name, ()))

    def others(kind: str) -> tuple[Other, ...]:
        return tuple(
            Other(slug_of(link.other), link.statement, link.source) for link in links if link.link == kind
        )

    later = others("later")
    return Statement(
        slug=slug_of(row.claim),
        text=row.statement,
        evidence=Evidence(
            row.basis,
            row.modality,
            row.polarity,
            row.inference,
            tuple(note.value for note in noted.get(SL.caveat, ())),
        ),
        attribution=Attribution(row.voice, labels(SL.attribution)),
        time=_time(row, today, bool(later)),
        source=Citation(
            link_of(origin.source, origin.label),
            origin.kind_label,
            year_in_words(origin.year, origin.year_basis, origin.year_known),
            Origin(origin.origin),
            tuple(map(_place, places)),
        ),
        relation=_relation(row),
        topics=Topics(
            named(SL.about),
            next(iter(named(DCTERMS.spatial)), None),
            tuple(map(_illustration, readings)),
            labels(SL.setback),
        ),
        result=_result(row, origins, counts),
        related=Related(others("differs"), later, others("earlier")),
    )


def _time(row: _DetailsRow, today: date, followed: bool) -> StatementTime:
    end = row.time_end or row.time
    planned = row.relation == _PLANNED and end is not None
    overdue = planned and end is not None and is_past(end, today) and not followed
    return StatementTime(span_in_words(row.time, row.time_end), planned, overdue)


def _relation(row: _DetailsRow) -> Relation:
    subject = None if _is_said_already(row.subject) else row.subject
    return Relation(
        slug_of(row.relation),
        _named_thing(subject, row.subject_label, row.subject_scheme),
        _named_thing(row.object, row.object_label, row.object_scheme),
    )


def _is_said_already(subject: str) -> bool:
    """Whether a subject is a case, a document or the field, which are told beside a statement."""
    return subject == str(SL.field) or subject.startswith((PREFIXES["case"], PREFIXES["source"]))


def _named_thing(iri: str | None, label: str | None, scheme: str | None) -> NamedThing | None:
    return None if iri is None or label is None else NamedThing(link_of(iri, label), slug_of(scheme or ""))


def _result(row: _DetailsRow, origins: list[_OriginRow], counts: Counts) -> ReportedResult | None:
    """Give a result its best standing: a cited evaluation counts beside the paper that cites it."""
    if row.relation != _REPORTS or row.direction is None:
        return None
    standings = (counts.standing(origin.evidence, row.voice) for origin in origins)
    return ReportedResult(row.direction, min(standings, key=list(Standing).index))


def _illustration(row: _ReadingRow) -> Illustration:
    return Illustration(
        concept=link_of(row.concept, row.label),
        scheme=slug_of(row.scheme),
        basis=row.basis,
        reason=row.reason,
    )


def _place(row: _PlaceRow) -> Place:
    """Give where a statement stands, in a document that was read whole or in part."""
    return Place(_IN_PART, row.anchor) if row.heading is None else _place_under(row.heading, row)


def place_of(row: PassageRow) -> Place:
    """Give where a passage stands."""
    return _place_under(row.heading, row)


def _place_under(heading: str, row: _PassageRow) -> Place:
    parts = [f"Section {row.number}" if row.number else f"Section “{heading}”"]
    if row.paragraph is not None:
        paragraph = f"{_ordinal(row.paragraph)} paragraph"
        if row.row is not None:
            paragraph += f", {_ordinal(row.row)} row of the table"
        if row.box is not None:
            paragraph += f", in the box on {row.box}"
        parts.append(paragraph)
    else:
        parts.append("heading")
    return Place(", ".join(parts), row.anchor)


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def of_the_paper(statement: Statement) -> bool:
    """Whether a statement stands in the paper that the collection set out from."""
    return statement.source.origin is Origin.PAPER
