"""The explorer on a port of its own, and a Chromium that looks at it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from kg.graph.content import Content
from tests.frozen import ROOT, built_unchecked

HOSTILE = "<img src=x onerror='document.title=1'> **x** [a](javascript:alert(1)) $x$ :red[x]"
PATIENCE = 30.0
# A machine that runs other tests beside is given more time than Playwright gives by itself.
expect.set_options(timeout=20_000)


@dataclass
class Watch:
    """What a page did that it should not do: asked other hosts, broke our policy, threw an error."""

    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context. A request to another host is never answered."""
        context.route(_is_outside, self._hang)
        context.on("page", self._listen)

    def leave(self, context: BrowserContext) -> None:
        """Watch no more."""
        context.unroute_all(behavior="ignoreErrors")
        context.remove_listener("page", self._listen)

    def _hang(self, route: Route) -> None:
        self.faults.append(f"asked {route.request.url}")

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"threw {error}"))
        page.on("console", self._read)

    def _read(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)


def _is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = [
        path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))
    ]
    if not found:
        reason = "No Chromium was found: install chromium, chromium-browser or google-chrome."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found[0],
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer as it is; started only where there is a browser to look at it."""
    yield from started(ROOT, tmp_path_factory.mktemp("server") / "log")


@pytest.fixture(scope="session")
def hostile_server(
    browser: Browser, content: Content, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The explorer with a case and a story of Leeds whose every text means harm."""
    home = tmp_path_factory.mktemp("hostile")
    for part in (content.ontology, content.data):
        shutil.copytree(part, home / part.name)
    for folder, fewest in (("cases", 9), ("stories", 3)):
        leeds = home / "data" / folder / "leeds.ttl"
        spoilt, places = re.subn(
            r'(prefLabel|question|statement|caveat|sentence) ".*?"@en',
            rf'\1 "{HOSTILE}"@en',
            leeds.read_text(),
        )
        assert places >= fewest
        leeds.write_text(spoilt)
    built_unchecked(Content(home))
    yield from started(ROOT, home / "log", KG_CONTENT=str(home))


def started(home: Path, log: Path, **settings: str) -> Iterator[str]:
    """Start the server, wait until it says that it is well, and end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command, cwd=home, stdout=output, stderr=output, env={**os.environ, **settings}
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            await_health(address, process, log)
            yield address
        finally:
            process.terminate()


def await_health(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/healthz", timeout=5) as answer:
                if json.load(answer)["ok"]:
                    return
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.05)
    pytest.fail(f"The server did not come up. Its log:\n{log.read_text()}")


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One profile for all tests: the files that every page loads are fetched and compiled once."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(20_000)
        yield context


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A page of its own for each test, which fails the test if it asks any other host or throws an error."""
    watch.over(context)
    yield context.new_page()
    for each in context.pages:
        each.close()
    watch.leave(context)
    context.set_offline(False)
    context.clear_permissions()
    context.clear_cookies()
    assert watch.faults == []
