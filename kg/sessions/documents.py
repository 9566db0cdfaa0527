"""A plan as a document: Markdown, and HTML that stands alone and prints."""

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from kg import words
from kg.sessions.plans import Block, Plan
from kg.views import Link, Statement

__all__ = ["blocks_as_html", "html", "markdown"]

_STYLE = (Path(__file__).parent / "document.css").read_text(encoding="utf-8")
_FOOT = (
    "Planned with the System Leadership Case Explorer. What an activity is meant for is our judgement; "
    "no source says that it helps. Statements are in our own words, each with where it stands."
)
_UNCHECKED = "Not checked against a published page."


def _how(statement: Statement) -> list[str]:
    return [*words.how(statement), f"Where it says so: {words.where(statement)}"]


def _told(statement: Statement) -> str:
    return (
        f'<li><p class="kg-says">{escape(statement.text)}</p>'
        f'<p class="kg-how">{escape(" ".join(_how(statement)))}</p></li>'
    )


def _named(link: Link) -> str:
    return escape(link.name)


def blocks_as_html(
    plan: Plan,
    told: Callable[[Statement], str] = _told,
    linked: Callable[[Link], str] = _named,
) -> str:
    """Draw a plan from its first line to its last, without a frame.

    Args:
        plan: The plan.
        told: Draws a statement as an entry of a list.
        linked: Draws the name of something that has a page.
    """
    return (
        f"<h2>{escape(plan.title)}</h2><p>{escape(plan.facts)}</p>"
        + "".join(f'<p class="kg-note">{escape(each)}</p>' for each in plan.notes)
        + _rules(plan)
        + _glance(plan)
        + '<ol class="kg-plan">'
        + "".join(_block(each, told, linked) for each in plan.blocks)
        + "</ol>"
        + f'<p class="kg-how">{escape(_FOOT)}</p>'
    )


def _rules(plan: Plan) -> str:
    if not plan.rules:
        return ""
    entries = "".join(f"<li><b>{escape(each.name)}.</b> {escape(each.text)}</li>" for each in plan.rules)
    return f'<section class="kg-hybrid"><h3>Rules for a hybrid meeting</h3><ul>{entries}</ul></section>'


def _glance(plan: Plan) -> str:
    rows = "".join(
        f"<tr><td>{each.start}</td><td>{escape(_name(each))}</td><td>{each.minutes}</td></tr>"
        for each in plan.blocks
    )
    total = sum(each.minutes for each in plan.blocks)
    return (
        '<table class="kg-table kg-glance"><caption>At a glance</caption>'
        '<thead><tr><th scope="col">Start</th><th scope="col">What</th>'
        '<th scope="col">Minutes</th></tr></thead>'
        f"<tbody>{rows}<tr><td>{plan.blocks[-1].end}</td><td>End</td><td>{total}</td></tr></tbody></table>"
    )


def _name(block: Block) -> str:
    return f"{block.activity.name}: {block.case.case.name}" if block.case else block.activity.name


def _block(block: Block, told: Callable[[Statement], str], linked: Callable[[Link], str]) -> str:
    rest = "".join(f"<p><b>{name}:</b> {escape(value)}</p>" for name, value in _rest(block))
    steps = "".join(f"<li><b>{each.minutes} min</b> {escape(each.text)}</li>" for each in block.steps)
    ask = "".join(f"<li>{escape(each.text)}</li>" for each in block.prompts)
    return (
        f'<li class="kg-block"><h3><span class="kg-clock">{block.start}–{block.end}</span> '
        f'{linked(block.page)} <span class="kg-grade">{block.minutes} min</span></h3>'
        f"<p>{escape(block.activity.purpose)}</p>"
        + (f'<p class="kg-how">{escape(block.why)}</p>' if block.why else "")
        + _case(block, told, linked)
        + f"<p><b>Say:</b> “{escape(block.activity.to_say)}”</p>"
        + f'<ul class="kg-steps">{steps}</ul>'
        + (f"<p><b>Ask:</b></p><ul>{ask}</ul>" if ask else "")
        + rest
        + "</li>"
    )


def _case(block: Block, told: Callable[[Statement], str], linked: Callable[[Link], str]) -> str:
    if block.case is None:
        return ""
    case = block.case
    return (
        f'<div class="kg-case"><h4>{linked(case.case)}</h4><p>{escape(case.question)}</p>'
        f'<p class="kg-how">{escape(f"{case.why} {case.extent}".strip())}</p>'
        f'<ul class="kg-statements">{"".join(told(each) for each in case.statements)}</ul></div>'
    )


def _rest(block: Block) -> Iterator[tuple[str, str]]:
    """Give what else a facilitator has to know, each with its name."""
    activity = block.activity
    yield "At hand", activity.needs
    yield f"What can go wrong ({activity.risk} risk)", activity.risk_note
    if activity.mode_note:
        yield "Online and hybrid", activity.mode_note
    if activity.credit:
        yield "Form", activity.credit + ("" if activity.page else f" {_UNCHECKED}")
    if activity.from_the_paper:
        yield "Prompted by", "an exercise or account in the paper; the steps are ours."


def html(plan: Plan) -> str:
    """Write a plan as one page of HTML that needs nothing else and prints."""
    title = escape(plan.title)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>A plan for your session</h1>\n"
        f"{blocks_as_html(plan)}\n</main>\n</body>\n</html>\n"
    )


def markdown(plan: Plan) -> str:
    """Write a plan as Markdown."""
    lines = [f"# {plan.title}", "", plan.facts, ""]
    lines += [line for note in plan.notes for line in (f"> {note}", "")]
    if plan.rules:
        lines += ["## Rules for a hybrid meeting", ""]
        lines += [*(f"- **{each.name}.** {each.text}" for each in plan.rules), ""]
    for block in plan.blocks:
        lines += [f"## {block.start}–{block.end} {_name(block)} ({block.minutes} min)", ""]
        lines += [block.activity.purpose, ""]
        lines += [block.why, ""] if block.why else []
        if block.case:
            lines += [f"*{block.case.question}* {block.case.why} {block.case.extent}", ""]
            for each in block.case.statements:
                lines += [f"- {each.text}", *(f"  - {line}" for line in _how(each))]
            lines.append("")
        lines += [f"**Say:** “{block.activity.to_say}”", ""]
        lines += [*(f"- {step.minutes} min: {step.text}" for step in block.steps), ""]
        if block.prompts:
            lines += ["**Ask:**", "", *(f"- {each.text}" for each in block.prompts), ""]
        lines += [line for name, value in _rest(block) for line in (f"**{name}:** {value}", "")]
    return "\n".join([*lines, _FOOT, ""])
