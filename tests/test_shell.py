"""What we add to the page that Streamlit gives every browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from kg.web import shell

STATIC = Path(streamlit.__file__).parent / "static"
NOTE = 'id="kg-no-connection"'


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Streamlit's own files behind ours, compressed within as Streamlit does."""
    routes = [*shell.routes(), *create_streamlit_static_assets_routes("")]
    middleware = [
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(shell.Shell, pages=["about"]),
        Middleware(GZipMiddleware, minimum_size=500),
    ]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/about"])
def test_every_page_says_what_it_needs(client: TestClient, path: str) -> None:
    text = client.get(path).text
    original = (STATIC / "index.html").read_text()
    assert text.count(NOTE) == 1
    assert text.index(NOTE) > text.index('<div id="root">')
    assert text.count("<noscript>") == 1 and "need JavaScript" in text
    assert "You need to enable JavaScript" in original and "You need to enable" not in text
    british = original.replace('<html lang="en">', '<html lang="en-GB">')
    assert british != original
    assert british[: british.index("<noscript>")] == text[: text.index("<noscript>")]
    assert client.get("/connection.js").headers["content-type"].startswith("text/javascript")
    assert "kg-no-connection" in client.get("/connection.js").text


def test_a_page_is_sent_whole_to_whoever_holds_the_old_one(client: TestClient) -> None:
    answer = client.get("/")
    assert not {"etag", "last-modified"} & answer.headers.keys()
    again = client.get(
        "/", headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "Range": "bytes=0-9"}
    )
    assert (again.status_code, again.text) == (200, answer.text)


def test_a_page_asked_for_its_head_alone_has_no_body(client: TestClient) -> None:
    answer = client.head("/about")
    assert (answer.status_code, answer.content) == (200, b"")


def test_other_files_stay_as_they_are(client: TestClient) -> None:
    script = next((STATIC / "static" / "js").glob("index.*.js"))
    answer = client.get(f"/static/js/{script.name}")
    assert answer.content == script.read_bytes()
    assert "etag" in answer.headers
