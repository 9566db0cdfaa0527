"""What a search looks through, as named queries give it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import SKOS, URIRef

from kg.engine import Engine
from kg.language import ENGLISH, speaking
from kg.queries.typed_rows import row_of, rows_as
from kg.shown import Shown, shown_statements
from kg.terms import BEFORE, OUR_READING, PREFIXES, SL

__all__ = [
    "ACTIVITY",
    "CASE",
    "CLAIM",
    "DIFFICULTY",
    "EVERYDAY",
    "FACTOR",
    "UNSAID",
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
# An activity works on something because we say so, not a source; and what says only how its source is
# arranged is shown to nobody.
UNSAID = -1
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
_CLAIMED = tuple(PREFIXES["modality"] + modality for modality in _MODALITIES)
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
        statement: The place of the statement in the corpus; `UNSAID` where nobody who reads sees one.
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


@row_of("search-things")
class _ThingRow:
    thing: str
    kind: str
    label: str


@dataclass(frozen=True)
class _PhraseRow:
    thing: str
    naming: str
    phrase: str


@row_of("search-phrases")
class _ConceptPhraseRow(_PhraseRow):
    pass


@row_of("search-case-names")
class _CasePhraseRow(_PhraseRow):
    pass


@row_of("search-activities")
class _ActivityRow(_PhraseRow):
    label: str
    concept: str | None


@row_of("search-statements")
class _StatementRow:
    claim: str
    statement: str
    case: str | None
    modality: str
    polarity: str
    regard: str


@row_of("search-ties")
class _TieRow:
    claim: str
    role: str
    concept: str
    relation: str
    basis: str


@speaking(ENGLISH)
def read_corpus(engine: Engine, graphs: Sequence[URIRef] | None = None) -> Corpus:
    """Ask the graph for all that a search looks through, in English: the model knows no other language.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    things = [
        IndexedThing(row.thing, _KINDS[row.kind], row.label) for row in rows_as(_ThingRow, engine, graphs)
    ]
    activities = rows_as(_ActivityRow, engine, graphs)
    names_of = {row.thing: row.label for row in activities}
    things += [IndexedThing(iri, ACTIVITY, label) for iri, label in names_of.items()]
    place = {thing.iri: number for number, thing in enumerate(things)}
    phrases: list[Phrase] = []
    abbreviations: dict[str, str] = {}
    names: dict[str, str] = {}
    schemes = [URIRef(kind) for kind in (*_KINDS, _BODIES) if kind != str(SL.CaseStudy)]
    named = rows_as(_ConceptPhraseRow, engine, graphs, scheme=schemes)
    worded = {(row.thing, row.naming, row.phrase): row for row in activities}
    for row in (*named, *rows_as(_CasePhraseRow, engine, graphs), *worded.values()):
        if row.thing in place:
            phrases.append(Phrase(place[row.thing], row.naming, row.phrase))
        elif row.naming == str(SKOS.prefLabel):
            names[row.thing] = row.phrase
        elif row.naming == str(SKOS.altLabel) and row.phrase.isupper():
            abbreviations[row.phrase] = row.thing
    phrases.sort(key=lambda phrase: phrase.thing)
    shown = shown_statements(engine, graphs)
    statements, number_of = _statements(engine, graphs, place, shown)
    named_by, ties, case_ties = _ties(engine, graphs, place, statements, number_of, shown)
    works_on = {(row.concept, row.thing) for row in activities if row.concept is not None}
    ties += [
        ConceptTie(place[concept], place[activity], _OF_AN_ACTIVITY, UNSAID)
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
    engine: Engine, graphs: Sequence[URIRef] | None, place: Mapping[str, int], shown: Shown
) -> tuple[list[IndexedStatement], dict[str, int]]:
    about: dict[str, list[int]] = {}
    told: dict[str, tuple[str, str, bool, bool]] = {}
    for row in shown.rows(rows_as(_StatementRow, engine, graphs)):
        told[row.claim] = row.statement, row.modality, row.polarity != _AFFIRMED, row.regard not in _BESIDE
        cases = about.setdefault(row.claim, [])
        if row.case is not None and row.case in place:
            cases.append(place[row.case])
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
    shown: Shown,
) -> tuple[dict[int, list[tuple[int, float]]], list[ConceptTie], list[ConceptTie]]:
    ends, before = _ends(engine, graphs, place)
    named_by: dict[int, list[tuple[int, float]]] = {}
    between: dict[tuple[int, int], ConceptTie] = {}
    to_case: dict[tuple[int, int], ConceptTie] = {}
    for claim, roles in ends.items():
        claimed = number_of.get(shown.of(claim) or "", UNSAID)
        for subject, weight in roles.get(_SUBJECT, []):
            for other, _ in roles.get(_OBJECT, []):
                _keep(between, ConceptTie(subject, other, weight, claimed))
                _keep(between, ConceptTie(other, subject, weight, claimed))
        if claimed == UNSAID:
            continue
        named = [each for role in roles.values() for each in role]
        named_by.setdefault(claimed, []).extend(named)
        # A hope, a norm or a denial about a case does not show that the case is an instance.
        if statements[claimed].told and claim not in before:
            for concept, weight in named:
                for case in statements[claimed].cases:
                    _keep(to_case, ConceptTie(concept, case, weight, claimed))
    return named_by, list(between.values()), list(to_case.values())


def _ends(
    engine: Engine,
    graphs: Sequence[URIRef] | None,
    place: Mapping[str, int],
) -> tuple[dict[str, dict[str, list[tuple[int, float]]]], set[str]]:
    """Return what each claim names, by its role and how surely, and which claims tell of before."""
    ends: dict[str, dict[str, list[tuple[int, float]]]] = {}
    before = set()
    for row in rows_as(_TieRow, engine, graphs):
        # What was done before leaders changed it shows a case as an instance no more than a hope does.
        if row.relation.rsplit("/", 1)[-1] in BEFORE:
            before.add(row.claim)
        if row.concept in place:
            by_role = ends.setdefault(row.claim, {})
            by_role.setdefault(row.role, []).append((place[row.concept], _SURENESS.get(row.basis, 0.0)))
    return ends, before


def _keep(ties: dict[tuple[int, int], ConceptTie], tie: ConceptTie) -> None:
    known = ties.get((tie.one, tie.other))
    if known is None or tie.weight > known.weight:
        ties[tie.one, tie.other] = tie
