"""Nothing calls home: a server that listens on every address, and a walk through all pages."""

import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app_pages.parts.pages import ADDRESSES
from tests.browser.conftest import await_health
from tests.browser.looking import drawn
from tests.isolation import isolated_server
from tests.serving import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KG = str(Path(sys.executable).with_name("kg"))
INDEX = 600_000
STREAMLIT = [sys.executable, "-m", "streamlit", "run", "app.py"]
# What a page needs in its address to show what it is for; the others need nothing.
SLOTS = {
    "body": "id=canterbury-district-health-board",
    "case": "id=canterbury",
    "claim": "id=one-croydon-4",
    "compare": "case=leeds&case=devon",
    "concept": "id=challenges/limited-resources",
    "factor": "id=surface-and-resolve-conflicts",
    "find": "words=two+trusts+at+war+over+a+fixed+budget",
    "missing": "address=nowhere",
    "network": "focus=case/leeds",
    "place": "id=leeds",
    "practice": "id=make-challenge-safe",
    "query": "example=case-outcomes",
    "session": "difficulty=fixed-budget-dispute",
    "similar": "case=leeds",
    "source": "id=ardern-2019",
    "thing": "id=source/abel-et-al-2018",
}
STRANGE = ("https://elsewhere.example", "http://127.0.0.1:1", "null", "http://[::1", "HTTP://LOCALHOST")
HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.mark.parametrize("way", ["kg serve", "streamlit run"])
def test_no_page_makes_the_server_call_out(way: str, page: Page, tmp_path: Path) -> None:
    port = free_port()
    command = (
        [KG, "serve", "--host", "0.0.0.0", "--port", str(port)]
        if way == "kg serve"
        else [*STREAMLIT, "--server.address", "0.0.0.0", "--server.port", str(port)]
    )
    with isolated_server(tmp_path, command, port) as server:
        await_health(server.address, server.process, tmp_path / "log")
        page.goto(f"{server.address}/find?{SLOTS['find']}")
        # Where no index lies ready, the first search makes one.
        expect(page.locator("a[href*='practice?id=']").first).to_be_visible(timeout=INDEX)
        drawn(page)
        for origin in STRANGE:
            assert handshake(server.address, origin) == "HTTP/1.1 403 Forbidden"
        for name in sorted(ADDRESSES - {"find"} if way == "kg serve" else {"about"}):
            page.goto(f"{server.address}/{name}?{SLOTS.get(name, '')}")
            drawn(page)
    found = server.found
    assert found is not None
    assert (found.attempts, found.written) == ((), ())


def handshake(address: str, origin: str) -> str:
    """Open a websocket as a page from elsewhere would; gives the first line of the answer."""
    host = urlsplit(address).netloc
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port)) as stream:
        stream.sendall(HANDSHAKE.format(host=host, origin=origin).encode())
        return stream.makefile("rb").readline().decode().strip()
