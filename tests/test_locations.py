"""Cases on a map: every case once on the map or named beside it, numbers apart, land where land is."""

import dataclasses
import doctest
import itertools
import json
import math
import random
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from app_pages.parts import graph
from app_pages.reading import map_spots, outlines, places
from app_pages.reading.outlines import BRITAIN_AND_IRELAND, ENGLAND_AND_WALES, WORLD, MapFrame
from kg import views
from kg.engine import Engine
from kg.views import Link, LocatedCases, Point
from tests.frozen import SLUGS
from tests.pages import HOSTILE, html, opened, read_page, targets

FRAMES = (ENGLAND_AND_WALES, BRITAIN_AND_IRELAND, WORLD)
FOLDER = Path(outlines.__file__).parent.parent / "outlines"


@pytest.fixture(scope="module")
def found(engine: Engine) -> views.Locations:
    return views.locations(engine)


def slugs(cases: tuple[Link, ...]) -> set[str]:
    return {(case.address or "").removeprefix("case?id=") for case in cases}


def located(number: int, latitude: float, longitude: float, *cases: str) -> LocatedCases:
    point = Point(latitude, longitude)
    named = tuple(Link(case, f"case?id={case}") for case in cases or ("harbour-town",))
    return LocatedCases(f"place-{number}", Link(f"Place {number}"), None, point, named)


def test_examples_of_frames_hold() -> None:
    assert all(doctest.testmod(module).attempted > 0 for module in (outlines, places))


def test_every_case_is_on_the_map_or_has_no_named_place(found: views.Locations) -> None:
    mapped = set().union(*(slugs(each.cases) for each in found.mapped))
    assert slugs(found.nowhere) == {"unnamed-leadership-group"}
    assert found.unmapped == ()
    assert mapped | slugs(found.nowhere) == set(SLUGS)
    assert found.cases == len(SLUGS)


def test_a_case_in_two_places_is_shown_in_both(found: views.Locations) -> None:
    stroke = "stroke-services-in-london-and-greater-manchester"
    assert {each.slug for each in found.mapped if stroke in slugs(each.cases)} == {
        "greater-manchester",
        "london",
    }


def test_some_cases_lie_where_they_lie_among_all(found: views.Locations) -> None:
    for number in (1, 2, len(SLUGS)):
        for some in itertools.islice(itertools.combinations(SLUGS, number), 20):
            part = found.of(some)
            assert part.cases == number
            assert all(
                each.point == whole.point
                for each in part.mapped
                for whole in found.mapped
                if each.slug == whole.slug
            )
    assert found.of(SLUGS) == found
    assert found.of([]) == found.of(["nowhere"]) == views.Locations((), (), ())


def test_the_map_of_the_paper_alone_has_its_cases_and_no_other(paper: Engine) -> None:
    found = views.locations(paper)
    assert found.cases == len(views.case_list(paper)) == 7


def test_country_of_a_point_fits_the_frame(found: views.Locations) -> None:
    for each in found.mapped:
        assert each.point is not None and WORLD.holds(each.point)
        assert ENGLAND_AND_WALES.holds(each.point) == (each.country == "United Kingdom")


@given(
    frame=st.sampled_from(FRAMES),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)
def test_a_point_is_drawn_inside_just_if_the_frame_holds_it(
    frame: MapFrame, latitude: float, longitude: float
) -> None:
    across, down = frame.drawn_at(Point(latitude, longitude))
    inside = 0 <= across <= frame.width and 0 <= down <= frame.height
    assert inside or not frame.holds(Point(latitude, longitude))
    assert frame.holds(Point(latitude, longitude)) or not (
        0 < across < frame.width and 1 < down < frame.height - 1
    )


@given(points=st.lists(st.tuples(st.integers(500, 558), st.integers(-55, 18)), max_size=12))
def test_numbers_keep_apart_and_within_the_map(points: list[tuple[int, int]]) -> None:
    numbered = [
        (number, located(number, latitude / 10, longitude / 10))
        for number, (latitude, longitude) in enumerate(points, 1)
    ]
    spots = map_spots.spread(ENGLAND_AND_WALES, numbered)
    assert [(spot.number, spot.located) for spot in spots] == numbered
    for one, other in itertools.combinations(spots, 2):
        assert math.dist(one.label, other.label) >= 36
    for spot in spots:
        assert 0 < spot.label[0] < ENGLAND_AND_WALES.width
        assert 0 < spot.label[1] < ENGLAND_AND_WALES.height


def test_two_hundred_points_in_one_spot_are_all_still_drawn() -> None:
    numbered = [(number, located(number, 53.5, -2.3)) for number in range(1, 201)]
    assert len(map_spots.spread(ENGLAND_AND_WALES, numbered)) == 200


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_outlines_are_small_and_on_the_globe(path: Path) -> None:
    assert path.stat().st_size < 100_000
    frame = next(frame for frame in FRAMES if frame.outline == path.stem)
    ends = [end for ring in outlines._rings(path.stem) for end in ring]
    assert len(ends) > 500
    assert all(-270 <= longitude <= 270 and -90 <= latitude <= 90 for longitude, latitude in ends)
    assert outlines.land(frame).startswith("M")
    assert {each["type"] for each in json.loads(path.read_text())["geometries"]} <= {
        "Polygon",
        "MultiPolygon",
    }


def test_every_outline_is_in_the_list_of_the_readme() -> None:
    told = (FOLDER / "README.md").read_text()
    assert {path.name for path in FOLDER.iterdir()} == {
        "README.md",
        *(f"{frame.outline}.json" for frame in FRAMES),
    }
    assert all(f"{frame.outline}.json" in told for frame in FRAMES)
    assert "public domain" in told


def test_no_land_is_drawn_across_the_whole_world() -> None:
    for ring in outlines._rings("world"):
        longitudes = [longitude for longitude, _ in ring]
        assert max(abs(one - other) for one, other in itertools.pairwise(longitudes)) < 180


@given(latitude=st.floats(-55, 75), longitude=st.floats(-180, 180), level=st.integers(1, 9))
def test_a_nearer_map_shows_a_part_of_the_wider_one(latitude: float, longitude: float, level: int) -> None:
    at = Point(latitude, longitude)
    frame = outlines.zoomed(at, level)
    across, down = frame.drawn_at(at)
    assert math.isclose(across, frame.width / 2) and math.isclose(down, frame.height / 2, abs_tol=1)
    assert math.isclose(frame.height, frame.width * 1.1, rel_tol=0.02)
    assert math.isclose(frame.east - frame.west, 360 / 2**level)


def test_land_far_inside_a_coast_is_still_land() -> None:
    """Of a map that lies within the outline, no corner of the outline is on it."""
    inland = outlines.land(outlines.zoomed(Point(47.0, 67.0), 6))
    at_sea = outlines.land(outlines.zoomed(Point(-30.0, -140.0), 4))
    assert inland.startswith("M") and at_sea == ""


@given(points=st.lists(st.tuples(st.integers(-500, 700), st.integers(-1800, 1799)), min_size=2, max_size=20))
def test_the_nearest_map_of_some_points_holds_them_all(points: list[tuple[int, int]]) -> None:
    known = [Point(latitude / 10, longitude / 10) for latitude, longitude in points]
    found = outlines.closest_around(known)
    if found is not None:
        assert all(outlines.zoomed(*found).holds(each) for each in known)
    # What lies close together can always be shown.
    assert outlines.closest_around([Point(latitude / 1000, 179.9) for latitude, _ in points]) is not None


@given(points=st.lists(st.tuples(st.integers(500, 558), st.integers(-60, 20)), max_size=60))
def test_groups_keep_apart_within_the_map_and_hold_every_place_once(points: list[tuple[int, int]]) -> None:
    numbered = [
        (number, located(number, latitude / 10, longitude / 10))
        for number, (latitude, longitude) in enumerate(points, 1)
    ]
    spots, groups = map_spots.grouped(ENGLAND_AND_WALES, numbered)
    held = [(spot.number, spot.located) for spot in spots] + [
        each for group in groups for each in group.members
    ]
    assert sorted(held, key=lambda each: each[0]) == numbered
    labels = [spot.label for spot in spots] + [group.label for group in groups]
    for one, other in itertools.combinations(labels, 2):
        assert math.dist(one, other) >= map_spots.APART
    assert all(
        0 < across < ENGLAND_AND_WALES.width and 0 < down < ENGLAND_AND_WALES.height
        for across, down in labels
    )
    for group in groups:
        points_of = {each.point for _, each in group.members}
        assert (group.nearer is None) == (len(points_of) == 1)


def test_a_map_without_scotland_gives_way_to_one_with_it() -> None:
    cases = views.Locations((located(1, 57.1, -2.1), located(2, 51.5, -0.1)), (), ())
    assert places.frame_at_home(cases) is BRITAIN_AND_IRELAND
    assert places.frame_at_home(views.Locations((located(1, -43.5, 172.0),), (), ())) is ENGLAND_AND_WALES


def marks(text: str) -> list[tuple[str, str, str]]:
    """Give the classes, the address and the name of each number and group on the maps."""
    found = re.findall(r'<a class="kg-spot ([^"]*)" href="([^"]*)" title="[^"]*" aria-label="([^"]*)"', text)
    return [(look, unescape(address), unescape(name)) for look, address, name in found]


def addresses(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', text)]


def test_page_has_each_number_on_the_map_and_in_the_list(found: views.Locations) -> None:
    text = html(opened("places.py"))
    assert f"We can place {found.cases - 1} of {found.cases} cases on a map." in text
    assert "Points are approximate (about 10 km)." in text
    names = [name for _, _, name in marks(text)]
    for number, each in enumerate(found.mapped, 1):
        assert sum(name.startswith(f"{number}, {each.place.name}: ") for name in names) == 1
        row = text.partition(f'<li id="place-{each.slug}"><b>{number}</b>')[2].partition("</li>")[0]
        assert (
            all(f'href="{case.address}"' in row for case in each.cases)
            and str(escape(each.place.name)) in row
        )
    several = [(address, name) for look, address, name in marks(text) if "several" in look]
    assert [address for address, _ in several] == ["#place-greater-manchester"]
    assert "Not on the map: no place is named." in text
    assert "we have no point for it yet" not in text


def test_address_chooses_cases_and_keeps_the_choice_of_documents() -> None:
    text = html(
        opened("places.py", case=["devon", "nowhere", HOSTILE, "unnamed-leadership-group"], paper="true")
    )
    assert "We can place 1 of 2 cases on a map." in text
    assert "case?id=devon&paper=true" in addresses(text) and "case?id=wigan" not in text
    assert "places?paper=true" in addresses(text)
    assert "<figcaption>The world" not in text
    assert "<script>" not in text


def test_only_a_case_without_a_place_leaves_no_map() -> None:
    text = html(opened("places.py", case="unnamed-leadership-group"))
    assert "kg-map" not in text
    assert "Not on the map: no place is named." in text


def test_a_country_is_shown_nearer_and_the_list_with_it(found: views.Locations) -> None:
    whole = addresses(html(opened("places.py")))
    nearer = [each for each in whole if each.startswith("places?at=")]
    assert len(nearer) == len({each.country for each in found.mapped})
    sweden = html(opened("places.py", at="57.8,14.2", zoom="6"))
    assert [address for _, address, _ in marks(sweden)] == ["case?id=jonkoping"]
    assert "1 place, in order of name" in sweden and "<li id=" in sweden
    moves = [each for each in addresses(sweden) if each.startswith("places?at=57.8%2C14.2")]
    assert {each.rpartition("=")[2] for each in moves} >= {"5", "7"}
    assert "places" in addresses(sweden)


def test_the_sea_is_answered_with_a_way_back() -> None:
    text = html(opened("places.py", at="-30.0,-140.0", zoom="5"))
    assert "We know of no place in this part of the map." in text
    assert "kg-map" in text and "places" in addresses(text)


@pytest.mark.parametrize("slots", [{"at": "53.5,-2.3"}, {"zoom": "6"}, {"at": HOSTILE, "zoom": "99"}])
def test_half_a_map_is_said(slots: dict[str, str]) -> None:
    text = html(opened("places.py", **slots))
    assert "It has to give both its middle and its level." in text
    assert "England and Wales" in text and "<script>" not in text


def drawn(changed: pytest.MonkeyPatch, found: views.Locations, **slots: list[str]) -> str:
    """Draw the page of places that are not in the graph."""
    changed.setattr(graph, "locations", lambda: found)
    changed.setattr(graph, "names", dict)
    with graph.chosen(graph.Choice()):
        return places.page(slots).html


def test_a_place_without_a_point_is_named_beside_the_map(
    changed: pytest.MonkeyPatch, found: views.Locations
) -> None:
    lost = dataclasses.replace(found.mapped[0], point=None)
    text = drawn(changed, dataclasses.replace(found, mapped=found.mapped[1:], unmapped=(lost,)))
    assert escape(lost.place.name) in text.partition("we have no point for it yet.")[2]


def test_two_thousand_places_stay_readable(changed: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    many = tuple(
        located(number, round(chance.gauss(52.6, 1.4), 1), round(chance.gauss(-1.6, 1.3), 1))
        for number in range(2000)
    )
    text = drawn(changed, views.Locations(many, (), ()))
    seen = marks(text)
    assert len(seen) < 150 and len(text) < 120_000
    groups = [(int(name.split()[0]), address) for look, address, name in seen if "group" in look]
    assert sum(number for number, _ in groups) + len(seen) - len(groups) == 2000
    assert text.count("<li id=") == 30 and '<b aria-current="page">1</b>' in text
    number, address = max(groups)
    near = dict(re.findall(r"(at|zoom)=([^&]*)", address))
    part = drawn(
        changed, views.Locations(many, (), ()), at=[near["at"].replace("%2C", ",")], zoom=[near["zoom"]]
    )
    shown = int(re.findall(r"(\d+) places, in order of name", part)[0])
    assert number <= shown < 2000
    assert max(int(name.split()[0]) for look, _, name in marks(part) if "group" in look) < number


def test_hostile_names_are_shown_as_text(changed: pytest.MonkeyPatch) -> None:
    here = dataclasses.replace(located(1, 51.5, -0.1), place=Link(HOSTILE), cases=(Link(HOSTILE),))
    text = drawn(changed, views.Locations((here,), (), (Link(HOSTILE),)))
    assert "<script>" not in text and "<img src=x" not in text
    assert text.count(str(escape(HOSTILE))) >= 4


def test_index_and_case_lead_to_the_map() -> None:
    assert "places?case=jonkoping" in targets(read_page("", country="sweden").html)
    assert "places?case=leeds" in addresses(html(opened("case.py", id="leeds")))
