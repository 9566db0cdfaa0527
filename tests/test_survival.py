"""What the engine survives: killed workers, a killed fork server, no room for processes, a full disk."""

import asyncio
import contextlib
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.engine import QueryForm, QueryRequest, ResultType, Rows, fork_server
from kg.engine.embedded import EmbeddedEngine
from kg.engine.limits import Limits
from kg.engine.messages import MessageKind, Reader, encode_request
from kg.engine.pool import Lane, WorkerPool
from kg.engine.streams import Spool
from kg.engine.worker import Sandbox
from kg.engine.workers import FORKS, ForkServer, Worker, WorkerGone, _shared, _started, spawn_worker
from kg.errors import BadQuery, Busy, TooCostly, Unreachable
from tests.asking import COUNT, SLOW, finished, select

pytestmark = pytest.mark.skipif(not FORKS, reason="the fork server is for systems that fork")
ONE = "<http://a/s> <http://a/p> <http://a/o> <http://a/g> .\n"
FENCE = Sandbox(memory=0, answer=1 << 30, seconds=60.0)
# No test waits so long unless it fails.
LONG = 60.0


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.nq"
    path.write_text(ONE)
    return path


def graph_of(triples: int, folder: Path) -> Path:
    path = folder / "many.nq"
    path.write_text(
        "".join(f"<http://a/{n}> <http://a/p> <http://a/o> <http://a/g> .\n" for n in range(triples))
    )
    return path


@pytest.fixture
def engine(graph: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(graph)
    yield engine
    engine.close()


def count(engine: EmbeddedEngine) -> int:
    answer = engine.answer(COUNT)
    assert isinstance(answer, Rows)
    return int(str(answer.rows[0][0]))


def count_outside(engine: EmbeddedEngine) -> bytes:
    async def whole() -> bytes:
        delivery = await engine.stream(QueryRequest(COUNT, QueryForm.SELECT, ResultType.CSV))
        return delivery.first

    return finished(whole())


def idle(engine: EmbeddedEngine) -> list[Worker]:
    return [worker for lane in engine._pool._idle.values() for worker in lane]


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_running(process: int) -> bool:
    """Whether a process is there and is more than an entry that nobody has asked for yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    until(lambda: not is_running(process))


def hangs_up(worker: Worker) -> bool:
    try:
        return worker.connection.recv(1) == b""
    except ConnectionResetError:  # it had not read all that was said to it
        return True


def test_a_query_meets_a_worker_that_was_killed_while_idle_and_is_answered(engine: EmbeddedEngine) -> None:
    assert (count(engine), count_outside(engine)) == (1, b"n\r\n1\r\n")
    assert len(idle(engine)) == 2
    for worker in idle(engine):
        kill(worker.process.number)
    assert (count(engine), count_outside(engine)) == (1, b"n\r\n1\r\n")


def killed_at_once(pool: WorkerPool, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the next workers that the pool gives be killed before they are asked."""
    take, left = pool.take, iter(range(times))

    def doomed(lane: Lane) -> Worker:
        worker = take(lane)
        if next(left, None) is not None:
            kill(worker.process.number)
        return worker

    async def doomed_soon(lane: Lane) -> Worker:
        return doomed(lane)

    monkeypatch.setattr(pool, "take", doomed)
    monkeypatch.setattr(pool, "take_soon", doomed_soon)


@pytest.mark.parametrize("ask", [count, count_outside])
def test_a_query_whose_worker_is_killed_is_asked_of_another(
    ask: Callable[[EmbeddedEngine], object], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at_once(engine._pool, 1, monkeypatch)
    assert ask(engine) in {1, b"n\r\n1\r\n"}
    assert engine.running == 0


@pytest.mark.parametrize("ask", [count, count_outside])
def test_a_query_whose_workers_are_ended_again_and_again_is_refused(
    ask: Callable[[EmbeddedEngine], object], engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at_once(engine._pool, 2, monkeypatch)
    with pytest.raises(TooCostly, match="ended the query twice, most likely because memory ran out"):
        ask(engine)
    assert engine.running == 0


def test_a_worker_killed_in_the_middle_of_a_long_answer_cuts_it_and_it_never_looks_whole(
    tmp_path: Path,
) -> None:
    many = tmp_path / "many.nq"
    many.write_text(
        "".join(f"<http://a/{n}> <http://a/p> <http://a/o> <http://a/g> .\n" for n in range(2000))
    )
    engine = EmbeddedEngine(many)

    async def read() -> None:
        stream = await engine.stream(select("SELECT * { ?a ?b ?c . ?d ?e ?f }"))
        assert not stream.complete
        os.kill(stream._worker.process.number, signal.SIGKILL)
        with pytest.raises(Unreachable, match="ended from outside; try again"):
            _ = [part async for part in stream.chunks()]
        assert not stream.complete
        await stream.close()

    finished(read())
    assert count(engine) == 2000
    engine.close()


def test_a_killed_fork_server_is_started_again_while_its_workers_go_on(engine: EmbeddedEngine) -> None:
    count(engine)
    (worker,) = idle(engine)
    before = engine._pool.fork_server
    assert before is not None
    kill(before)
    assert count(engine) == 1
    assert worker in idle(engine)
    kill(worker.process.number)
    assert (count(engine), count_outside(engine)) == (1, b"n\r\n1\r\n")
    until(lambda: engine.is_ready)
    assert engine._pool.fork_server != before


def test_a_fork_server_that_neither_works_nor_ends_is_replaced(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.engine.workers._LONGEST_START", 0.2)
    before = engine._pool.fork_server
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    assert count(engine) == 1
    assert not is_running(before)


def test_what_cannot_be_started_again_is_tried_with_growing_pauses(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = WorkerPool(graph, FENCE)
    pauses: list[float] = []
    start = WorkerPool._start

    def failing(self: WorkerPool) -> None:
        if len(pauses) < 9:
            raise OSError(errno.ENOMEM, "Cannot allocate memory")
        start(self)

    def wait(pause: float | None = None) -> bool:
        assert pause is not None
        pauses.append(pause)
        return False

    monkeypatch.setattr(WorkerPool, "_start", failing)
    monkeypatch.setattr(pool._closing, "wait", wait)
    assert pool.fork_server is not None
    kill(pool.fork_server)
    until(lambda: len(pauses) >= 9 and pool.is_ready)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    pool.close()


def test_where_no_process_can_be_made_the_fork_server_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("os.fork", no_room)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server = fork_server._ForkServer(theirs, fork_server.load_graph(None), FENCE, {})
    with ours, theirs, server._woken, server._waker, server._selector:
        for _ in range(2):
            mine, handed = socket.socketpair()
            socket.send_fds(ours, [b"worker"], [handed.fileno()])
            handed.close()
            server._obey()
            with mine:
                assert mine.recv(1) == b""


def test_where_no_process_can_be_made_the_query_is_asked_again_and_then_told_so(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = ForkServer._called
    refused = iter(range(3))

    def now_and_then(self: ForkServer) -> socket.socket:
        if next(refused, None) is None:
            return called(self)
        mine, hung_up = socket.socketpair()
        hung_up.close()
        return mine

    monkeypatch.setattr(ForkServer, "_called", now_and_then)
    assert count(engine) == 1
    assert next(refused, None) is None
    refused = iter(range(1_000_000))
    monkeypatch.setattr("kg.engine.pool._PATIENCE", 0.1)
    with pytest.raises(Busy, match="no room for another process"):
        count_outside(engine)
    assert engine.running == 0


def test_where_no_file_may_be_opened_the_query_is_told_to_come_back(
    engine: EmbeddedEngine, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    server = engine._pool._server
    assert server is not None

    async def ask() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("socket.socketpair", full)
            for ask in (server.worker, lambda: spawn_worker(graph, FENCE)):
                patch.setattr("tempfile.TemporaryFile", full)
                with pytest.raises(Busy, match="no room for another process"):
                    ask()
            with pytest.raises(Busy, match="no room for another process"):
                await server.worker_soon()

    finished(ask())
    assert (count(engine), count_outside(engine)) == (1, b"n\r\n1\r\n")


@pytest.mark.parametrize("fault", [OSError(errno.ENFILE, "Too many open files"), RuntimeError("no thread")])
def test_a_worker_that_cannot_begin_is_no_fault_of_the_query(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot_begin(*_: object) -> None:
        raise fault

    monkeypatch.setattr(fork_server, "serve", cannot_begin)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server = fork_server._ForkServer(theirs, fork_server.load_graph(None), FENCE, {})
    mine, handed = socket.socketpair()
    with ours, theirs, server._woken, server._waker, server._selector, mine:
        with handed:
            server._fork(handed)
        (process,) = server._alive
        _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == os.EX_OSERR


def test_a_fork_server_without_a_file_to_spare_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(Path, "iterdir", full)
    fork_server._lower_priority(os.getpid())


def test_workers_end_with_an_application_that_was_killed_with_news_unread(tmp_path: Path) -> None:
    many = graph_of(400, tmp_path)
    with many.open("rb") as graph:
        settings = {"graph": f"/proc/self/fd/{graph.fileno()}", **_shared(FENCE)}
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, tempfile.TemporaryFile() as log:
            passed = [theirs.fileno(), graph.fileno()]
            program = _started({**settings, "control": theirs.fileno()}, log, passed)
    assert ours.recv(256) == b"ready"
    monitored = object.__new__(ForkServer)
    monitored._control, monitored._ended = ours, False
    busy, other = monitored.worker(), monitored.worker()
    busy.connection.sendall(encode_request(select(SLOW)))
    other.process.kill()
    assert ours.recv(256, socket.MSG_PEEK).startswith(b"died")
    ours.close()
    assert program.wait(LONG) == -signal.SIGKILL
    until(lambda: not is_running(busy.process.number))
    for worker in (busy, other):
        worker.close()


def test_who_gives_up_while_a_worker_is_made_leaves_nothing_open(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def give_up() -> bytes:
        mine, theirs = socket.socketpair()
        server = engine._pool._server
        assert server is not None
        monkeypatch.setattr(server, "_called", lambda: mine)
        task = asyncio.create_task(server.worker_soon())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with theirs:
            return theirs.recv(1)

    assert finished(give_up()) == b""


def test_an_engine_answers_from_its_state_as_long_as_somebody_holds_it_and_no_longer(tmp_path: Path) -> None:
    paths = [tmp_path / "1.nq", tmp_path / "2.nq"]
    paths[0].write_text(ONE)
    paths[1].write_text(ONE + ONE.replace("a/s", "a/t"))
    engines = [EmbeddedEngine(path) for path in paths]
    for path in paths:
        path.unlink()
    assert [count(engine) for engine in engines] == [1, 2]
    first = engines[0]._pool.fork_server
    assert first is not None
    del engines[0]
    gc.collect()
    until(lambda: not is_running(first))
    assert count(engines[0]) == 2
    engines[0].close()
    with pytest.raises(Unreachable, match="load the page again"):
        count(engines[0])


def test_an_answer_under_way_keeps_its_engine(tmp_path: Path) -> None:
    many = graph_of(500, tmp_path)

    async def read() -> int:
        engine = EmbeddedEngine(many)
        stream = await engine.stream(
            QueryRequest("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", QueryForm.SELECT, ResultType.CSV)
        )
        del engine
        gc.collect()
        whole = stream.first + b"".join([part async for part in stream.chunks()])
        await stream.close()
        return whole.count(b"\n")

    assert finished(read()) == 500 * 500 + 1


LOAD = """
import signal
import sys
from pathlib import Path
from kg.engine.embedded import EmbeddedEngine
# A shell tells what it runs in the background to ignore this signal.
signal.signal(signal.SIGINT, signal.default_int_handler)
EmbeddedEngine(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGKILL])
def test_a_program_that_is_ended_while_the_graph_loads_leaves_nothing_behind(
    ended_by: signal.Signals, tmp_path: Path
) -> None:
    endless = tmp_path / "endless.nq"
    os.mkfifo(endless)
    # Opened for both, so that neither side waits for the other and there is never an end.
    writer = os.open(endless, os.O_RDWR)
    with subprocess.Popen([sys.executable, "-c", LOAD, str(endless)], stderr=subprocess.DEVNULL) as program:
        try:
            until(lambda: fork_servers(program.pid))
            (loading,) = fork_servers(program.pid)
            until(lambda: reads(loading, endless))
            program.send_signal(ended_by)
            assert program.wait(LONG) != 0
        finally:
            program.kill()
    until(lambda: not is_running(loading))
    os.close(writer)


def fork_servers(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children")
    found = [int(each) for each in children.read_text().split()] if children.exists() else []
    return [each for each in found if b"kg.engine.fork_server" in Path(f"/proc/{each}/cmdline").read_bytes()]


def reads(process: int, file: Path) -> bool:
    """Whether a process has opened a file by itself, besides the one it was handed."""
    links = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            links.append(str(each.readlink()))
    return links.count(str(file)) > 1


def test_a_long_temporary_folder_is_no_fault(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    for forks in (True, False):
        engine = EmbeddedEngine(graph, forks=forks)
        assert count(engine) == 1
        engine.close()


def test_a_full_disk_cuts_an_answer_and_it_never_looks_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = graph_of(400, tmp_path)
    engine = EmbeddedEngine(many)
    write = os.pwrite

    def full(file: int, data: bytes, place: int) -> int:
        if place > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, data, place)

    monkeypatch.setattr(os, "pwrite", full)
    monkeypatch.setattr("kg.engine.streams._IN_MEMORY", 100_000)

    async def read() -> None:
        stream = await engine.stream(select("SELECT * { ?a ?b ?c . ?d ?e ?f }"))
        with pytest.raises(Busy, match="no room for this answer"):
            _ = [part async for part in stream.chunks()]
        assert not stream.complete
        await stream.close()

    finished(read())
    assert engine.running == 0
    engine.close()


def test_an_answer_is_whole_only_when_its_last_block_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = graph_of(400, tmp_path)
    engine = EmbeddedEngine(many)
    write, read = Spool.write, Spool.read

    async def whole() -> int:
        query = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
        stream = await engine.stream(QueryRequest(query, QueryForm.SELECT, ResultType.CSV))
        last, starved = asyncio.Event(), asyncio.Event()

        async def slow(spool: Spool, data: bytes) -> None:
            if stream._answered:  # this is the last block, and whoever reads has come to what was before it
                last.set()
                await starved.wait()
            await write(spool, data)

        async def watched(spool: Spool, most: int) -> bytes:
            data = await read(spool, most)
            if not data:
                starved.set()
            return data

        monkeypatch.setattr(Spool, "write", slow)
        monkeypatch.setattr(Spool, "read", watched)
        await last.wait()
        rows = stream.first.count(b"\n") + sum([part.count(b"\n") async for part in stream.chunks()])
        await stream.close()
        return rows

    assert finished(whole()) == 1 + 400 * 400
    engine.close()


def test_a_spool_gives_back_what_was_written_however_it_lies() -> None:
    async def through(in_memory: int) -> bytes:
        spool = Spool(in_memory)
        read = bytearray()
        for n in range(50):
            await spool.write(bytes([n]) * (n * 7 % 40))
            if n % 3 == 0:
                read += await spool.read(30)
        while part := await spool.read(64):
            read += part
        spool.close()
        return bytes(read)

    whole = b"".join(bytes([n]) * (n * 7 % 40) for n in range(50))
    for in_memory in (0, 1, 333, 10_000):
        assert finished(through(in_memory)) == whole


def test_a_worker_ends_by_itself_when_nobody_is_left_to_end_it(graph: Path) -> None:
    pool = WorkerPool(graph, Sandbox(memory=0, answer=1 << 20, seconds=0.2))
    worker = pool.take(Lane.PUBLIC)
    product = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }}" for n in range(5))
    worker.connection.sendall(encode_request(select(f"SELECT (COUNT(*) AS ?n) {{ {product} }}")))
    assert hangs_up(worker)
    assert worker.process.exit_status() == -signal.SIGALRM
    worker.close()
    pool.close()


PANIC = """
import socket, sys, pyoxigraph
from kg.engine import worker
def panic(*_):
    raise BaseException("a panic in Rust")
worker._answer = panic
worker.serve(socket.socket(fileno=int(sys.argv[1])), pyoxigraph.Store(), worker.Sandbox(0, 1 << 20, 60.0), {})
"""


def test_a_worker_that_fails_on_a_query_says_so_by_its_end() -> None:
    mine, theirs = socket.socketpair()
    with mine, theirs:
        program = subprocess.Popen(
            [sys.executable, "-c", PANIC, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stderr=subprocess.DEVNULL,
        )
        mine.sendall(encode_request(select(COUNT)))
        assert program.wait(LONG) == os.EX_SOFTWARE


class _Ended:
    """A process that has ended in a given way."""

    number = 0

    def __init__(self, status: int | None) -> None:
        self._status = status

    def exit_status(self) -> int | None:
        return self._status


@pytest.mark.parametrize(
    ("status", "kind", "retry"),
    [
        (-signal.SIGSEGV, BadQuery, False),
        (-signal.SIGABRT, TooCostly, False),
        (os.EX_SOFTWARE, BadQuery, False),
        (os.EX_OSERR, Busy, False),
        (-signal.SIGKILL, Unreachable, True),
        (-signal.SIGTERM, Unreachable, True),
        (None, Unreachable, True),
    ],
)
def test_a_query_is_blamed_for_the_end_of_its_worker_only_where_it_caused_it(
    status: int | None, kind: type[Exception], retry: bool
) -> None:
    mine, theirs = socket.socketpair()
    with mine, theirs:
        gone = Worker(mine, _Ended(status)).gone()  # type: ignore[arg-type]
    assert isinstance(gone, WorkerGone)
    assert (type(gone.reason), gone.retry) == (kind, retry)


def test_workers_are_ended_by_a_handle_on_the_process_or_by_its_parent(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = WorkerPool(graph, FENCE)
    for with_handle in (True, False):
        worker = pool.take(Lane.PUBLIC)
        if not with_handle:
            worker.process._handle = None  # type: ignore[attr-defined]
        monkeypatch.setattr(os, "kill", None)
        worker.connection.sendall(encode_request(select(SLOW)))
        worker.kill(TooCostly("enough"))
        assert hangs_up(worker)
        assert worker.process.exit_status() == -signal.SIGKILL
        monkeypatch.undo()
        worker.close()
        worker.kill(TooCostly("changes nothing any more"))
    pool.close()


def test_a_worker_is_slowed_down_by_its_parent_and_its_time_can_be_read(graph: Path) -> None:
    pool = WorkerPool(graph, FENCE)
    worker = pool.take(Lane.PUBLIC)
    assert worker.process.cpu_seconds() is not None
    worker.slow_down()
    assert worker.slowed
    until(lambda: os.getpriority(os.PRIO_PROCESS, worker.process.number) == 15)
    kill(worker.process.number)
    until(lambda: worker.process.cpu_seconds() is None)
    pool.give_back(worker, Lane.PUBLIC, fit=True)
    assert pool._idle[Lane.PUBLIC] == []
    pool.close()


def test_answers_go_on_while_the_pool_is_used_from_many_threads(graph: Path) -> None:
    engine = EmbeddedEngine(graph)
    counts: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            counts.append(count(engine))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        seen = len(counts)
        for worker in idle(engine):
            os.kill(worker.process.number, signal.SIGKILL)
        until(lambda seen=seen: len(counts) > seen + 5)  # type: ignore[misc]
    if engine._pool.fork_server is not None:
        os.kill(engine._pool.fork_server, signal.SIGKILL)
    seen = len(counts)
    until(lambda: len(counts) > seen + 20)
    stop.set()
    for thread in threads:
        thread.join()
    assert set(counts) == {1}
    engine.close()


def test_messages_are_cut_where_they_end() -> None:
    reader = Reader()
    message = encode_request(select(COUNT), MessageKind.READ)
    assert [kind for part in (message[:3], message[3:]) for kind, _ in reader.feed(part)] == [
        MessageKind.READ
    ]


def test_limits_keep_a_place_for_other_clients(graph: Path) -> None:
    engine = EmbeddedEngine(graph, Limits(running=2, waiting=2, patience=LONG, deadline=LONG))

    async def crowd() -> None:
        slow = [asyncio.create_task(engine.stream(select(bomb(n)), "greedy")) for n in range(2)]
        await asyncio.sleep(0)
        other = await engine.stream(select(COUNT), "other")
        assert other.complete
        assert not any(each.done() for each in slow)
        for each in slow:
            each.cancel()
        await asyncio.wait(slow)

    finished(crowd())
    assert engine.running == 0
    engine.close()


def bomb(number: int) -> str:
    values = " ".join(str(each) for each in range(300))
    return (
        f"SELECT (COUNT(*) AS ?n{number}) {{ {' '.join(f'VALUES ?v{n} {{ {values} }}' for n in range(5))} }}"
    )
