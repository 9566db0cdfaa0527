"""The statements about a case, each with all that has to be shown with it."""

from datetime import date

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.questions import ask
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.records import IN_THE_PAPER, Illustration, Other, Place, Standing, Statement
from kg.views.times import is_past, span_in_words

__all__ = [
    "EXPLICIT",
    "Record",
    "maybe",
    "of_the_paper",
    "place_of",
    "slug_of",
    "standing",
    "statements_about",
    "text",
    "year_in_words",
]

Record = dict[str, Node | None]
EXPLICIT = PREFIXES["basis"] + "explicit"
_PLANNED = PREFIXES["relation"] + "planned"
_EVALUATIONS = {"Independent evaluation", "Regulator or audit"}
_BY_THOSE_INVOLVED = {"Partners' own account", "Research by those involved"}
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


def year_in_words(year: str | None, basis: str) -> str:
    """Give the year of a document and how it is known.

    >>> year_in_words("2015", "Year inferred"), year_in_words(None, "Year not stated")
    ('2015 (year inferred)', 'year not stated')
    """
    return basis.lower() if year is None else f"{year} ({basis.lower()})"


def standing(kind: str, voice: str) -> Standing:
    """Say who stands behind a result.

    Args:
        kind: What kind of document it rests on.
        voice: Whose claim it is.

    Returns:
        Evaluated only if those who evaluated, inspected or audited say it themselves, independent of
        the place.
    """
    if voice == "Self-reported" or kind in _BY_THOSE_INVOLVED:
        return Standing.OWN_ACCOUNT
    if voice == "Independent" and kind in _EVALUATIONS:
        return Standing.EVALUATED
    return Standing.TOLD


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

    def gathered(name: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in ask(engine, name, graphs, case=case):
            found.setdefault(text(record["claim"]), []).append(record)
        return found

    passages = gathered("case-statement-passages")
    excerpts = gathered("case-statement-excerpts")
    notes = gathered("case-statement-notes")
    origins = gathered("case-statement-origins")
    illustrations = gathered("case-illustrations")
    marks = gathered("case-statement-marks")
    differing = gathered("case-competing")
    later = gathered("case-follow-ups")
    results: dict[str, list[Record]] = {}
    for record in ask(engine, "case-results", graphs, case=case):
        results.setdefault(text(record["claim"]), []).append(record)

    def statement(record: Record) -> Statement:
        claim = text(record["claim"])
        origin = origins[claim][0]
        mine = notes.get(claim, [])
        told = later.get(claim, [])
        end = maybe(record["timeEnd"]) or maybe(record["time"])
        planned = text(record["relation"]) == _PLANNED and end is not None
        return Statement(
            slug=slug_of(claim),
            text=text(record["statement"]),
            explicit=text(record["basis"]) == EXPLICIT,
            grade=text(record["grade"]),
            tone=text(record["tone"]),
            denied=text(record["polarity"]) == "Denied",
            direction=maybe(record["direction"]),
            voice=text(record["voice"]),
            time=span_in_words(maybe(record["time"]), maybe(record["timeEnd"])),
            inference=maybe(record["inference"]),
            attributions=tuple(text(note["attribution"]) for note in mine if note["attribution"] is not None),
            caveats=tuple(text(note["caveat"]) for note in mine if note["caveat"] is not None),
            source=text(origin["label"]),
            places=tuple(
                [place_of(each) for each in passages.get(claim, [])]
                + [Place(_IN_PART, text(each["anchor"])) for each in excerpts.get(claim, [])]
            ),
            concept=maybe(record["objectLabel"]),
            group=maybe(record["objectGroup"]),
            origin=text(origin["origin"]),
            kind=text(origin["kind"]),
            year=year_in_words(maybe(origin["year"]), text(origin["yearBasis"])),
            standing=_standing(results.get(claim, [])),
            illustrates=tuple(_illustration(each) for each in illustrations.get(claim, [])),
            setbacks=tuple(text(each["label"]) for each in marks.get(claim, []) if each["label"] is not None),
            place=next(
                (text(each["place"]) for each in marks.get(claim, []) if each["place"] is not None), None
            ),
            differing=tuple(
                Other(slug_of(text(each["other"])), text(each["otherStatement"]), text(each["otherSource"]))
                for each in differing.get(claim, [])
            ),
            later=tuple(
                Other(slug_of(text(each["later"])), text(each["laterStatement"]), text(each["source"]))
                for each in told
            ),
            planned=planned,
            overdue=planned and end is not None and is_past(end, today) and not told,
        )

    return [(record, statement(record)) for record in ask(engine, "case-statements", graphs, case=case)]


def _standing(records: list[Record]) -> Standing | None:
    """Give the best standing that a result has: a cited evaluation counts beside the paper that cites it."""
    found = {standing(text(record["kind"]), text(record["voice"])) for record in records}
    order = (Standing.EVALUATED, Standing.OWN_ACCOUNT, Standing.TOLD)
    return next((each for each in order if each in found), None)


def _illustration(record: Record) -> Illustration:
    return Illustration(
        label=text(record["label"]),
        scheme=text(record["scheme"]),
        explicit=text(record["basis"]) == EXPLICIT,
        grade=text(record["grade"]),
        reason=text(record["reason"]),
    )


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
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"


def of_the_paper(statement: Statement) -> bool:
    """Whether a statement stands in the paper that the collection set out from."""
    return statement.origin == IN_THE_PAPER
