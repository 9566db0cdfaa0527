"""The graph in service: refused content, changed files, builds that hang, engines elsewhere that do."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import kg.service
from kg.content import Content
from kg.engine import Rows
from kg.engine.embedded import EmbeddedEngine
from kg.engine.remote import Endpoint
from kg.errors import BadContent, Unreachable
from kg.service import EmbeddedService, RemoteService, Served
from kg.web.routes import routes

# No test waits so long unless it fails.
LONG = 60.0
LABEL = """
PREFIX case: <https://w3id.org/system-leadership/case/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label { case:CASE skos:prefLabel ?label }
"""


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for changes each time, and at a build often."""
    monkeypatch.setattr("kg.service._LOOK_EVERY", 0.0)
    monkeypatch.setattr("kg.service._BUILD_LOOK_EVERY", 0.05)


@pytest.fixture
def service(own_world: Content) -> Iterator[EmbeddedService]:
    service = EmbeddedService(own_world)
    yield service
    service.close()


def a_case(content: Content) -> Path:
    return sorted((content.data / "cases").glob("*.ttl"))[0]


def renamed(content: Content, name: str) -> None:
    """Give the first case another name."""
    file = a_case(content)
    lines = file.read_text().splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if "skos:prefLabel" in line)
    before, _, after = lines[place].partition('"')
    lines[place] = f'{before}"{name}"{after.partition(chr(34))[2]}'
    file.write_text("".join(lines))


def name_in(served: Served, content: Content) -> str:
    answer = served.engine.answer(LABEL.replace("CASE", a_case(content).stem))
    assert isinstance(answer, Rows)
    ((label,),) = answer.rows
    return str(label)


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_who_holds_a_state_of_the_graph_goes_on_with_it_when_the_files_change(
    service: EmbeddedService, own_world: Content
) -> None:
    renamed(own_world, "Before")
    held = service.current()
    assert held.counts == service.health().served.counts  # type: ignore[union-attr]
    assert name_in(held, own_world) == "Before"
    renamed(own_world, "After")
    until(lambda: service.current().version != held.version)
    now = service.current()
    assert (name_in(held, own_world), name_in(now, own_world)) == ("Before", "After")
    renamed(own_world, "Before")
    until(lambda: service.current().version == held.version)
    assert (name_in(now, own_world), name_in(service.current(), own_world)) == ("After", "Before")


def test_only_a_few_states_are_kept_for_those_who_hold_them(
    service: EmbeddedService, own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.service._MOST_STATES", 1)
    held = service.current()
    renamed(own_world, "After")
    until(lambda: service.current().version != held.version)
    with pytest.raises(Unreachable, match="load the page again"):
        name_in(held, own_world)


def test_content_that_is_refused_is_not_opened_until_it_is_mended(
    service: EmbeddedService, own_world: Content
) -> None:
    file = a_case(own_world)
    whole = file.read_text()
    file.write_text(whole.replace("sl:passage", "sl:passsage"))
    assert not service.health().ok
    for _ in range(2):
        with pytest.raises(BadContent, match=rf"{file.name}:\d+"):
            service.current()
    assert file.name in str(service.health().message)
    file.write_text(whole)
    assert service.current().version
    assert service.health().ok


def test_a_change_that_is_refused_leaves_the_state_before_and_is_told(
    service: EmbeddedService, own_world: Content
) -> None:
    held = service.current()
    file = a_case(own_world)
    whole = file.read_text()
    file.write_text("this is no Turtle")
    service.current()
    until(lambda: "have an error" in str(service.health().note))
    assert service.health().ok
    assert file.name in str(service.health().note)
    assert service.current() == held
    file.write_text(whole)
    service.current()
    assert service.health().note is None


@pytest.mark.parametrize("ends", [True, False])
def test_a_build_that_hangs_blocks_no_later_change(
    ends: bool, service: EmbeddedService, own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = service.current()
    working = kg.service._BUILD
    monkeypatch.setattr("kg.service._BUILD", (sys.executable, "-c", "import time; time.sleep(600)"))
    if ends:
        service._longest_build = 0.2
    renamed(own_world, "Hangs")
    service.current()
    if ends:
        until(lambda: "could not be checked within 0.2 seconds" in str(service.health().note))
        service._longest_build = LONG
    else:
        assert "is being built" in str(service.health().note)
    assert (service.health().ok, service.current()) == (True, held)
    monkeypatch.setattr("kg.service._BUILD", working)
    renamed(own_world, "After")
    until(lambda: service.current() != held)
    assert name_in(service.current(), own_world) == "After"
    until(lambda: service.health().note is None)


def test_health_is_told_without_waiting_while_every_place_is_taken_and_while_the_engine_starts_again(
    service: EmbeddedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(Starlette(routes=routes(service)))
    unopened = client.get("/healthz")
    assert (unopened.status_code, unopened.headers["retry-after"]) == (503, "2")
    assert unopened.json()["message"] == "The graph is being opened."
    engine = service.current().engine
    assert isinstance(engine, EmbeddedEngine)
    while engine._lanes.pages.acquire(blocking=False):
        pass
    well = client.get("/healthz")
    assert (well.status_code, well.json()["ok"]) == (200, True)
    assert well.json()["counts"]["cases"] == 3
    starting = threading.Event()
    monkeypatch.setattr("kg.engine.pool.WorkerPool._start", lambda self: starting.wait(LONG))
    assert engine._pool.fork_server is not None
    os.kill(engine._pool.fork_server, signal.SIGKILL)
    until(lambda: not engine.is_ready)
    ill = client.get("/healthz")
    assert (ill.status_code, ill.json()["ok"]) == (503, False)
    assert "is being started again" in ill.json()["message"]
    starting.set()


def test_an_engine_elsewhere_that_hangs_holds_nobody_up_and_its_address_is_told_to_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/a-secret-place"
        service = RemoteService(Endpoint(address))
        client = TestClient(Starlette(routes=routes(service)))
        asking = threading.Thread(target=service._ask)
        asking.start()
        until(service._asking.locked)
        # While one waits for the engine, others are told at once; after that, everyone is.
        service._looked = 1.0
        with pytest.raises(Unreachable) as told:
            service.current()
        assert "secret" not in str(told.value)
        said = client.get("/healthz")
        assert said.status_code == 503
        assert "secret" not in said.text
        asking.join()
        service.close()


def test_an_answer_after_closing_is_refused(service: EmbeddedService) -> None:
    held = service.current()
    service.close()
    with pytest.raises(Unreachable):
        held.engine.answer("ASK {}")
