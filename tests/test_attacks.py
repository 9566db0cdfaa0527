"""Attacks over HTTP on our own engine, each beside what it does where nothing guards against it."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import pytest

from kg.build.store import graph_with_version
from kg.engine.embedded import EmbeddedEngine
from kg.engine.limits import Limits
from kg.engine.outline import outline_of
from kg.errors import BadQuery
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from tests.attacks import ENDLESS, FETCHING, GREEDY, NESTED, UNGUARDED, program
from tests.serving import Canary, Fixed, canary, served

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# Time enough to show that a query does not end by itself, and little enough to wait for.
A_WHILE = 1.0
ROOM = 3 << 30

# No test waits so long unless it fails.
LONG = 60.0

pytestmark = pytest.mark.xdist_group("attacks")


@pytest.fixture(scope="module")
def graph(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("attacked") / "graph.nq"
    path.write_bytes(write_nquads(graph_with_version(content)))
    return path


@pytest.fixture(scope="module")
def engine(graph: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(
        graph, Limits(deadline=A_WHILE, memory=256 << 20, answer=3_000_000, running=12, waiting=2)
    )
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def endpoint(engine: EmbeddedEngine) -> Iterator[str]:
    with served(Fixed(engine)) as address:
        yield address


@pytest.fixture(scope="module")
def patient(graph: Path) -> Iterator[EmbeddedEngine]:
    """An engine that ends no query before its test has ended."""
    engine = EmbeddedEngine(graph, Limits(deadline=LONG, running=14, waiting=2, patience=0.1))
    yield engine
    engine.close()


@pytest.fixture
def held(patient: EmbeddedEngine) -> Iterator[str]:
    """An endpoint at which ten queries run that do not end before their clients go."""
    with served(Fixed(patient)) as address:
        with contextlib.ExitStack() as crowd:
            clients = [
                crowd.enter_context(asked(address, f"{ENDLESS[('scan', 'filter')[n % 2]]} # {n}"))
                for n in range(10)
            ]
            await_running(patient, 10)
            yield address
            for each in clients:
                each.setblocking(False)
                with pytest.raises(BlockingIOError):
                    each.recv(1)
        await_running(patient, 0)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    limits = httpx2.Limits(max_connections=100)
    with httpx2.Client(timeout=30, trust_env=False, limits=limits) as client:
        yield client


@pytest.fixture
def bird() -> Iterator[Canary]:
    with canary() as bird:
        yield bird


def post(client: httpx2.Client, endpoint: str, query: str) -> httpx2.Response:
    return client.post(endpoint, content=query.encode(), headers={"Content-Type": "application/sparql-query"})


@contextlib.contextmanager
def asked(endpoint: str, query: str) -> Iterator[socket.socket]:
    """Ask by hand, and leave the answer unread."""
    where = urlsplit(endpoint)
    assert where.hostname and where.port
    with socket.create_connection((where.hostname, where.port), timeout=LONG) as connection:
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        yield connection


def is_well(client: httpx2.Client, endpoint: str) -> bool:
    return post(client, endpoint, COUNT + f" # {time.monotonic()}").status_code == 200


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_query_is_ended_and_its_processor_is_free_again(
    name: str, endpoint: str, client: httpx2.Client
) -> None:
    response = post(client, endpoint, ENDLESS[name])
    assert response.status_code == 503
    assert "took longer than 1 second" in response.text or "too much memory" in response.text
    assert "retry-after" not in response.headers
    assert is_well(client, endpoint)
    assert busy_workers() == []


def busy_workers() -> list[int]:
    """Give the processes below this one that go on using a processor."""
    before = used()
    time.sleep(0.2)
    return [process for process, ticks in used().items() if ticks > before.get(process, ticks) + 5]


def used() -> dict[int, int]:
    """Give the ticks of processor time of each process below this one."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            parents[int(stat.parent.name)] = int(fields[1])
            ticks[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
    return {process: ticks[process] for process in parents if os.getpid() in ancestors(process, parents)}


def ancestors(process: int, parents: dict[int, int]) -> Iterator[int]:
    while (process := parents.get(process, 0)) > 1:
        yield process


@pytest.mark.parametrize("name", GREEDY)
def test_a_query_that_wants_all_memory_is_told_so(name: str, endpoint: str, client: httpx2.Client) -> None:
    response = post(client, endpoint, GREEDY[name])
    assert response.status_code == 503
    assert "too much memory" in response.text or "took longer" in response.text
    assert is_well(client, endpoint)


def test_without_the_guard_they_go_on_and_on(graph: Path, tmp_path: Path) -> None:
    def shown(name: str, query: str) -> tuple[str, str]:
        file = tmp_path / f"{name}.rq"
        file.write_text(query)
        with subprocess.Popen(
            program(UNGUARDED, str(graph), str(file), str(ROOM)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as running:
            assert running.stdout and running.stdout.readline() == b"begun\n"
            try:
                said, _ = running.communicate(timeout=A_WHILE)
            except subprocess.TimeoutExpired:
                running.kill()
                return name, "runs on"
        return name, "answered" if b"answered" in said else f"died ({running.returncode})"

    with ThreadPoolExecutor(4) as several:
        ends = dict(several.map(lambda item: shown(*item), {**ENDLESS, **GREEDY}.items()))
    assert set(ends) == {*ENDLESS, *GREEDY}
    assert "answered" not in ends.values(), ends
    assert all(ends[name] == "runs on" for name in ENDLESS), ends


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_refused(name: str, endpoint: str, client: httpx2.Client) -> None:
    response = post(client, endpoint, NESTED[name])
    assert response.status_code == 400
    assert "nested too deeply" in response.text
    assert is_well(client, endpoint)


def test_without_the_guard_deep_nesting_kills_the_process(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "nested.rq"
    file.write_text(NESTED["groups"])
    ran = subprocess.run(
        program(UNGUARDED, str(graph), str(file), str(ROOM)), capture_output=True, timeout=60, check=False
    )
    assert ran.returncode < 0


def test_nothing_outside_is_ever_reached(
    endpoint: str, client: httpx2.Client, bird: Canary, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://a/s> <http://a/p> 'the secret' .")
    place = bird.address
    for query in (
        f"SELECT * {{ SERVICE <{place}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent <{place}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\u0053ERVICE <{place}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE#\n<{place}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?where {{ <{place}> }} SERVICE ?where {{ ?s ?p ?o }} }}",
        f"ASK {{ FILTER EXISTS {{ SERVICE <{place}> {{ ?s ?p ?o }} }} }}",
        f"SELECT * FROM <{place}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{place}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * FROM <file://{secret}> {{ ?s ?p ?o }}",
        f"SELECT * {{ GRAPH <file://{secret}> {{ ?s ?p ?o }} }}",
        f"LOAD <{place}>",
        f"LOAD <file://{secret}> INTO GRAPH <x:y>",
        f"INSERT {{ <x:a> <x:b> <x:c> }} WHERE {{ SERVICE <{place}> {{ ?s ?p ?o }} }}",
    ):
        for answer in (
            post(client, endpoint, query),
            client.get(endpoint, params={"query": query}),
            client.post(endpoint, data={"query": query}),
            client.post(endpoint, data={"update": query}),
        ):
            assert answer.status_code in {200, 400, 403}, query
            assert "the secret" not in answer.text
            assert answer.status_code != 200 or answer.json()["results"]["bindings"] == []
    everything = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for graph in (place, f"file://{secret}"):
        for slot in ("default-graph-uri", "named-graph-uri"):
            answer = client.get(endpoint, params={"query": everything, slot: graph})
            assert answer.json()["results"]["bindings"] == []
    assert bird.visits == []


def test_inside_a_worker_even_a_call_that_no_word_betrays_reaches_nothing(
    engine: EmbeddedEngine, bird: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of a query are looked at for good messages; the fence does not depend on them."""
    monkeypatch.setattr("kg.engine.outline.validated_outline", outline_of)
    with pytest.raises(BadQuery, match=r"cannot be answered"):
        engine.answer(f"SELECT * {{ SERVICE <{bird.address}> {{ ?s ?p ?o }} }}")
    assert bird.visits == []
    unfenced = EmbeddedEngine(None, closed=False)
    try:
        with pytest.raises(BadQuery, match=r"cannot be answered"):
            unfenced.answer(f"SELECT * {{ SERVICE <{bird.address}> {{ ?s ?p ?o }} }}")
    finally:
        unfenced.close()
    assert bird.visits == ["/"]


def test_without_the_guard_the_canary_sings_and_files_are_read(bird: Canary, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://a/s> <http://a/p> 'the secret' .")
    ran = subprocess.run(
        program(FETCHING, bird.address, str(secret)), capture_output=True, text=True, timeout=60, check=True
    )
    assert {"/service", "/load", "/from"} <= set(bird.visits)
    assert "the secret" in ran.stdout


def test_an_answer_that_breaks_off_never_looks_whole(endpoint: str) -> None:
    """The limit on answers is met midway: status 200 is out by then, so the connection is cut."""
    received = bytearray()
    with asked(endpoint, "SELECT * { ?s ?p ?o . ?a ?b ?c }") as connection:
        while part := connection.recv(1 << 16):
            received += part
    assert received.startswith(b"HTTP/1.1 200")
    assert b"transfer-encoding: chunked" in received
    assert not received.endswith(b"0\r\n\r\n")
    assert not received.rstrip().endswith(b"]}}")


def test_to_a_client_that_cannot_tell_a_cut_the_answer_is_whole_or_an_error(endpoint: str) -> None:
    where = urlsplit(endpoint)
    assert where.hostname and where.port
    for pattern, status in (("?s ?p ?o . ?a ?b ?c", b" 503 "), ("?s a ?o", b" 200 ")):
        query = quote(f"SELECT * {{ {pattern} }}")
        with socket.create_connection((where.hostname, where.port)) as connection:
            connection.settimeout(30)
            connection.sendall(f"GET /sparql?query={query} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
            received = bytearray()
            while part := connection.recv(1 << 16):
                received += part
        assert status in received.splitlines()[0]


def test_without_the_guard_an_answer_has_no_end(graph: Path) -> None:
    engine = EmbeddedEngine(graph, Limits(answer=1 << 40))
    try:
        with (
            served(Fixed(engine)) as endpoint,
            httpx2.stream(
                "GET", endpoint, params={"query": "SELECT * { ?s ?p ?o . ?a ?b ?c }"}, timeout=30
            ) as response,
        ):
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                if size > 30_000_000:
                    break
        assert size > 30_000_000
    finally:
        engine.close()


def test_a_client_that_goes_away_frees_its_worker(patient: EmbeddedEngine) -> None:
    with served(Fixed(patient)) as endpoint:
        for query in (ENDLESS["scan"], "SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"):
            with asked(endpoint, query):
                await_running(patient, 1)
            await_running(patient, 0)


def await_running(engine: EmbeddedEngine, number: int) -> None:
    end = time.monotonic() + LONG / 2
    while engine.running != number:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_slow_reader_holds_up_no_worker(patient: EmbeddedEngine) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o } LIMIT 12000"
    with served(Fixed(patient)) as endpoint, asked(endpoint, query) as connection:
        assert connection.recv(100)
        await_running(patient, 0)
        assert connection.recv(1000)


def test_while_ten_attacks_run_small_queries_are_answered(held: str, client: httpx2.Client) -> None:
    for _ in range(5):
        assert is_well(client, held)


def test_more_than_may_run_are_told_when_to_come_back(held: str, client: httpx2.Client) -> None:
    with asked(held, ENDLESS["scan"]):
        answer = post(client, held, COUNT)
    assert answer.status_code == 503
    assert "Too many queries" in answer.text
    assert answer.headers["retry-after"].isdecimal()


def test_too_long_and_too_large_requests_are_refused(endpoint: str, client: httpx2.Client) -> None:
    assert client.get(f"{endpoint}?query={'a' * 40_000}").status_code == 414
    assert post(client, endpoint, "#" * 250_000).status_code == 413
    assert post(client, endpoint, "#" * 2_000_000).status_code == 413
