"""The five factors: each with its cases, what leaders did for it, and what the guidance is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Basis
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views.bodies import words_of_their_time
from kg.views.choices import Graphs, graphs_of_the_paper
from kg.views.entries import Entry, entry
from kg.views.links import link_of
from kg.views.records import BodyNote
from kg.views.statement_records import Link
from kg.views.statements import slug_of, statements_of
from kg.views.ties import StatementTie, Ties

__all__ = ["Factor", "FactorCase", "FactorSummary", "PracticeCount", "factor", "factors"]

_SHOWN = 20
_NAMED = 12
# The question that a statement of the section answers, by relation; what joins the factor to other
# things stands in lists of its own.
_QUESTIONS = {
    "advises": "guidance",
    "advises-against": "guidance",
    "advises-facilitators": "facilitators",
    "answers": "",
    "asks": "guidance",
    "cites": "",
    "contrasts-with": "against",
    "described-as": "also",
    "exemplified-by": "against",
    "faces": "against",
    "facilitates": "helps",
    "harder-where": "against",
    "helps": "helps",
    "hinders": "against",
    "rejects-asking": "guidance",
    "reports": "helps",
    "requires": "needs",
    "serves": "",
    "stems-from": "against",
    "treated-under": "",
}
_ORDER = ("guidance", "against", "needs", "helps", "facilitators", "also")
_DIFFICULTY = PREFIXES["challenge"]


@dataclass(frozen=True)
class PracticeCount:
    """What leaders did, and in how many cases.

    Attributes:
        practice: What they did.
        definition: What that means.
        explicit: In how many cases a document says so in so many words.
        read: In how many more it is our reading.
    """

    practice: Link
    definition: str
    explicit: int
    read: int


@dataclass(frozen=True)
class FactorCase:
    """A case that shows a factor.

    Attributes:
        case: The case.
        basis: Whether a document ties it to the factor itself, or how surely we read it.
    """

    case: Link
    basis: Basis

    @property
    def explicit(self) -> bool:
        """Whether a document ties it to the factor itself."""
        return self.basis is Basis.EXPLICIT


@dataclass(frozen=True)
class FactorSummary:
    """One factor as the list of the five shows it.

    Attributes:
        factor: The factor.
        number: 1 to 5.
        definition: What it means.
        cases: The first cases that show it, those first that a document itself ties to it.
        explicit: How many cases a document itself ties to it.
        read: How many more are tied to it by our reading.
        in_the_paper: How many cases the paper itself ties to it.
        practices: The first things that leaders did for it.
        practice_count: How many of these there are.
    """

    factor: Link
    number: int
    definition: str
    cases: tuple[FactorCase, ...]
    explicit: int
    read: int
    in_the_paper: int
    practices: tuple[PracticeCount, ...]
    practice_count: int


@dataclass(frozen=True)
class Factor:
    """One factor as its page shows it.

    Attributes:
        entry: What it is, and in which cases it is found.
        others: The other factors, in order.
        practices: What leaders did for it, in order of the paper.
        practice_count: How many of these there are.
        did: What each case of the factor is said, in so many words, to have done for it.
        difficulties: The difficulties that a document treats under it.
        section: What is said in general in the section on it, by question.
        works: The works that the section rests on.
        in_the_paper: How many cases the paper itself ties to it.
        words: Words for kinds of bodies that the statements of the section use.
    """

    entry: Entry
    others: tuple[Link, ...]
    practices: tuple[PracticeCount, ...]
    practice_count: int
    did: dict[Link, tuple[Link, ...]]
    difficulties: tuple[Link, ...]
    section: tuple[Ties, ...]
    works: tuple[Link, ...]
    in_the_paper: int
    words: tuple[BodyNote, ...]


@row_of("scheme-concepts")
class _ConceptRow:
    concept: str
    label: str
    definition: str
    position: int | None


@row_of("concept-surest-cases")
class _SurestRow:
    concept: str
    case: str
    label: str
    surest: int


@row_of("factor-challenges")
class _ChallengeRow:
    challenge: str
    label: str


@row_of("factor-works")
class _WorkRow:
    work: str
    label: str


@row_of("factor-cases")
class _CaseRow:
    case: str


@row_of("factor-practices")
class _PracticeRow:
    practice: str
    label: str
    definition: str


@row_of("practice-case-counts")
class _CountRow:
    practice: str
    surest: int
    cases: int


@row_of("case-practices-among")
class _DoneRow:
    case: str
    case_label: str
    practice: str
    label: str


@row_of("factor-section")
class _SectionRow:
    claim: str
    relation: str
    subject: str


def factors(engine: Engine, graphs: Graphs = None) -> tuple[FactorSummary, ...]:
    """Give the five factors in their order."""
    listed = _listed(engine, graphs)
    given = [URIRef(row.concept) for row in listed]
    cases = _cases(engine, given, graphs)
    practices = {iri: _practices(engine, iri, graphs) for iri in given}
    return tuple(
        FactorSummary(
            factor=link_of(row.concept, row.label),
            number=row.position or 0,
            definition=row.definition,
            cases=cases.get(row.concept, ())[:_NAMED],
            explicit=sum(case.explicit for case in cases.get(row.concept, ())),
            read=sum(not case.explicit for case in cases.get(row.concept, ())),
            in_the_paper=_in_the_paper(engine, iri),
            practices=practices[iri][:_NAMED],
            practice_count=len(practices[iri]),
        )
        for row, iri in zip(listed, given, strict=True)
    )


def _listed(engine: Engine, graphs: Graphs) -> list[_ConceptRow]:
    """Return the five factors in their order."""
    rows = rows_as(_ConceptRow, engine, graphs, scheme=URIRef(PREFIXES["scheme"] + "factors"))
    return sorted(rows, key=lambda row: row.position or 0)


def _cases(engine: Engine, factors: Sequence[URIRef], graphs: Graphs) -> dict[str, tuple[FactorCase, ...]]:
    """Return the cases that show each factor, the surest first."""
    bases = {basis.position: basis for basis in Basis}
    by_factor = grouped(rows_as(_SurestRow, engine, graphs, concept=factors), key=lambda row: row.concept)
    return {
        factor: tuple(FactorCase(link_of(row.case, row.label), bases[row.surest]) for row in rows)
        for factor, rows in by_factor.items()
    }


def factor(engine: Engine, slug: str, graphs: Graphs = None) -> Factor:
    """Give one factor.

    Raises:
        UnknownName: If there is none of that name.
    """
    own = entry(engine, f"scheme/factors/{slug}", graphs)
    iri = URIRef(PREFIXES["factor"] + slug)
    practices = _practices(engine, iri, graphs)
    section = _section(engine, iri, graphs)
    said = [tie.statement for question in section for tie in question.shown]
    return Factor(
        entry=own,
        others=tuple(
            link_of(row.concept, f"{row.position} {row.label}")
            for row in _listed(engine, graphs)
            if row.concept != str(iri)
        ),
        practices=practices[:_SHOWN],
        practice_count=len(practices),
        did=_did(engine, iri, graphs),
        difficulties=tuple(
            link_of(row.challenge, row.label) for row in rows_as(_ChallengeRow, engine, graphs, factor=iri)
        ),
        section=section,
        works=tuple(link_of(row.work, row.label) for row in rows_as(_WorkRow, engine, graphs, factor=iri)),
        in_the_paper=_in_the_paper(engine, iri),
        words=words_of_their_time(engine, said, graphs),
    )


def _in_the_paper(engine: Engine, factor: URIRef) -> int:
    return len(rows_as(_CaseRow, engine, graphs_of_the_paper(engine), factor=factor))


def _practices(engine: Engine, factor: URIRef, graphs: Graphs) -> tuple[PracticeCount, ...]:
    rows = rows_as(_PracticeRow, engine, graphs, factor=factor)
    if not rows:
        return ()
    explicit: Counter[str] = Counter()
    read: Counter[str] = Counter()
    given = [URIRef(row.practice) for row in rows]
    for count in rows_as(_CountRow, engine, graphs, practice=given):
        (explicit if count.surest == 1 else read)[count.practice] += count.cases
    return tuple(
        PracticeCount(
            link_of(row.practice, row.label), row.definition, explicit[row.practice], read[row.practice]
        )
        for row in rows
    )


def _did(engine: Engine, factor: URIRef, graphs: Graphs) -> dict[Link, tuple[Link, ...]]:
    given = [URIRef(row.practice) for row in rows_as(_PracticeRow, engine, graphs, factor=factor)]
    done = rows_as(_DoneRow, engine, graphs, practice=given) if given else []
    return {
        case: tuple(link_of(row.practice, row.label) for row in rows)
        for case, rows in grouped(done, key=lambda row: link_of(row.case, row.case_label)).items()
    }


def _section(engine: Engine, factor: URIRef, graphs: Graphs) -> tuple[Ties, ...]:
    """Sort what the section on a factor says in general: what is advised, what gets in the way, the rest."""
    by_question: dict[str, list[str]] = {}
    for row in shown_rows(_SectionRow, engine, graphs, factor=factor):
        question = _QUESTIONS.get(slug_of(row.relation), "also")
        if question == "also" and row.subject.startswith(_DIFFICULTY):
            question = "against"
        if question:
            by_question.setdefault(question, []).append(row.claim)
    in_order = {
        key: sorted(dict.fromkeys(by_question[key]), key=lambda claim: int(claim.rsplit("-", 1)[-1]))
        for key in _ORDER
        if key in by_question
    }
    told = statements_of(engine, [claim for claims in in_order.values() for claim in claims[:_SHOWN]], graphs)
    return tuple(
        Ties(key, tuple(StatementTie(told[claim], None, None) for claim in claims[:_SHOWN]), len(claims))
        for key, claims in in_order.items()
    )
