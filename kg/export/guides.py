"""A plan of a session as documents: the facilitator's guide and what participants are given."""

from collections.abc import Iterator, Sequence

from kg import words
from kg.export.manuscript import (
    Heading,
    Item,
    Listing,
    Manuscript,
    ManuscriptTable,
    NewPage,
    Paragraph,
    Part,
    Room,
    aside,
    plain,
    strong,
)
from kg.language import N_, WordTable
from kg.language import gettext as _
from kg.sessions import Block, CaseExample, Plan, Task
from kg.views import Statement

__all__ = ["facilitator_guide", "participant_handout", "rest_of"]

_GUIDE_FOOT = N_(
    "Made with the System Leadership Case Explorer. What an activity is for is our judgement; no source says "
    "that it helps. Statements are in our own words, each with its source."
)
_HANDOUT_FOOT = N_(
    "Made with the System Leadership Case Explorer. Statements are in our own words, each with its source. "
    "A few cases cannot prove a cause, and what they did may not suit your place."
)
_OWN_WORDS = N_("You wrote some of this document yourself. It may be a record that has to be disclosed.")
_RISKS = WordTable(
    {
        "low": N_("What can go wrong (low risk)"),
        "medium": N_("What can go wrong (medium risk)"),
        "high": N_("What can go wrong (high risk)"),
    }
)
_LINES_FOR_A_QUESTION = 3
_ROWS_FOR_DECISIONS = 4


def facilitator_guide(plan: Plan) -> Manuscript:
    """Write all that a facilitator has to know, block by block."""
    return Manuscript(plan.title, tuple(_guide(plan)), _(_GUIDE_FOOT), size=11)


def _guide(plan: Plan) -> Iterator[Part]:
    yield Paragraph((plain(plan.facts),))
    for note in plan.notes:
        yield Paragraph((plain(note),), note=True)
    if plan.own_title or any(block.note for block in plan.blocks):
        yield Paragraph((plain(_(_OWN_WORDS)),), note=True)
    if plan.rules:
        yield Heading(1, _("Rules for a hybrid meeting"))
        yield Listing(tuple(((strong(f"{rule.name}."), plain(rule.text)),) for rule in plan.rules))
    yield from _tasks(_("Before the session"), plan.before)
    yield Heading(1, _("At a glance"))
    yield _glance(plan)
    for block in plan.blocks:
        yield from _guide_of(block)
    yield from _tasks(_("After the session"), plan.after)


def _tasks(heading: str, tasks: Sequence[Task]) -> Iterator[Part]:
    if tasks:
        yield Heading(1, heading)
        yield Listing(tuple(_task(task) for task in tasks))


def _task(task: Task) -> Item:
    said = (strong(f"{task.name}."), plain(task.text))
    return said, *((aside(line),) for line in task.wording.splitlines() if line.strip())


def _glance(plan: Plan) -> ManuscriptTable:
    rows = [(block.start, block.name, str(block.minutes)) for block in plan.blocks]
    end = (plan.blocks[-1].end, _("End"), str(plan.minutes))
    return ManuscriptTable((_("Start"), _("What"), _("Minutes")), (*rows, end), widths=(2, 9, 2))


def _guide_of(block: Block) -> Iterator[Part]:
    yield Heading(1, block.heading)
    yield Paragraph((plain(block.activity.purpose), *([aside(block.why)] if block.why else [])))
    if block.note:
        yield Paragraph((strong(_("Your note:")), plain(block.note)))
    if block.case is not None:
        yield from _case(block.case, with_reason=True)
    yield Paragraph((strong(_("Say:")), plain(_("“%(words)s”", words=block.activity.script.to_say))))
    yield Heading(2, _("Steps"))
    yield Listing(
        tuple(
            ((strong(_("%(minutes)s min", minutes=step.minutes)), plain(step.text)),) for step in block.steps
        )
    )
    if block.prompts:
        yield Heading(2, _("Ask"))
        yield Listing(tuple(((plain(prompt.text),),) for prompt in block.prompts))
    for name, text in rest_of(block):
        yield Paragraph((strong(_("%(heading)s:", heading=name)), plain(text)))


def _case(case: CaseExample, with_reason: bool) -> Iterator[Part]:
    yield Heading(2, case.case.name)
    yield Paragraph((plain(case.question),))
    if with_reason:
        yield Paragraph((aside(f"{case.why} {case.extent}".strip()),))
    yield Listing(tuple(_entry(statement) for statement in case.statements))


def _entry(statement: Statement) -> Item:
    how = words.how(statement)
    said = (plain(statement.text),)
    where = (aside(_("Source: %(source)s", source=words.where(statement))),)
    return (said, (plain(" ".join(how)),), where) if how else (said, where)


def rest_of(block: Block) -> Iterator[tuple[str, str]]:
    """Give what else a facilitator has to know of a block, each with its name."""
    activity = block.activity
    yield _("Before the day"), activity.script.beforehand
    yield _("You need"), activity.script.needs
    yield _RISKS[activity.risk.level], activity.risk.note
    yield _("Not when"), activity.risk.not_when
    yield _("If time runs short, drop"), activity.script.to_drop
    if activity.group.mode_note:
        yield _("Online and hybrid"), activity.group.mode_note
    if activity.credit.text:
        unchecked = [] if activity.credit.page else [_("We did not check this against a published page.")]
        yield _("Where it comes from"), " ".join([activity.credit.text, *unchecked])
    if activity.credit.from_the_paper:
        yield _("Based on"), _("an exercise or account in the King’s Fund paper; the steps are ours.")


def participant_handout(plan: Plan) -> Manuscript:
    """Write what participants are given: when what happens, what is read, and room for their own notes."""
    return Manuscript(plan.title, tuple(_handout(plan)), _(_HANDOUT_FOOT), size=12)


def _handout(plan: Plan) -> Iterator[Part]:
    yield Heading(1, _("Timetable"))
    yield _glance(plan)
    for block in plan.blocks:
        if block.case is not None:
            yield NewPage()
            yield Heading(1, f"{block.start} {block.activity.name}")
            yield from _case(block.case, with_reason=False)
        elif block.prompts:
            yield Heading(1, f"{block.start} {block.activity.name}")
            yield Paragraph((plain(block.activity.purpose),))
        for prompt in block.prompts:
            yield Paragraph((strong(prompt.text),))
            yield Room(_LINES_FOR_A_QUESTION)
    yield Heading(1, _("What we take away"))
    empty = (("", "", ""),) * _ROWS_FOR_DECISIONS
    yield ManuscriptTable(
        (_("Decided, or not decided"), _("Who"), _("By when")), empty, widths=(6, 3, 2), to_fill_in=True
    )
    yield Paragraph((strong(_("What I will say to my own team tomorrow")),))
    yield Room(_LINES_FOR_A_QUESTION)
