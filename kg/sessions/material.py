"""What sessions are made of, as the graph holds it."""

from dataclasses import dataclass

from rdflib import DCTERMS

from kg.engine import Engine
from kg.errors import BadContent
from kg.queries.questions import ask
from kg.terms import PREFIXES, SL
from kg.views.statements import maybe, slug_of, text

__all__ = ["Activity", "HybridRule", "Material", "Prompt", "Task", "material"]

_FRAME = ("open", "read-a-case", "break", "close")


@dataclass(frozen=True)
class Activity:
    """Something that a group does in a session.

    Attributes:
        slug: The last part of its IRI.
        name: What it is called.
        purpose: What it is for.
        stage: Where it belongs: `begin`, `work` or `agree`.
        least: The fewest minutes it can be done in.
        usual: How many minutes it usually takes.
        most: The most minutes that are of use.
        fewest: The smallest group it is meant for.
        most_people: The largest; None where there is no limit.
        risk: How much it asks of people: `low`, `medium` or `high`.
        risk_note: What can go wrong, and what to do.
        not_when: When it would do harm or waste time.
        beforehand: What to do before the day.
        to_drop: What to leave out where time runs short.
        needs: What has to be at hand.
        to_say: What to say to begin it.
        steps: Minutes and text of each step; the minutes add up to the usual ones.
        modes: The ways of meeting it fits.
        mode_note: What is different online or in a hybrid meeting.
        suits_any: Whether it is of use whatever the difficulty.
        works_on: IRIs of what it is meant for, by our judgement.
        prompts: Slugs of the prompts that go with it.
        credit: Whom its form goes back to.
        page: The page on which that was checked.
        from_the_paper: Whether the paper prompted it.
    """

    slug: str
    name: str
    purpose: str
    stage: str
    least: int
    usual: int
    most: int
    fewest: int
    most_people: int | None
    risk: str
    risk_note: str
    not_when: str
    beforehand: str
    to_drop: str
    needs: str
    to_say: str
    steps: tuple[tuple[int, str], ...]
    modes: frozenset[str]
    mode_note: str | None = None
    suits_any: bool = False
    works_on: frozenset[str] = frozenset()
    prompts: tuple[str, ...] = ()
    credit: str | None = None
    page: str | None = None
    from_the_paper: bool = False


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


def material(engine: Engine) -> Material:
    """Read all that sessions are made of.

    Raises:
        BadContent: If a block that every session needs is missing.
    """
    purposes: dict[str, set[str]] = {}
    for record in ask(engine, "activity-purposes"):
        purposes.setdefault(text(record["activity"]), set()).add(text(record["concept"]))
    steps: dict[str, list[tuple[int, str]]] = {}
    for record in ask(engine, "activity-steps"):
        step = (int(text(record["minutes"])), text(record["text"]))
        steps.setdefault(text(record["activity"]), []).append(step)
    links: dict[tuple[str, str], list[str]] = {}
    for record in ask(engine, "activity-links"):
        key = text(record["activity"]), text(record["property"])
        links.setdefault(key, []).append(slug_of(text(record["value"])))
    activities: dict[str, Activity] = {}
    frame: dict[str, Activity] = {}
    for record in ask(engine, "activity-list"):
        iri = text(record["activity"])
        found = Activity(
            slug=iri.removeprefix(PREFIXES["activity"]),
            name=text(record["label"]),
            purpose=text(record["purpose"]),
            stage=slug_of(text(record["stage"])),
            least=int(text(record["least"])),
            usual=int(text(record["usual"])),
            most=int(text(record["most"])),
            fewest=int(text(record["fewest"])),
            most_people=None if record["mostPeople"] is None else int(text(record["mostPeople"])),
            risk=slug_of(text(record["risk"])),
            risk_note=text(record["riskNote"]),
            not_when=text(record["notWhen"]),
            beforehand=text(record["beforehand"]),
            to_drop=text(record["toDrop"]),
            needs=text(record["needs"]),
            to_say=text(record["toSay"]),
            steps=tuple(steps.get(iri, ())),
            modes=frozenset(links.get((iri, str(SL.fitsMode)), ())),
            mode_note=maybe(record["modeNote"]),
            suits_any=text(record["suitsAny"]) == "true",
            works_on=frozenset(purposes.get(iri, ())),
            prompts=tuple(links.get((iri, str(SL.usesPrompt)), ())),
            credit=maybe(record["credit"]),
            page=maybe(record["page"]),
            from_the_paper=(iri, str(DCTERMS.source)) in links,
        )
        (frame if record["kind"] == SL.FrameBlock else activities)[found.slug] = found
    if missing := [slug for slug in _FRAME if slug not in frame]:
        raise BadContent(f"No session can be planned: data/activities lacks activity:{missing[0]}.")
    prompts = {
        slug_of(text(each["prompt"])): Prompt(
            slug_of(text(each["prompt"])),
            text(each["label"]),
            text(each["useWhen"]),
            text(each["suitsAny"]) == "true",
            frozenset(purposes.get(text(each["prompt"]), ())),
        )
        for each in ask(engine, "prompt-list")
    }
    rules = tuple(HybridRule(text(each["label"]), text(each["text"])) for each in ask(engine, "hybrid-rules"))
    tasks: dict[object, list[Task]] = {SL.Preparation: [], SL.FollowUp: []}
    for each in ask(engine, "session-tasks"):
        task = Task(text(each["label"]), text(each["text"]), maybe(each["wording"]) or "")
        tasks[each["kind"]].append(task)
    return Material(
        activities, frame, prompts, rules, tuple(tasks[SL.Preparation]), tuple(tasks[SL.FollowUp])
    )
