"""Pictures of the network: placed the same each time, equal to their list, and text where data have words."""

import io
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from random import Random
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.engine import Engine
from kg.export.as_png import as_png
from kg.network import Counting, Network, Subnetwork, neighbourhood, read_network, subnetwork_along, ways
from kg.network.drawing import Drawing, as_svg, drawing, legend
from kg.network.exchange import as_gexf, as_graphml, of_part
from kg.network.layout import positions
from kg.network.ties import NetworkThing, Tie, TieCertainty
from kg.network.visnetwork import as_html, as_vis, script
from kg.terms import PREFIXES
from kg.web.vendor import routes
from tests.networks import CASES, PRACTICES, invented
from tests.pages import HOSTILE, data_of, html, opened

SVG = "{http://www.w3.org/2000/svg}"
LEEDS = "case/leeds"


@pytest.fixture(scope="module")
def readings(engine: Engine) -> Network:
    return read_network(engine, Counting.READINGS)


@pytest.fixture(scope="module")
def leeds(readings: Network) -> Drawing:
    return drawing(neighbourhood(readings, readings.named("leeds")))


def large(cases: int) -> Subnetwork:
    chance = Random(1)
    network = invented((case, chance.randrange(cases // 3)) for case in range(cases) for _ in range(2))
    return neighbourhood(network, network.cases[0], depth=30)


def room(part: Subnetwork, width: float = 150.0, height: float = 60.0) -> dict[str, tuple[float, float]]:
    return {thing.iri: (width, height) for thing in part.things}


def overlapping(places: Iterable[tuple[float, float]], width: float, height: float) -> int:
    found = list(places)
    return sum(
        abs(one[0] - other[0]) < width - 1 and abs(one[1] - other[1]) < height - 1
        for number, one in enumerate(found)
        for other in found[:number]
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40), st.integers(1, 99))
@settings(max_examples=25, deadline=None)
def test_the_same_seed_gives_the_same_places_and_no_name_hides_another(
    found: list[tuple[int, int]], seed: int
) -> None:
    network = invented(found)
    part = neighbourhood(network, network.cases[0], 4)
    placed = positions(part, room(part), seed)
    assert positions(part, room(part), seed) == placed
    assert set(placed) == {thing.iri for thing in part.things}
    assert overlapping(placed.values(), 150.0, 60.0) == 0


def test_another_seed_gives_another_arrangement(leeds: Drawing) -> None:
    assert positions(leeds.part, room(leeds.part), 2) != positions(leeds.part, room(leeds.part), 3)


def test_two_thousand_things_are_placed_apart_in_rings() -> None:
    part = large(1_500)
    assert 1_500 < len(part.things) <= 2_000
    placed = positions(part, room(part))
    assert placed == positions(part, room(part))
    assert len(set(placed.values())) == len(part.things)
    assert placed[part.focus[0].iri] == (0.0, 0.0)


def test_ways_run_from_left_to_right(readings: Network) -> None:
    part = subnetwork_along(readings, ways(readings, readings.named("leeds"), readings.named("canterbury")))
    placed = positions(part, room(part))
    left, right = (placed[each.iri][0] for each in part.focus)
    assert all(
        left < x < right for iri, (x, _) in placed.items() if iri not in {each.iri for each in part.focus}
    )


def test_vis_svg_html_and_exchange_hold_the_same_as_the_part(leeds: Drawing) -> None:
    things = {thing.path for thing in leeds.part.things}
    lines = {(line.one.path, line.other.path) for line in leeds.part.lines}
    seen = as_vis(leeds)
    assert {node["id"] for node in seen["nodes"]} == things
    assert {(edge["from"], edge["to"]) for edge in seen["edges"]} == lines
    assert len(seen["edges"]) == len(lines)
    assert seen["options"]["physics"] == {"enabled": False}
    root = ElementTree.fromstring(as_svg(leeds))
    names = [" ".join(span.text or "" for span in text) for text in root.iter(f"{SVG}text") if len(text)]
    assert sorted(names) == sorted(thing.name for thing in leeds.part.things)
    page = as_html(leeds).decode()
    assert page.count("<tr><td>") == len(lines)
    graph = of_part(leeds.part, {spot.thing.iri: (spot.x, spot.y) for spot in leeds.spots})
    for again in (nx.parse_graphml(as_graphml(graph).decode()), nx.read_gexf(io.BytesIO(as_gexf(graph)))):
        assert again.number_of_nodes() == len(things)
        assert set(again.edges) == set(graph.edges)


class Loaded(HTMLParser):
    """What a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {value}" for name, value in attrs if name in {"src", "href"} and value]


def test_the_page_to_keep_loads_nothing(leeds: Drawing) -> None:
    page = as_html(leeds).decode()
    loaded = Loaded()
    loaded.feed(page)
    assert loaded.found == []
    assert "vis-network" in page
    assert "@license" in page
    assert '<html lang="en-GB">' in page


def test_words_of_data_are_text_in_every_form() -> None:
    cases = NetworkThing(PREFIXES["case"] + "bad", HOSTILE, CASES)
    practice = NetworkThing(
        PREFIXES["practice"] + "bad", "</script><script>document.title=1</script> href", PRACTICES
    )
    tie = Tie(
        cases.iri,
        practice.iri,
        PREFIXES["claim"] + "bad-1",
        "object",
        "uses",
        1,
        TieCertainty.STATED,
        True,
    )
    network = Network({each.iri: each for each in (cases, practice)}, (tie,), Counting.FACTS)
    drawn = drawing(neighbourhood(network, cases))
    page = as_html(drawn).decode()
    shown = page[page.index("<body>") :]
    assert "<img" not in re.sub(r"<script.*?</script>", "", shown, flags=re.DOTALL)
    assert "<script>document" not in page
    assert "innerHTML" not in page.split("function drawGraph", 1)[1]
    assert {element.tag for element in ElementTree.fromstring(as_svg(drawn)).iter()} <= {
        f"{SVG}{tag}"
        for tag in ("svg", "title", "desc", "rect", "line", "polygon", "circle", "text", "tspan")
    }
    assert "".join(as_vis(drawn)["nodes"][0]["label"].split()) == "".join(HOSTILE.split())
    assert all("title" not in node for node in as_vis(drawn)["nodes"])


def test_a_png_is_made_without_a_browser_the_same_each_time(leeds: Drawing) -> None:
    svg = as_svg(leeds)
    assert as_png(svg, leeds.width) == as_png(svg, leeds.width)
    assert as_png(svg, leeds.width).startswith(b"\x89PNG")


def test_the_legend_names_every_kind_and_every_way_of_knowing(leeds: Drawing) -> None:
    names = [each["name"] for each in legend(leeds)]
    assert len(names) == len(set(names)) == len(leeds.kinds) + len(leeds.standings)


def test_vis_network_is_served_by_us_with_its_licence() -> None:
    answer = TestClient(Starlette(routes=list(routes()))).get("/vendor/vis-network.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.content == script().read_bytes()
    assert b"@license" in answer.content[:1000]


def test_the_page_draws_what_the_address_asks_for_and_the_same_as_a_list() -> None:
    page = opened("network.py", focus=LEEDS, counting="facts", kind=["practices", "factors"])
    data = data_of(page)
    text = html(page)
    assert text.count("<tr><th") - 1 == len(data["edges"])
    kinds = {node["id"].split("/")[1] for node in data["nodes"] if node["id"].startswith("scheme/")}
    assert kinds == {"practices", "factors"}
    for node in data["nodes"]:
        name = node["label"].replace("\n", " ")
        assert name.replace("'", "&#39;") in text


def test_the_page_opens_with_a_focus_of_its_own_and_ignores_what_is_no_value() -> None:
    page = opened(
        "network.py", focus="case/nowhere", steps="9", counting="x", kind="x", seed="-1", open="x", at="x"
    )
    plain = opened("network.py")
    assert data_of(page)["drawn"] == data_of(plain)["drawn"]
    assert len(data_of(plain)["nodes"]) > 10


def test_the_page_tells_ways_and_asks_for_what_is_missing() -> None:
    told = html(opened("network.py", view="between", focus=LEEDS, to="case/canterbury"))
    assert told.count('class="kg-route"') == 5
    assert "Choose where it should lead to" in html(opened("network.py", view="between", focus=LEEDS))
    assert "two different things" in html(opened("network.py", view="between", focus=LEEDS, to=LEEDS))
    leading = html(opened("network.py", view="between", focus="scheme/challenges/rising-demand"))
    assert "Commit to" in leading


def test_the_page_tells_what_stands_out_with_limits_and_when_it_is_too_small_to_say() -> None:
    text = html(opened("network.py", view="measures"))
    assert text.count('class="kg-measure"') == 6
    assert "Too small to say" not in text
    assert "Too small to say" in html(opened("network.py", view="measures", paper="true"))
