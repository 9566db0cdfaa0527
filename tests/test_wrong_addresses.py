"""An address without a page leads to the page that says so."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app_pages.parts.pages import ADDRESSES, MISSING, TITLES
from kg.web.wrong_addresses import WrongAddresses
from tests.pages import html, links, opened

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    def shell(_: Request) -> HTMLResponse:
        return HTMLResponse("<title>whatever page it is</title>")

    ours = [Route("/sparql", shell)]
    guard = Middleware(WrongAddresses, pages=ADDRESSES, routes=ours, missing=MISSING)
    app = Starlette(routes=[*ours, Route("/{rest:path}", shell)], middleware=[guard])
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/nope", "/canterbury", "/case/leeds", "/nope/", "/<b>"])
def test_a_browser_is_led_to_a_real_404(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{MISSING}?address=")
    assert "<" not in answer.headers["location"]
    assert client.get(answer.headers["location"], headers=BROWSER).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/_stcore/health", "/nope/_stcore/stream", "/static/js/a.js", "/favicon.png"]
)
def test_what_is_answered_stays(client: TestClient, path: str) -> None:
    assert client.get(path, headers=BROWSER).status_code == 200


def test_every_page_stays_and_programs_are_not_led(client: TestClient) -> None:
    for name in ADDRESSES - {MISSING[1:]}:
        assert client.get(f"/{name}?id=x", headers=BROWSER).status_code == 200
    assert client.get("/nope", headers={"Accept": "text/turtle"}).status_code == 200
    assert client.post("/nope", headers=BROWSER).status_code == 405


@pytest.mark.parametrize(
    ("wanted", "offered"), [("canterbry", "canterbury"), ("abuot", "about"), ("case/leeds", "leeds")]
)
def test_the_page_offers_the_nearest(wanted: str, offered: str) -> None:
    tester = opened("missing.py", address=wanted)
    assert tester.title[0].value == "There is no such page"
    if offered in TITLES:
        assert (TITLES[offered], offered) in {(label, page) for label, page, _ in links(tester)}
    else:
        assert f"id={offered}" in {query for _, _, query in links(tester)}


def test_markup_in_an_address_stays_text() -> None:
    text = html(opened("missing.py", address="<img src=x onerror=alert(1)>"))
    assert "<img" not in text
    assert "&lt;img" in text
