"""Worker processes as the application sees them: how they are made, ended, and what became of them."""

import asyncio
import contextlib
import errno
import json
import logging
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol, cast

from kg.engine.messages import MessageKind, Reader
from kg.engine.worker import Sandbox
from kg.errors import BadContent, BadQuery, Busy, KgError, TooCostly, Unreachable
from kg.terms import PREFIXES

__all__ = ["FORKS", "ForkServer", "Process", "Worker", "WorkerGone", "spawn_worker"]

_LOG = logging.getLogger(__name__)
# macOS forks, but its system libraries may not be used afterwards; other systems lack packets or /proc.
FORKS = sys.platform == "linux"
_LONGEST_LOAD = 600.0
_LONGEST_START = 30.0
_LONGEST_END = 10.0
_STATUS_WITHIN = 2.0
_LONGEST_PACKET = 256
_STATUSES_KEPT = 1000
_NO_ROOM = "The server has no room for another process just now; try again in a moment."
# What the system says where there are too many processes, files or messages, or too little memory.
_FULL = frozenset(
    {errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ENOSPC, errno.ETOOMANYREFS}
)


class Process(Protocol):
    """A handle on one worker process, which cannot mean another one of the same number."""

    number: int

    def kill(self) -> None:
        """End it at once, if it still runs."""
        ...

    def cpu_seconds(self) -> float | None:
        """Return the processor time it has used, in seconds; None where that cannot be known."""
        ...

    def lower_priority(self) -> bool:
        """Let others go first; False where that cannot be done."""
        ...

    def exit_status(self) -> int | None:
        """Return how it ended (minus the signal, or its status); None if nobody can tell."""
        ...

    def close(self) -> None:
        """Free the handle."""
        ...


@dataclass(eq=False)
class Worker:
    """One worker: a process, and the socket to talk to it.

    Attributes:
        connection: The socket.
        process: The handle on the process.
        answered: Whether it has answered a query before.
        ended: Why the application ended it; None while it has not.
        slowed: Whether it runs at a lower priority by now, for good.
    """

    connection: socket.socket
    process: Process
    answered: bool = False
    ended: KgError | None = None
    slowed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def kill(self, why: KgError) -> None:
        """End it at once, whatever it does; later calls change nothing."""
        with self._lock:
            if self.ended is None:
                self.ended = why
                self.process.kill()

    def slow_down(self) -> None:
        """Let others go first from now on, where the system can do that."""
        if self.ended is None and self.process.lower_priority():
            self.slowed = True

    def is_connected(self) -> bool:
        """Whether it still listens; only to be asked of an idle worker, which has nothing to say."""
        try:
            self.connection.setblocking(False)
            self.connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def gone(self) -> "WorkerGone":
        """Return why it hung up before its answer was whole; may wait a moment for its exit status."""
        if self.ended is not None:
            return WorkerGone(self.ended, retry=False)
        return _why(self.process.exit_status())

    def close(self) -> None:
        """Let it go: it ends by itself as soon as it is idle."""
        with self._lock:
            self.ended = self.ended or Unreachable("The worker was let go.")
            self.connection.close()
            self.process.close()


class WorkerGone(Exception):  # noqa: N818 - an event of the engine, never shown
    """A worker ended before its answer was whole.

    Attributes:
        reason: What to tell whoever asked.
        retry: Whether the same query may well be answered by another worker.
    """

    def __init__(self, reason: KgError, *, retry: bool) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.retry = retry


def _why(status: int | None) -> WorkerGone:
    # Rust ends a process that gets no memory by SIGABRT, one whose stack is full by SIGABRT or SIGSEGV.
    if status == -signal.SIGSEGV:
        return WorkerGone(BadQuery("The query is nested too deeply."), retry=False)
    if status == -signal.SIGABRT:
        costly = TooCostly("The query needs too much memory; ask for less, or add a LIMIT.")
        return WorkerGone(costly, retry=False)
    if status == os.EX_SOFTWARE:
        _LOG.error("A worker failed on a query.")
        return WorkerGone(BadQuery("The engine failed on this query; write it another way."), retry=False)
    if status == os.EX_OSERR:
        return WorkerGone(Busy(_NO_ROOM), retry=False)
    _LOG.warning("A worker was ended from outside (status %s).", status)
    ended = Unreachable("The process that answered the query was ended from outside; try again.")
    return WorkerGone(ended, retry=True)


class ForkServer:
    """A running program that holds one state of the graph and forks workers of it.

    Args:
        graph: Open N-Quads file to load; None for no statement at all.
        sandbox: What a worker may do.
        on_end: Called once, from a thread of its own, when the program has ended without `close`.

    Raises:
        BadContent: If the graph cannot be loaded.
    """

    def __init__(
        self, graph: IO[bytes] | None, sandbox: Sandbox, on_end: Callable[[], None] = lambda: None
    ) -> None:
        self._on_end = on_end
        self._statuses: dict[int, int] = {}
        self._news = threading.Condition()
        self._ended = self._closed = False
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        passed = [theirs.fileno(), *([] if graph is None else [graph.fileno()])]
        settings = {
            # An open file is there whatever becomes of its name.
            "graph": None if graph is None else f"/proc/self/fd/{graph.fileno()}",
            "control": theirs.fileno(),
            **_shared(sandbox),
        }
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        try:
            with theirs:
                self._program = _started(settings, self._log, passed)
            try:
                self._await_ready()
            except BaseException:
                self._program.kill()
                self._program.wait()
                raise
        except BaseException:
            self._control.close()
            self._log.close()
            raise
        self._listener = threading.Thread(target=self._listen, name="fork server", daemon=True)
        self._listener.start()

    @property
    def number(self) -> int:
        """Return the number of the process."""
        return self._program.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can still be asked for workers."""
        return not self._ended

    def _await_ready(self) -> None:
        self._control.settimeout(_LONGEST_LOAD)
        try:
            said = self._control.recv(_LONGEST_PACKET)
        except TimeoutError as error:
            raise BadContent(f"The graph was not loaded within {_LONGEST_LOAD:g} seconds.") from error
        if said != b"ready":
            self._program.wait()
            raise BadContent(f"The graph cannot be loaded: {_last_line(self._log)}")
        self._control.settimeout(None)

    def _listen(self) -> None:
        while packet := self._received():
            _, process, status = packet.split()
            with self._news:
                self._statuses[int(process)] = int(status)
                while len(self._statuses) > _STATUSES_KEPT:
                    self._statuses.pop(next(iter(self._statuses)))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()
            closed = self._closed
        self._program.wait()
        if not closed:
            self._control.close()
            self._log.close()
            self._on_end()

    def _received(self) -> bytes:
        try:
            return self._control.recv(_LONGEST_PACKET)
        except ConnectionError:
            return b""

    def worker(self) -> Worker:
        """Make a worker, which takes milliseconds.

        Raises:
            Busy: If the system has no room for another process.
            Unreachable: If the program has ended, or does not answer any more.
        """
        connection = self._called()
        try:
            connection.settimeout(_LONGEST_START)
            return self._introduced(connection)
        except BaseException as error:
            connection.close()
            raise self._no_worker(error) from error

    async def worker_soon(self) -> Worker:
        """Make a worker without holding up an event loop; see `worker`."""
        connection = self._called()
        try:
            connection.setblocking(False)
            async with asyncio.timeout(_LONGEST_START):
                await _readable(connection)
            return self._introduced(connection)
        except BaseException as error:
            # Whoever asked may go away meanwhile, which cancels this.
            connection.close()
            raise self._no_worker(error) from error

    def _called(self) -> socket.socket:
        """Hand the program one end of a new socket; return the other."""
        ours = None
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
            with theirs:
                socket.send_fds(self._control, [b"worker"], [theirs.fileno()], socket.MSG_DONTWAIT)
        except BaseException as error:
            if ours is not None:
                ours.close()
            raise self._no_worker(error) from error
        return ours

    def _introduced(self, connection: socket.socket) -> Worker:
        received, handles, _, _ = socket.recv_fds(connection, _LONGEST_PACKET, 1)
        handle = handles[0] if handles else None
        number = _number_of(received)
        return Worker(connection, _ForkedWorker(number, handle, self))

    def _no_worker(self, error: BaseException) -> BaseException:
        """Return the error to raise where no worker could be made."""
        if isinstance(error, TimeoutError):
            # It neither works nor ends: its end makes room for another.
            self._program.kill()
        if _is_full(error) or (isinstance(error, ConnectionError) and self.is_running()):
            return Busy(_NO_ROOM)
        if isinstance(error, OSError):
            return Unreachable("The engine is being started again; try again in a moment.")
        return error

    def is_running(self) -> bool:
        """Whether the program itself still runs, which its socket may tell a moment later."""
        return not self._ended and self._program.poll() is None

    def tell(self, action: str, process: int) -> bool:
        """Have something done to a worker: `kill` or `slow`; False where nobody does it any more."""
        try:
            self._control.send(f"{action} {process}".encode(), socket.MSG_DONTWAIT)
        except OSError:
            return False
        return True

    def exit_status(self, process: int) -> int | None:
        """Return how a worker ended; waits a moment for it. None if nobody can tell."""
        with self._news:
            self._news.wait_for(lambda: process in self._statuses or self._ended, timeout=_STATUS_WITHIN)
            return self._statuses.pop(process, None)

    def close(self) -> None:
        """End the program and every worker it made."""
        with self._news:
            if self._closed:
                return
            self._closed = True
        # Unlike closing, this wakes the thread that listens, and tells the program to end.
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        try:
            self._program.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            self._program.kill()
        self._listener.join()
        self._control.close()
        self._log.close()


class _ForkedWorker:
    """A worker that was forked; see `Process`."""

    def __init__(self, number: int, handle: int | None, server: ForkServer) -> None:
        self.number = number
        self._handle = handle
        self._server = server

    def kill(self) -> None:
        if self._handle is None:
            self._server.tell("kill", self.number)
        elif sys.platform == "linux":
            with contextlib.suppress(ProcessLookupError):  # it ended in the same moment by itself
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def cpu_seconds(self) -> float | None:
        try:
            stat = Path(f"/proc/{self.number}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        if self._has_ended():
            return None  # what was read may be of another process
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _has_ended(self) -> bool:
        if self._handle is None:
            return False
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        return bool(ended.poll(0))

    def lower_priority(self) -> bool:
        return self._server.tell("slow", self.number)

    def exit_status(self) -> int | None:
        return self._server.exit_status(self.number)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def spawn_worker(graph: Path | None, sandbox: Sandbox) -> Worker:
    """Start a program that is one worker, where there is no fork; it loads the graph itself.

    Raises:
        BadContent: If it ends before it has called back.
        Busy: If the system has no room for another process.
        Unreachable: If it cannot be started, or does not call back in time.
    """
    try:
        return _started_alone(graph, sandbox)
    except OSError as error:
        if _is_full(error):
            raise Busy(_NO_ROOM) from error
        _LOG.error("A worker cannot be started: %s", error)
        raise Unreachable("The engine cannot be started just now; try again in a moment.") from error


def _started_alone(graph: Path | None, sandbox: Sandbox) -> Worker:
    token = secrets.token_hex(32)
    log = tempfile.TemporaryFile()  # noqa: SIM115 - the process keeps it
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = {
            "graph": None if graph is None else str(graph),
            "address": listener.getsockname(),
            "token": token,
            **_shared(sandbox),
        }
        process = _SpawnedWorker(_started(settings, log, []), log)
        try:
            connection = _called_back(listener, process, token)
        except BaseException:
            process.kill()
            process.close()
            raise
    return Worker(connection, process)


def _is_full(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in _FULL


def _called_back(listener: socket.socket, process: "_SpawnedWorker", token: str) -> socket.socket:
    """Wait until the program calls and proves who it is."""
    listener.settimeout(0.1)
    waited = 0.0
    while True:
        try:
            connection, _ = listener.accept()
        except TimeoutError as error:
            waited += 0.1
            if process.has_ended():
                raise BadContent(f"The graph cannot be loaded: {process.last_line()}") from error
            if waited > _LONGEST_LOAD:
                raise Unreachable("The engine cannot be started just now; try again in a moment.") from error
            continue
        connection.settimeout(_LONGEST_START)
        if secrets.compare_digest(_exactly(connection, len(token)), token.encode()):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _number_of(connection.recv(_LONGEST_PACKET))
            return connection
        connection.close()


class _SpawnedWorker:
    """A worker that is a program of its own; see `Process`."""

    def __init__(self, program: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self.number = program.pid
        self._program = program
        self._log = log

    def kill(self) -> None:
        self._program.kill()

    def cpu_seconds(self) -> float | None:
        return None

    def lower_priority(self) -> bool:
        return False

    def has_ended(self) -> bool:
        return self._program.poll() is not None

    def last_line(self) -> str:
        return _last_line(self._log)

    def exit_status(self) -> int | None:
        try:
            return self._program.wait(_STATUS_WITHIN)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """Reap the program, which ends by itself where its socket is closed."""
        threading.Thread(target=self._reap, name="end of a worker", daemon=True).start()

    def _reap(self) -> None:
        try:
            self._program.wait(_LONGEST_END)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()
        self._log.close()


def _shared(sandbox: Sandbox) -> dict[str, object]:
    return {"sandbox": vars(sandbox), "prefixes": PREFIXES}


def _started(settings: Mapping[str, object], log: IO[bytes], passed: list[int]) -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        [sys.executable, "-m", "kg.engine.fork_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=log,
        pass_fds=passed,
        # In a session of its own it hears of Ctrl+C from the application alone.
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    # It may have ended already, which its socket tells.
    with contextlib.suppress(BrokenPipeError), cast("IO[bytes]", program.stdin) as given:
        given.write(json.dumps(settings).encode())
    return program


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "the program that loads it ended."


async def _readable(connection: socket.socket) -> None:
    """Wait until there is something to receive, or the other side has hung up."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    loop.add_reader(connection, lambda: None if ready.done() else ready.set_result(None))
    try:
        await ready
    finally:
        loop.remove_reader(connection)


def _exactly(connection: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length and (more := connection.recv(length - len(received))):
        received += more
    return received


def _number_of(received: bytes) -> int:
    for kind, payload in Reader().feed(received):
        if kind is MessageKind.HELLO:
            return int(payload)
    raise ConnectionError("No worker answered.")
