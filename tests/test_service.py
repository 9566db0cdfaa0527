"""The graph in service: refused content, changed files, builds that hang, engines elsewhere that do."""

import errno
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import kg.service.builds
from kg.build.pipeline import BUILD_FOLDER
from kg.build.store import version_of
from kg.engine import Rows
from kg.engine.embedded import EmbeddedEngine
from kg.engine.remote import Endpoint
from kg.engine.workers import ForkServer
from kg.errors import BadContent, Unreachable
from kg.graph.content import Content
from kg.service import EmbeddedService, RemoteService, ServedGraph
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
    monkeypatch.setattr("kg.service.watching._LOOK_EVERY", 0.0)
    monkeypatch.setattr("kg.service.builds._LOOK_EVERY", 0.2)


@pytest.fixture
def own_world(built_world: Content, tmp_path: Path) -> Content:
    """A built copy of the invented world that a test may change: as it is, it is opened without a build."""
    return Content(shutil.copytree(built_world.root, tmp_path / "own"))


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


def name_in(served: ServedGraph, content: Content) -> str:
    answer = served.engine.answer(LABEL.replace("CASE", a_case(content).stem))
    assert isinstance(answer, Rows)
    ((label,),) = answer.rows
    return str(label)


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        # Each look reads all files, and takes its time from the build that is waited for.
        time.sleep(0.2)


def test_who_holds_a_state_of_the_graph_goes_on_with_it_when_the_files_change(
    service: EmbeddedService, own_world: Content
) -> None:
    whole = a_case(own_world).read_text()
    held = service.current()
    before = name_in(held, own_world)
    assert held.counts == service.health().served.counts  # type: ignore[union-attr]
    renamed(own_world, "After")
    until(lambda: service.current().version != held.version)
    now = service.current()
    assert (name_in(held, own_world), name_in(now, own_world)) == (before, "After")
    a_case(own_world).write_text(whole)
    until(lambda: service.current().version == held.version)
    assert (name_in(now, own_world), name_in(service.current(), own_world)) == ("After", before)


def test_only_a_few_states_are_kept_for_those_who_hold_them(
    service: EmbeddedService, own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.service.states._MOST_STATES", 1)
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
    working = kg.service.builds._BUILD
    monkeypatch.setattr("kg.service.builds._BUILD", (sys.executable, "-c", "import time; time.sleep(600)"))
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
    monkeypatch.setattr("kg.service.builds._BUILD", working)
    renamed(own_world, "After")
    until(lambda: service.current() != held)
    assert name_in(service.current(), own_world) == "After"
    until(lambda: service.health().note is None)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", r"without a word \(status -9\)"),
        ("raise OSError(28, 'No space left on device')", "No space left on device"),
    ],
)
def test_a_build_that_fails_for_another_reason_than_the_files_is_tried_again(
    happens: str, said: str, service: EmbeddedService, own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(own_world.root / BUILD_FOLDER)
    monkeypatch.setattr("kg.service.admission._TRY_AGAIN", 0.0)
    working = kg.service.builds._BUILD
    monkeypatch.setattr("kg.service.builds._BUILD", (sys.executable, "-c", happens))
    with pytest.raises(Unreachable, match=said):
        service.current()
    assert not service.health().ok
    monkeypatch.setattr("kg.service.builds._BUILD", working)
    held = service.current()
    monkeypatch.setattr("kg.service.builds._BUILD", (sys.executable, "-c", happens))
    renamed(own_world, "After")
    assert service.current() == held
    until(lambda: "and the server tries again" in str(service.health().note))
    monkeypatch.setattr("kg.service.builds._BUILD", working)
    until(lambda: service.current() != held)
    assert name_in(service.current(), own_world) == "After"


def test_a_new_graph_whose_loading_is_killed_is_loaded_again(
    service: EmbeddedService, own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.service.admission._TRY_AGAIN", 0.0)
    ready = ForkServer._await_ready
    killed = iter([True])

    def doomed(server: ForkServer) -> None:
        if next(killed, False):
            server._program.kill()
        ready(server)

    held = service.current()
    monkeypatch.setattr(ForkServer, "_await_ready", doomed)
    renamed(own_world, "After")
    until(lambda: service.current() != held)
    assert next(killed, None) is None
    assert name_in(service.current(), own_world) == "After"


def test_where_no_file_may_be_opened_the_state_before_stays_or_a_sentence_is_said(
    service: EmbeddedService, own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Content) -> str:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr("kg.service.embedded.version_of", full)
        with pytest.raises(Unreachable, match="just now: Too many open files"):
            service.current()
    held = service.current()
    with monkeypatch.context() as patch:
        patch.setattr("kg.service.embedded.version_of", full)
        assert service.current() == held
    renamed(own_world, "After")
    with monkeypatch.context() as patch:
        patch.setattr("threading.Thread.start", lambda _: (_ for _ in ()).throw(RuntimeError("no room")))
        assert service.current() == held
    until(lambda: service.current() != held)


def test_a_file_that_goes_while_it_is_read_is_not_there(
    own_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = version_of(own_world)
    (own_world.data / "passing.tmp").write_text("a copy that an editor keeps for a moment")
    read = Path.read_bytes

    def passing(path: Path) -> bytes:
        if path.name == "passing.tmp":
            path.unlink()
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", passing)
    assert version_of(own_world) == version


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


def test_whoever_waits_for_an_engine_elsewhere_takes_its_first_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = RemoteService(Endpoint("http://127.0.0.1:9/"))
    crowd, waiting, asked = 5, [], []
    guard = service._asking

    class Counted:
        def acquire(self, *, blocking: bool) -> bool:
            waiting.append(blocking)
            return guard.acquire(blocking=blocking)

        def release(self) -> None:
            guard.release()

    def fails() -> ServedGraph:
        asked.append(True)
        until(lambda: len(waiting) == crowd)
        raise Unreachable("It does not answer.")

    monkeypatch.setattr(service, "_asking", Counted())
    monkeypatch.setattr(service, "_served_there", fails)
    with ThreadPoolExecutor(crowd) as threads:
        faults = [threads.submit(service.current).exception for _ in range(crowd)]
        assert {str(fault()) for fault in faults} == {"It does not answer."}
    assert (len(asked), waiting) == (1, [True] * crowd)
    service.close()


def test_an_answer_after_closing_is_refused(service: EmbeddedService) -> None:
    held = service.current()
    service.close()
    with pytest.raises(Unreachable):
        held.engine.answer("ASK {}")
