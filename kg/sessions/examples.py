"""The cases that a session reads: which, why, and what is told of each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rdflib import URIRef

from kg import words
from kg.engine import Engine
from kg.evidence import Basis, Polarity, what_counts
from kg.language import gettext as _
from kg.language import ngettext
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.sessions.aims import Aim, names_of, rows_of
from kg.sessions.settings import Settings
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views import CaseRow, Graphs, Link, Statement
from kg.views.links import link_of
from kg.views.statements import slug_of, statements_of

__all__ = ["CaseExample", "case_examples", "cases_for"]

_CANDIDATES = 12
_STATEMENTS = 6
# With fewer statements than this a case is called thin.
_THIN = 12
# So few statements in a plan are called few.
_FEW = 2


@dataclass(frozen=True)
class CaseExample:
    """A case to read in a session.

    Attributes:
        case: Its name and page.
        slug: The last part of its IRI.
        question: The question it answers for a leader.
        why: Why it is here.
        extent: How much there is of it, and what that is worth.
        statements: What is told, the difficulty first, then set-backs, what was done, what is reported.
    """

    case: Link
    slug: str
    question: str
    why: str
    extent: str
    statements: tuple[Statement, ...]


@row_of("concept-surest-cases")
class _SurestRow:
    case: str
    label: str
    surest: int


@row_of("challenge-case-practices")
class _DoingRow:
    case: str


@row_of("setback-statements")
class _SetbackRow:
    case: str
    claim: str


@row_of("comparison-ties")
class _TieRow:
    case: str
    concept: str
    scheme: str
    strength: int
    claim: str
    polarity: Polarity


def _candidates(engine: Engine, concepts: Iterable[str], graphs: Graphs) -> list[str]:
    """Give cases that are said or read to show one of these concepts, the surest first."""
    asked = [URIRef(concept) for concept in sorted(concepts)]
    surest: dict[str, tuple[int, str]] = {}
    weakest = what_counts(engine).weakest_reading
    for row in rows_as(_SurestRow, engine, graphs, concept=asked) if asked else ():
        rank = row.surest, row.label
        if row.surest <= weakest:
            surest[row.case] = min(surest.get(row.case, rank), rank)
    return sorted(surest, key=lambda case: surest[case])[:_CANDIDATES]


def _doing(engine: Engine, settings: Settings, graphs: Graphs) -> list[str]:
    """Give cases that are said to do what is offered against a difficulty."""
    if settings.difficulty is None:
        return []
    iri = URIRef(PREFIXES["challenge"] + settings.difficulty)
    practices = Counter(row.case for row in rows_as(_DoingRow, engine, graphs, challenge=iri))
    return sorted(practices, key=lambda case: (-practices[case], case))[:_CANDIDATES]


def _with_setback(engine: Engine, cases: Sequence[str], graphs: Graphs) -> dict[str, list[str]]:
    if not cases:
        return {}
    setbacks = shown_rows(
        _SetbackRow, engine, graphs, lambda row: row.case, case=[URIRef(case) for case in cases]
    )
    return {
        case: list(dict.fromkeys(row.claim for row in rows))
        for case, rows in grouped(setbacks, key=lambda row: row.case).items()
    }


def cases_for(engine: Engine, settings: Settings, aim: Aim, graphs: Graphs) -> list[str]:
    """Choose cases: those asked for, else the surest one and one with a set-back, which is worth as much.

    Where no case is tied to the difficulty itself, what is offered against it leads on, and then, to one
    case and no more, its factor.
    """
    if settings.cases:
        return [row.slug for row in rows_of(engine, settings.cases, graphs)]
    asked, _offers, factors = aim.tiers
    cases = (
        _candidates(engine, asked, graphs)
        or _doing(engine, settings, graphs)
        or _candidates(engine, factors, graphs)[:1]
    )
    first, others = cases[:1], cases[1:]
    setbacks = _with_setback(engine, cases, graphs)
    if first and first[0] not in setbacks:
        others = sorted(others, key=lambda case: case not in setbacks)
    return [slug_of(iri) for iri in first + others[:1]]


def case_examples(
    engine: Engine, slugs: Sequence[str], settings: Settings, aim: Aim, graphs: Graphs
) -> list[CaseExample]:
    """Tell cases, those statements first that speak to what the session is about.

    Args:
        engine: Where to ask.
        slugs: Slugs of the cases, in order.
        settings: What is asked for.
        aim: What the session is about.
        graphs: Graphs to take statements from; all of them if None.
    """
    rows = rows_of(engine, slugs, graphs)
    iris = [PREFIXES["case"] + row.slug for row in rows]
    if not iris:
        return []
    ties: dict[str, list[tuple[int, int, str]]] = {iri: [] for iri in iris}
    shown: dict[str, int] = {}
    weakest = what_counts(engine).weakest_reading
    for tie in shown_rows(
        _TieRow, engine, graphs, lambda row: (row.case, row.concept), case=[URIRef(each) for each in iris]
    ):
        if tie.polarity is not Polarity.AFFIRMED or tie.strength > weakest:
            continue
        tier = aim.tier(frozenset({tie.concept}))
        if tier == 0:
            shown[tie.case] = min(shown.get(tie.case, tie.strength), tie.strength)
        # What was done against it comes after set-backs, which stand between; results come last.
        result = slug_of(tie.scheme) == "outcomes"
        place = 0 if tier == 0 else 3 if result else 4 if tier is None else 2
        ties[tie.case].append((place, tie.strength, tie.claim))
    for case, setbacks in _with_setback(engine, iris, graphs).items():
        ties[case] += [(1, 0, claim) for claim in setbacks]
    claims = {case: list(_spread(ties[case], asked=bool(aim.tiers[0]))) for case in iris}
    told = statements_of(engine, [claim for case in iris for claim in claims[case]], graphs)
    return [
        CaseExample(
            case=link_of(iri, row.label),
            slug=row.slug,
            question=row.question,
            why=_why_case(row.slug in settings.cases, shown.get(iri), aim),
            extent=_extent(row, sum(claim in told for claim in claims[iri])),
            statements=tuple(told[claim] for claim in claims[iri] if claim in told),
        )
        for iri, row in zip(iris, rows, strict=True)
    ]


def _spread(ties: Sequence[tuple[int, int, str]], asked: bool) -> Iterator[str]:
    """Give few statements of each kind rather than many of one; other ties only where nothing is asked."""
    limits = {0: 2, 1: 2, 2: 2, 3: 1, 4: 0 if asked else 3}
    taken: list[str] = []
    for place, limit in limits.items():
        of_place = dict.fromkeys(claim for kind, _strength, claim in sorted(ties) if kind == place)
        taken += list(islice((claim for claim in of_place if claim not in taken), limit))
    return islice(iter(taken), _STATEMENTS)


def _why_case(chosen: bool, strength: int | None, aim: Aim) -> str:
    said = [_("You chose this case.")] if chosen else []
    names = names_of(aim)
    if not aim.tiers[0]:
        return " ".join(said)
    if strength is None:
        said.append(_("We found nothing that links this case to %(names)s.", names=names))
        if not chosen:
            said.append(_("The case is here because of a factor, or of a practice that sources advise."))
    elif strength == Basis.EXPLICIT.position:
        said.append(_("A document links this case to %(names)s.", names=names))
    else:
        said.append(_("Our reading links this case to %(names)s.", names=names))
    return " ".join(said)


def _extent(row: CaseRow, shown: int) -> str:
    said = [f"{words.extent(row)}."]
    if row.statements < _THIN:
        said.append(_("We found little on this place: say so."))
    if shown <= _FEW:
        said.append(ngettext("Only %(num)s of them is on this.", "Only %(num)s of them are on this.", shown))
    return " ".join(said)
