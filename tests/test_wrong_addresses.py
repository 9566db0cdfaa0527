"""At an address without a page stands a page that says so, and its status is 404."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from app_pages import serving
from app_pages.parts.pages import ADDRESSES
from kg.web.wrong_addresses import WrongAddresses
from tests.pages import html, opened


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    def shell(_: Request) -> HTMLResponse:
        return HTMLResponse("<title>whatever page it is</title>")

    async def nothing(_: Request) -> Response:
        return HTMLResponse("nothing here", 404)

    ours = [Route("/sparql", shell)]
    guard = Middleware(WrongAddresses, pages=ADDRESSES, routes=ours, nothing=nothing)
    app = Starlette(routes=[*ours, Route("/{rest:path}", shell)], middleware=[guard])
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("accept", ["text/html", "*/*", "text/turtle"])
@pytest.mark.parametrize("path", ["/nope", "/canterbury", "/case/leeds", "/nope/", "/<b>"])
def test_everyone_gets_a_real_404(client: TestClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.text) == (404, "nothing here")


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/_stcore/health", "/nope/_stcore/stream", "/static/js/a.js", "/favicon.png"]
)
def test_what_is_answered_stays(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_every_page_stays_and_what_is_sent_is_left_alone(client: TestClient) -> None:
    assert all(client.get(f"/{name}?id=x").status_code == 200 for name in ADDRESSES)
    assert client.post("/nope").status_code == 405


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [("canterbry", "case?id=canterbury"), ("abuot", "about"), ("case/leeds", "case?id=leeds")],
)
def test_the_page_offers_the_nearest(wanted: str, offered: str) -> None:
    text = html(opened("missing.py", address=wanted))
    assert "There is no such page" in text
    assert f'href="{offered}"' in text


def test_markup_in_an_address_stays_text() -> None:
    text = html(opened("missing.py", address="<img src=x onerror=alert(1)>"))
    assert "<img" not in text
    assert "&lt;img" in text


def test_the_answer_is_a_whole_page_below_any_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "https://cases.example.org/explorer")
    app = Starlette(middleware=[Middleware(WrongAddresses, pages=[], routes=[], nothing=serving.nothing)])
    with TestClient(app) as client:
        answer = client.get("/a/b/canterbry")
    assert answer.status_code == 404
    assert '<base href="/explorer/" />' in answer.text
    assert 'href="case?id=canterbury"' in answer.text
    assert 'id="root"' not in answer.text
