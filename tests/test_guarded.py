"""Queries from outside: each ends, reaches nothing, and is told why it failed."""

import http.server
import os
import threading
from collections.abc import Iterator

import pytest

from kg.engine import Engine, Rows, Truth
from kg.engine.guarded import GuardedEngine
from kg.errors import BadQuery
from kg.terms import expanded

pytestmark = pytest.mark.skipif(
    os.environ.get("CI") != "true" and not hasattr(os, "fork"), reason="needs os.fork"
)

PRODUCT = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes who calls."""
    seen: list[str] = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(self.path)
            body = b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", seen
    server.shutdown()
    server.server_close()


def test_answers_are_those_of_the_engine_inside(world_engine: Engine) -> None:
    query = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert GuardedEngine(world_engine).answer(query) == world_engine.answer(query)
    assert GuardedEngine(world_engine).answer("ASK {}") == Truth(True)


def test_query_ends_at_its_deadline(world_engine: Engine) -> None:
    with pytest.raises(BadQuery, match="took longer than it may"):
        GuardedEngine(world_engine, deadline=0.3).answer(PRODUCT)


def test_query_that_needs_too_much_memory_is_told_so(world_engine: Engine) -> None:
    bomb = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f"
    with pytest.raises(BadQuery, match="too much memory"):
        GuardedEngine(world_engine, deadline=60, memory=1 << 26).answer(bomb)


def test_syntax_is_told_with_its_place(world_engine: Engine) -> None:
    with pytest.raises(BadQuery, match=r"cannot be read: at line 1, column \d+, "):
        GuardedEngine(world_engine).answer("SELEC ?s WHERE {}")


def test_update_is_refused(world_engine: Engine) -> None:
    with pytest.raises(BadQuery, match="cannot be read"):
        GuardedEngine(world_engine).answer("DELETE WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("spelling", ["SERVICE", "service SILENT", "\\u0053ERVICE"])
def test_no_query_reaches_another_host(
    spelling: str, world_engine: Engine, visits: tuple[str, list[str]]
) -> None:
    address, seen = visits
    query = f"SELECT * WHERE {{ {spelling} <{address}> {{ ?s ?p ?o }} }}"
    try:
        GuardedEngine(world_engine).answer(query)
    except BadQuery as error:
        assert str(error)
    assert seen == []


def test_without_the_guard_the_host_is_reached(world_engine: Engine, visits: tuple[str, list[str]]) -> None:
    """The canary sings: what the guard stops would otherwise happen."""
    address, seen = visits
    world_engine.answer(f"SELECT * WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
    assert seen == ["/"]


def test_a_query_that_names_its_graphs_gets_those(world_engine: Engine) -> None:
    graph = expanded("graph:ontology")
    everything, one, none = (
        world_engine.answer(f"SELECT (COUNT(*) AS ?n) {clause} WHERE {{ ?s ?p ?o }}")
        for clause in ("", f"FROM <{graph}>", "from <https://example.org/none>")
    )
    inside = world_engine.answer(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert one == inside
    assert one != everything
    assert isinstance(none, Rows)
    assert [str(row[0]) for row in none.rows] == ["0"]


def test_the_word_service_in_a_text_is_no_service(world_engine: Engine) -> None:
    answer = GuardedEngine(world_engine).answer('SELECT ("SERVICE" AS ?word) WHERE {} # SERVICE')
    assert isinstance(answer, Rows)
    assert [str(row[0]) for row in answer.rows] == ["SERVICE"]
