"""Reading pages as they are served: beside a static file server, and on a phone with a slow connection."""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import click
import httpx2
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.report import table, write
from benchmarks.servers import HOME, empty_page, product, static_files
from kg.build.pipeline import GRAPH_FILE

_ROUNDS = 60
_PHONE = {"width": 390, "height": 844}
# What Lighthouse calls a fast 3G connection: bytes a second down and up, milliseconds there and back.
_FAST_3G = {"offline": False, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8, "latency": 150}
_LONGEST = 60_000
# One of each kind of reading page.
READ = {
    "home": "",
    "case": "case?id=canterbury",
    "factor": "factor?id=surface-and-resolve-conflicts",
    "practice": "practice?id=make-challenge-safe",
    "statement": "claim?id=leeds-1",
    "document": "source?id=ardern-2019",
    "about": "about",
}


@click.command()
@click.option("--browser", "found", default="/usr/bin/chromium", show_default=True, help="A Chromium.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def main(found: str, out: Path | None) -> None:
    """Ask for each kind of reading page, and for the same bytes from a static file server."""
    served: list[dict[str, object]] = []
    slow: list[dict[str, object]] = []
    with (
        tempfile.TemporaryDirectory() as name,
        product((HOME / "build" / GRAPH_FILE).resolve(), Path(name)) as ours,
        empty_page(Path(name)) as empty,
        static_files(Path(name) / "static") as plain,
        opened(found) as browser,
    ):
        base = _root(ours.address)
        for kind, path in READ.items():
            page = httpx2.get(f"{base}/{path}", headers={"Accept-Encoding": "identity"}).content
            (Path(name) / "static" / f"{kind}.html").write_bytes(page)
            here, there = answered(f"{base}/{path}"), answered(f"{_root(plain.address)}/{kind}.html")
            served.append(
                {
                    "page": kind,
                    "KB": len(page) / 1e3,
                    "ms": here * 1e3,
                    "static ms": there * 1e3,
                    "page / static": here / there,
                }
            )
            slow.append({"page": kind, **seen(browser, f"{base}/{path}", "#kg-served h1")})
        slow.append({"page": "an empty Streamlit page", **seen(browser, _root(empty.address), "#root h1")})
    click.echo(table(served))
    click.echo(table(slow))
    if out:
        write(out, {"served": served, "fast 3G": slow})


@contextlib.contextmanager
def opened(found: str) -> Iterator[Browser]:
    """Start a Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def _root(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def answered(address: str) -> float:
    """Return the median seconds until an address has answered whole, over one connection."""
    took = []
    with httpx2.Client() as client:
        for _ in range(_ROUNDS):
            begun = time.perf_counter()
            client.get(address).raise_for_status()
            took.append(time.perf_counter() - begun)
    return statistics.median(took[5:])


def seen(browser: Browser, address: str, useful: str) -> dict[str, object]:
    """Open a page as a phone does that was never there.

    Returns:
        Seconds until its content is seen, kilobytes until then, and seconds until Streamlit has it.
    """
    with contextlib.closing(browser.new_context(viewport=_PHONE)) as context:  # type: ignore[arg-type]
        page = context.new_page()
        received = _counted(page)
        begun = time.perf_counter()
        page.goto(address, wait_until="commit", timeout=_LONGEST)
        page.locator(useful).first.wait_for(timeout=_LONGEST)
        first, until = time.perf_counter() - begun, received[0]
        page.locator("[data-test-script-state=notRunning]").wait_for(timeout=_LONGEST)
        return {"seen s": first, "KB until seen": until / 1e3, "Streamlit s": time.perf_counter() - begun}


def _counted(page: Page) -> list[float]:
    """Slow a page's connection down, and count what comes over it."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _FAST_3G)
    received = [0.0]

    def add(event: dict[str, float]) -> None:
        received[0] += event["encodedDataLength"]

    session.on("Network.dataReceived", add)
    return received


if __name__ == "__main__":
    main()
