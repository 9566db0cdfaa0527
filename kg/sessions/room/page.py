"""The page that stands on the wall, and on each phone, while a session runs.

It holds all it needs and asks no server, so that it goes on when the network is gone. Every screen works out
from the begin that stands in it, and from its own clock, what is on: so a projector and a phone agree.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate
from pathlib import Path

from kg import words
from kg.markup import filled
from kg.sessions.chat import for_chat
from kg.sessions.plans import ActivityStep, Block, Plan

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
    return filled(
        _HERE / "templates" / "room.html",
        plan=plan,
        blocks=list(_timed(plan)),
        begin=round(begins.timestamp() * 1000),
        offset=round(offset.total_seconds() / 60),
        participant=participant,
        style=_STYLE,
        script=_SCRIPT,
        for_chat=for_chat,
        words=words,
    )


def _timed(plan: Plan) -> Iterator[tuple[int, Block, list[tuple[int, ActivityStep]]]]:
    """Yield each block with the minutes before it, and its steps with the minutes before them in it."""
    after = 0
    for block in plan.blocks:
        within = accumulate((step.minutes for step in block.steps), initial=0)
        yield after, block, list(zip(within, block.steps, strict=False))
        after += block.minutes
