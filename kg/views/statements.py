"""Statements, each with all that has to be shown with it."""

from collections.abc import Sequence
from datetime import date

from rdflib import DCTERMS, URIRef
from rdflib.term import Node

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
from kg.queries.questions import ask
from kg.terms import PREFIXES, SL
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.records import Illustration, Link, Origin, Other, Place, Statement
from kg.views.times import current_day, is_past, span_in_words

__all__ = [
    "Record",
    "maybe",
    "of_the_paper",
    "place_of",
    "slug_of",
    "statements_about",
    "statements_of",
    "text",
    "year_in_words",
]

Record = dict[str, Node | None]
_REPORTS = PREFIXES["relation"] + "reports"
_PLANNED = PREFIXES["relation"] + "planned"
_IN_PART = "In the part that was read"
_SPELT = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = _SPELT.split()


def text(node: Node | None) -> str:
    """Give a cell as text; "" where it is empty."""
    return "" if node is None else str(node)


def maybe(node: Node | None) -> str | None:
    """Give a cell as text; None where it is empty."""
    return None if node is None else str(node)


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


def statements_about(
    engine: Engine, case: URIRef, graphs: Graphs, today: date
) -> list[tuple[Record, Statement]]:
    """Give every statement about a case with the row it was made from, in the order of the page.

    Args:
        engine: Where to ask.
        case: The case.
        graphs: Graphs to ask; all of them if None.
        today: Tells whether the time of a plan has passed.
    """
    records = ask(engine, "case-statements", graphs, case=case)
    found = statements_of(engine, [text(record["claim"]) for record in records], graphs, today)
    return [(record, found[text(record["claim"])]) for record in records]


def statements_of(
    engine: Engine, claims: Sequence[str], graphs: Graphs, today: date | None = None
) -> dict[str, Statement]:
    """Give statements with all that has to be shown with each, however many, in six queries.

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

    def gathered(name: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in ask(engine, name, graphs, claim=given):
            found.setdefault(text(record["claim"]), []).append(record)
        return found

    origins = gathered("statement-origins")
    places = gathered("statement-places")
    notes = gathered("statement-notes")
    readings = gathered("statement-readings")
    links = gathered("statement-links")
    counts = what_counts(engine)
    return {
        claim: _statement(
            records[0],
            origins[claim],
            places[claim],
            notes[claim],
            readings.get(claim, []),
            links.get(claim, []),
            counts,
            today or current_day(),
        )
        for claim, records in gathered("statement-details").items()
    }


def _statement(
    record: Record,
    origins: list[Record],
    places: list[Record],
    notes: list[Record],
    readings: list[Record],
    links: list[Record],
    counts: Counts,
    today: date,
) -> Statement:
    origin = origins[0]

    def noted(name: URIRef) -> list[Record]:
        return [each for each in notes if each["property"] == name]

    def others(kind: str) -> tuple[Other, ...]:
        return tuple(
            Other(slug_of(text(each["other"])), text(each["statement"]), text(each["source"]))
            for each in links
            if text(each["link"]) == kind
        )

    later = others("later")
    end = maybe(record["timeEnd"]) or maybe(record["time"])
    planned = text(record["relation"]) == _PLANNED and end is not None
    return Statement(
        slug=slug_of(text(record["claim"])),
        text=text(record["statement"]),
        basis=Basis.of(record["basis"]),
        modality=Modality.of(record["modality"]),
        polarity=Polarity.of(record["polarity"]),
        direction=None if record["direction"] is None else Direction.of(record["direction"]),
        voice=Voice.of(record["voice"]),
        time=span_in_words(maybe(record["time"]), maybe(record["timeEnd"])),
        inference=maybe(record["inference"]),
        attributions=tuple(text(each["label"]) for each in noted(SL.attribution)),
        caveats=tuple(text(each["value"]) for each in noted(SL.caveat)),
        source=text(origin["label"]),
        places=tuple(_place(each) for each in places),
        document=link_of(text(origin["source"]), text(origin["label"])),
        origin=Origin(text(origin["origin"])),
        about=tuple(link_of(text(each["value"]), text(each["label"])) for each in noted(SL.about)),
        subject=None if _is_said_already(text(record["subject"])) else _end(record, "subject"),
        subject_kind=slug_of(text(record["subjectScheme"])),
        names=_end(record, "object"),
        names_kind=slug_of(text(record["objectScheme"])),
        relation=slug_of(text(record["relation"])),
        kind=text(origin["kindLabel"]),
        year=year_in_words(
            maybe(origin["year"]), YearBasis.of(origin["yearBasis"]), text(origin["yearKnown"])
        ),
        standing=_standing(record, origins, counts),
        illustrates=tuple(_illustration(each) for each in readings),
        setbacks=tuple(text(each["label"]) for each in noted(SL.setback)),
        place=next(
            (link_of(text(each["value"]), text(each["label"])) for each in noted(DCTERMS.spatial)), None
        ),
        differing=others("differs"),
        later=later,
        earlier=others("earlier"),
        planned=planned,
        overdue=planned and end is not None and is_past(end, today) and not later,
    )


def _is_said_already(subject: str) -> bool:
    """Whether a subject is a case, a document or the field, which are told beside a statement."""
    return subject == str(SL.field) or subject.startswith((PREFIXES["case"], PREFIXES["source"]))


def _end(record: Record, name: str) -> Link | None:
    label = maybe(record[f"{name}Label"])
    return None if label is None else link_of(text(record[name]), label)


def _standing(record: Record, origins: list[Record], counts: Counts) -> Standing | None:
    """Give the best standing that a result has: a cited evaluation counts beside the paper that cites it."""
    if text(record["relation"]) != _REPORTS or record["direction"] is None:
        return None
    voice = Voice.of(record["voice"])
    return min((counts.standing(text(each["evidence"]), voice) for each in origins), key=list(Standing).index)


def _illustration(record: Record) -> Illustration:
    return Illustration(
        concept=link_of(text(record["concept"]), text(record["label"])),
        scheme=slug_of(text(record["scheme"])),
        basis=Basis.of(record["basis"]),
        reason=text(record["reason"]),
    )


def _place(record: Record) -> Place:
    """Give where a statement stands, in a document that was read whole or in part."""
    return place_of(record) if record["heading"] is not None else Place(_IN_PART, maybe(record["anchor"]))


def place_of(record: Record) -> Place:
    """Give where a passage stands, from a row that tells section, paragraph and the like."""
    number, heading = maybe(record["number"]), text(record["heading"])
    parts = [f"Section {number}" if number else f"Section “{heading}”"]
    if record["paragraph"] is not None:
        paragraph = f"{_ordinal(record['paragraph'])} paragraph"
        if record["row"] is not None:
            paragraph += f", {_ordinal(record['row'])} row of the table"
        if record["box"] is not None:
            paragraph += f", in the box on {text(record['box'])}"
        parts.append(paragraph)
    else:
        parts.append("heading")
    return Place(", ".join(parts), maybe(record["anchor"]))


def _ordinal(node: Node | None) -> str:
    number = int(text(node))
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def of_the_paper(statement: Statement) -> bool:
    """Whether a statement stands in the paper that the collection set out from."""
    return statement.origin is Origin.PAPER
