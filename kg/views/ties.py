"""What joins statements to a thing, sorted into the questions that a reader has about it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Basis, Direction, Modality, Polarity, Standing, Telling, what_counts
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows, shown_statements
from kg.terms import BEFORE, SL
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.records import Result
from kg.views.results import ResultRow, result_of
from kg.views.statement_records import Illustration, Link, Statement
from kg.views.statements import slug_of, statements_of

__all__ = [
    "FOUND_IN",
    "GUIDANCE",
    "HOPED",
    "Instance",
    "InstanceResult",
    "Instances",
    "JoinedRow",
    "JoinedStatement",
    "StatementTie",
    "Ties",
    "factors_of",
    "instances",
    "joined_by_thing",
    "joined_rows",
    "joined_statements",
    "sorted_by_question",
    "ties",
]

# How many are given with all that belongs to them; the rest is counted, and named as far as names help.
_SHOWN = 12
_SHOWN_OF_A_CASE = 4
_NAMED = 40

FACTORS = "factors"
FOUND_IN = "found-in"
HOPED = "hoped"
HARD = "hard"
GENERAL = "general"
GUIDANCE = "guidance"
# The question that a statement answers about the thing it starts from, by relation.
_FROM_IT = {
    "answers": "answers",
    "asks": GUIDANCE,
    "awarded-by": "awards",
    "awarded-to": "awards",
    "came-from": "meaning",
    "contrasts-with": "against",
    "deals-with": "deals-with",
    "defined-as": "meaning",
    "described-as": "meaning",
    "exemplified-by": "meaning",
    "expresses": "expresses",
    "facilitates": "helps",
    "faster-where": "eased-by",
    "gets-results-by": "meaning",
    "harder-where": "against",
    "has-goal": "aims",
    "helps": "helps",
    "hinders": "hinders",
    "rejects-asking": GUIDANCE,
    "requires": "needs",
    "serves": FACTORS,
    "stems-from": "causes",
    "treated-under": FACTORS,
}
# The same for the thing at which it ends.
_TO_IT = {
    "advises": GUIDANCE,
    "advises-against": GUIDANCE,
    "advises-facilitators": GUIDANCE,
    "answers": "answered-by",
    "contrasts-with": "against",
    "deals-with": "dealt-with",
    "expresses": "expressed-by",
    "facilitates": "eased-by",
    "faster-where": "helps",
    "harder-where": "hinders",
    "helps": "eased-by",
    "hinders": "against",
    "names": "meaning",
    "requires": "needed-by",
    "serves": "practices",
    "stems-from": "consequences",
    "treated-under": "difficulties",
}
_AIMED_AT = {"has-goal", "has-strategic-goal"}
# What is only set out was written down, and not said to be done or shown.
_SET_OUT, _WRITTEN = "sets-out", "written"
# What a statement that names a practice, or is filed under it, says of the practice, by relation.
_DONE = {
    "credits": FOUND_IN,
    "did": FOUND_IN,
    "met-difficulty": HARD,
    "organised-as": FOUND_IN,
    "reports": FOUND_IN,
    "uses": FOUND_IN,
}
# Parts by which a statement about a case shows that a concept is found there.
_SHOWING = {"object", "filed", "setback"}


@dataclass(frozen=True)
class JoinedStatement:
    """A statement that names a thing, speaks of it or is filed under it, before it is fetched.

    Attributes:
        claim: IRI of the statement.
        part: “object” or “subject” of the statement, “filed”, “setback”, “place” or “voice”.
        relation: The last part of the IRI of its relation.
        other: What stands at the other end.
        about: IRI and name of the cases it is about, or of the field.
        strength: How sure the join is, 1 for what is said in so many words.
        told_as_so: Whether it is affirmed, as a fact, an example or with a hedge.
    """

    claim: str
    part: str
    relation: str
    other: Link | None
    about: tuple[tuple[str, str], ...]
    strength: int
    told_as_so: bool

    @property
    def cases(self) -> tuple[tuple[str, str], ...]:
        """IRI and name of each case it is about."""
        return tuple(case for case in self.about if case[0] != str(SL.field))


@dataclass(frozen=True)
class StatementTie:
    """A statement as it is joined to a thing.

    Attributes:
        statement: The statement.
        other: What stands at its other end.
        reading: Why it is filed under the thing; None where it names the thing itself.
    """

    statement: Statement
    other: Link | None
    reading: Illustration | None

    @property
    def explicit(self) -> bool:
        """Whether the document says so itself."""
        return self.statement.evidence.explicit and (self.reading is None or self.reading.explicit)


@dataclass(frozen=True)
class Ties:
    """Statements that answer one question about a thing.

    Attributes:
        key: The question, such as “guidance”.
        shown: The first of them, the surest ones.
        count: How many there are.
    """

    key: str
    shown: tuple[StatementTie, ...]
    count: int


@dataclass(frozen=True)
class InstanceResult:
    """A result that is reported of a case in which a thing is found.

    Attributes:
        result: What was looked at, with the page of a statement that reports it.
        direction: Which way it is said to have gone.
        standing: Who stands behind it.
    """

    result: Link
    direction: Direction
    standing: Standing


@dataclass(frozen=True)
class Instance:
    """A case in which a thing is found.

    Attributes:
        case: The case.
        explicit: Whether a document says so in so many words.
        shown: The first statements, the surest ones.
        count: How many statements there are.
        results: What is reported of the case, the best attested first; that it came of this is not said.
        setbacks: Kinds of set-back in the case, each with a statement that tells of it.
    """

    case: Link
    explicit: bool
    shown: tuple[StatementTie, ...]
    count: int
    results: tuple[InstanceResult, ...] = ()
    setbacks: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Instances:
    """The cases in which a thing is found.

    Attributes:
        shown: The first of them with their statements, the surest ones.
        named: The next ones, by name alone.
        count: How many there are.
        explicit: Of how many a document says so in so many words.
    """

    shown: tuple[Instance, ...]
    named: tuple[Link, ...]
    count: int
    explicit: int


@row_of("thing-statements")
class JoinedRow:
    """A statement, and how it is joined to a thing."""

    thing: str
    claim: str
    part: str
    relation: str
    other: str | None
    other_label: str | None
    about: str
    about_label: str
    strength: int
    modality: Modality
    polarity: Polarity


@row_of("setback-statements")
class _SetbackRow:
    case: str
    claim: str
    label: str


def joined_rows(engine: Engine, thing: URIRef, graphs: Graphs) -> list[JoinedRow]:
    """Return a row for each way in which a statement is joined to a thing, whether people read it or not."""
    return rows_as(JoinedRow, engine, graphs, thing=thing)


def factors_of(rows: Iterable[JoinedRow]) -> tuple[tuple[Link, bool], ...]:
    """Return the factors that a thing belongs to, and whether a document says so itself, the surest first."""
    factors: dict[Link, bool] = {}
    for row in rows:
        belongs = row.part == "subject" and _FROM_IT.get(slug_of(row.relation)) == FACTORS
        if belongs and row.other is not None and row.other_label is not None:
            factors.setdefault(link_of(row.other, row.other_label), row.strength == Basis.EXPLICIT.position)
    return tuple(factors.items())


def joined_statements(engine: Engine, rows: Iterable[JoinedRow]) -> list[JoinedStatement]:
    """Return the statements of such rows that people read, in the same order."""
    return _joined(shown_statements(engine).rows(rows), what_counts(engine).modalities(Telling.AS_SO))


def joined_by_thing(
    engine: Engine, things: Sequence[URIRef], graphs: Graphs
) -> dict[str, list[JoinedStatement]]:
    """Return the statements that people read and that are joined to each of these things, by its IRI."""
    if not things:
        return {}
    as_so = what_counts(engine).modalities(Telling.AS_SO)
    rows = shown_rows(JoinedRow, engine, graphs, lambda row: row.thing, thing=things)
    return {thing: _joined(own, as_so) for thing, own in grouped(rows, key=lambda row: row.thing).items()}


def _joined(rows: Iterable[JoinedRow], as_so: Collection[Modality]) -> list[JoinedStatement]:
    joined: dict[tuple[str, str], JoinedStatement] = {}
    for row in rows:
        about = row.about, row.about_label
        if (row.claim, row.part) in joined:
            known = joined[row.claim, row.part]
            joined[row.claim, row.part] = replace(known, about=tuple(dict.fromkeys([*known.about, about])))
            continue
        joined[row.claim, row.part] = JoinedStatement(
            claim=row.claim,
            part=row.part,
            relation=slug_of(row.relation),
            other=None if row.other_label is None else link_of(row.other or "", row.other_label),
            about=(about,),
            strength=row.strength,
            told_as_so=row.modality in as_so and row.polarity is Polarity.AFFIRMED,
        )
    return list(joined.values())


def sorted_by_question(
    statements: Iterable[JoinedStatement], scheme: str
) -> dict[str, list[JoinedStatement]]:
    """Sort statements by the question they answer about a thing, each in the order they came.

    Args:
        statements: What `joined_statements` gave.
        scheme: The list that the thing is of; "" for a body or a place.
    """
    by_question: dict[str, list[JoinedStatement]] = {}
    for statement in statements:
        by_question.setdefault(_question(statement, scheme), []).append(statement)
    return by_question


def _question(statement: JoinedStatement, scheme: str) -> str:
    if not scheme:
        return FOUND_IN if statement.cases else GENERAL
    question = {"subject": _FROM_IT, "object": _TO_IT}.get(statement.part, {}).get(statement.relation)
    if question is not None or not statement.cases or statement.part not in _SHOWING:
        return question or GENERAL
    if statement.relation in BEFORE:
        return "before"
    if scheme == "goals" and statement.relation in _AIMED_AT:
        return FOUND_IN
    # A promise is written down too, in whatever tone.
    if statement.relation == _SET_OUT and scheme != "principles":
        return _WRITTEN
    if not statement.told_as_so:
        return HOPED
    if scheme == "practices":
        return _DONE.get(statement.relation, "beside")
    return "foreseen" if scheme == "challenges" and statement.relation == "foresees" else FOUND_IN


def ties(
    engine: Engine,
    thing: URIRef,
    by_question: Mapping[str, Sequence[JoinedStatement]],
    graphs: Graphs,
) -> tuple[Ties, ...]:
    """Fetch the first statements for each question, all together.

    Args:
        engine: Where to ask.
        thing: What they are joined to.
        by_question: Statements by question.
        graphs: Graphs to ask; all of them if None.
    """
    first = {key: rows[:_SHOWN] for key, rows in by_question.items()}
    told = statements_of(engine, [statement.claim for rows in first.values() for statement in rows], graphs)
    return tuple(
        Ties(key, tuple(_tie(statement, told, thing) for statement in rows), len(by_question[key]))
        for key, rows in first.items()
    )


def _tie(joined: JoinedStatement, told: Mapping[str, Statement], thing: URIRef) -> StatementTie:
    statement = told[joined.claim]
    page = link_of(str(thing), "").address
    readings = [reading for reading in statement.topics.illustrates if reading.concept.address == page]
    return StatementTie(statement, joined.other, readings[0] if joined.part == "filed" and readings else None)


def instances(
    engine: Engine,
    thing: URIRef,
    statements: Iterable[JoinedStatement],
    graphs: Graphs,
    outcomes: bool = True,
) -> Instances:
    """Give the cases in which a thing is found, those first of which a document says so itself.

    Args:
        engine: Where to ask.
        thing: The thing.
        statements: The statements that say so.
        graphs: Graphs to ask; all of them if None.
        outcomes: Whether to add what is reported of each case, and what went wrong there.
    """
    by_case: dict[tuple[str, str], dict[str, JoinedStatement]] = {}
    for statement in sorted(
        statements, key=lambda statement: (statement.strength, statement.part == "filed")
    ):
        for case in statement.cases:
            by_case.setdefault(case, {}).setdefault(statement.claim, statement)
    surest = {case: min(statement.strength for statement in rows.values()) for case, rows in by_case.items()}
    ordered = sorted(by_case, key=lambda case: (surest[case], case[1]))
    first, rest = ordered[:_SHOWN], ordered[_SHOWN:]
    shown = {case: list(by_case[case].values())[:_SHOWN_OF_A_CASE] for case in first}
    told = statements_of(engine, [statement.claim for rows in shown.values() for statement in rows], graphs)
    cases = [URIRef(iri) for iri, _ in first]
    results = _results(engine, cases, graphs) if outcomes and cases else {}
    setbacks = _setbacks(engine, cases, graphs) if outcomes and cases else {}
    return Instances(
        shown=tuple(
            Instance(
                case=link_of(*case),
                explicit=surest[case] == 1,
                shown=tuple(_tie(statement, told, thing) for statement in rows),
                count=len(by_case[case]),
                results=results.get(case[0], ()),
                setbacks=setbacks.get(case[0], ()),
            )
            for case, rows in shown.items()
        ),
        named=tuple(link_of(*case) for case in rest[:_NAMED]),
        count=len(ordered),
        explicit=sum(strength == 1 for strength in surest.values()),
    )


def _results(
    engine: Engine, cases: Sequence[URIRef], graphs: Graphs
) -> dict[str, tuple[InstanceResult, ...]]:
    counts = what_counts(engine)
    by_case = grouped(rows_as(ResultRow, engine, graphs, case=cases), key=lambda row: row.case)
    return {
        case: _best_first([(result_of(row, counts), row.claim) for row in rows])
        for case, rows in by_case.items()
    }


def _best_first(found: Iterable[tuple[Result, str]]) -> tuple[InstanceResult, ...]:
    """Return each result once, with the first statement that reports it."""
    first: dict[Result, str] = {}
    for result, claim in found:
        first.setdefault(result, claim)
    order = {standing: place for place, standing in enumerate(Standing)}
    best_first = sorted(
        first, key=lambda result: (order[result.standing], result.direction is Direction.NOT_STATED)
    )
    return tuple(
        InstanceResult(link_of(first[result], result.label), result.direction, result.standing)
        for result in best_first
    )


def _setbacks(engine: Engine, cases: Sequence[URIRef], graphs: Graphs) -> dict[str, tuple[Link, ...]]:
    by_case: dict[str, dict[str, Link]] = {}
    for row in rows_as(_SetbackRow, engine, graphs, case=cases):
        by_case.setdefault(row.case, {}).setdefault(row.label, link_of(row.claim, row.label))
    return {case: tuple(links.values()) for case, links in by_case.items()}
