"""The page of connections in a real browser: it answers to clicks and keys, and to nothing that data say."""

import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, Position, Route, expect

from kg.network.layout import SEED
from tests.browser.conftest import HOSTILE
from tests.browser.looking import RULES, opened

# One worker looks at pages, and so one server shows them; the others go on meanwhile.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CANVAS = ".kg-canvas"
RECORD = "scheme/service-actions/shared-electronic-record"


def picture(page: Page, address: str) -> None:
    """Open the page and wait until the picture is drawn."""
    opened(page, address)
    page.wait_for_function("() => {" + _IN_CANVAS + "canvas?.network?.body.nodeIndices.length > 1 }")


# The picture stands in a shadow root.
_IN_CANVAS = """
    const all = [...document.querySelectorAll("*")];
    const host = all.find((each) => each.shadowRoot?.querySelector(".kg-canvas"));
    const canvas = host?.shadowRoot.querySelector(".kg-canvas");
    return """


def asked(page: Page, script: str) -> Any:
    return page.evaluate("() => {" + _IN_CANVAS + script + "}")


def place_of(page: Page, path: str) -> Position:
    """Tell where in the canvas a thing is drawn, once the page has come to rest round it."""
    before: Position | None = None
    while True:
        found: Position = asked(page, f"canvas.network.canvasToDOM(canvas.network.getPosition({path!r}))")
        if found == before:
            return found
        before = found
        page.wait_for_timeout(250)


def slots(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def counts(page: Page) -> tuple[int, int]:
    """Count things and lines in the picture, and hold the list to them."""
    things, lines = asked(
        page, "[canvas.network.body.data.nodes.length, canvas.network.body.data.edges.length]"
    )
    expect(page.locator(".kg-things li")).to_have_count(things)
    expect(page.locator(".kg-table tbody tr")).to_have_count(lines)
    return things, lines


def test_a_click_opens_statements_a_double_click_expands_and_the_address_restores_it(
    page: Page, server: str
) -> None:
    picture(page, f"{server}/network?focus=case/leeds")
    beside = page.locator(".kg-picked")
    expect(beside.get_by_role("heading")).to_contain_text("Leeds")
    things, _ = counts(page)

    page.locator(CANVAS).click(position=place_of(page, RECORD))
    expect(beside.get_by_role("heading")).to_have_text("Shared electronic record")
    expect(beside.get_by_text("The Leeds Care Record, in use about six years")).to_be_visible()
    assert slots(page)["at"] == [RECORD]

    page.locator(CANVAS).dblclick(position=place_of(page, RECORD))
    expect(page.locator(".kg-things li", has_text="Canterbury")).to_be_visible()
    assert slots(page)["open"] == [RECORD]
    more, lines = counts(page)
    assert more > things

    address = page.url
    page.goto("about:blank")
    picture(page, address)
    assert counts(page) == (more, lines)
    expect(beside.get_by_role("heading")).to_have_text("Shared electronic record")
    assert asked(page, "canvas.network.getSelectedNodes()") == [RECORD]
    assert Axe().run(page, options=RULES).response["violations"] == []


def test_everything_is_done_by_keyboard_alone(page: Page, server: str) -> None:
    picture(page, f"{server}/network?focus=case/leeds")
    box = page.get_by_role("combobox", name="Find a thing or a line in the picture")
    box.focus()
    page.keyboard.type("Shared electronic record (what")
    page.keyboard.press("Enter")
    beside = page.locator(".kg-picked")
    expect(beside.get_by_role("heading")).to_have_text("Shared electronic record")
    expect(page).to_have_url(re.compile("at="))
    assert asked(page, "canvas.network.getSelectedNodes()") == [RECORD]
    page.get_by_role("button", name="Add what it is joined with").press("Enter")
    expect(page.locator(".kg-things li", has_text="Canterbury")).to_be_visible()
    page.get_by_role("button", name="Start from here").press("Enter")
    expect(page).to_have_title(re.compile("^What is connected with Shared electronic record"))
    expect(page).to_have_url(re.compile("focus=scheme"))
    assert slots(page)["focus"] == [RECORD]
    assert "open" not in slots(page)
    page.get_by_role("button", name="Arrange it differently").press("Enter")
    expect(page).to_have_url(re.compile("seed=2"))
    page.get_by_role("button", name="Closer").press("Enter")


def test_names_that_mean_harm_do_none(page: Page, hostile_server: str, tmp_path: Path) -> None:
    picture(page, f"{hostile_server}/network?focus=case/leeds")
    expect(page.locator(".kg-things")).to_contain_text(HOSTILE)
    centre = place_of(page, "case/leeds")
    page.locator(CANVAS).hover(position=centre)
    page.locator(CANVAS).click(position=centre)
    expect(page.locator(".kg-picked").get_by_role("heading")).to_have_text(HOSTILE)
    expect(page.locator("img[src='x']")).to_have_count(0)
    for name in ("Page that moves (HTML)", "Picture (SVG)"):
        with page.expect_download() as downloading:
            page.get_by_role("button", name=name).click()
        file = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(file)
        alone = page.context.new_page()
        alone.goto(file.as_uri())
        alone.wait_for_timeout(300)
        assert alone.title() != "1"
        assert alone.locator("img").count() == 0
        alone.close()
    assert page.title() != "1"
    opened(page, f"{hostile_server}/network?view=between&focus=case/leeds&to=case/canterbury")
    expect(page.locator(".kg-route").first).to_contain_text(HOSTILE)
    assert page.title() != "1"


def test_a_file_that_is_asked_for_comes_though_the_page_is_drawn_anew(page: Page, server: str) -> None:
    picture(page, f"{server}/network?focus=case/leeds")
    waiting: list[Route] = []
    page.route("**/files/*", lambda route: waiting.append(route))
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Picture (SVG)").click()
        expect(page.get_by_text("Making the file…")).to_be_visible()
        for seed in range(2):
            page.get_by_role("button", name="Arrange it differently").click()
            expect(page).to_have_url(re.compile(rf"seed={SEED + seed + 1}(&|$)"))
            expect(page.locator("[data-test-script-state=notRunning]")).to_have_count(1)
        (request,) = waiting
        request.continue_()
    assert downloading.value.suggested_filename == "connections-leeds.svg"
    assert downloading.value.failure() is None
    page.unroute("**/files/*")


def test_every_file_opens_in_a_reader_of_its_kind(page: Page, server: str, tmp_path: Path) -> None:
    picture(page, f"{server}/network?focus=scheme/challenges/rising-demand")
    things, lines = counts(page)
    kept = {}
    for name in ("Picture (PNG)", "Picture (SVG)", "Page that moves (HTML)", "GraphML", "GEXF"):
        with page.expect_download() as downloading:
            page.get_by_role("button", name=name).click()
        file = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(file)
        kept[file.suffix] = file
    for read, ending in ((nx.read_graphml, ".graphml"), (nx.read_gexf, ".gexf")):
        graph = read(io.BytesIO(kept[ending].read_bytes()))
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (things, lines)
    alone = page.context.new_page()
    for ending in (".png", ".svg"):
        alone.goto(kept[ending].as_uri())
    assert alone.locator("svg > line").count() >= lines
    alone.goto(kept[".html"].as_uri())
    alone.wait_for_function("typeof network !== 'undefined' && network.body.nodeIndices.length > 1")
    assert alone.evaluate("[nodes.length, edges.length]") == [things, lines]
    assert alone.locator("tbody tr").count() == lines
    alone.close()


def test_ways_are_told_and_drawn(page: Page, server: str) -> None:
    picture(page, f"{server}/network?view=between&focus=case/leeds&to=case/canterbury")
    expect(page.locator(".kg-route")).to_have_count(5)
    counts(page)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert Axe().run(page, options=RULES).response["violations"] == []
