"""A plan as it is read on the page: what it is about, and each block with what to say and do."""

from collections.abc import Iterator, Sequence

from app_pages.parts import statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import escaped, items
from kg.sessions import Block, Plan, Task

_UNCHECKED = "Not checked against a published page."


def heading(plan: Plan) -> str:
    """Draw what a plan is about, and what speaks against it."""
    return (
        f"<h2>{escaped(plan.title)}</h2>"
        + (f"<p>{escaped(plan.subject)}</p>" if plan.own_title else "")
        + f"<p>{escaped(plan.facts)}</p>"
        + "".join(f'<p class="kg-note kg-warning">{escaped(warning)}</p>' for warning in plan.warnings)
        + "".join(f'<p class="kg-note">{escaped(note)}</p>' for note in plan.notes[len(plan.warnings) :])
    )


def rules(plan: Plan) -> str:
    """Draw what holds in a hybrid meeting; nothing for another."""
    if not plan.rules:
        return ""
    entries = [f"<b>{escaped(rule.name)}.</b> {escaped(rule.text)}" for rule in plan.rules]
    listed = items(entries, "kg-rules")
    return f'<section class="kg-hybrid"><h3>Rules for a hybrid meeting</h3>{listed}</section>'


def tasks(heading: str, listed: Sequence[Task]) -> str:
    """Draw what is done before or after the session."""
    return (
        f'<section class="kg-tasks"><h3>{escaped(heading)}</h3>'
        + items([_task(each) for each in listed])
        + "</section>"
    )


def _task(task: Task) -> str:
    words = escaped(task.wording).replace("\n", "<br>")
    return f"<b>{escaped(task.name)}.</b> {escaped(task.text)}" + (
        f'<p class="kg-wording">{words}</p>' if words else ""
    )


def block(each: Block) -> str:
    """Draw one block."""
    steps = "".join(f"<li><b>{step.minutes} min</b> {escaped(step.text)}</li>" for step in each.steps)
    ask = "".join(f"<li>{escaped(prompt.text)}</li>" for prompt in each.prompts)
    return (
        f'<section class="kg-block"><h3><span class="kg-clock">{each.start}–{each.end}</span> '
        f"{link_to(each.page)}{escaped(f': {each.case.case.name}' if each.case else '')} "
        f'<span class="kg-grade">{each.minutes} min</span></h3>'
        f"<p>{escaped(each.activity.purpose)}</p>"
        + (f'<p class="kg-how">{escaped(each.why)}</p>' if each.why else "")
        + (f'<p class="kg-own"><b>Your note:</b> {escaped(each.note)}</p>' if each.note else "")
        + _case(each)
        + f"<p><b>Say:</b> “{escaped(each.activity.script.to_say)}”</p>"
        + f'<ul class="kg-steps">{steps}</ul>'
        + (f"<p><b>Ask:</b></p><ul>{ask}</ul>" if ask else "")
        + "".join(f"<p><b>{name}:</b> {escaped(value)}</p>" for name, value in _rest(each))
        + "</section>"
    )


def _case(each: Block) -> str:
    if each.case is None:
        return ""
    case = each.case
    told = "".join(statement.brief(one) for one in case.statements)
    return (
        f'<div class="kg-case"><h4>{link_to(case.case)}</h4><p>{escaped(case.question)}</p>'
        f'<p class="kg-how">{escaped(f"{case.why} {case.extent}".strip())}</p>'
        f'<ul class="kg-statements">{told}</ul></div>'
    )


def _rest(each: Block) -> Iterator[tuple[str, str]]:
    """Give what else a facilitator has to know, each with its name."""
    activity = each.activity
    yield "At hand", activity.script.needs
    yield "Before the day", activity.script.beforehand
    yield "Not when", activity.risk.not_when
    yield f"What can go wrong ({activity.risk.level} risk)", activity.risk.note
    yield "If time runs short, drop", activity.script.to_drop
    if activity.group.mode_note:
        yield "Online and hybrid", activity.group.mode_note
    if activity.credit.text:
        yield "Form", activity.credit.text + ("" if activity.credit.page else f" {_UNCHECKED}")
    if activity.credit.from_the_paper:
        yield "Prompted by", "an exercise or account in the paper; the steps are ours."
