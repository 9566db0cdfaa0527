"""A plan of a session: what speaks to the difficulty, in timed blocks, each with what to say and do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.engine import Engine
from kg.language import gettext as _
from kg.language import listed, ngettext
from kg.sessions.aims import Aim, aim_of, rank_activities, reason_for
from kg.sessions.examples import CaseExample, case_examples, cases_for
from kg.sessions.material import Activity, HybridRule, Material, Prompt, Task, material
from kg.sessions.placed import READ, BlockChoice, activity_of, check_blocks
from kg.sessions.schedule import schedule_activities, step_minutes, suitable
from kg.sessions.settings import HYBRID, MODES, Settings, clock
from kg.sessions.warnings import warnings
from kg.terms import PREFIXES
from kg.views import Graphs, Link
from kg.views.links import link_of

__all__ = ["ActivityStep", "Block", "Plan", "plan", "plan_from_blocks", "preferred_activities", "with_words"]

_PROMPTS_OF_A_CASE = 3


@dataclass(frozen=True)
class ActivityStep:
    """One step of a block.

    Attributes:
        minutes: How long it takes.
        text: What happens.
    """

    minutes: int
    text: str

    @property
    def line(self) -> str:
        """Its minutes and what happens, in one line."""
        return _("%(minutes)s min: %(text)s", minutes=self.minutes, text=self.text)


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
        note: What the facilitator wrote to it, in their own words.
    """

    activity: Activity
    page: Link
    start: str
    end: str
    minutes: int
    why: str
    steps: tuple[ActivityStep, ...]
    prompts: tuple[Prompt, ...]
    case: CaseExample | None = None
    note: str = ""

    @property
    def name(self) -> str:
        """What it is called, with the case that is read."""
        if self.case is None:
            return self.activity.name
        return _("%(activity)s: %(case)s", activity=self.activity.name, case=self.case.case.name)

    @property
    def heading(self) -> str:
        """From when to when it takes, what it is called, and how many minutes that are."""
        return _(
            "%(start)s–%(end)s %(name)s (%(minutes)s min)",
            start=self.start,
            end=self.end,
            name=self.name,
            minutes=self.minutes,
        )


@dataclass(frozen=True)
class Plan:
    """A session, planned.

    Attributes:
        settings: What was asked for.
        about: The difficulty, factor or cases it is about.
        blocks: In order; as planned here, their minutes add up to those asked for.
        rules: What holds in a hybrid meeting; none in another.
        notes: What speaks against it, what was left out, and why.
        warnings: Those of the notes that speak against a plan that was changed by hand.
        own_title: What the session is called, in the facilitator's own words; "" for our own.
        before: What is done before the session, words to send filled in as far as the plan knows.
        after: What is done after it.
    """

    settings: Settings
    about: tuple[Link, ...]
    blocks: tuple[Block, ...]
    rules: tuple[HybridRule, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    own_title: str = ""
    before: tuple[Task, ...] = ()
    after: tuple[Task, ...] = ()

    @property
    def minutes(self) -> int:
        """How long all blocks take together."""
        return sum(block.minutes for block in self.blocks)

    @property
    def placed(self) -> tuple[BlockChoice, ...]:
        """What its blocks are made from."""
        return tuple(
            BlockChoice(
                block.activity.slug, block.minutes, block.case.slug if block.case else None, block.note
            )
            for block in self.blocks
        )

    @property
    def title(self) -> str:
        """What the session is called, by the facilitator if they gave it a name."""
        return self.own_title or self.subject

    @property
    def subject(self) -> str:
        """What the session is about, in the words of the graph, or that it is open."""
        if not self.about:
            return _("An open session")
        return _("Session: %(names)s", names=listed([link.name for link in self.about]))

    @property
    def facts(self) -> str:
        """When, how long, how many and how, in one line."""
        asked = self.settings
        return " · ".join(
            [
                _(
                    "%(start)s to %(end)s",
                    start=clock(asked.start, 0),
                    end=clock(asked.start, self.minutes),
                ),
                ngettext("%(num)s minute", "%(num)s minutes", self.minutes),
                ngettext("%(num)s person", "%(num)s people", asked.people),
                MODES[asked.mode].lower(),
                _("most have met before") if asked.met else _("most have not met before"),
            ]
        )


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
    materials = material(engine)
    settings = settings.checked()
    aim = aim_of(engine, settings, graphs)
    cases = cases_for(engine, settings, aim, graphs)
    fitting = suitable(rank_activities(materials.activities.values(), aim), settings)
    read = iter(cases)
    placed = [
        BlockChoice(activity.slug, minutes, next(read) if activity.slug == READ else None)
        for activity, minutes in schedule_activities(materials.frame, fitting, len(cases), settings)
    ]
    return plan_from_blocks(engine, settings, placed, graphs)


def plan_from_blocks(
    engine: Engine, settings: Settings, placed: Sequence[BlockChoice], graphs: Graphs = None, title: str = ""
) -> Plan:
    """Make a plan of blocks that are chosen already, by hand or by an earlier plan.

    Args:
        engine: Where to ask.
        settings: What was asked for; the blocks may take another time, and the plan then says so.
        placed: The blocks in order.
        graphs: Graphs to take cases from; all of them if None.
        title: What the session is called, in the facilitator's own words.

    Raises:
        NoPlan: If the blocks do not hold together as a session.
        UnknownName: If there is no such difficulty, factor or case; the nearest name is offered.
    """
    materials = material(engine)
    settings = settings.checked()
    placed = check_blocks(materials, placed)
    aim = aim_of(engine, settings, graphs)
    examples = {
        example.slug: example
        for example in case_examples(engine, [p.case for p in placed if p.case], settings, aim, graphs)
    }
    questions = _questions(materials, aim, placed)
    timed = [(activity_of(materials, choice.activity), choice.minutes) for choice in placed]
    blocks, after = [], 0
    for choice, (activity, minutes) in zip(placed, timed, strict=True):
        steps = zip(step_minutes(activity, minutes), activity.timing.steps, strict=True)
        blocks.append(
            Block(
                activity=activity,
                page=link_of(PREFIXES["activity"] + activity.slug, activity.name),
                start=clock(settings.start, after),
                end=clock(settings.start, after + minutes),
                minutes=minutes,
                why=reason_for(activity, aim, materials),
                steps=tuple(ActivityStep(minutes, text) for minutes, (_usual, text) in steps),
                prompts=next(questions),
                case=examples[choice.case] if choice.case else None,
                note=choice.note,
            )
        )
        after += minutes
    warned = warnings(timed, settings)
    notes = _notes(materials, settings, aim, placed, cases_for(engine, settings, aim, graphs))
    return Plan(
        settings=settings,
        about=aim.about,
        blocks=tuple(blocks),
        rules=materials.rules if settings.mode == HYBRID else (),
        notes=(*warned, *notes),
        warnings=warned,
        own_title=title,
        before=tuple(_filled(task, settings, after) for task in materials.before),
        after=materials.after,
    )


def _filled(task: Task, settings: Settings, minutes: int) -> Task:
    """Fill in what a plan knows where words are sent."""
    known = {
        "{start}": clock(settings.start, 0),
        "{end}": clock(settings.start, minutes),
        "{minutes}": str(minutes),
        "{mode}": MODES[settings.mode].lower(),
    }
    wording = task.wording
    for slot, value in known.items():
        wording = wording.replace(slot, value)
    return replace(task, wording=wording)


def preferred_activities(engine: Engine, settings: Settings, graphs: Graphs = None) -> tuple[str, ...]:
    """Give slugs of activities that speak to what is asked for, the nearest first.

    Raises:
        UnknownName: If there is no such difficulty, factor or case; the nearest name is offered.
    """
    aim = aim_of(engine, settings, graphs)
    return tuple(activity.slug for activity in rank_activities(material(engine).activities.values(), aim))


def with_words(plan: Plan, title: str, notes: Sequence[str]) -> Plan:
    """Give a plan the facilitator's own words: a title, and a note for each block."""
    blocks = tuple(replace(block, note=note) for block, note in zip(plan.blocks, notes, strict=True))
    return replace(plan, blocks=blocks, own_title=title)


def _questions(materials: Material, aim: Aim, placed: Sequence[BlockChoice]) -> Iterator[tuple[Prompt, ...]]:
    """Give the questions of each block, no question twice.

    A case is read with those that fit any case and one that fits the matter. An activity has its own; the
    first one that has none, or the first at all where no case is read, has one that fits the matter.
    """
    own = {
        prompt
        for choice in placed
        if choice.activity in materials.activities
        for prompt in materials.activities[choice.activity].prompts
    }
    anywhere = sorted(
        (prompt for prompt in materials.prompts.values() if prompt.suits_any),
        key=lambda prompt: prompt.use_when,
    )
    near = {slug: aim.tier(prompt.works_on) for slug, prompt in materials.prompts.items()}
    fitting = sorted(
        (prompt for slug, prompt in materials.prompts.items() if near[slug] is not None and slug not in own),
        key=lambda prompt: (near[prompt.slug], prompt.text),
    )
    pool = [*anywhere, *fitting]
    waiting = not any(choice.case for choice in placed)
    asked: set[str] = set()
    for choice in placed:
        questions: list[Prompt] = []
        if choice.case is not None:
            questions = [pool.pop(0) for _turn in range(min(_PROMPTS_OF_A_CASE, len(pool)))]
        elif (activity := materials.activities.get(choice.activity)) is not None:
            questions = [materials.prompts[slug] for slug in activity.prompts if slug not in asked]
            if activity.stage == "work" and (waiting or not questions) and (left := _fitting(pool)):
                pool.remove(left)
                questions.append(left)
                waiting = False
        asked |= {one.slug for one in questions}
        yield tuple(questions)


def _fitting(pool: Sequence[Prompt]) -> Prompt | None:
    return next((prompt for prompt in pool if not prompt.suits_any), None)


def _notes(
    materials: Material, settings: Settings, aim: Aim, placed: Sequence[BlockChoice], cases: Sequence[str]
) -> Iterator[str]:
    """Say what was left out, and why."""
    speaking = rank_activities(materials.activities.values(), aim)
    working = [
        materials.activities[choice.activity].works_on
        for choice in placed
        if choice.activity in materials.activities
    ]
    read = sum(choice.case is not None for choice in placed)
    unread = [case for case in cases if case not in {p.case for p in placed}]
    if not aim.about:
        yield _("Choose a difficulty, a factor or a case, and the plan gets a case to read.")
    elif not read:
        if cases:
            yield _("The group reads no case: there is no time for one.")
        else:
            yield _("The group reads no case: we found none on this.")
    elif settings.cases and unread:
        yield ngettext(
            "There is time to read %(num)s of the %(all)s cases you chose.",
            "There is time to read %(num)s of the %(all)s cases you chose.",
            read,
            all=read + len(unread),
        )
    if (
        aim.about
        and not any(aim.tier(activity.works_on) == 0 for activity in speaking)
        and settings.difficulty
    ):
        yield _(
            "We have no activity for this very difficulty. These activities suit what leaders do about it, "
            "its factor, or any group."
        )
    elif aim.about and all(aim.tier(works_on) is None for works_on in working):
        yield _("None of our activities for this fits the time and the group. These suit any group.")
    chosen = {choice.activity for choice in placed}
    left = [e.name for e in speaking if e.risk.level == "high" and not settings.met and e.slug not in chosen]
    if left:
        yield _(
            "Left out because most people have not met before: %(names)s. Activities that ask for so much "
            "candour need people who know each other.",
            names=", ".join(left),
        )
