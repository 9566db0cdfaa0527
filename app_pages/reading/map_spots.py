"""What stands where on a map: numbers apart from each other, or where there are many, groups of places."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app_pages.reading.outlines import MapFrame, closest_around
from kg.views import LocatedCases, Point

__all__ = ["APART", "MapGroup", "MapSpot", "Numbered", "grouped", "spread"]

# In pixels of a map at full width; on a narrow screen it shrinks by a fifth, and the numbers do not.
_RADIUS = 13
APART = 36
_MARGIN = 18
_DIRECTIONS = 24
_RINGS = range(_RADIUS + 9, 150, 7)

# A place with its number in the list.
Numbered = tuple[int, LocatedCases]


@dataclass(frozen=True)
class MapSpot:
    """A numbered point with where its number is drawn, which is beside it where points crowd.

    Attributes:
        number: The number of the place in the list.
        located: The place and its cases.
        at: How far right and down the point is.
        label: How far right and down the middle of its number is.
    """

    number: int
    located: LocatedCases
    at: tuple[float, float]
    label: tuple[float, float]


@dataclass(frozen=True)
class MapGroup:
    """Places that lie too close together to be told apart on a map.

    Attributes:
        members: The places, each with its number in the list.
        label: How far right and down the middle of the mark is.
        nearer: The middle and level of a map that tells them apart; None where the points are the same.
    """

    members: tuple[Numbered, ...]
    label: tuple[float, float]
    nearer: tuple[Point, int] | None


def spread(frame: MapFrame, numbered: Sequence[Numbered]) -> list[MapSpot]:
    """Say where to draw each number: on its point, or near it where it would hide another.

    Args:
        frame: The map.
        numbered: Places that lie on it, each with its number.
    """
    points = [
        (number, each, frame.drawn_at(each.point)) for number, each in numbered if each.point is not None
    ]
    spots: list[MapSpot] = []
    for number, each, at in points:
        others = [other for its, _, other in points if its != number]
        taken = [spot.label for spot in spots]
        free = (
            label
            for label in _around(at)
            if _within(frame, label)
            and all(math.dist(label, other) >= APART for other in taken)
            and all(math.dist(label, other) >= _RADIUS + 3 for other in others)
        )
        spots.append(MapSpot(number, each, at, next(free, at)))
    return spots


def _around(at: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Give the point itself and then places ever farther from it."""
    yield at
    for distance in _RINGS:
        for step in range(_DIRECTIONS):
            angle = 2 * math.pi * step / _DIRECTIONS
            yield at[0] + distance * math.cos(angle), at[1] - distance * math.sin(angle)


def _within(frame: MapFrame, label: tuple[float, float]) -> bool:
    across, down = label
    return _MARGIN <= across <= frame.width - _MARGIN and _MARGIN <= down <= frame.height - _MARGIN


def _inside(frame: MapFrame, at: tuple[float, float]) -> tuple[float, float]:
    across, down = at
    return (
        min(max(across, _MARGIN), frame.width - _MARGIN),
        min(max(down, _MARGIN), frame.height - _MARGIN),
    )


def grouped(frame: MapFrame, numbered: Sequence[Numbered]) -> tuple[list[MapSpot], list[MapGroup]]:
    """Put places that lie close together into groups; what is left alone keeps its number.

    At the edge of the map a mark stands as far inside as it needs to be seen whole.

    Args:
        frame: The map.
        numbered: Places that lie on it, each with its number.
    """
    groups: list[_Heap] = []
    for number, each in numbered:
        if each.point is not None:
            _add(groups, _Heap([(number, each)], [_inside(frame, frame.drawn_at(each.point))]))
    spots, marks = [], []
    for heap in groups:
        points = [each.point for _, each in heap.members if each.point is not None]
        if len(points) == 1:
            ((number, each),) = heap.members
            spots.append(MapSpot(number, each, frame.drawn_at(points[0]), heap.middle))
        else:
            nearer = closest_around(points) if len(set(points)) > 1 else None
            marks.append(MapGroup(tuple(heap.members), heap.middle, nearer))
    return spots, marks


@dataclass
class _Heap:
    """Places put together so far, with where each is drawn."""

    members: list[Numbered]
    drawn: list[tuple[float, float]]

    @property
    def middle(self) -> tuple[float, float]:
        across, down = zip(*self.drawn, strict=True)
        return sum(across) / len(across), sum(down) / len(down)


def _add(groups: list[_Heap], heap: _Heap) -> None:
    """Add a heap, or put it together with each that it comes too close to."""
    while True:
        middle = heap.middle
        near = next((each for each in groups if math.dist(each.middle, middle) < APART), None)
        if near is None:
            groups.append(heap)
            return
        groups.remove(near)
        heap = _Heap(near.members + heap.members, near.drawn + heap.drawn)
