"""Behind nginx, with the lines of docs/running.md: on another port, below a path, before two instances."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect
from websockets import Origin
from websockets.sync.client import connect

from tests.browser.conftest import started
from tests.browser.looking import case_links, drawn, opened
from tests.frozen import ROOT
from tests.serving import PATIENCE, await_answer, free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DOCS = (ROOT / "docs" / "running.md").read_text()
BASE = "/explorer"
ALL = "SELECT * WHERE { ?s ?p ?o }"
BROWSER = {"Accept": "text/html"}


def documented() -> tuple[str, str]:
    """Give the lines for `http` and the server, as they are documented."""
    shared, server = re.findall(r"^```nginx\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL)
    return shared, server


def below(lines: str) -> str:
    """Change the server as the part on paths says."""
    said = DOCS[DOCS.index("### Below a path") :]
    for place in ("location /", "location /sparql", "location = /_stcore/metrics"):
        path = place.rpartition(" ")[2]
        changed = f"{place.removesuffix(path)}{BASE}{path}"
        assert f"`{changed}`" in said
        assert f"{place} {{" in lines
        lines = lines.replace(f"{place} {{", f"{changed} {{")
    return lines


@contextlib.contextmanager
def nginx(folder: Path, port: int, shared: str, server: str, instances: Sequence[str]) -> Iterator[str]:
    """Run nginx on a port before instances of the explorer; gives its address."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None:
        reason = "nginx was not found: install nginx-light."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    ours = "".join(f"    server {urlsplit(each).netloc};\n" for each in instances)
    assert "    server 127.0.0.1:8501;\n" in shared and "listen 443 ssl;" in server
    shared = shared.replace("    server 127.0.0.1:8501;\n", ours)
    shared = shared.replace("/var/log/nginx/explorer.log", str(folder / "access.log"))
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    server = re.sub(r"^ *ssl_certificate.*\n", "", server, flags=re.MULTILINE)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{temporary}{shared}{server}}}\n"
    )
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            await_answer(address)
            yield address
        finally:
            process.terminate()


def asked(address: str, path: str, **headers: str) -> httpx2.Response:
    return httpx2.get(f"{address}{path}", headers=headers, timeout=PATIENCE, follow_redirects=False)


def test_all_works_on_another_port(page: Page, server: str, tmp_path: Path) -> None:
    with nginx(tmp_path, free_port(), *documented(), [server]) as address:
        opened(page, address)
        expect(case_links(page).first).to_be_visible()
        page.locator(".kg-cases h3").get_by_role("link", name="Devon").click()
        expect(page).to_have_url(f"{address}/case?id=devon")
        drawn(page)
        expect(page.locator("#kg-no-connection")).to_be_hidden()
        assert asked(address, "/_stcore/metrics").status_code == 403
        query = {"query": ALL, "format": "csv"}
        with httpx2.stream("GET", f"{address}/sparql", params=query, timeout=PATIENCE) as answer:
            assert "content-length" not in answer.headers
            through = answer.read()
        assert through == httpx2.get(f"{server}/sparql", params=query, timeout=PATIENCE).content
        assert f"{address}/about" in asked(address, "/changes.atom").text
    log = (tmp_path / "access.log").read_text()
    assert "/sparql" in log and "SELECT" not in log


def test_one_who_asks_too_much_is_slowed_and_pages_go_on(server: str, tmp_path: Path) -> None:
    shared, lines = documented()
    burst = int(re.findall(r"zone=explorer_queries burst=(\d+)", lines)[0])
    # A rate at which nothing drains while the test runs, however long it takes.
    shared, changed = re.subn(r"(zone=explorer_queries:10m rate=)\d+r/s", r"\g<1>1r/m", shared)
    assert changed == 1
    with nginx(tmp_path, free_port(), shared, lines, [server]) as address:
        ask = "/sparql?query=ASK%7B%7D"
        answers = [asked(address, ask).status_code for _ in range(burst + 1)]
        assert set(answers) == {200}
        assert {asked(address, ask).status_code for _ in range(3)} >= {429}
        assert asked(address, "/about", **BROWSER).status_code == 200


def test_an_office_with_many_open_pages_can_still_ask(server: str, tmp_path: Path) -> None:
    shared, lines = documented()
    most = int(re.findall(r"limit_conn explorer_asking (\d+)", lines)[0])
    with nginx(tmp_path, free_port(), shared, lines, [server]) as address, contextlib.ExitStack() as pages:
        stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
        for _ in range(most + 1):
            pages.enter_context(connect(stream, origin=Origin(address)))
        assert asked(address, "/sparql?query=ASK%7B%7D").status_code == 200


def test_a_page_says_that_something_blocks_its_connection(page: Page, server: str, tmp_path: Path) -> None:
    shared, lines = documented()
    blocked, changed = re.subn(
        r"^ *proxy_set_header (Upgrade|Connection) .*\n", "", lines, flags=re.MULTILINE
    )
    assert changed == 2
    with nginx(tmp_path, free_port(), shared, blocked, [server]) as address:
        page.goto(f"{address}/compare")
        note = page.locator("#kg-no-connection")
        expect(note).to_be_visible()
        expect(note).to_contain_text("Search, Compare, Sessions and other tools need a live connection")
        expect(note).to_contain_text("something blocks it, often a proxy")
        expect(note).to_contain_text("You can read every page without one.")
        page.get_by_role("link", name="Cases").click()
        page.locator(".kg-cases h3").get_by_role("link", name="Devon").click()
        expect(page).to_have_url(f"{address}/case?id=devon")
        expect(page.locator(".kg-answer")).to_be_visible()
        page.locator("#group-situation > summary").click()
        page.locator("#group-situation").get_by_role("link", name="Where it says so").first.click()
        expect(page.get_by_role("heading", name="Where it says so")).to_be_visible()


@dataclass(frozen=True)
class BelowAPath:
    """An explorer that is told its public address: nginx on that port, and a path."""

    server: str
    port: int
    public: str


@pytest.fixture(scope="module")
def below_a_path(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BelowAPath]:
    port = free_port()
    public = f"http://127.0.0.1:{port}{BASE}"
    with running(tmp_path_factory.mktemp("below"), KG_PUBLIC_ADDRESS=public) as server:
        yield BelowAPath(server, port, public)


@pytest.mark.parametrize("passed_on", ["whole", "without the path"])
def test_all_works_below_a_path(passed_on: str, below_a_path: BelowAPath, page: Page, tmp_path: Path) -> None:
    public = below_a_path.public
    shared, lines = documented()
    lines = below(lines)
    if passed_on != "whole":
        lines, changed = re.subn(
            r"(location (\S+) \{[^}]*proxy_pass http://explorer);",
            lambda found: f"{found[1]}{found[2].removeprefix(BASE)};",
            lines,
        )
        assert changed == 2
    with nginx(tmp_path, below_a_path.port, shared, lines, [below_a_path.server]) as address:
        opened(page, f"{address}{BASE}")
        page.locator(".kg-cases h3").get_by_role("link", name="Devon").click()
        expect(page).to_have_url(f"{public}/case?id=devon")
        drawn(page)
        for path in (
            "/query",
            "/network?focus=case/leeds",
            "/about",
            "/vocabulary",
            "/case/leeds",
            "/nowhere",
        ):
            page.goto(f"{address}{BASE}{path}")
            # Where there is no page, Streamlit has nothing to take over.
            if path != "/nowhere":
                drawn(page)
            links = page.evaluate("[...document.links].map(link => link.href)")
            ours = [each for each in links if each.startswith(f"{address}/")]
            assert ours and [each for each in ours if not each.startswith(f"{public}/")] == []
            assert page.url.startswith(f"{public}/")
        opened(page, f"{public}/network?focus=case/leeds")
        expect(page.locator(".kg-canvas canvas")).to_be_visible()
        for path in ("/download/", "/ask/", "/sparql?query=ASK%7B%7D", "/healthz", "/dataset.ttl"):
            assert asked(address, BASE + path).status_code == 200
        listed = [each["address"] for each in asked(address, f"{BASE}/download/").json()]
        assert listed and asked(address, listed[0]).status_code == 200
        page.goto(f"{public}/download/")
        targets = page.evaluate("[...document.links].map(link => link.pathname)")
        assert targets and all(each.startswith(f"{BASE}/") for each in targets)
        led = asked(address, f"{BASE}/case/leeds", **BROWSER)
        assert (led.status_code, led.headers["location"]) == (303, f"{BASE}/case?id=leeds")
        feed = ElementTree.fromstring(asked(address, f"{BASE}/changes.atom").content)
        named = [each.attrib["href"] for each in feed.iter("{http://www.w3.org/2005/Atom}link")]
        assert named and all(each.startswith(f"{public}/") for each in named)
        opened(page, f"{public}/session?difficulty=fixed-budget-dispute")
        page.get_by_text("In the room: a page for the wall").click()
        link = page.get_by_role("link", name="For you, with notes")
        expect(link).to_be_visible()
        assert link.evaluate("link => link.href").startswith(f"{public}/room?")
        page.goto(link.evaluate("link => link.href"))
        expect(page.get_by_role("heading").first).to_be_visible()


def test_each_visitor_stays_with_one_of_two_instances(page: Page, server: str, tmp_path: Path) -> None:
    shared, lines = documented()
    lines = lines.replace(
        "proxy_buffering off;", "proxy_buffering off;\n    add_header X-Instance $upstream_addr;"
    )
    visitors = [f"127.0.0.{number}" for number in range(2, 30)]

    def instance(address: str, visitor: str) -> str:
        with httpx2.Client(transport=httpx2.HTTPTransport(local_address=visitor)) as client:
            answer = client.get(f"{address}/healthz", timeout=PATIENCE)
            assert answer.status_code == 200
            # After an instance that did not answer, nginx names the one that did.
            return str(answer.headers["x-instance"]).rpartition(", ")[2]

    with contextlib.ExitStack() as stack:
        other = stack.enter_context(contextlib.ExitStack())
        second = other.enter_context(running(tmp_path))
        address = stack.enter_context(nginx(tmp_path, free_port(), shared, lines, [server, second]))
        at_first = {visitor: instance(address, visitor) for visitor in visitors}
        assert set(at_first.values()) == {urlsplit(server).netloc, urlsplit(second).netloc}
        assert {visitor: instance(address, visitor) for visitor in visitors} == at_first
        opened(page, f"{address}/case?id=leeds")
        other.close()
        assert {instance(address, visitor) for visitor in visitors} == {urlsplit(server).netloc}
        opened(page, f"{address}/case?id=devon")


@contextlib.contextmanager
def running(folder: Path, **settings: str) -> Iterator[str]:
    """Run the explorer; gives its address."""
    yield from started(ROOT, folder / "log", **settings)
