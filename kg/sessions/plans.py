"""A plan of a session: what speaks to the difficulty, in timed blocks, each with what to say and do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rdflib import URIRef

from kg import views
from kg.engine import Engine
from kg.errors import UnknownName
from kg.questions import ask
from kg.sessions.material import Activity, HybridRule, Material, Prompt, material
from kg.sessions.schedule import scheduled, step_minutes, suitable
from kg.sessions.settings import HYBRID, MODES, Settings, clock
from kg.terms import PREFIXES
from kg.views import CaseRow, Graphs, Link, Statement
from kg.views.links import link_of
from kg.views.statements import slug_of, statements_of, text

__all__ = ["Block", "CaseExample", "Placed", "Plan", "Step", "built", "offered", "plan"]

_READ = "read-a-case"
_BREAK = "break"
# A weaker reading than this is a hint, and no reason to read a case.
_WEAKEST_READING = 3
_DENYING = {"denied", "no-effect-found"}
_CANDIDATES = 12
_STATEMENTS = 6
_PROMPTS_OF_A_CASE = 3
# With fewer statements than this a case is called thin.
_THIN = 12
# So few statements in a plan are called few.
_FEW = 2
_RISKS = ("low", "medium", "high")


@dataclass(frozen=True)
class Step:
    """One step of a block.

    Attributes:
        minutes: How long it takes.
        text: What happens.
    """

    minutes: int
    text: str


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


@dataclass(frozen=True)
class Block:
    """One block of a plan.

    Attributes:
        activity: What is done.
        page: The page of the activity.
        start: When it begins.
        end: When it ends.
        minutes: How long it takes.
        why: Why it is here; "" for what every session needs.
        steps: Its steps; their minutes add up to its own.
        prompts: Questions to put to the group.
        case: What is read, in a block that reads a case.
    """

    activity: Activity
    page: Link
    start: str
    end: str
    minutes: int
    why: str
    steps: tuple[Step, ...]
    prompts: tuple[Prompt, ...]
    case: CaseExample | None = None


@dataclass(frozen=True)
class Plan:
    """A session, planned.

    Attributes:
        settings: What was asked for.
        about: The difficulty, factor or cases it is about.
        blocks: In order; their minutes add up to those asked for.
        rules: What holds in a hybrid meeting; none in another.
        notes: What was left out, and why.
    """

    settings: Settings
    about: tuple[Link, ...]
    blocks: tuple[Block, ...]
    rules: tuple[HybridRule, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the session is about, or that it is open."""
        return (
            f"Session: {' and '.join(each.name for each in self.about)}" if self.about else "An open session"
        )

    @property
    def facts(self) -> str:
        """When, how long, how many and how, in one line."""
        asked = self.settings
        return (
            f"{clock(asked.start, 0)} to {clock(asked.start, asked.minutes)} · {asked.minutes} minutes · "
            f"{asked.people} people · {MODES[asked.mode].lower()} · "
            + ("most have met before" if asked.met else "most have not met before")
        )


@dataclass(frozen=True)
class Placed:
    """What a block is made from.

    Attributes:
        activity: Slug of the activity.
        minutes: How long it takes.
        case: Slug of the case that is read, if one is.
    """

    activity: str
    minutes: int
    case: str | None = None


@dataclass(frozen=True)
class _Aim:
    """What a plan is about: the concepts asked for, what is offered against them, and their factors."""

    about: tuple[Link, ...]
    tiers: tuple[frozenset[str], ...]

    def tier(self, works_on: frozenset[str]) -> int | None:
        return next((place for place, tier in enumerate(self.tiers) if tier & works_on), None)


def offered(engine: Engine, scheme: str) -> dict[str, str]:
    """Give what can be asked for, such as difficulties: names by slug, in order of name.

    Args:
        engine: Where to ask.
        scheme: The last part of the IRI of the scheme, such as `challenges`.
    """
    found = ask(engine, "scheme-concepts", scheme=URIRef(PREFIXES["scheme"] + scheme))
    return {
        slug_of(text(each["concept"])): text(each["label"])
        for each in sorted(found, key=lambda each: text(each["label"]))
    }


def plan(engine: Engine, settings: Settings, graphs: Graphs = None) -> Plan:
    """Plan a session; the same settings give the same plan as long as the graph stays the same.

    Args:
        engine: Where to ask.
        settings: What is asked for.
        graphs: Graphs to take cases from; all of them if None.

    Raises:
        NoPlan: If nothing fits, with the reason.
        UnknownName: If there is no such difficulty, factor or case; the nearest name is offered.
    """
    found = material(engine)
    settings = settings.checked()
    aim = _aim(engine, settings, graphs)
    cases = _cases(engine, settings, aim, graphs)
    ranked = _ranked(found.activities.values(), aim)
    blocks = scheduled(found.frame, suitable(ranked, settings), len(cases), settings)
    read = iter(cases)
    placed = [
        Placed(each.slug, minutes, next(read) if each.slug == _READ else None) for each, minutes in blocks
    ]
    return built(engine, settings, placed, graphs)


def built(engine: Engine, settings: Settings, placed: Sequence[Placed], graphs: Graphs = None) -> Plan:
    """Make a plan of blocks that are chosen already.

    Args:
        engine: Where to ask.
        settings: What was asked for.
        placed: The blocks in order.
        graphs: Graphs to take cases from; all of them if None.
    """
    found = material(engine)
    aim = _aim(engine, settings, graphs)
    ranked = _ranked(found.activities.values(), aim)
    examples = {
        each.slug: each for each in _told(engine, [p.case for p in placed if p.case], settings, aim, graphs)
    }
    questions = _questions(found, aim, placed)
    blocks, after = [], 0
    for each in placed:
        activity = found.frame.get(each.activity) or found.activities[each.activity]
        example = examples[each.case] if each.case else None
        steps = zip(step_minutes(activity, each.minutes), activity.steps, strict=True)
        blocks.append(
            Block(
                activity=activity,
                page=link_of(PREFIXES["activity"] + activity.slug, activity.name),
                start=clock(settings.start, after),
                end=clock(settings.start, after + each.minutes),
                minutes=each.minutes,
                why=_why(activity, aim, found),
                steps=tuple(Step(minutes, told) for minutes, (_, told) in steps),
                prompts=next(questions),
                case=example,
            )
        )
        after += each.minutes
    rules = found.rules if settings.mode == HYBRID else ()
    unread = len(_cases(engine, settings, aim, graphs)) - len(examples)
    tiers = [
        aim.tier(found.activities[p.activity].works_on) for p in placed if p.activity in found.activities
    ]
    notes = tuple(_notes(settings, aim, ranked, tiers, len(examples), unread))
    return Plan(settings, aim.about, tuple(blocks), rules, notes)


def _aim(engine: Engine, settings: Settings, graphs: Graphs) -> _Aim:
    about: list[Link] = []
    asked, offers, factors = set(), set(), set()
    if settings.difficulty is not None:
        iri = URIRef(PREFIXES["challenge"] + _known(engine, "difficulty", "challenges", settings.difficulty))
        about.append(link_of(str(iri), offered(engine, "challenges")[settings.difficulty]))
        asked.add(str(iri))
        offers |= {text(each["practice"]) for each in ask(engine, "challenge-answers", graphs, challenge=iri)}
        factors |= {text(each["factor"]) for each in ask(engine, "challenge-factors", graphs, challenge=iri)}
    if settings.factor is not None:
        iri = URIRef(PREFIXES["factor"] + _known(engine, "factor", "factors", settings.factor))
        about.append(link_of(str(iri), offered(engine, "factors")[settings.factor]))
        asked.add(str(iri))
        offers |= {text(each["practice"]) for each in ask(engine, "factor-practices", graphs, factor=iri)}
    rows = _rows(engine, settings.cases, graphs)
    if not about:
        about = [link_of(PREFIXES["case"] + row.slug, row.label) for row in rows]
        names = {tie.label for row in rows for tie in row.factors if tie.explicit}
        factors |= {
            PREFIXES["factor"] + slug for slug, label in offered(engine, "factors").items() if label in names
        }
    return _Aim(tuple(about), (frozenset(asked), frozenset(offers), frozenset(factors)))


def _known(engine: Engine, what: str, scheme: str, slug: str) -> str:
    known = offered(engine, scheme)
    if slug not in known:
        raise UnknownName(what, " ".join(slug[:80].split()), known)
    return slug


def _rows(engine: Engine, cases: Sequence[str], graphs: Graphs) -> list[CaseRow]:
    if not cases:
        return []
    names = views.case_list(engine, graphs)
    for slug in cases:
        if slug not in names:
            raise UnknownName("case", " ".join(slug[:80].split()), names)
    found = {row.slug: row for row in views.case_rows(engine, graphs, cases)}
    return [found[slug] for slug in dict.fromkeys(cases)]


def _ranked(activities: Iterable[Activity], aim: _Aim) -> list[Activity]:
    """Put first what is meant for what is asked, then what is offered against it, its factor, the rest."""
    ranks = {}
    for each in activities:
        tier = aim.tier(each.works_on)
        if tier is not None or each.suits_any:
            ranks[each.slug] = (len(aim.tiers) if tier is None else tier, _RISKS.index(each.risk), each.name)
    return sorted((each for each in activities if each.slug in ranks), key=lambda each: ranks[each.slug])


def _why(activity: Activity, aim: _Aim, found: Material) -> str:
    if activity.slug in found.frame:
        return ""
    tier = aim.tier(activity.works_on)
    names = " and ".join(f"“{each.name}”" for each in aim.about)
    if tier is None:
        return "Of use to any group, whatever the difficulty."
    return (
        f"Meant for {names}, by our judgement.",
        f"Meant for what is offered against it or belongs to it, by our judgement: {names}.",
        f"Meant for a factor that it belongs to, by our judgement: {names}.",
    )[tier]


def _candidates(engine: Engine, concepts: Iterable[str], graphs: Graphs) -> list[str]:
    """Give cases that are said or read to show one of these concepts, the surest first."""
    asked = [URIRef(each) for each in sorted(concepts)]
    surest: dict[str, tuple[int, str]] = {}
    for record in ask(engine, "concept-surest-cases", graphs, concept=asked) if asked else ():
        found = int(text(record["surest"])), text(record["label"])
        if found[0] <= _WEAKEST_READING:
            case = text(record["case"])
            surest[case] = min(surest.get(case, found), found)
    return sorted(surest, key=lambda case: surest[case])[:_CANDIDATES]


def _doing(engine: Engine, settings: Settings, graphs: Graphs) -> list[str]:
    """Give cases that are said to do what is offered against a difficulty."""
    if settings.difficulty is None:
        return []
    iri = URIRef(PREFIXES["challenge"] + settings.difficulty)
    found: dict[str, int] = {}
    for record in ask(engine, "challenge-case-practices", graphs, challenge=iri):
        found[text(record["case"])] = found.get(text(record["case"]), 0) + 1
    return sorted(found, key=lambda case: (-found[case], case))[:_CANDIDATES]


def _with_setback(engine: Engine, cases: Sequence[str], graphs: Graphs) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if cases:
        for record in ask(engine, "setback-statements", graphs, case=[URIRef(each) for each in cases]):
            claims = found.setdefault(text(record["case"]), [])
            if text(record["claim"]) not in claims:
                claims.append(text(record["claim"]))
    return found


def _cases(engine: Engine, settings: Settings, aim: _Aim, graphs: Graphs) -> list[str]:
    """Choose cases: those asked for, else the surest one and one with a set-back, which is worth as much.

    Where no case is tied to the difficulty itself, what is offered against it leads on, and then, to one
    case and no more, its factor.
    """
    if settings.cases:
        return [row.slug for row in _rows(engine, settings.cases, graphs)]
    asked, _, factors = aim.tiers
    cases = (
        _candidates(engine, asked, graphs)
        or _doing(engine, settings, graphs)
        or _candidates(engine, factors, graphs)[:1]
    )
    first, others = cases[:1], cases[1:]
    setbacks = _with_setback(engine, cases, graphs)
    if first and first[0] not in setbacks:
        others = sorted(others, key=lambda case: case not in setbacks)
    return [slug_of(each) for each in first + others[:1]]


def _told(
    engine: Engine, slugs: Sequence[str], settings: Settings, aim: _Aim, graphs: Graphs
) -> list[CaseExample]:
    rows = _rows(engine, slugs, graphs)
    iris = [PREFIXES["case"] + row.slug for row in rows]
    if not iris:
        return []
    ties: dict[str, list[tuple[int, int, str]]] = {each: [] for each in iris}
    shown: dict[str, int] = {}
    for record in ask(engine, "comparison-ties", graphs, case=[URIRef(each) for each in iris]):
        strength = int(text(record["strength"]))
        if slug_of(text(record["polarity"])) in _DENYING or strength > _WEAKEST_READING:
            continue
        case, tier = text(record["case"]), aim.tier(frozenset({text(record["concept"])}))
        if tier == 0:
            shown[case] = min(shown.get(case, strength), strength)
        # What was done against it comes after set-backs, which stand between; results come last.
        result = slug_of(text(record["scheme"])) == "outcomes"
        place = 0 if tier == 0 else 3 if result else 4 if tier is None else 2
        ties[case].append((place, strength, text(record["claim"])))
    for case, setbacks in _with_setback(engine, iris, graphs).items():
        ties[case] += [(1, 0, claim) for claim in setbacks]
    claims = {case: list(_spread(ties[case], asked=bool(aim.tiers[0]))) for case in iris}
    told = statements_of(engine, [each for case in iris for each in claims[case]], graphs)
    return [
        CaseExample(
            case=link_of(iri, row.label),
            slug=row.slug,
            question=row.question,
            why=_why_case(row.slug in settings.cases, shown.get(iri), aim),
            extent=_extent(row, sum(each in told for each in claims[iri])),
            statements=tuple(told[each] for each in claims[iri] if each in told),
        )
        for iri, row in zip(iris, rows, strict=True)
    ]


def _spread(ties: Sequence[tuple[int, int, str]], asked: bool) -> Iterator[str]:
    """Give few statements of each kind rather than many of one; other ties only where nothing is asked."""
    limits = {0: 2, 1: 2, 2: 2, 3: 1, 4: 0 if asked else 3}
    taken: list[str] = []
    for place, limit in limits.items():
        of_place = dict.fromkeys(claim for kind, _, claim in sorted(ties) if kind == place)
        taken += list(islice((claim for claim in of_place if claim not in taken), limit))
    return islice(iter(taken), _STATEMENTS)


def _why_case(chosen: bool, strength: int | None, aim: _Aim) -> str:
    names = " and ".join(f"“{each.name}”" for each in aim.about)
    opening = "Chosen by you. " if chosen else ""
    if not aim.tiers[0]:
        return opening.strip()
    if strength is None:
        here = (
            "" if chosen else " It is here for what is told of what is offered against it, or of its factor."
        )
        return f"{opening}Nothing that we read ties this case itself to {names}.{here}"
    how = "A document itself ties this case" if strength == 1 else "By our reading, this case is tied"
    return f"{opening}{how} to {names}."


def _extent(row: CaseRow, shown: int) -> str:
    size = f"{_counted(row.statements, 'statement')} in {_counted(len(row.sources), 'document')}"
    thin = " Little is told of this place: say so." if row.statements < _THIN else ""
    few = f" Only {shown} of them can be told on this." if shown <= _FEW else ""
    return f"{size}.{thin}{few}"


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _questions(found: Material, aim: _Aim, placed: Sequence[Placed]) -> Iterator[tuple[Prompt, ...]]:
    """Give the questions of each block, no question twice."""
    own = {
        prompt
        for each in placed
        if each.activity in found.activities
        for prompt in found.activities[each.activity].prompts
    }
    anywhere = [each for each in found.prompts.values() if each.suits_any]
    tiers = {slug: aim.tier(each.works_on) for slug, each in found.prompts.items()}
    fitting = sorted(
        (each for slug, each in found.prompts.items() if tiers[slug] is not None and slug not in own),
        key=lambda each: (tiers[each.slug], each.text),
    )
    pool = [*sorted(anywhere, key=lambda each: each.use_when), *fitting]
    for each in placed:
        if each.case is not None:
            yield tuple(pool.pop(0) for _ in range(min(_PROMPTS_OF_A_CASE, len(pool))))
        elif each.activity in found.activities:
            yield tuple(found.prompts[slug] for slug in found.activities[each.activity].prompts)
        else:
            yield ()


def _notes(
    settings: Settings,
    aim: _Aim,
    ranked: Sequence[Activity],
    tiers: Sequence[int | None],
    read: int,
    unread: int,
) -> Iterator[str]:
    if not aim.about:
        yield "Choose a difficulty, a factor or a case, and a case to read joins the plan."
    elif not read:
        yield (
            "No case is read: there is no time for one."
            if unread > 0
            else "No case is read: nothing that we hold speaks to this difficulty."
        )
    elif settings.cases and unread > 0:
        yield f"There is time to read {read} of the {read + unread} cases you chose."
    if aim.about and not any(aim.tier(each.works_on) == 0 for each in ranked) and settings.difficulty:
        yield (
            "No activity here is meant for this difficulty itself; what stands here suits what is offered "
            "against it, its factor, or any group."
        )
    elif aim.about and all(tier is None for tier in tiers):
        yield "Nothing that is meant for this fits the time and the group; what stands here suits any group."
    left = [each.name for each in ranked if each.risk == "high" and not settings.met]
    if left:
        yield (
            f"Left out because most people have not met before: {', '.join(left)}. "
            "What asks for so much candour needs people who know each other."
        )
