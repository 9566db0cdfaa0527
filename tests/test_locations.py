"""Cases on a map: every case once on the map or named beside it, numbers apart, land where land is."""

import dataclasses
import doctest
import itertools
import json
import math
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages.parts import outlines, places
from app_pages.parts.outlines import BRITAIN_AND_IRELAND, ENGLAND_AND_WALES, WORLD, MapFrame
from kg import views
from kg.engine import Engine
from kg.views import Link, LocatedCases, Point
from tests.frozen import SLUGS
from tests.pages import HOSTILE, html, links, opened

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
    assert doctest.testmod(outlines).attempted > 0


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
    spots = places.spread(ENGLAND_AND_WALES, numbered)
    assert [(spot.number, spot.located) for spot in spots] == numbered
    for one, other in itertools.combinations(spots, 2):
        assert math.dist(one.label, other.label) >= 36
    for spot in spots:
        assert 0 < spot.label[0] < ENGLAND_AND_WALES.width
        assert 0 < spot.label[1] < ENGLAND_AND_WALES.height


def test_two_hundred_points_in_one_spot_are_all_still_drawn() -> None:
    numbered = [(number, located(number, 53.5, -2.3)) for number in range(1, 201)]
    assert len(places.spread(ENGLAND_AND_WALES, numbered)) == 200


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_outlines_are_small_and_on_the_globe(path: Path) -> None:
    assert path.stat().st_size < 100_000
    frame = next(frame for frame in FRAMES if frame.outline == path.stem)
    ends = [end for ring in outlines._rings(path.stem) for end in ring]
    assert len(ends) > 500
    assert all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for longitude, latitude in ends)
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
        drawn = [WORLD.drawn_at(Point(latitude, longitude))[0] for longitude, latitude in ring]
        assert max(abs(one - other) for one, other in itertools.pairwise(drawn)) < WORLD.width / 2


def test_a_map_without_scotland_gives_way_to_one_with_it() -> None:
    cases = views.Locations((located(1, 57.1, -2.1), located(2, 51.5, -0.1)), (), ())
    assert places.frame_at_home(cases) is BRITAIN_AND_IRELAND
    assert places.frame_at_home(views.Locations((located(1, -43.5, 172.0),), (), ())) is ENGLAND_AND_WALES


def test_page_has_each_number_on_the_map_and_in_the_table(found: views.Locations) -> None:
    tester = opened("places.py")
    assert [title.value for title in tester.title] == ["Cases on a map"]
    text = html(tester)
    for number, each in enumerate(found.mapped, 1):
        assert f">{number}</a>" in text
        assert f'<tr id="place-{each.slug}"><td class="kg-clock">{number}</td>' in text
        assert escape(f"{number}, {each.place.name}: ") in text
        for case in each.cases:
            assert f'href="{case.address}"' in text
    assert 'class="kg-spot kg-spot-several" href="#place-greater-manchester"' in text
    assert text.count("kg-spot-several") == 1
    assert f"Not on the map. {places.NOT_NAMED}" in text
    assert places.NO_POINT not in text


def test_address_chooses_cases_and_keeps_the_choice_of_documents() -> None:
    tester = opened("places.py", case=["devon", "nowhere", HOSTILE, "unnamed-leadership-group"], paper="true")
    text = html(tester)
    assert "<b>2 cases</b> in 1 place, 1 without a named place" in text
    assert 'href="case?id=devon&amp;paper=true"' in text
    assert "case?id=wigan" not in text
    assert "<figcaption>The world" not in text
    assert "<script>" not in text


def test_only_a_case_without_a_place_leaves_no_map() -> None:
    text = html(opened("places.py", case="unnamed-leadership-group"))
    assert "kg-map" not in text
    assert places.NOT_NAMED in text


def test_a_place_without_a_point_is_named_beside_the_map(found: views.Locations) -> None:
    lost = dataclasses.replace(found.mapped[0], point=None)
    changed = dataclasses.replace(found, mapped=found.mapped[1:], unmapped=(lost,))
    text = places.draw(changed, ENGLAND_AND_WALES, 0, 30)
    assert places.NO_POINT in text
    assert escape(lost.place.name) in text.partition(places.NO_POINT)[2]


def test_places_beyond_the_page_of_the_table_are_dots(found: views.Locations) -> None:
    text = places.draw(found, ENGLAND_AND_WALES, 0, 5)
    assert text.count('class="kg-spot') == text.count("<tr id=") == 5
    assert "small dot" in text
    assert "small dot" not in places.draw(found, ENGLAND_AND_WALES, 0, len(found.mapped))


def test_hostile_names_are_shown_as_text() -> None:
    here = dataclasses.replace(located(1, 51.5, -0.1), place=Link(HOSTILE), cases=(Link(HOSTILE),))
    text = places.draw(views.Locations((here,), (), (Link(HOSTILE),)), ENGLAND_AND_WALES, 0, 1)
    assert "<script>" not in text
    assert text.count(escape(HOSTILE)) >= 4


def test_index_and_case_lead_to_the_map() -> None:
    assert ("places", "") in [(page, query) for _, page, query in links(opened())]
    narrowed = [query for _, page, query in links(opened(country="sweden")) if page == "places"]
    assert narrowed == ["case=jonkoping"]
    assert ("places", "case=leeds") in [
        (page, query) for _, page, query in links(opened("case.py", id="leeds"))
    ]
