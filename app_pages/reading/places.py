"""The map: numbers that lead to the cases, groups where there are many, and the same as a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app_pages.parts import graph
from app_pages.parts.templates import render
from app_pages.reading.map_spots import MapGroup, MapSpot, Numbered, grouped, spread
from app_pages.reading.narrowed import Narrowed, narrowed
from app_pages.reading.outlines import (
    BRITAIN_AND_IRELAND,
    CLOSEST,
    ENGLAND_AND_WALES,
    FURTHEST,
    WORLD,
    MapFrame,
    closest_around,
    land,
    zoomed,
)
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.paging import paged
from kg.language import gettext, ngettext
from kg.views import LocatedCases, Locations, Point

__all__ = ["frame_at_home", "page", "point", "seen"]

_ON_ONE_PAGE = 30
# Of more places than this on one map, those that lie close together are put into groups.
_MOST_NUMBERS = 30
# So much of what a map shows is gone when the next one beside it is shown.
_STEP = 0.5
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d)?),(-?\d{1,3}(?:\.\d)?)")
# Nearer to the poles a map would be distorted beyond use.
_FURTHEST_NORTH = 80


@dataclass(frozen=True)
class _Map:
    """A map as it is drawn.

    Attributes:
        name: What it shows.
        frame: Its frame.
        land: The outline of the land on it.
        spots: Places that stand alone.
        groups: Places that lie too close together, with the address of a nearer map.
        larger: Left, top, width and height of the part that another map shows larger.
    """

    name: str
    frame: MapFrame
    land: str
    spots: Sequence[MapSpot]
    groups: Sequence[tuple[MapGroup, str]]
    larger: tuple[float, float, float, float] | None = None


def seen(slots: Slots) -> tuple[Point, int] | None:
    """Return the middle and level of the map that an address asks for; None for the overview.

    >>> seen({"at": ["53.5,-2.3"], "zoom": ["6"]})
    (Point(latitude=53.5, longitude=-2.3), 6)
    """
    at, level = point(first(slots, "at")), first(slots, "zoom")
    near = level.isascii() and level.isdigit() and FURTHEST <= int(level[:2]) <= CLOSEST
    return (at, int(level)) if at is not None and near else None


def point(text: str) -> Point | None:
    """Return the point that an address names; None if it names none of which a map can be drawn.

    >>> point("53.5,-2.3"), point("north")
    (Point(latitude=53.5, longitude=-2.3), None)
    """
    found = _POINT.fullmatch(text)
    at = Point(float(found[1]), float(found[2])) if found else None
    return at if at and abs(at.latitude) <= _FURTHEST_NORTH and abs(at.longitude) <= 180 else None


def frame_at_home(locations: Locations) -> MapFrame:
    """Choose the part of Britain and Ireland that is drawn large: the least that holds all cases there."""
    points = [each.point for each in locations.mapped if each.point is not None]
    near = [point for point in points if BRITAIN_AND_IRELAND.holds(point)]
    return ENGLAND_AND_WALES if all(map(ENGLAND_AND_WALES.holds, near)) else BRITAIN_AND_IRELAND


def page(slots: Slots) -> ReadingPage:
    """Return the map of the cases that an address names, whole or near one point."""
    asked_map = seen(slots)
    asked = narrowed("places", slots, **(_slots(asked_map) if asked_map else {}))
    everywhere = graph.locations()
    found = everywhere.of(asked.chosen) if asked.chosen else everywhere
    frame = zoomed(*asked_map) if asked_map else None
    mapped = [each for each in found.mapped if frame is None or _is_in(frame, each)]
    at = paged(slots, len(mapped), _ON_ONE_PAGE, lambda number: _turned(asked, number))
    numbered = list(enumerate(mapped, 1))
    listed = {each.slug for _, each in numbered[at.start : at.end]}
    title = gettext("Map")
    return ReadingPage(
        title=title,
        description=_answer(found),
        html=render(
            "pages/places.html",
            title=title,
            answer=_answer(found),
            found=found,
            here=len(mapped),
            maps=_maps(asked, numbered, frame, frame_at_home(everywhere)),
            rows=numbered[at.start : at.end],
            listed=listed,
            at=at,
            asked=asked,
            frame=frame,
            half=frame is None and bool(first(slots, "at") or first(slots, "zoom")),
            countries=_countries(asked, found),
            moves=_moves(asked, asked_map) if asked_map else (),
            page_address=_turned(asked, at.number),
        ),
        address=_turned(asked, at.number),
    )


def _answer(found: Locations) -> str:
    return ngettext(
        "We can place %(mapped)s of %(num)s case on a map.",
        "We can place %(mapped)s of %(num)s cases on a map.",
        found.cases,
        mapped=len({case for each in found.mapped for case in each.cases}),
    )


def _turned(asked: Narrowed, number: int) -> str:
    return asked.with_slots(page=str(number) if number > 1 else "")


def _slots(asked_map: tuple[Point, int]) -> dict[str, str]:
    at, level = asked_map
    return {"at": f"{at.latitude:.1f},{at.longitude:.1f}", "zoom": str(level)}


def _is_in(frame: MapFrame, located: LocatedCases) -> bool:
    return located.point is not None and frame.holds(located.point)


def _maps(
    asked: Narrowed, numbered: Sequence[Numbered], frame: MapFrame | None, home: MapFrame
) -> list[_Map]:
    """Return the one map that is asked for, or home and the world, each where something is on it."""
    if frame is not None:
        return [_map(asked, gettext("Part of the map"), frame, numbered)]
    here = [each for each in numbered if _is_in(home, each[1])]
    elsewhere = [each for each in numbered if not _is_in(home, each[1])]
    maps = []
    if here:
        name = gettext("England and Wales") if home is ENGLAND_AND_WALES else gettext("Britain and Ireland")
        maps.append(_map(asked, name, home, here))
    if elsewhere:
        maps.append(_map(asked, gettext("The world"), WORLD, elsewhere, home if here else None))
    return maps


def _map(
    asked: Narrowed, name: str, frame: MapFrame, numbered: Sequence[Numbered], larger: MapFrame | None = None
) -> _Map:
    if len(numbered) > _MOST_NUMBERS:
        spots, groups = grouped(frame, numbered)
    else:
        spots, groups = spread(frame, numbered), []
    return _Map(
        name,
        frame,
        land(frame),
        spots,
        [(each, asked.with_slots(**_slots(each.nearer)) if each.nearer else "#list") for each in groups],
        _rectangle(frame, larger) if larger else None,
    )


def _rectangle(frame: MapFrame, larger: MapFrame) -> tuple[float, float, float, float]:
    left, top = frame.drawn_at(Point(larger.north, larger.west))
    right, bottom = frame.drawn_at(Point(larger.south, larger.east))
    return left, top, right - left, bottom - top


def _countries(asked: Narrowed, found: Locations) -> list[tuple[str, int, str]]:
    """Return each country with its number of places and the address of its map, where there are several."""
    by_country: dict[str, list[Point]] = {}
    for each in found.mapped:
        if each.country is not None and each.point is not None:
            by_country.setdefault(each.country, []).append(each.point)
    around = {country: closest_around(points) for country, points in by_country.items()}
    named = [
        (country, len(by_country[country]), asked.with_slots(**_slots(nearest)))
        for country, nearest in around.items()
        if nearest is not None
    ]
    return sorted(named, key=lambda each: (-each[1], each[0])) if len(named) > 1 else []


def _moves(asked: Narrowed, asked_map: tuple[Point, int]) -> list[tuple[str, str]]:
    """Return what leads to nearer, wider and neighbouring maps: a word and an address."""
    at, level = asked_map
    frame = zoomed(at, level)
    high, wide = (frame.north - frame.south) * _STEP, (frame.east - frame.west) * _STEP
    moves = [
        (gettext("Closer"), (at, level + 1)),
        (gettext("Further out"), (at, level - 1)),
        (gettext("North"), (_moved(at, high, 0), level)),
        (gettext("South"), (_moved(at, -high, 0), level)),
        (gettext("West"), (_moved(at, 0, -wide), level)),
        (gettext("East"), (_moved(at, 0, wide), level)),
    ]
    return [
        (name, asked.with_slots(**_slots((point, to))))
        for name, (point, to) in moves
        if FURTHEST <= to <= CLOSEST and abs(point.latitude) <= _FURTHEST_NORTH
    ]


def _moved(at: Point, north: float, east: float) -> Point:
    return Point(at.latitude + north, (at.longitude + east + 180) % 360 - 180)
