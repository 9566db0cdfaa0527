"""The embedded engine: the same answers as in this process, limits that hold, a graph that changes whole."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build.store import graph_of
from kg.engine import Engine, QueryForm, QueryRequest, ResultType, Rows
from kg.engine.embedded import EmbeddedEngine
from kg.engine.limits import Limits
from kg.engine.workers import FORKS
from kg.errors import BadContent, BadQuery, Busy, Forbidden, MissingInput, TooCostly
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from tests.asking import COUNT, SLOW, finished, select


@pytest.fixture(scope="module")
def graph(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_bytes(write_nquads(graph_of(content)))
    return path


@pytest.fixture(scope="module")
def embedded(graph: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(graph)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def strict(graph: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(graph, Limits(deadline=1.0, for_pages=1.0, running=4, waiting=1, patience=0.2))
    yield engine
    engine.close()


def test_a_fault_is_told_with_line_and_column(embedded: EmbeddedEngine) -> None:
    with pytest.raises(BadQuery, match="at line 2, column 12") as caught:
        embedded.answer("SELECT ?x {\n ?x a 1 2 }")
    assert (caught.value.line, caught.value.column) == (2, 12)
    with pytest.raises(BadQuery, match="write PREFIX foo: <…> first"):
        embedded.answer("SELECT * { ?s foo:bar ?o }")
    with pytest.raises(Forbidden, match="SERVICE"):
        embedded.answer("SELECT * { SERVICE <http://127.0.0.1:9/> {} }")


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(strict: EmbeddedEngine) -> None:
    with pytest.raises(TooCostly, match="longer than 1 second"):
        strict.answer(SLOW)
    assert isinstance(strict.answer(COUNT), Rows)


def test_a_query_that_needs_too_much_memory_is_told_so(graph: Path) -> None:
    engine = EmbeddedEngine(graph, Limits(deadline=60, memory=64 << 20))
    try:
        with pytest.raises(TooCostly, match="too much memory"):
            engine.answer("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f")
        assert isinstance(engine.answer(COUNT), Rows)
    finally:
        engine.close()


def test_what_is_too_much_at_once_waits_its_turn_or_is_told_to_come_back(strict: EmbeddedEngine) -> None:
    async def crowd() -> list[object]:
        return await asyncio.gather(*(strict.stream(select(SLOW)) for _ in range(6)), return_exceptions=True)

    told = finished(crowd())
    # One of the four places is kept for other clients.
    assert sum(isinstance(each, TooCostly) for each in told) == 3
    assert sum(isinstance(each, Busy) for each in told) == 3


def test_a_crowd_from_outside_takes_no_place_from_the_pages(graph: Path) -> None:
    engine = EmbeddedEngine(graph, Limits(deadline=60.0, running=4))
    answers: list[object] = []

    async def crowd() -> None:
        waiting = [asyncio.create_task(engine.stream(select(SLOW))) for _ in range(3)]
        await asyncio.sleep(0.1)
        page = threading.Thread(target=lambda: answers.append(engine.answer(COUNT)))
        page.start()
        await asyncio.to_thread(page.join)
        assert not any(task.done() for task in waiting)
        for task in waiting:
            task.cancel()
        await asyncio.wait(waiting)

    try:
        finished(crowd())
        assert len(answers) == 1
        assert engine.running == 0
    finally:
        engine.close()


def test_who_gives_up_frees_the_worker(strict: EmbeddedEngine) -> None:
    async def give_up() -> None:
        for _ in range(6):
            task = asyncio.create_task(strict.stream(select(SLOW)))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    finished(give_up())
    assert strict.running == 0


def test_a_large_answer_comes_in_parts_and_whole(embedded: EmbeddedEngine, engine: Engine) -> None:
    async def read() -> bytes:
        delivery = await embedded.stream(
            QueryRequest("SELECT * { ?s ?p ?o }", QueryForm.SELECT, ResultType.TSV)
        )
        assert not delivery.complete
        parts = [delivery.first, *[part async for part in delivery.chunks()]]
        await delivery.close()
        assert len(parts) > 10
        return b"".join(parts)

    counted = engine.answer(COUNT)
    assert isinstance(counted, Rows)
    assert finished(read()).count(b"\n") == int(str(counted.rows[0][0])) + 1


def test_an_answer_larger_than_it_may_be_is_cut_and_never_looks_whole(graph: Path) -> None:
    engine = EmbeddedEngine(graph, Limits(answer=200_000))

    async def read() -> int:
        delivery = await engine.stream(select("SELECT * { ?s ?p ?o }"))
        size = len(delivery.first)
        try:
            async for part in delivery.chunks():
                size += len(part)
        finally:
            await delivery.close()
        return size

    try:
        with pytest.raises(TooCostly, match="larger than it may be"):
            finished(read())
    finally:
        engine.close()


def test_a_graph_that_cannot_be_loaded_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nq"
    broken.write_text("this is no graph\n")
    for forks in {FORKS, False}:
        with pytest.raises(BadContent, match="cannot be loaded"):
            EmbeddedEngine(broken, forks=forks)


def test_where_there_is_no_fork_it_works_as_well(tmp_path: Path) -> None:
    small = tmp_path / "small.nq"
    small.write_text("<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n")
    engine = EmbeddedEngine(small, Limits(for_pages=1.0), forks=False)
    small.unlink()
    try:
        answer = engine.answer(COUNT)
        assert isinstance(answer, Rows)
        assert str(answer.rows[0][0]) == "1"
        with pytest.raises(TooCostly, match="longer than 1 second"):
            engine.answer(bomb())
        delivery = finished(engine.stream(select(COUNT)))
        assert delivery.complete
    finally:
        engine.close()


def bomb() -> str:
    values = " ".join(str(number) for number in range(200))
    product = " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(5))
    return f"SELECT (COUNT(*) AS ?n) {{ {product} }}"


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_QUERY_SECONDS", "2.5")
    monkeypatch.setenv("KG_QUERIES_AT_ONCE", "2")
    monkeypatch.setenv("KG_QUERY_MEGABYTES", "100")
    limits = Limits.of_environment()
    assert (limits.deadline, limits.running, limits.memory) == (2.5, 2, 100 << 20)
    monkeypatch.setenv("KG_QUERY_MEGABYTES", "999999")
    assert Limits.of_environment().memory < 999_999 << 20
    for wrong in ("none", "-1", "0", "nan", "1e9"):
        monkeypatch.setenv("KG_QUERY_SECONDS", wrong)
        with pytest.raises(MissingInput, match="KG_QUERY_SECONDS has to be a number above 0"):
            Limits.of_environment()
