"""What we put into the page that Streamlit gives every browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient
from starlette.types import Scope
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from kg.web.shell import Frame, Shell

STATIC = Path(streamlit.__file__).parent / "static"
LATE = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "Range": "bytes=0-9"}


async def framed(scope: Scope) -> Frame:
    """Return a frame that names the address; nothing lies at `/gone`."""
    query = scope["query_string"].decode()
    return Frame(
        head=f"<title>Page {query}</title>",
        before=f"<main>Read {query}</main>",
        after="<footer>Ours</footer>",
        status=404 if scope["path"] == "/gone" else 200,
    )


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Streamlit's own files behind ours, compressed within as Streamlit does."""
    middleware = [
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(Shell, pages=["about", "gone"], frame=framed),
        Middleware(GZipMiddleware, minimum_size=500),
    ]
    app = Starlette(routes=create_streamlit_static_assets_routes(""), middleware=middleware)
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/about"])
def test_the_page_stands_in_the_first_answer(client: TestClient, path: str) -> None:
    text = client.get(f"{path}?a=1").text
    original = (STATIC / "index.html").read_text()
    assert "<title>Streamlit</title>" in original
    assert text.count("<title>") == text.count("<title>Page a=1</title>") == 1
    assert text.index("<main>Read a=1</main>") < text.index('<div id="root">') < text.index("<footer>Ours")
    assert "You need to enable JavaScript" in original and "You need to enable" not in text
    assert '<html lang="en-GB">' in text


def test_a_page_is_sent_whole_to_whoever_holds_streamlits_own(client: TestClient) -> None:
    answer = client.get("/")
    assert "last-modified" not in answer.headers
    again = client.get("/", headers=LATE)
    assert (again.status_code, again.text) == (200, answer.text)


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/about?a=1").headers["etag"]
    assert client.get("/about?a=1", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/about?a=2", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/about?a=2").headers["etag"] != tag


def test_where_nothing_lies_the_status_says_so(client: TestClient) -> None:
    answer = client.get("/gone")
    assert (answer.status_code, "<main>Read </main>" in answer.text) == (404, True)


def test_a_page_asked_for_its_head_alone_has_no_body(client: TestClient) -> None:
    answer = client.head("/about")
    assert (answer.status_code, answer.content) == (200, b"")


def test_other_files_stay_as_they_are(client: TestClient) -> None:
    script = next((STATIC / "static" / "js").glob("index.*.js"))
    answer = client.get(f"/static/js/{script.name}")
    assert answer.content == script.read_bytes()
    assert "etag" in answer.headers
