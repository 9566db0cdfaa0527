"""What to read first of what a search found, and what a one-page brief for a meeting holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Basis, Modality
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.search import SearchAnswer
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.things import page_of
from kg.views.cases import case
from kg.views.choices import Graphs
from kg.views.names import Link
from kg.views.records import Case
from kg.views.statement_records import Statement
from kg.views.statements import slug_of, statements_of

__all__ = ["Advice", "Brief", "BriefPlace", "ReadingList", "ReadingPlace", "Setback", "brief", "read_first"]

_PLACES = 2
# A place that fits less than this share of the best result is no reading for today.
_LEAST_PLACE = 0.08
# Two hundred words of six characters, their spaces included.
_CHARACTERS_A_MINUTE = 1200
_DID = "what-leaders-did"
_REPORTED = "what-is-reported"
_OUTCOMES = PREFIXES["scheme"] + "outcomes"


@dataclass(frozen=True)
class ReadingPlace:
    """A place to read about.

    Attributes:
        iri: Its IRI.
        page: Its name and page.
        by_way_of: The concept that led to it from the question, if one did.
        statement: The statement that is the reason, if one is.
        why: The reason in words where no statement is.
        minutes: Minutes to read its page.
        unknown: Kinds of results that nothing that was read tells of.
        read_whole: Whether every document that tells of it was read whole.
    """

    iri: str
    page: Link
    by_way_of: str | None
    statement: Statement | None
    why: str
    minutes: int
    unknown: tuple[str, ...]
    read_whole: bool


@dataclass(frozen=True)
class Setback:
    """What went wrong elsewhere, in one statement.

    Attributes:
        statement: The statement.
        minutes: Minutes to read it.
    """

    statement: Statement
    minutes: int


@dataclass(frozen=True)
class Advice:
    """What a source advises, or says to answer a difficulty, in one statement.

    Attributes:
        page: What leaders are advised to do, with its page.
        why: Why it fits the question.
        statement: The statement.
        minutes: Minutes to read it.
    """

    page: Link
    why: str
    statement: Statement
    minutes: int


@dataclass(frozen=True)
class ReadingList:
    """What to read first.

    Attributes:
        places: At most two places.
        setback: One set-back, if any fits.
        advice: One piece of advice, if any fits.
    """

    places: tuple[ReadingPlace, ...]
    setback: Setback | None
    advice: Advice | None

    def __bool__(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.places or self.setback or self.advice)


@dataclass(frozen=True)
class BriefPlace:
    """A place in a brief.

    Attributes:
        reading: What the list of things to read first says of it.
        case: All that its page shows.
        deeds: What leaders did there, what fits the question first.
        results: What is reported, what an evaluation found first.
    """

    reading: ReadingPlace
    case: Case
    deeds: tuple[Statement, ...]
    results: tuple[Statement, ...]


@dataclass(frozen=True)
class Brief:
    """What a one-page brief holds.

    Attributes:
        asked: The parts of the question.
        places: The places, at most two.
        setback: What went wrong elsewhere.
        advice: What a source advises.
        version: The state of the content.
    """

    asked: tuple[str, ...]
    places: tuple[BriefPlace, ...]
    setback: Setback | None
    advice: Advice | None
    version: str


@row_of("case-silences")
class _SilenceRow:
    case: str
    scheme: str
    label: str


@row_of("case-reading")
class _ReadRow:
    case: str
    characters: int
    read_in_part: int


@row_of("search-setbacks")
class _SetbackRow:
    claim: str
    case: str
    concept: str | None


@row_of("search-advice")
class _AdviceRow:
    practice: str
    claim: str
    modality: Modality
    basis: Basis


def read_first(engine: Engine, answer: SearchAnswer, graphs: Graphs = None) -> ReadingList:
    """Choose what to read first: at most two places, one set-back and one piece of advice.

    Args:
        engine: Where to ask.
        answer: What a search found.
        graphs: Graphs to ask; all of them if None.
    """
    places = tuple(_places(engine, answer, graphs))
    score = {result.iri: result.score for result in answer.results}
    return ReadingList(places, _setback(engine, score, graphs), _advice(engine, answer, graphs))


def _places(engine: Engine, answer: SearchAnswer, graphs: Graphs) -> Iterator[ReadingPlace]:
    results = [result for result in answer.results if result.kind == "case" and result.score >= _LEAST_PLACE][
        :_PLACES
    ]
    if not results:
        return
    cases = [URIRef(result.iri) for result in results]
    reasons = statements_of(engine, [result.why.claim for result in results if result.why.claim], graphs)
    silences = rows_as(_SilenceRow, engine, graphs, case=cases)
    read = {row.case: row for row in rows_as(_ReadRow, engine, graphs, case=cases)}
    for result in results:
        yield ReadingPlace(
            result.iri,
            Link(result.label, page_of(result.iri)),
            result.why.text if result.why.said else None,
            reasons.get(result.why.claim or ""),
            str(result.why),
            _minutes(read[result.iri].characters),
            tuple(row.label for row in silences if row.case == result.iri and row.scheme == _OUTCOMES),
            read[result.iri].read_in_part == 0,
        )


def _setback(engine: Engine, score: Mapping[str, float], graphs: Graphs) -> Setback | None:
    """Find the set-back that fits best: by itself, by what it names, or by its place."""
    told = grouped(shown_rows(_SetbackRow, engine, graphs), key=lambda row: row.claim)

    def fit(claim: str) -> float:
        named = max(score.get(row.concept or "", 0.0) for row in told[claim])
        of_case = max(score.get(row.case, 0.0) for row in told[claim])
        return score.get(claim, 0.0) + named + of_case / 2

    best = max(sorted(told), key=fit, default=None)
    if best is None or not fit(best):
        return None
    statement = statements_of(engine, [best], graphs)[best]
    return Setback(statement, _minutes(len(statement.text)))


def _advice(engine: Engine, answer: SearchAnswer, graphs: Graphs) -> Advice | None:
    """Find advice on what fits best of what leaders do: words of a source first, and what it asks for."""
    told = grouped(
        shown_rows(_AdviceRow, engine, graphs, lambda row: row.practice), key=lambda row: row.practice
    )
    for result in answer.results:
        if result.iri in told:
            chosen = min(told[result.iri], key=_how_advised)
            statement = statements_of(engine, [chosen.claim], graphs)[chosen.claim]
            page = Link(result.label, page_of(result.iri))
            return Advice(page, str(result.why), statement, _minutes(len(statement.text)))
    return None


def _how_advised(row: _AdviceRow) -> tuple[bool, bool]:
    return row.basis is not Basis.EXPLICIT, row.modality is not Modality.NORMATIVE


def brief(
    engine: Engine, answer: SearchAnswer, reading: ReadingList, version: str, graphs: Graphs = None
) -> Brief:
    """Gather what a one-page brief holds.

    Args:
        engine: Where to ask.
        answer: What a search found.
        reading: What to read first of it.
        version: The state of the content.
        graphs: Graphs to ask; all of them if None.
    """
    score = {result.label: result.score for result in answer.results}
    return Brief(
        answer.parts,
        tuple(_in_brief(place, case(engine, slug_of(place.iri), graphs), score) for place in reading.places),
        reading.setback,
        reading.advice,
        version,
    )


def _in_brief(place: ReadingPlace, shown: Case, score: Mapping[str, float]) -> BriefPlace:
    def fit(statement: Statement) -> tuple[float, bool]:
        named = [statement.relation.object.link.name] if statement.relation.object is not None else []
        named += [illustration.concept.name for illustration in statement.topics.illustrates]
        fits = max((score.get(name, 0.0) for name in named), default=0.0)
        is_reason = place.statement is not None and statement.slug == place.statement.slug
        return -(fits + score.get(statement.text, 0.0) + is_reason), not statement.evidence.explicit

    deeds = sorted(_statements(shown, _DID), key=fit)
    results = [
        (statement.result.standing, statement)
        for statement in _statements(shown, _REPORTED)
        if statement.result is not None
    ]
    results.sort(key=lambda result: (result[0].position, fit(result[1])))
    return BriefPlace(place, shown, tuple(deeds), tuple(statement for _, statement in results))


def _statements(shown: Case, group: str) -> list[Statement]:
    return [
        statement
        for held in shown.groups
        if held.slug == group
        for _, members in held.parts
        for statement in members
    ]


def _minutes(characters: int) -> int:
    return max(1, round(characters / _CHARACTERS_A_MINUTE))
