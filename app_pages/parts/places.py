"""Cases on a map: numbered points that lead to them, and the same numbers in a table."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from app_pages.parts.graph import with_choice
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, items
from app_pages.parts.outlines import BRITAIN_AND_IRELAND, ENGLAND_AND_WALES, WORLD, MapFrame, land
from kg.views import LocatedCases, Locations, Point

__all__ = ["MapSpot", "draw", "frame_at_home", "spread", "summary"]

NOT_NAMED = "Where they are is not named"
NO_POINT = "Places of which we hold no point"
# In pixels of a map at full width; on a narrow screen it shrinks by a fifth, and the numbers do not.
_RADIUS = 13
_APART = 36
_MARGIN = 18
_DIRECTIONS = 24
_RINGS = range(_RADIUS + 9, 150, 7)
# The style sheet does not reach into a picture.
_LAND, _EDGE, _INK, _SOFT = "#fffdf9", "#a99d89", "#23211f", "#8a8175"


@dataclass(frozen=True)
class MapSpot:
    """A numbered point with where its number is drawn, which is beside it where points crowd.

    Attributes:
        number: The number of the place in the table.
        located: The place and its cases.
        at: How far right and down the point is.
        label: How far right and down the middle of its number is.
    """

    number: int
    located: LocatedCases
    at: tuple[float, float]
    label: tuple[float, float]


def summary(locations: Locations) -> str:
    """Say how many cases and places there are, and how exact the points are."""
    places = len(locations.mapped) + len(locations.unmapped)
    without = f", {len(locations.nowhere)} without a named place" if locations.nowhere else ""
    return (
        f'<p class="kg-left" role="status"><b>{counted(locations.cases, "case")}</b> in '
        f"{counted(places, 'place')}{without}.</p>"
        '<p class="kg-meta">A point shows where to look, to about ten kilometres; it is no border and no '
        "middle, and the points are ours, not the documents’.</p>"
    )


def frame_at_home(locations: Locations) -> MapFrame:
    """Choose the part of Britain and Ireland that is drawn large: the least that holds all cases there."""
    points = [each.point for each in locations.mapped if each.point is not None]
    near = [point for point in points if BRITAIN_AND_IRELAND.holds(point)]
    return ENGLAND_AND_WALES if all(map(ENGLAND_AND_WALES.holds, near)) else BRITAIN_AND_IRELAND


def draw(locations: Locations, home: MapFrame, first: int, last: int) -> str:
    """Draw the map and the table beside it.

    Args:
        locations: Where the cases lie.
        home: The part of Britain and Ireland that is drawn large.
        first: Which place the table begins with, counted from 0; those before it are dots on the map.
        last: Which place comes after the last one of the table.
    """
    listed_here = list(enumerate(locations.mapped, 1))[first:last]
    here = [each for each in listed_here if _is_in(home, each[1])]
    elsewhere = [each for each in listed_here if not _is_in(home, each[1])]
    others = [
        each.point
        for number, each in enumerate(locations.mapped)
        if each.point is not None and not first <= number < last
    ]
    maps = (_map(home, here, others) if here else "") + (
        _map(WORLD, elsewhere, [point for point in others if not home.holds(point)], home if here else None)
        if elsewhere
        else ""
    )
    if not maps:
        return _rest(locations)
    return (
        f'<div class="kg-atlas"><div class="kg-maps">{maps}'
        f"{_key(framed=bool(here and elsewhere), dots=bool(others))}</div>"
        f"<div>{_table(listed_here)}{_rest(locations)}</div></div>"
    )


def _is_in(frame: MapFrame, located: LocatedCases) -> bool:
    return located.point is not None and frame.holds(located.point)


def _map(
    frame: MapFrame,
    numbered: Sequence[tuple[int, LocatedCases]],
    others: Sequence[Point],
    shown_larger: MapFrame | None = None,
) -> str:
    """Draw one map: a picture of the land, and over it the numbers, which are links in order of number."""
    spots = spread(frame, numbered)
    picture = _land(
        frame,
        (_larger(frame, shown_larger) if shown_larger else "")
        + "".join(_dot(frame.drawn_at(point), _SOFT, 1.8) for point in others if frame.holds(point))
        + "".join(map(_lead, spots)),
    )
    name = escaped(frame.name)
    return (
        f'<figure><figcaption>{name}</figcaption><div class="kg-map">'
        f'<img src="data:image/svg+xml,{quote(picture)}" alt="Outline of {name}" '
        f'width="{frame.width}" height="{frame.height}">'
        + "".join(_number(frame, spot) for spot in spots)
        + "</div></figure>"
    )


def _land(frame: MapFrame, drawn_on_it: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}">'
        f'<path d="{land(frame)}" fill="{_LAND}" stroke="{_EDGE}" stroke-width="0.6"/>{drawn_on_it}</svg>'
    )


def _larger(frame: MapFrame, home: MapFrame) -> str:
    """Mark the part that is drawn large above."""
    left, top = frame.drawn_at(Point(home.north, home.west))
    right, bottom = frame.drawn_at(Point(home.south, home.east))
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" '
        f'fill="none" stroke="{_INK}"/>'
    )


def spread(frame: MapFrame, numbered: Sequence[tuple[int, LocatedCases]]) -> list[MapSpot]:
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
            and all(math.dist(label, other) >= _APART for other in taken)
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


def _lead(spot: MapSpot) -> str:
    if spot.label == spot.at:
        return ""
    (left, top), (right, bottom) = spot.at, spot.label
    line = f'<path d="M{left:.1f} {top:.1f}L{right:.1f} {bottom:.1f}" stroke="{_INK}"/>'
    return line + _dot(spot.at, _INK)


def _dot(at: tuple[float, float], colour: str, radius: float = 2.5) -> str:
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}" fill="{colour}"/>'


def _number(frame: MapFrame, spot: MapSpot) -> str:
    """Draw a number that leads to the case, or where there are several, to their row of the table."""
    cases = spot.located.cases
    alone = cases[0].address if len(cases) == 1 else None
    address = with_choice(alone) if alone else f"#place-{spot.located.slug}"
    name = escaped(f"{spot.number}, {spot.located.place.name}: {'; '.join(case.name for case in cases)}")
    across, down = spot.label
    return (
        f'<a class="kg-spot{"" if alone else " kg-spot-several"}" href="{escaped(address)}" title="{name}" '
        f'aria-label="{name}" style="left: {100 * across / frame.width:.2f}%; '
        f'top: {100 * down / frame.height:.2f}%">{spot.number}</a>'
    )


def _key(*, framed: bool, dots: bool) -> str:
    return (
        '<p class="kg-meta">A number leads to its case; one with a double ring leads to a row of the table '
        "with several cases. Where points lie close, a line joins a number to its point."
        + (" The frame on the world is the part shown above." if framed else "")
        + (" A small dot is a place on another page of the table." if dots else "")
        + "</p>"
    )


def _table(numbered: Sequence[tuple[int, LocatedCases]]) -> str:
    rows = "".join(
        f'<tr id="place-{escaped(each.slug)}"><td class="kg-clock">{number}</td>'
        f'<th scope="row">{link_to(each.place)}{_country(each)}</th><td>{_cases(each)}</td></tr>'
        for number, each in numbered
    )
    return (
        '<table class="kg-table kg-places"><caption>The same places, in order of name</caption>'
        '<thead><tr><th scope="col">No.</th><th scope="col">Place</th><th scope="col">Cases</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cases(located_cases: LocatedCases) -> str:
    return items(map(link_to, located_cases.cases), "kg-jumps")


def _country(located_cases: LocatedCases) -> str:
    if located_cases.country is None or located_cases.country in located_cases.place.name:
        return ""
    return f'<br><span class="kg-grade">{escaped(located_cases.country)}</span>'


def _rest(locations: Locations) -> str:
    """Name what no map shows, and why."""
    unmapped = [f"{link_to(each.place)}: {links_to(each.cases)}" for each in locations.unmapped]
    nowhere = [link_to(case) for case in locations.nowhere]
    return "".join(
        f'<div class="kg-unsaid"><p>Not on the map. {reason}:</p>{items(entries)}</div>'
        for reason, entries in ((NOT_NAMED, nowhere), (NO_POINT, unmapped))
        if entries
    )
