"""An engine elsewhere: slow readers, deadlines, and functions that reach beyond the graph."""

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat

import pytest

from kg.engine import QueryForm, QueryRequest, ResultType
from kg.engine.limits import Limits
from kg.engine.outline import schemes_named
from kg.engine.profiles import profile_of
from kg.engine.remote import Endpoint, RemoteEngine
from kg.errors import Forbidden, TooCostly, Unreachable
from tests.asking import finished

PART = b"x" * (1 << 16)
QUERY = QueryRequest("SELECT * { ?s ?p ?o }", QueryForm.SELECT, ResultType.CSV)


@pytest.fixture
def slow() -> Iterator[str]:
    """An engine that calls itself Oxigraph, gives one part at once and the next when the test has ended."""
    yield from served("text/csv", [PART], 2 * len(PART))


@pytest.fixture
def dripping() -> Iterator[str]:
    """An engine that gives one byte after the other, and never comes to an end."""
    yield from served(ResultType.JSON, repeat(b" "), 1 << 40)


@pytest.fixture
def foreign() -> Iterator[str]:
    """A server that is no engine."""
    page = b"<html>Welcome</html>"
    yield from served("text/html", [page], len(page))


def served(kind: str, parts: Iterable[bytes], length: int) -> Iterator[str]:
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def version_string(self) -> str:
            return "Oxigraph"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            with suppress(ConnectionError):
                for part in parts:
                    self.wfile.write(part)
            over.wait()
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        over.set()
        server.shutdown()
        thread.join()


def test_a_reader_that_is_slower_than_the_deadline_is_told_so_and_never_cancelled(slow: str) -> None:
    engine = RemoteEngine(Endpoint(slow), Limits(deadline=0.5))

    async def read() -> None:
        delivery = await engine.stream(QUERY)
        assert delivery.first == PART
        parts = delivery.chunks()
        # The deadline passes while nobody reads.
        await asyncio.sleep(1.0)
        with pytest.raises(TooCostly, match=r"longer than 0\.5 seconds"):
            await anext(parts)
        assert not delivery.complete
        for _ in range(2):
            await delivery.close()
        assert engine._admission.running == 0
        await engine.leave()

    finished(read())
    engine.close()


@pytest.mark.parametrize(
    ("query", "reaches"),
    [
        ("SELECT * { ?s ?p ?o FILTER(bif:now() > 1) }", True),
        ("SELECT * { ?s ?p ?o FILTER(<bif:now>() > 1) }", True),
        ("SELECT * { ?s ?p ?o FILTER(BIF:now() > 1) }", True),
        (r"SELECT * { ?s ?p ?o FILTER(\u0062if:now() > 1) }", True),
        ("SELECT * { ?s ?p ?o FILTER(sql:x() > 1) }", True),
        ("PREFIX mysql: <http://a/> SELECT * { ?s mysql:p ?o }", False),
        ('SELECT * { ?s ?p "SQL:1999, bif:now" } # bif:now()', False),
        ("SELECT * { ?s ?p ?sql }", False),
    ],
)
def test_functions_that_reach_beyond_the_graph_are_told_from_words(query: str, reaches: bool) -> None:
    assert bool(schemes_named(query) & {"bif", "sql"}) == reaches


def test_such_a_function_is_forbidden(slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    virtuoso = profile_of({"server": "Virtuoso"})
    monkeypatch.setattr("kg.engine.remote.profile_of", lambda headers: virtuoso)
    engine = RemoteEngine(Endpoint(slow))

    async def ask() -> None:
        with pytest.raises(Forbidden, match="begin with sql: are not available"):
            text = "PREFIX sql: <sql:> SELECT * { ?s sql:x ?o }"
            await engine.stream(QueryRequest(text, QueryForm.SELECT, ResultType.CSV))
        await engine.leave()

    finished(ask())
    engine.close()


def test_an_engine_that_never_comes_to_an_end_is_waited_for_no_longer_than_it_may(dripping: str) -> None:
    engine = RemoteEngine(Endpoint(dripping), Limits(for_pages=0.2))
    with pytest.raises(TooCostly, match=r"longer than 0\.2 seconds"):
        engine.answer(QUERY.query)
    engine.close()
    engine = RemoteEngine(Endpoint(dripping), Limits(answer=1000))
    with pytest.raises(TooCostly, match="larger than it may be"):
        engine.answer(QUERY.query)
    engine.close()


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_an_answer_of_something_else_is_no_fault_of_the_query(query: str, foreign: str) -> None:
    engine = RemoteEngine(Endpoint(foreign), Limits())
    with pytest.raises(Unreachable, match=r"does not speak SPARQL|answer cannot be read"):
        engine.answer(query)
    engine.close()
