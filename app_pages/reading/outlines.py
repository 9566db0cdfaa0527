"""Frames of a map, and the outlines of land within them; see app_pages/outlines/README.md."""

import itertools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.views import Point

__all__ = [
    "BRITAIN_AND_IRELAND",
    "CLOSEST",
    "ENGLAND_AND_WALES",
    "FURTHEST",
    "WORLD",
    "MapFrame",
    "closest_around",
    "land",
    "zoomed",
]

_FOLDER = Path(__file__).parent.parent / "outlines"
_WIDTH = 360


@dataclass(frozen=True)
class MapFrame:
    """A part of the world as it is drawn: equirectangular, true to scale along one parallel.

    Attributes:
        name: What it shows.
        outline: Which outline of land it is drawn on.
        west: Degrees of its left side.
        east: Degrees of its right side.
        south: Degrees of its lower side.
        north: Degrees of its upper side.
        parallel: Degrees of latitude at which a mile is as long across as it is up.
    """

    name: str
    outline: str
    west: float
    east: float
    south: float
    north: float
    parallel: float

    @property
    def width(self) -> int:
        """How wide it is drawn, in pixels."""
        return _WIDTH

    @property
    def height(self) -> int:
        """How high it is drawn, in pixels."""
        return round(self._exact_height)

    @property
    def _exact_height(self) -> float:
        return (self.north - self.south) * self._scale / math.cos(math.radians(self.parallel))

    @property
    def _scale(self) -> float:
        return _WIDTH / (self.east - self.west)

    def holds(self, point: Point, free: float = 0) -> bool:
        """Whether a point lies within it, and so many pixels from its sides."""
        across, down = self.drawn_at(point)
        return free <= across <= self.width - free and free <= down <= self._exact_height - free

    def drawn_at(self, point: Point) -> tuple[float, float]:
        """Return how far right and how far down a point is drawn, in pixels.

        >>> WORLD.drawn_at(Point(WORLD.north, WORLD.west))
        (0.0, 0.0)
        """
        middle = (self.west + self.east) / 2
        return self.laid_at(point.latitude, middle + (point.longitude - middle + 180) % 360 - 180)

    def laid_at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return how far right and down a point is drawn; longitudes go on beyond 180 and -180 degrees."""
        down = (self.north - latitude) * self._scale / math.cos(math.radians(self.parallel))
        return (longitude - self.west) * self._scale, down


ENGLAND_AND_WALES = MapFrame("England and Wales", "britain-and-ireland", -6.3, 2.2, 49.8, 56.0, 53)
BRITAIN_AND_IRELAND = MapFrame("Britain and Ireland", "britain-and-ireland", -10.8, 2.8, 49.2, 60.9, 55)
# It ends in the Bering Strait, so that no land is cut in two.
WORLD = MapFrame("The world", "world", -169, 191, -56, 78, 40)


# How near a map can be: level 1 shows half of the globe from west to east, each next one half of that.
FURTHEST, CLOSEST = 1, 9
# Outlines of the world are too rough to be looked at from nearer.
_CLOSEST_ABROAD = 6
_HIGHER_THAN_WIDE = 1.1
# So many pixels at each side of a map are left free round what it is to show.
_FREE = 24
_STEPS_IN_A_PIXEL = 2


def zoomed(at: Point, level: int) -> MapFrame:
    """Return the part of the world round a point.

    Args:
        at: Its middle.
        level: How near it is, from `FURTHEST` to `CLOSEST`.
    """
    wide = 360 / 2**level
    high = wide * math.cos(math.radians(at.latitude)) * _HIGHER_THAN_WIDE
    west, east = at.longitude - wide / 2, at.longitude + wide / 2
    south, north = at.latitude - high / 2, at.latitude + high / 2
    home = BRITAIN_AND_IRELAND
    inside = home.west <= west and east <= home.east and home.south <= south and north <= home.north
    return MapFrame(
        "", home.outline if inside else WORLD.outline, west, east, south, north, parallel=at.latitude
    )


def closest_around(points: Sequence[Point]) -> tuple[Point, int] | None:
    """Return the middle and level of the nearest map that holds all of some points; None where none does.

    >>> closest_around([Point(53.5, -2.3), Point(53.8, -1.5)])
    (Point(latitude=53.6, longitude=-1.9), 7)
    """
    west, east = min(each.longitude for each in points), max(each.longitude for each in points)
    if east - west > 180:
        across = [each.longitude % 360 for each in points]
        west, east = min(across), max(across)
    south, north = min(each.latitude for each in points), max(each.latitude for each in points)
    middle = Point(round((south + north) / 2, 1), round(((west + east) / 2 + 180) % 360 - 180, 1))
    for level in range(CLOSEST, FURTHEST - 1, -1):
        frame = zoomed(middle, level)
        rough = frame.outline == WORLD.outline and level > _CLOSEST_ABROAD
        if not rough and all(frame.holds(each, _FREE) for each in points):
            return middle, level
    return None


@lru_cache(maxsize=100)
def land(frame: MapFrame) -> str:
    """Return the outline of land as the path of an SVG, in half pixels."""
    return "".join(_ring(ring, turn, frame) for ring in _rings(frame.outline) for turn in (-360, 0, 360))


@cache
def _rings(outline: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the rings of an outline: longitudes, which go on beyond 180 degrees, and latitudes."""
    geometries = json.loads((_FOLDER / f"{outline}.json").read_text())["geometries"]
    shapes = (
        shape
        for each in geometries
        for shape in ([each["coordinates"]] if each["type"] == "Polygon" else each["coordinates"])
    )
    return tuple(tuple(_unbroken(ring)) for shape in shapes for ring in shape)


def _unbroken(ring: Sequence[Sequence[float]]) -> Iterator[tuple[float, float]]:
    """Let a ring that crosses 180 degrees go on there, and not start anew from the other side."""
    before = ring[0][0]
    for longitude, latitude in ring:
        before += (longitude - before + 180) % 360 - 180
        yield before, latitude


def _ring(ring: Sequence[tuple[float, float]], turn: int, frame: MapFrame) -> str:
    """Draw a ring, turned by so many degrees round the globe; "" where the frame holds nothing of it."""
    longitudes, latitudes = zip(*ring, strict=True)
    if (
        max(longitudes) + turn <= frame.west
        or min(longitudes) + turn >= frame.east
        or max(latitudes) <= frame.south
        or min(latitudes) >= frame.north
    ):
        return ""
    steps = []
    for longitude, latitude in ring:
        across, down = frame.laid_at(latitude, longitude + turn)
        steps.append((round(across * _STEPS_IN_A_PIXEL), round(down * _STEPS_IN_A_PIXEL)))
    steps = [step for step, _ in itertools.groupby(steps)]
    if len(set(steps)) <= 2:
        return ""
    moves = (f"{x - left},{y - top}" for (left, top), (x, y) in itertools.pairwise(steps))
    return f"M{steps[0][0]},{steps[0][1]}l{','.join(moves)}z"
