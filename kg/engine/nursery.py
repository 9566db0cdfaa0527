"""Where workers come from: one program that holds the graph and forks them, or one program for each."""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kg.engine.frames import Frame, Reader
from kg.engine.worker import Fence
from kg.errors import BadContent, BadQuery, KgError, TooCostly, Unreachable
from kg.terms import PREFIXES

__all__ = ["FORKS", "Nursery", "Worker"]

# macOS forks, but its system libraries may not be used afterwards.
FORKS = hasattr(os, "fork") and sys.platform != "darwin"
_LONGEST_LOAD = 600.0
_LONGEST_START = 30.0


@dataclass(eq=False)
class Worker:
    """One worker, as the application knows it.

    Attributes:
        connection: The socket to talk to it.
        process: Its number as a process.
        nursery: Where it comes from.
        ended: Why the application ended it; None while it lives.
        slowed: Whether it runs at a lower priority by now, for good.
    """

    connection: socket.socket
    process: int
    nursery: "Nursery"
    ended: KgError | None = None
    slowed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def kill(self, why: KgError) -> None:
        """End it at once, whatever it does."""
        with self._lock:
            if self.ended is None:
                self.ended = why
                self.nursery.kill(self.process)

    def spent(self) -> float | None:
        """Give the seconds of a processor that it has used so far; None where that cannot be known."""
        try:
            numbers = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def slow_down(self) -> None:
        """Let others go first from now on."""
        if sys.platform != "win32" and self.ended is None:
            self.slowed = True
            threads = Path(f"/proc/{self.process}/task")
            try:
                # Where there is /proc, each thread has a priority of its own.
                each_thread = [int(each.name) for each in threads.iterdir()] if threads.exists() else []
                for each in each_thread or [self.process]:
                    os.setpriority(os.PRIO_PROCESS, each, 15)
            except (FileNotFoundError, ProcessLookupError):
                return  # it has just died, and whoever reads from it hears of that

    def close(self) -> None:
        """Let it go: it ends by itself."""
        self.connection.close()


class Nursery:
    """Holds one state of the graph and makes workers of it.

    Args:
        graph: N-Quads to load; None for no statement at all.
        fence: What a worker may do.
        forks: Whether to fork workers from one program that has loaded the graph; else each worker
            loads it, which takes longer.

    Raises:
        BadContent: If the graph cannot be loaded.
    """

    def __init__(self, graph: Path | None, fence: Fence, *, forks: bool = FORKS) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kg-")
        if graph is not None and not forks:
            # Every worker to come loads it, long after whoever gave it may have deleted it.
            graph = Path(shutil.copy(graph, self._folder.name))
        self._given: dict[str, object] = {
            "graph": None if graph is None else str(graph.resolve()),
            "fence": vars(fence),
            "prefixes": PREFIXES,
            "fork": forks,
        }
        self._forks = forks
        self._log = (Path(self._folder.name) / "log").open("w+b")
        self._deaths: dict[int, int] = {}
        self._heard = threading.Condition()
        self._programs: dict[int, subprocess.Popen[str]] = {}
        self._closed = False
        if forks:
            self._address = str(Path(self._folder.name) / "workers")
            self._zygote = self._started(self._given | {"address": self._address})
            self._await_ready()
            threading.Thread(target=self._listen, name="deaths of workers", daemon=True).start()

    def _started(self, given: Mapping[str, object]) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-m", "kg.engine.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        _input(program).write(json.dumps(given) + "\n")
        _input(program).flush()
        return program

    def _await_ready(self) -> None:
        """Wait until the graph is loaded."""
        timer = threading.Timer(_LONGEST_LOAD, self._zygote.kill)
        timer.start()
        line = _output(self._zygote).readline()
        timer.cancel()
        if line.strip() != "ready":
            self._zygote.kill()
            self._zygote.wait()
            reason = self._last_words()
            self.close()
            raise BadContent(f"The graph cannot be loaded: {reason}")

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "the program that holds it ended."

    def _listen(self) -> None:
        try:
            for line in _output(self._zygote):
                _, process, status = line.split()
                with self._heard:
                    self._deaths[int(process)] = int(status)
                    while len(self._deaths) > 1000:
                        self._deaths.pop(next(iter(self._deaths)))
                    self._heard.notify_all()
        except ValueError:
            # What is listened to may be closed in the middle of a line, by `close` and nobody else.
            if not self._closed:
                raise

    def worker(self) -> Worker:
        """Make a worker; takes milliseconds where there is fork.

        Raises:
            Unreachable: If no worker can be made.
        """
        with contextlib.ExitStack() as unless_it_answers:
            try:
                connection = self._called() if self._forks else self._called_back()
                unless_it_answers.callback(connection.close)
                connection.settimeout(_LONGEST_LOAD if not self._forks else _LONGEST_START)
                worker = Worker(connection, _number_of(connection.recv(64)), self)
            except OSError as error:
                raise Unreachable("The program that holds the graph has ended.") from error
            unless_it_answers.pop_all()
        return worker

    async def worker_soon(self) -> Worker:
        """Make a worker without holding up an event loop; see `worker`."""
        if not self._forks:
            return await asyncio.to_thread(self.worker)
        loop = asyncio.get_running_loop()
        with contextlib.ExitStack() as unless_it_answers:
            # Whoever asked may go away meanwhile, which cancels this.
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            unless_it_answers.callback(connection.close)
            connection.setblocking(False)
            try:
                await loop.sock_connect(connection, self._address)
                async with asyncio.timeout(_LONGEST_START):
                    worker = Worker(connection, _number_of(await loop.sock_recv(connection, 64)), self)
            except (OSError, TimeoutError) as error:
                raise Unreachable("The program that holds the graph has ended.") from error
            unless_it_answers.pop_all()
        return worker

    def _called(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_LONGEST_START)
        connection.connect(self._address)
        return connection

    def _called_back(self) -> socket.socket:
        """Start a program that is one worker, and wait until it calls and proves who it is."""
        token = secrets.token_hex(32)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(_LONGEST_LOAD)
            program = self._started(self._given | {"address": listener.getsockname(), "token": token})
            while True:
                connection, _ = listener.accept()
                connection.settimeout(_LONGEST_START)
                if secrets.compare_digest(_exactly(connection, len(token)), token.encode()):
                    break
                connection.close()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._programs[program.pid] = program
        return connection

    def kill(self, process: int) -> None:
        """End a worker at once."""
        if not self._forks:
            if program := self._programs.pop(process, None):
                _end(program)
            return
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            return  # it died in the same moment by itself

    def death(self, worker: Worker) -> KgError:
        """Say why a worker died that hung up before its answer was whole."""
        if worker.ended is not None:
            return worker.ended
        status = self._status(worker.process)
        if status is None:
            return Unreachable("The program that holds the graph has ended.")
        # Rust ends a process that gets no memory by SIGABRT, one whose stack is full by SIGABRT or SIGSEGV.
        if status == -signal.SIGSEGV:
            return BadQuery("The query is nested too deeply.")
        if status == -signal.SIGABRT:
            return TooCostly("The query needs too much memory; ask for less, or add a LIMIT.")
        return TooCostly(f"The query needs more than it may have (exit {status}); ask for less.")

    def _status(self, process: int) -> int | None:
        if not self._forks:
            program = self._programs.pop(process, None)
            return None if program is None else _end(program, kill=False)
        with self._heard:
            self._heard.wait_for(lambda: process in self._deaths, timeout=2.0)
            return self._deaths.pop(process, None)

    def close(self) -> None:
        """End the program that holds the graph, and every worker."""
        if self._closed:
            return
        self._closed = True
        for program in self._programs.values():
            _end(program)
        if self._forks:
            _end(self._zygote, kill=False)
        self._log.close()
        self._folder.cleanup()


def _end(program: subprocess.Popen[str], *, kill: bool = True) -> int:
    """End a program, which ends by itself where its input is closed; gives its exit status."""
    if kill:
        program.kill()
    _input(program).close()
    status = program.wait(timeout=_LONGEST_START)
    _output(program).close()
    return status


def _input(program: subprocess.Popen[str]) -> IO[str]:
    assert program.stdin is not None
    return program.stdin


def _output(program: subprocess.Popen[str]) -> IO[str]:
    assert program.stdout is not None
    return program.stdout


def _exactly(connection: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length and (more := connection.recv(length - len(received))):
        received += more
    return received


def _number_of(received: bytes) -> int:
    for kind, payload in Reader().feed(received):
        if kind is Frame.HELLO:
            return int(payload)
    raise ConnectionError("No worker answered.")
