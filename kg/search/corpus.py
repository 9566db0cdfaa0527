"""What a search looks through, as named queries give it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import SKOS, URIRef

from kg.engine import Engine
from kg.queries.questions import ask
from kg.terms import BEFORE, OUR_READING, PREFIXES, SL

__all__ = [
    "ACTIVITY",
    "CASE",
    "CLAIM",
    "DIFFICULTY",
    "EVERYDAY",
    "FACTOR",
    "OURS",
    "ConceptTie",
    "Corpus",
    "IndexedStatement",
    "IndexedThing",
    "Phrase",
    "read_corpus",
]

ACTIVITY = "activity"
CASE = "case"
CLAIM = "claim"
DIFFICULTY = "challenge"
FACTOR = "factor"
EVERYDAY = str(SL.saidAs)
_KINDS = {
    str(SL.CaseStudy): CASE,
    PREFIXES["scheme"] + "challenges": DIFFICULTY,
    PREFIXES["scheme"] + "facilitator-practices": "facilitator-practice",
    PREFIXES["scheme"] + "factors": FACTOR,
    PREFIXES["scheme"] + "outcomes": "outcome",
    PREFIXES["scheme"] + "practices": "practice",
    PREFIXES["scheme"] + "principles": "principle",
    PREFIXES["scheme"] + "qualities": "quality",
    PREFIXES["scheme"] + "service-actions": "service-action",
}
# Kinds of body are not found; their names spell out abbreviations.
_BODIES = PREFIXES["scheme"] + "bodies"
# An activity works on something because we say so, not a source.
OURS = -1
_OF_AN_ACTIVITY = 0.7
# How much a tie counts, by how surely it is made: what a source says before what is read from it.
_SURENESS = {
    PREFIXES["basis"] + "explicit": 1.0,
    PREFIXES["basis"] + "inferred-strong": 0.7,
    PREFIXES["basis"] + "inferred-medium": 0.5,
    PREFIXES["basis"] + "inferred-weak": 0.25,
}
_SUBJECT = str(SL.subject)
_OBJECT = str(SL.object)
_MODALITIES = ("fact", "example", "hedged")
_CLAIMED = tuple(PREFIXES["modality"] + each for each in _MODALITIES)
# In these regards a statement says who took part, or who wrote what.
_BESIDE = {PREFIXES["relation"] + each for each in ("people-and-bodies", "works-and-views")}
_AFFIRMED = PREFIXES["polarity"] + "affirmed"


@dataclass(frozen=True, slots=True)
class IndexedThing:
    """Something that can be found, other than a statement.

    Attributes:
        iri: Its IRI.
        kind: What kind of thing it is.
        label: Its name.
    """

    iri: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words by which a thing is found.

    Attributes:
        thing: The place of the thing in the corpus.
        naming: How they belong to it: IRI of the property.
        text: The words.
    """

    thing: int
    naming: str
    text: str


@dataclass(frozen=True, slots=True)
class IndexedStatement:
    """A statement that can be found.

    Attributes:
        iri: IRI of the claim.
        text: What it says.
        cases: The places in the corpus of the cases it is about.
        modality: IRI of the tone.
        denied: Whether it says that something is not so.
        of_deeds: Whether it tells more than who took part or what was written: it leads on to its case.
    """

    iri: str
    text: str
    cases: tuple[int, ...]
    modality: str
    denied: bool
    of_deeds: bool

    @property
    def assertion(self) -> str:
        """What it says without the words that mark a reading: nobody looks for those."""
        return self.text.removeprefix(OUR_READING)

    @property
    def told(self) -> bool:
        """Whether it says that something is so, and neither hopes, asks nor denies it."""
        return not self.denied and self.modality in _CLAIMED


@dataclass(frozen=True, slots=True)
class ConceptTie:
    """Two things that a statement ties together.

    Attributes:
        one: The place of a concept in the corpus.
        other: The place of another concept, or of a case.
        weight: How surely, above 0 and at most 1.
        statement: The place of the statement in the corpus; `OURS` where no source makes the tie.
    """

    one: int
    other: int
    weight: float
    statement: int


@dataclass(frozen=True)
class Corpus:
    """All that a search looks through.

    Attributes:
        things: What can be found, other than statements.
        phrases: The words by which they are found, those of one thing together.
        statements: What sources say.
        named_by: For each statement, the concepts that it names or illustrates, with how surely.
        ties: Concepts that a statement ties to one another, in both directions.
        case_ties: Concepts that a statement ties to a case: each pair once, by the surest statement.
        abbreviations: Full names by abbreviation.
    """

    things: Sequence[IndexedThing]
    phrases: Sequence[Phrase]
    statements: Sequence[IndexedStatement]
    named_by: Mapping[int, Sequence[tuple[int, float]]]
    ties: Sequence[ConceptTie]
    case_ties: Sequence[ConceptTie]
    abbreviations: Mapping[str, str]


def read_corpus(engine: Engine, graphs: Sequence[URIRef] | None = None) -> Corpus:
    """Ask the graph for all that a search looks through.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    things = [
        IndexedThing(str(row["thing"]), _KINDS[str(row["kind"])], str(row["label"]))
        for row in ask(engine, "search-things", graphs)
    ]
    activities = ask(engine, "search-activities", graphs)
    names_of = {str(row["thing"]): str(row["label"]) for row in activities}
    things += [IndexedThing(iri, ACTIVITY, label) for iri, label in names_of.items()]
    place = {thing.iri: number for number, thing in enumerate(things)}
    phrases: list[Phrase] = []
    abbreviations: dict[str, str] = {}
    names: dict[str, str] = {}
    schemes = [URIRef(kind) for kind in (*_KINDS, _BODIES) if kind != str(SL.CaseStudy)]
    named = ask(engine, "search-phrases", graphs, scheme=schemes)
    worded = {(row["thing"], row["naming"], row["phrase"]): row for row in activities}
    for row in [*named, *ask(engine, "search-case-names", graphs), *worded.values()]:
        iri, naming, text = str(row["thing"]), str(row["naming"]), str(row["phrase"])
        if iri in place:
            phrases.append(Phrase(place[iri], naming, text))
        elif naming == str(SKOS.prefLabel):
            names[iri] = text
        elif naming == str(SKOS.altLabel) and text.isupper():
            abbreviations[text] = iri
    phrases.sort(key=lambda phrase: phrase.thing)
    statements, number_of = _statements(engine, graphs, place)
    named_by, ties, case_ties = _ties(engine, graphs, place, statements, number_of)
    works_on = {(str(row["concept"]), str(row["thing"])) for row in activities}
    ties += [
        ConceptTie(place[concept], place[activity], _OF_AN_ACTIVITY, OURS)
        for concept, activity in sorted(works_on)
        if concept in place
    ]
    return Corpus(
        things,
        phrases,
        statements,
        named_by,
        ties,
        case_ties,
        {short: names[iri] for short, iri in abbreviations.items() if iri in names},
    )


def _statements(
    engine: Engine, graphs: Sequence[URIRef] | None, place: Mapping[str, int]
) -> tuple[list[IndexedStatement], dict[str, int]]:
    about: dict[str, list[int]] = {}
    told: dict[str, tuple[str, str, bool, bool]] = {}
    for row in ask(engine, "search-statements", graphs):
        iri = str(row["claim"])
        of_deeds = str(row["regard"]) not in _BESIDE
        told[iri] = (str(row["statement"]), str(row["modality"]), str(row["polarity"]) != _AFFIRMED, of_deeds)
        cases = about.setdefault(iri, [])
        if row["case"] is not None and str(row["case"]) in place:
            cases.append(place[str(row["case"])])
    statements = [
        IndexedStatement(iri, text, tuple(about[iri]), modality, denied, of_deeds)
        for iri, (text, modality, denied, of_deeds) in told.items()
    ]
    return statements, {iri: number for number, iri in enumerate(told)}


def _ties(
    engine: Engine,
    graphs: Sequence[URIRef] | None,
    place: Mapping[str, int],
    statements: Sequence[IndexedStatement],
    number_of: Mapping[str, int],
) -> tuple[dict[int, list[tuple[int, float]]], list[ConceptTie], list[ConceptTie]]:
    ends: dict[int, dict[str, list[tuple[int, float]]]] = {}
    # What was done before leaders changed it does not show that a case is an instance, no more than a hope.
    before = set()
    for row in ask(engine, "search-ties", graphs):
        claim, concept = str(row["claim"]), str(row["concept"])
        if str(row["relation"]).rsplit("/", 1)[-1] in BEFORE and claim in number_of:
            before.add(number_of[claim])
        if claim in number_of and concept in place:
            by_role = ends.setdefault(number_of[claim], {})
            by_role.setdefault(str(row["role"]), []).append(
                (place[concept], _SURENESS.get(str(row["basis"]), 0.0))
            )
    between: dict[tuple[int, int], ConceptTie] = {}
    to_case: dict[tuple[int, int], ConceptTie] = {}
    for claimed, roles in ends.items():
        for subject, weight in roles.get(_SUBJECT, []):
            for other, _ in roles.get(_OBJECT, []):
                _keep(between, ConceptTie(subject, other, weight, claimed))
                _keep(between, ConceptTie(other, subject, weight, claimed))
        # A hope, a norm or a denial about a case does not show that the case is an instance.
        if statements[claimed].told and claimed not in before:
            for named, weight in (each for role in roles.values() for each in role):
                for case in statements[claimed].cases:
                    _keep(to_case, ConceptTie(named, case, weight, claimed))
    named_by = {
        number: [each for role in by_role.values() for each in role] for number, by_role in ends.items()
    }
    return named_by, list(between.values()), list(to_case.values())


def _keep(ties: dict[tuple[int, int], ConceptTie], tie: ConceptTie) -> None:
    known = ties.get((tie.one, tie.other))
    if known is None or tie.weight > known.weight:
        ties[tie.one, tie.other] = tie
