"""A plan changed by hand: blocks moved, swapped, lengthened, removed and added.

Each function takes the blocks as they are and gives them as they become; what would not hold together as a
session raises `NoPlan`, so that the plan stays as it was.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.errors import NoPlan
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


def block_of(found: Material, slug: str, case: str | None = None) -> BlockChoice:
    """Make a block of an activity in its usual time.

    Raises:
        NoPlan: If there is no such activity.
    """
    return BlockChoice(slug, activity_of(found, slug).timing.usual, case)


def move_block(found: Material, blocks: Sequence[BlockChoice], place: int, by: int) -> Blocks:
    """Move a block earlier (below 0) or later; the first and the last stay where they are."""
    to = place + by
    inside = range(1, len(blocks) - 1)
    if place not in inside or to not in inside:
        raise NoPlan("It cannot be moved there: a session begins by opening and ends by closing.")
    order = list(blocks)
    order.insert(to, order.pop(place))
    return check_blocks(found, order)


def resize_block(found: Material, blocks: Sequence[BlockChoice], place: int, minutes: int) -> Blocks:
    """Give a block other minutes."""
    return check_blocks(found, _with(blocks, place, replace(blocks[place], minutes=minutes)))


def remove_block(found: Material, blocks: Sequence[BlockChoice], place: int) -> Blocks:
    """Take a block out; the opening and the closing cannot be."""
    return check_blocks(found, [*blocks[:place], *blocks[place + 1 :]])


def replace_block(found: Material, blocks: Sequence[BlockChoice], place: int, new: BlockChoice) -> Blocks:
    """Put another block in the place of one; it takes as long, as far as it can."""
    activity = activity_of(found, new.activity)
    minutes = min(max(blocks[place].minutes, activity.timing.least), activity.timing.most)
    return check_blocks(found, _with(blocks, place, replace(new, minutes=minutes)))


def insert_block(found: Material, blocks: Sequence[BlockChoice], after: int, new: BlockChoice) -> Blocks:
    """Put a block after another; after the closing it goes before it."""
    place = min(after, len(blocks) - 2) + 1
    return check_blocks(found, [*blocks[:place], new, *blocks[place:]])


def annotate_block(blocks: Sequence[BlockChoice], place: int, note: str) -> Blocks:
    """Write to a block in one's own words."""
    return tuple(_with(blocks, place, replace(blocks[place], note=note)))


def without_notes(blocks: Sequence[BlockChoice]) -> Blocks:
    """Leave out what the facilitator wrote."""
    return tuple(replace(each, note="") for each in blocks)


def fit_to_minutes(found: Material, blocks: Sequence[BlockChoice], settings: Settings) -> Blocks:
    """Stretch or shorten blocks until they take the minutes that were asked for.

    Raises:
        NoPlan: If they cannot, with the fewest and the most minutes they can take.
    """
    ranges = [bounds(activity_of(found, each.activity), settings) for each in blocks]
    minutes = fit_minutes(ranges, settings.minutes)
    if minutes is None:
        least, most = sum(each[0] for each in ranges), sum(each[2] for each in ranges)
        what = "Remove a block" if settings.minutes < least else "Add a block"
        raise NoPlan(
            f"These blocks take from {least} to {most} minutes, and {settings.minutes} are asked. {what}."
        )
    return check_blocks(found, [replace(each, minutes=m) for each, m in zip(blocks, minutes, strict=True)])


def _with(blocks: Sequence[BlockChoice], place: int, new: BlockChoice) -> list[BlockChoice]:
    return [*blocks[:place], new, *blocks[place + 1 :]]


def unused_activities(
    found: Material, blocks: Sequence[BlockChoice], preferred: Sequence[str]
) -> list[Activity]:
    """Give the activities that a plan does not have yet, and a break, which may come again.

    Args:
        found: What sessions are made of.
        blocks: What the plan has.
        preferred: Slugs of activities in the order in which they speak to the matter; others come last.
    """
    has = {each.activity for each in blocks}
    order = {slug: place for place, slug in enumerate(preferred)}
    left = [slug for slug in found.activities if slug not in has]
    left.sort(key=lambda slug: order.get(slug, len(order)))
    return [*(found.activities[slug] for slug in left), found.frame[BREAK]]


def unread_parts(blocks: Sequence[BlockChoice], cases: Sequence[str]) -> list[str]:
    """Give the cases that a plan does not read yet."""
    has = {each.case for each in blocks if each.activity == READ}
    return [each for each in cases if each not in has]
