"""What a plan is made from: which activity, how long, and which case, before any text is fetched."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NoPlan
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
        raise NoPlan("The plan names an activity that is not here; plan the session again.")
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
            f"A session begins with “{materials.frame[_OPEN].name}”, which asks who is not in the room, "
            f"and ends with “{materials.frame[_CLOSE].name}”."
        )
    if len(blocks) > _MOST_BLOCKS:
        raise NoPlan(f"A session here has at most {_MOST_BLOCKS} blocks; this one has {len(blocks)}.")
    for block in blocks:
        activity = activity_of(materials, block.activity)
        if not len(activity.timing.steps) <= block.minutes <= _LONGEST_BLOCK:
            raise NoPlan(
                f"“{activity.name}” takes from {len(activity.timing.steps)} minutes, one for each step, to "
                f"{_LONGEST_BLOCK}; {block.minutes} are asked."
            )
        if (block.case is not None) != (block.activity == READ):
            raise NoPlan(f"“{activity.name}” and the case to read do not go together.")
    once = [block.case or block.activity for block in blocks if block.activity != BREAK]
    if twice := next((name for name in once if once.count(name) > 1), None):
        name = (
            activity_of(materials, twice).name
            if twice in {**materials.frame, **materials.activities}
            else twice
        )
        raise NoPlan(f"The plan has “{name}” twice; only a break may come again.")
    total = sum(block.minutes for block in blocks)
    if total > LONGEST:
        raise NoPlan(f"A session here takes at most {LONGEST} minutes; these blocks take {total}.")
    return tuple(blocks)
