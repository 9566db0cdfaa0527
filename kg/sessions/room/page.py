"""The page that stands on the wall, and on each phone, while a session runs.

It holds all it needs and asks no server, so that it goes on when the network is gone. Every screen works out
from the begin that stands in it, and from its own clock, what is on: so a projector and a phone agree.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

from kg import words
from kg.sessions.chat import for_chat
from kg.sessions.examples import CaseExample
from kg.sessions.plans import Block, Plan

__all__ = ["POLICY", "room"]

_HERE = Path(__file__).parent
_STYLE = (_HERE / "room.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "room.js").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# This style and this script run, and nothing else; nothing is ever fetched or sent.
POLICY = "; ".join(
    [
        "default-src 'none'",
        f"script-src {_hash(_SCRIPT)}",
        f"style-src {_hash(_STYLE)}",
        "connect-src 'none'",
        # An empty icon stands in the page, so that no browser asks for one.
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)


def room(plan: Plan, begins: datetime, participant: bool = False) -> str:
    """Write the page.

    Args:
        plan: The plan.
        begins: When it begins, with the offset from universal time that holds there and then.
        participant: Whether it is for those who take part, without what only the facilitator needs.

    Raises:
        ValueError: If `begins` has no offset.
    """
    offset = begins.utcoffset()
    if offset is None:
        raise ValueError("The begin needs an offset from universal time.")
    title = escape(plan.title)
    begin = f"{round(begins.timestamp() * 1000)}"
    kind = "participant" if participant else "facilitator"
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<style>{_STYLE}</style>\n</head>\n"
        f'<body data-begin="{begin}" data-offset="{round(offset.total_seconds() / 60)}" data-kind="{kind}">\n'
        f'<header><h1>{title}</h1><p id="wall"></p></header>\n<main>\n{_NOW}'
        f"{'' if participant else _NOTES}"
        f'<section id="what" aria-label="What happens in it">\n{_blocks(plan, participant)}</section>\n'
        f"{_whole(plan)}</main>\n"
        f'<p id="said" role="status"></p>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n'
    )


_NOW = """<section id="now" aria-label="Now">
<p id="when"></p>
<h2 id="name"></h2>
<p id="left" role="timer" aria-label="Time left"></p>
<p id="until"></p>
<progress id="bar" max="1" value="0" aria-label="How much of this block is over"></progress>
<p id="pace"></p>
<p id="next"></p>
<p id="zone" hidden></p>
</section>
<nav aria-label="Moving on" hidden>
<button type="button" id="back">Back</button>
<button type="button" id="on">Next</button>
<button type="button" id="follow">Follow the clock</button>
<button type="button" id="full">Full screen</button>
</nav>
"""
_NOTES = (
    '<p id="keys">Right and left arrow move on and back, and tell how far ahead or behind you are; '
    "Home follows the clock again.</p>\n"
)


def _blocks(plan: Plan, participant: bool) -> str:
    after, drawn = 0, []
    for block in plan.blocks:
        drawn.append(_block(block, after, participant))
        after += block.minutes
    return "".join(drawn)


def _block(block: Block, after: int, participant: bool) -> str:
    done, steps = 0, []
    for step in block.steps:
        steps.append(
            f'<li data-from="{done}" data-minutes="{step.minutes}">'
            f"{escape(step.text)} <small>{step.minutes} min</small></li>"
        )
        done += step.minutes
    asked = "".join(f"<li>{escape(prompt.text)}</li>" for prompt in block.prompts)
    return (
        f'<article data-after="{after}" data-minutes="{block.minutes}" data-name="{escape(block.name)}" '
        f'data-start="{block.start}" data-end="{block.end}">\n'
        f"<h3>{block.start}–{block.end} {escape(block.name)}</h3>\n"
        + ("" if participant else f'<p class="say">“{escape(block.activity.script.to_say)}”</p>\n')
        + f"<ol>{''.join(steps)}</ol>\n"
        + (f"<h4>Ask</h4><ul>{asked}</ul>\n" if asked else "")
        + ("" if block.case is None else _case(block.case))
        + ("" if participant else "".join(_notes(block)))
        + "</article>\n"
    )


def _case(case: CaseExample) -> str:
    told = "".join(
        f"<li><p>{escape(statement.text)}</p>"
        f"<p><small>{escape(' '.join([*words.how(statement), words.where(statement)]))}</small></p></li>"
        for statement in case.statements
    )
    return f"<h4>{escape(case.case.name)}</h4><p>{escape(case.question)}</p><ul>{told}</ul>\n"


def _notes(block: Block) -> Iterator[str]:
    """Give what only the facilitator needs."""
    activity = block.activity
    yield '<div class="notes">'
    if block.note:
        yield f"<p><b>Your note:</b> {escape(block.note)}</p>"
    yield f"<p><b>If time runs short, drop:</b> {escape(activity.script.to_drop)}</p>"
    yield f"<p><b>What can go wrong:</b> {escape(activity.risk.note)}</p>"
    if activity.group.mode_note:
        yield f"<p><b>Online and hybrid:</b> {escape(activity.group.mode_note)}</p>"
    yield (
        '<details><summary>For the chat</summary><button type="button" class="copy" hidden>Copy</button>'
        f"<pre>{escape(for_chat(block))}</pre></details></div>\n"
    )


def _whole(plan: Plan) -> str:
    rows = "".join(
        f'<tr><td>{block.start}</td><th scope="row">{escape(block.name)}</th>'
        f"<td>{block.minutes} min</td></tr>"
        for block in plan.blocks
    )
    return (
        '<details id="plan"><summary>The whole plan</summary><table>'
        f"<tbody>{rows}<tr><td>{plan.blocks[-1].end}</td><th scope='row'>End</th><td></td></tr>"
        "</tbody></table></details>\n"
    )
