"""The pages while the engine is under attack, or lost: they stay open, and come back by themselves."""

import contextlib
import socket
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from kg.build.store import graph_with_version
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from tests.attacks import ENDLESS
from tests.browser.conftest import started
from tests.browser.looking import opened
from tests.frozen import ROOT
from tests.serving import canary, free_port, oxigraph

# One worker looks at pages, and so one server shows them; the others go on meanwhile.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_pages_open_while_ten_attacks_run(page: Page, server: str) -> None:
    where = urlsplit(server)
    assert where.hostname and where.port
    with contextlib.ExitStack() as attacks:
        crowd = []
        for number in range(10):
            query = quote(f"{ENDLESS['scan']} # {number}")
            connection = attacks.enter_context(socket.create_connection((where.hostname, where.port)))
            connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
            connection.setblocking(False)
            crowd.append(connection)
        page.goto(f"{server}/case?id=canterbury")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Canterbury")
        for connection in crowd:
            with pytest.raises(BlockingIOError):
                connection.recv(1)


def test_a_page_of_another_origin_asks_the_endpoint(page: Page, server: str) -> None:
    with canary() as other:
        page.goto(other.address)
        told = page.evaluate(
            """async (address) => {
              const ask = async (options) => {
                const answer = await fetch(`${address}/sparql`, { method: "POST", ...options });
                return [answer.status, answer.headers.get("ETag"), await answer.text()];
              };
              return [
                await ask({ body: new URLSearchParams({ query: "ASK { ?s ?p ?o }" }) }),
                await ask({
                  headers: { "Content-Type": "application/sparql-query", Accept: "text/csv" },
                  body: "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
                }),
                await ask({ headers: { "Content-Type": "application/sparql-query" }, body: "SELEC" }),
              ];
            }""",
            server,
        )
    (status, tag, text), (_, _, csv), (wrong, _, sentence) = told
    assert (status, wrong) == (200, 400)
    assert tag.startswith('W/"')
    assert '"boolean":true' in text
    assert csv.startswith("n\r\n")
    assert "line 1, column 6" in sentence


def test_page_says_that_the_engine_is_lost_and_comes_back_by_itself(
    page: Page, content: Content, tmp_path: Path
) -> None:
    graph = tmp_path / "graph.nq"
    graph.write_bytes(write_nquads(graph_with_version(content)))
    port = free_port()
    address = f"http://127.0.0.1:{port}/query"
    with contextlib.ExitStack() as engine:
        engine.enter_context(oxigraph(graph, port))
        for explorer in started(ROOT, tmp_path / "log", KG_ENDPOINT=address):
            opened(page, f"{explorer}/compare?case=leeds&case=salford")
            page.locator("summary", has_text="One-page brief").click()
            brief = page.get_by_role("button", name="One-page brief as Markdown")
            engine.close()
            brief.click()
            lost = "The engine that holds the graph cannot be reached"
            expect(page.get_by_role("alert").filter(has_text=lost)).to_be_visible()
            with oxigraph(graph, port):
                with page.expect_download():
                    brief.click()
                expect(page.get_by_role("alert").filter(has_text=lost)).to_have_count(0)
                opened(page, f"{explorer}/case?id=leeds")
                link = page.get_by_role("link", name="One-page brief (Word)")
                with page.expect_download():
                    link.click()
                expect(page.get_by_role("heading", level=1)).to_contain_text("Leeds")
            link.click()
            expect(page.get_by_text(lost)).to_be_visible()
            page.goto(f"{explorer}/case?id=salford")
            expect(page.get_by_text(lost)).to_be_visible()
            with oxigraph(graph, port):
                expect(page.get_by_role("heading", level=1)).to_contain_text("Salford")
