"""What a plan is made from: which activity, how long, and which case, before any text is fetched."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NoPlan
from kg.language import gettext as _
from kg.sessions.material import Activity, Material
from kg.sessions.settings import LONGEST

__all__ = ["BREAK", "READ", "BlockChoice", "activity_of", "check_blocks"]

READ, BREAK = "read-a-case", "break"
_OPEN, _CLOSE = "open", "close"
_MOST_BLOCKS = 24
_LONGEST_BLOCK = 120


@dataclass(frozen=True)
class BlockChoice:
    """What a block is made from.

    Attributes:
        activity: Slug of the activity.
        minutes: How long it takes.
        case: Slug of the case that is read, if one is.
        note: What the facilitator wrote to it, in their own words.
    """

    activity: str
    minutes: int
    case: str | None = None
    note: str = ""


def activity_of(materials: Material, slug: str) -> Activity:
    """Give an activity or a block that every session needs.

    Raises:
        NoPlan: If there is none of this name.
    """
    activity = materials.frame.get(slug) or materials.activities.get(slug)
    if activity is None:
        raise NoPlan(_("The plan has an activity that is no longer here. Plan the session again."))
    return activity


def check_blocks(materials: Material, blocks: Sequence[BlockChoice]) -> tuple[BlockChoice, ...]:
    """Give the same blocks, if they hold together as a session.

    Args:
        materials: What sessions are made of.
        blocks: In order, from a plan that was changed, an address or a file.

    Raises:
        NoPlan: If they do not, with the first reason.
    """
    if not blocks or (blocks[0].activity, blocks[-1].activity) != (_OPEN, _CLOSE):
        raise NoPlan(
            _(
                "A session starts with “%(first)s”, which asks who is not in the room, and ends with "
                "“%(last)s”.",
                first=materials.frame[_OPEN].name,
                last=materials.frame[_CLOSE].name,
            )
        )
    if len(blocks) > _MOST_BLOCKS:
        raise NoPlan(
            _(
                "A session has %(most)s blocks at most; this one has %(number)s.",
                most=_MOST_BLOCKS,
                number=len(blocks),
            )
        )
    for block in blocks:
        activity = activity_of(materials, block.activity)
        if not len(activity.timing.steps) <= block.minutes <= _LONGEST_BLOCK:
            raise NoPlan(
                _(
                    "“%(name)s” takes %(least)s minutes, one for each step, to %(most)s minutes; you asked "
                    "for %(minutes)s.",
                    name=activity.name,
                    least=len(activity.timing.steps),
                    most=_LONGEST_BLOCK,
                    minutes=block.minutes,
                )
            )
        if (block.case is not None) != (block.activity == READ):
            raise NoPlan(_("“%(name)s” and the case to read do not go together.", name=activity.name))
    once = [block.case or block.activity for block in blocks if block.activity != BREAK]
    if twice := next((name for name in once if once.count(name) > 1), None):
        name = (
            activity_of(materials, twice).name
            if twice in {**materials.frame, **materials.activities}
            else twice
        )
        raise NoPlan(_("The plan has “%(name)s” twice. Only a break may come again.", name=name))
    total = sum(block.minutes for block in blocks)
    if total > LONGEST:
        raise NoPlan(
            _(
                "A session takes %(most)s minutes at most; these blocks take %(minutes)s.",
                most=LONGEST,
                minutes=total,
            )
        )
    return tuple(blocks)
