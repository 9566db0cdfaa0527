"""A plan changed by hand: blocks moved, swapped, lengthened, removed and added.

Each function takes the blocks as they are and gives them as they become; what would not hold together as a
session raises `NoPlan`, so that the plan stays as it was.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.errors import NoPlan
from kg.language import gettext as _
from kg.sessions.material import Activity, Material
from kg.sessions.placed import BREAK, READ, BlockChoice, activity_of, check_blocks
from kg.sessions.schedule import bounds, fit_minutes
from kg.sessions.settings import Settings

__all__ = [
    "annotate_block",
    "block_of",
    "fit_to_minutes",
    "insert_block",
    "move_block",
    "remove_block",
    "replace_block",
    "resize_block",
    "unread_parts",
    "unused_activities",
    "without_notes",
]

Blocks = tuple[BlockChoice, ...]


def block_of(materials: Material, slug: str, case: str | None = None) -> BlockChoice:
    """Make a block of an activity in its usual time.

    Raises:
        NoPlan: If there is no such activity.
    """
    return BlockChoice(slug, activity_of(materials, slug).timing.usual, case)


def move_block(materials: Material, blocks: Sequence[BlockChoice], place: int, by: int) -> Blocks:
    """Move a block earlier (below 0) or later; the first and the last stay where they are."""
    to = place + by
    inside = range(1, len(blocks) - 1)
    if place not in inside or to not in inside:
        raise NoPlan(
            _("The block cannot go there: a session starts with its opening and ends with its closing.")
        )
    order = list(blocks)
    order.insert(to, order.pop(place))
    return check_blocks(materials, order)


def resize_block(materials: Material, blocks: Sequence[BlockChoice], place: int, minutes: int) -> Blocks:
    """Give a block other minutes."""
    return check_blocks(materials, _with(blocks, place, replace(blocks[place], minutes=minutes)))


def remove_block(materials: Material, blocks: Sequence[BlockChoice], place: int) -> Blocks:
    """Take a block out; the opening and the closing cannot be."""
    return check_blocks(materials, [*blocks[:place], *blocks[place + 1 :]])


def replace_block(materials: Material, blocks: Sequence[BlockChoice], place: int, new: BlockChoice) -> Blocks:
    """Put another block in the place of one; it takes as long, as far as it can."""
    activity = activity_of(materials, new.activity)
    minutes = min(max(blocks[place].minutes, activity.timing.least), activity.timing.most)
    return check_blocks(materials, _with(blocks, place, replace(new, minutes=minutes)))


def insert_block(materials: Material, blocks: Sequence[BlockChoice], after: int, new: BlockChoice) -> Blocks:
    """Put a block after another; after the closing it goes before it."""
    place = min(after, len(blocks) - 2) + 1
    return check_blocks(materials, [*blocks[:place], new, *blocks[place:]])


def annotate_block(blocks: Sequence[BlockChoice], place: int, note: str) -> Blocks:
    """Write to a block in one's own words."""
    return tuple(_with(blocks, place, replace(blocks[place], note=note)))


def without_notes(blocks: Sequence[BlockChoice]) -> Blocks:
    """Leave out what the facilitator wrote."""
    return tuple(replace(block, note="") for block in blocks)


def fit_to_minutes(materials: Material, blocks: Sequence[BlockChoice], settings: Settings) -> Blocks:
    """Stretch or shorten blocks until they take the minutes that were asked for.

    Raises:
        NoPlan: If they cannot, with the fewest and the most minutes they can take.
    """
    ranges = [bounds(activity_of(materials, block.activity), settings) for block in blocks]
    minutes = fit_minutes(ranges, settings.minutes)
    if minutes is None:
        least, most = sum(span[0] for span in ranges), sum(span[2] for span in ranges)
        raise NoPlan(_no_fit(least, most, settings.minutes))
    return check_blocks(
        materials, [replace(block, minutes=m) for block, m in zip(blocks, minutes, strict=True)]
    )


def _no_fit(least: int, most: int, minutes: int) -> str:
    values = {"least": least, "most": most, "minutes": minutes}
    if minutes < least:
        return _(
            "These blocks take %(least)s to %(most)s minutes, and you asked for %(minutes)s. Remove a block.",
            **values,
        )
    return _(
        "These blocks take %(least)s to %(most)s minutes, and you asked for %(minutes)s. Add a block.",
        **values,
    )


def _with(blocks: Sequence[BlockChoice], place: int, new: BlockChoice) -> list[BlockChoice]:
    return [*blocks[:place], new, *blocks[place + 1 :]]


def unused_activities(
    materials: Material, blocks: Sequence[BlockChoice], preferred: Sequence[str]
) -> list[Activity]:
    """Give the activities that a plan does not have yet, and a break, which may come again.

    Args:
        materials: What sessions are made of.
        blocks: What the plan has.
        preferred: Slugs of activities in the order in which they speak to the matter; others come last.
    """
    has = {block.activity for block in blocks}
    order = {slug: place for place, slug in enumerate(preferred)}
    left = [slug for slug in materials.activities if slug not in has]
    left.sort(key=lambda slug: order.get(slug, len(order)))
    return [*(materials.activities[slug] for slug in left), materials.frame[BREAK]]


def unread_parts(blocks: Sequence[BlockChoice], cases: Sequence[str]) -> list[str]:
    """Give the cases that a plan does not read yet."""
    has = {block.case for block in blocks if block.activity == READ}
    return [case for case in cases if case not in has]
