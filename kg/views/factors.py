"""The five factors: each with its cases, what leaders did for it, and what the guidance is."""

from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Basis
from kg.queries.questions import ask
from kg.terms import PREFIXES
from kg.views.bodies import words_of_their_time
from kg.views.choices import Graphs, graphs_of_the_paper
from kg.views.entries import Entry, entry
from kg.views.links import link_of
from kg.views.records import BodyNote, Link
from kg.views.statements import slug_of, statements_of, text
from kg.views.ties import Tie, Ties

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


def factors(engine: Engine, graphs: Graphs = None) -> tuple[FactorSummary, ...]:
    """Give the five factors in their order."""
    found = sorted(
        ask(engine, "scheme-concepts", graphs, scheme=URIRef(PREFIXES["scheme"] + "factors")),
        key=lambda each: int(text(each["position"])),
    )
    given = [URIRef(text(each["concept"])) for each in found]
    cases: dict[str, dict[str, FactorCase]] = {}
    bases = {each.position: each for each in Basis}
    for record in ask(engine, "concept-surest-cases", graphs, concept=given):
        case = link_of(text(record["case"]), text(record["label"]))
        mine = cases.setdefault(text(record["concept"]), {})
        mine[text(record["case"])] = FactorCase(case, bases[int(text(record["surest"]))])
    practices = {iri: _practices(engine, iri, graphs) for iri in given}
    return tuple(
        FactorSummary(
            factor=link_of(text(each["concept"]), text(each["label"])),
            number=int(text(each["position"])),
            definition=text(each["definition"]),
            cases=tuple(cases.get(text(each["concept"]), {}).values())[:_NAMED],
            explicit=sum(case.explicit for case in cases.get(text(each["concept"]), {}).values()),
            read=sum(not case.explicit for case in cases.get(text(each["concept"]), {}).values()),
            in_the_paper=_in_the_paper(engine, iri),
            practices=practices[iri][:_NAMED],
            practice_count=len(practices[iri]),
        )
        for each, iri in zip(found, given, strict=True)
    )


def factor(engine: Engine, slug: str, graphs: Graphs = None) -> Factor:
    """Give one factor.

    Raises:
        UnknownName: If there is none of that name.
    """
    own = entry(engine, f"scheme/factors/{slug}", graphs)
    iri = URIRef(PREFIXES["factor"] + slug)
    listed = ask(engine, "scheme-concepts", graphs, scheme=URIRef(PREFIXES["scheme"] + "factors"))
    practices = _practices(engine, iri, graphs)
    section = _section(engine, iri, graphs)
    said = [tie.statement for question in section for tie in question.shown]
    return Factor(
        entry=own,
        others=tuple(
            link_of(text(each["concept"]), f"{text(each['position'])} {text(each['label'])}")
            for each in sorted(listed, key=lambda each: int(text(each["position"])))
            if text(each["concept"]) != str(iri)
        ),
        practices=practices[:_SHOWN],
        practice_count=len(practices),
        did=_did(engine, iri, graphs),
        difficulties=tuple(
            link_of(text(each["challenge"]), text(each["label"]))
            for each in ask(engine, "factor-challenges", graphs, factor=iri)
        ),
        section=section,
        works=tuple(
            link_of(text(each["work"]), text(each["label"]))
            for each in ask(engine, "factor-works", graphs, factor=iri)
        ),
        in_the_paper=_in_the_paper(engine, iri),
        words=words_of_their_time(engine, said, graphs),
    )


def _in_the_paper(engine: Engine, factor: URIRef) -> int:
    return len(ask(engine, "factor-cases", graphs_of_the_paper(engine), factor=factor))


def _practices(engine: Engine, factor: URIRef, graphs: Graphs) -> tuple[PracticeCount, ...]:
    found = ask(engine, "factor-practices", graphs, factor=factor)
    if not found:
        return ()
    given = [URIRef(text(each["practice"])) for each in found]
    explicit: dict[str, int] = {}
    read: dict[str, int] = {}
    for record in ask(engine, "practice-case-counts", graphs, practice=given):
        tally = explicit if text(record["surest"]) == "1" else read
        practice = text(record["practice"])
        tally[practice] = tally.get(practice, 0) + int(text(record["cases"]))
    return tuple(
        PracticeCount(
            link_of(text(each["practice"]), text(each["label"])),
            text(each["definition"]),
            explicit.get(text(each["practice"]), 0),
            read.get(text(each["practice"]), 0),
        )
        for each in found
    )


def _did(engine: Engine, factor: URIRef, graphs: Graphs) -> dict[Link, tuple[Link, ...]]:
    given = [
        URIRef(text(each["practice"])) for each in ask(engine, "factor-practices", graphs, factor=factor)
    ]
    found: dict[Link, list[Link]] = {}
    for record in ask(engine, "case-practices-among", graphs, practice=given) if given else []:
        case = link_of(text(record["case"]), text(record["caseLabel"]))
        found.setdefault(case, []).append(link_of(text(record["practice"]), text(record["label"])))
    return {case: tuple(practices) for case, practices in found.items()}


def _section(engine: Engine, factor: URIRef, graphs: Graphs) -> tuple[Ties, ...]:
    """Sort what the section on a factor says in general: what is advised, what gets in the way, the rest."""
    found: dict[str, list[str]] = {}
    for record in ask(engine, "factor-section", graphs, factor=factor):
        question = _QUESTIONS.get(slug_of(text(record["relation"])), "also")
        if question == "also" and text(record["subject"]).startswith(_DIFFICULTY):
            question = "against"
        if question:
            found.setdefault(question, []).append(text(record["claim"]))
    in_order = {
        key: sorted(dict.fromkeys(found[key]), key=lambda claim: int(claim.rsplit("-", 1)[-1]))
        for key in _ORDER
        if key in found
    }
    told = statements_of(engine, [each for claims in in_order.values() for each in claims[:_SHOWN]], graphs)
    return tuple(
        Ties(key, tuple(Tie(told[each], None, None) for each in claims[:_SHOWN]), len(claims))
        for key, claims in in_order.items()
    )
