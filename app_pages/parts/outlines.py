"""Frames of a map, and the outlines of land within them; see app_pages/outlines/README.md."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.views import Point

__all__ = ["BRITAIN_AND_IRELAND", "ENGLAND_AND_WALES", "WORLD", "MapFrame", "land"]

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
        return round((self.north - self.south) * self._scale / math.cos(math.radians(self.parallel)))

    @property
    def _scale(self) -> float:
        return _WIDTH / (self.east - self.west)

    def holds(self, point: Point) -> bool:
        """Whether a point lies within it."""
        return 0 <= self._across(point) <= self.width and self.south <= point.latitude <= self.north

    def drawn_at(self, point: Point) -> tuple[float, float]:
        """Give how far right and how far down a point is drawn, in pixels.

        >>> WORLD.drawn_at(Point(WORLD.north, WORLD.west))
        (0.0, 0.0)
        """
        down = (self.north - point.latitude) * self._scale / math.cos(math.radians(self.parallel))
        return self._across(point), down

    def _across(self, point: Point) -> float:
        middle = (self.west + self.east) / 2
        return self.width / 2 + ((point.longitude - middle + 180) % 360 - 180) * self._scale


ENGLAND_AND_WALES = MapFrame("England and Wales", "britain-and-ireland", -6.3, 2.2, 49.8, 56.0, 53)
BRITAIN_AND_IRELAND = MapFrame("Britain and Ireland", "britain-and-ireland", -10.8, 2.8, 49.2, 60.9, 55)
# It ends in the Bering Strait, so that no land is cut in two.
WORLD = MapFrame("The world", "world", -169, 191, -56, 78, 40)


@cache
def land(frame: MapFrame) -> str:
    """Give the outline of land as the path of an SVG, in steps of half a pixel or less."""
    return "".join(_ring(ring, frame) for ring in _rings(frame.outline))


def _rings(outline: str) -> Iterator[list[list[float]]]:
    for geometry in json.loads((_FOLDER / f"{outline}.json").read_text())["geometries"]:
        shapes = geometry["coordinates"]
        for shape in [shapes] if geometry["type"] == "Polygon" else shapes:
            yield from shape


def _ring(ring: list[list[float]], frame: MapFrame) -> str:
    drawn = [frame.drawn_at(Point(latitude, longitude)) for longitude, latitude in ring]
    if not any(0 <= across <= frame.width and 0 <= down <= frame.height for across, down in drawn):
        return ""
    steps = list(dict.fromkeys(f"{across:.1f} {down:.1f}" for across, down in drawn))
    return f"M{'L'.join(steps)}Z" if len(steps) > 2 else ""
