"""What sessions are made of, as the graph holds it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, URIRef

from kg.engine import Engine
from kg.errors import BadContent
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.terms import PREFIXES, SL
from kg.views.statements import slug_of

__all__ = [
    "Activity",
    "Credit",
    "GroupNeeds",
    "HybridRule",
    "Material",
    "Prompt",
    "Risk",
    "Script",
    "Task",
    "Timing",
    "material",
]

_RISKS = ("low", "medium", "high")
_FRAME = ("open", "read-a-case", "break", "close")


@dataclass(frozen=True)
class Timing:
    """How long an activity takes.

    Attributes:
        least: The fewest minutes it can be done in.
        usual: How many minutes it usually takes.
        most: The most minutes that are of use.
        steps: Minutes and text of each step; the minutes add up to the usual ones.
    """

    least: int
    usual: int
    most: int
    steps: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class GroupNeeds:
    """For which groups an activity is meant.

    Attributes:
        fewest: The smallest.
        most: The largest; None where there is no limit.
        modes: The ways of meeting it fits.
        mode_note: What is different online or in a hybrid meeting.
    """

    fewest: int
    most: int | None
    modes: frozenset[str]
    mode_note: str | None


@dataclass(frozen=True)
class Risk:
    """What an activity asks of people.

    Attributes:
        level: How much: `low`, `medium` or `high`.
        note: What can go wrong, and what to do.
        not_when: When it would do harm or waste time.
    """

    level: str
    note: str
    not_when: str

    @property
    def rank(self) -> int:
        """How much it asks, from 0 for little."""
        return _RISKS.index(self.level)


@dataclass(frozen=True)
class Script:
    """What whoever leads an activity does and says.

    Attributes:
        beforehand: What to do before the day.
        needs: What has to be at hand.
        to_say: What to say to begin it.
        to_drop: What to leave out where time runs short.
    """

    beforehand: str
    needs: str
    to_say: str
    to_drop: str


@dataclass(frozen=True)
class Credit:
    """Where the form of an activity comes from.

    Attributes:
        text: Whom it goes back to; None if to nobody we know of.
        page: The page on which that was checked.
        from_the_paper: Whether the paper prompted it.
    """

    text: str | None
    page: str | None
    from_the_paper: bool


@dataclass(frozen=True)
class Activity:
    """Something that a group does in a session.

    Attributes:
        slug: The last part of its IRI.
        name: What it is called.
        purpose: What it is for.
        stage: Where it belongs: `begin`, `work` or `agree`.
        timing: How long it takes.
        group: For which groups it is meant.
        risk: What it asks of people.
        script: What whoever leads it does and says.
        credit: Where its form comes from.
        suits_any: Whether it is of use whatever the difficulty.
        works_on: IRIs of what it is meant for, by our judgement.
        prompts: Slugs of the prompts that go with it.
    """

    slug: str
    name: str
    purpose: str
    stage: str
    timing: Timing
    group: GroupNeeds
    risk: Risk
    script: Script
    credit: Credit
    suits_any: bool
    works_on: frozenset[str]
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class Prompt:
    """A question to put to a group.

    Attributes:
        slug: The last part of its IRI.
        text: The question.
        use_when: When it is of use.
        suits_any: Whether it goes with any case.
        works_on: IRIs of what it is meant for, by our judgement.
    """

    slug: str
    text: str
    use_when: str
    suits_any: bool
    works_on: frozenset[str]


@dataclass(frozen=True)
class HybridRule:
    """A rule for meetings in which some people are in a room and some are not."""

    name: str
    text: str


@dataclass(frozen=True)
class Task:
    """Something that whoever calls a session does before or after it.

    Attributes:
        name: What it is called.
        text: What to do.
        wording: Words to send, with what has to be filled in standing in brackets; "" if none are sent.
    """

    name: str
    text: str
    wording: str = ""


@dataclass(frozen=True)
class Material:
    """All that sessions are made of.

    Attributes:
        activities: By slug, in order of name.
        frame: The blocks that every session needs, by slug.
        prompts: By slug.
        rules: For hybrid meetings, in order.
        before: What is done before a session, in order.
        after: What is done after it, in order.
    """

    activities: dict[str, Activity]
    frame: dict[str, Activity]
    prompts: dict[str, Prompt]
    rules: tuple[HybridRule, ...]
    before: tuple[Task, ...]
    after: tuple[Task, ...]


@row_of("activity-purposes")
class _PurposeRow:
    activity: str
    concept: str


@row_of("activity-steps")
class _StepRow:
    activity: str
    minutes: int
    text: str


@row_of("activity-links")
class _LinkRow:
    activity: str
    property: URIRef
    value: str


@row_of("activity-list")
class _ActivityRow:
    activity: str
    label: str
    purpose: str
    kind: URIRef
    stage: str
    least: int
    usual: int
    most: int
    fewest: int
    most_people: int | None
    risk: str
    risk_note: str
    needs: str
    beforehand: str
    not_when: str
    to_drop: str
    to_say: str
    mode_note: str | None
    suits_any: bool | None
    credit: str | None
    page: str | None


@row_of("prompt-list")
class _PromptRow:
    prompt: str
    label: str
    use_when: str
    suits_any: bool | None


@row_of("hybrid-rules")
class _RuleRow:
    label: str
    text: str


@row_of("session-tasks")
class _TaskRow:
    kind: URIRef
    label: str
    text: str
    wording: str | None


def material(engine: Engine) -> Material:
    """Read all that sessions are made of.

    Raises:
        BadContent: If a block that every session needs is missing.
    """
    purposes = {
        thing: frozenset(row.concept for row in rows)
        for thing, rows in grouped(rows_as(_PurposeRow, engine), key=lambda row: row.activity).items()
    }
    activities, frame = _activities(engine, purposes)
    if missing := [slug for slug in _FRAME if slug not in frame]:
        raise BadContent(f"No session can be planned: data/activities lacks activity:{missing[0]}.")
    rules = tuple(HybridRule(row.label, row.text) for row in rows_as(_RuleRow, engine))
    tasks = grouped(rows_as(_TaskRow, engine), key=lambda row: row.kind)
    return Material(
        activities,
        frame,
        _prompts(engine, purposes),
        rules,
        tuple(map(_task, tasks.get(SL.Preparation, ()))),
        tuple(map(_task, tasks.get(SL.FollowUp, ()))),
    )


def _activities(
    engine: Engine, purposes: Mapping[str, frozenset[str]]
) -> tuple[dict[str, Activity], dict[str, Activity]]:
    """Return the activities, and apart from them the blocks that every session needs."""
    steps = grouped(rows_as(_StepRow, engine), key=lambda row: row.activity)
    links = grouped(rows_as(_LinkRow, engine), key=lambda row: row.activity)
    activities: dict[str, Activity] = {}
    frame: dict[str, Activity] = {}
    for row in rows_as(_ActivityRow, engine):
        activity = _activity(
            row,
            steps.get(row.activity, []),
            links.get(row.activity, []),
            purposes.get(row.activity, frozenset()),
        )
        (frame if row.kind == SL.FrameBlock else activities)[activity.slug] = activity
    return activities, frame


def _activity(
    row: _ActivityRow, steps: Iterable[_StepRow], links: Iterable[_LinkRow], works_on: frozenset[str]
) -> Activity:
    values = grouped(links, key=lambda link: link.property)
    return Activity(
        slug=row.activity.removeprefix(PREFIXES["activity"]),
        name=row.label,
        purpose=row.purpose,
        stage=slug_of(row.stage),
        timing=Timing(row.least, row.usual, row.most, tuple((step.minutes, step.text) for step in steps)),
        group=GroupNeeds(
            fewest=row.fewest,
            most=row.most_people,
            modes=frozenset(slug_of(link.value) for link in values.get(SL.fitsMode, ())),
            mode_note=row.mode_note,
        ),
        risk=Risk(slug_of(row.risk), row.risk_note, row.not_when),
        script=Script(row.beforehand, row.needs, row.to_say, row.to_drop),
        credit=Credit(row.credit, row.page, from_the_paper=DCTERMS.source in values),
        suits_any=bool(row.suits_any),
        works_on=works_on,
        prompts=tuple(slug_of(link.value) for link in values.get(SL.usesPrompt, ())),
    )


def _prompts(engine: Engine, purposes: Mapping[str, frozenset[str]]) -> dict[str, Prompt]:
    return {
        slug_of(row.prompt): Prompt(
            slug_of(row.prompt),
            row.label,
            row.use_when,
            bool(row.suits_any),
            purposes.get(row.prompt, frozenset()),
        )
        for row in rows_as(_PromptRow, engine)
    }


def _task(row: _TaskRow) -> Task:
    return Task(row.label, row.text, row.wording or "")
