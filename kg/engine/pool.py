"""The workers of one state of the graph: kept while idle, replaced when they die, supervised."""

import asyncio
import logging
import shutil
import threading
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from kg.engine.worker import Sandbox
from kg.engine.workers import FORKS, ForkServer, Worker, spawn_worker
from kg.errors import Busy, KgError, TooCostly, Unreachable
from kg.storage.temporary import scratch_folder

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

__all__ = ["Lane", "WorkerPool"]

_LOG = logging.getLogger(__name__)
_MOST_IDLE = 8
# So long whoever needs a worker waits for a fork server that is being started again.
_PATIENCE = 5.0
_PAUSE = 0.05
# A fork server that dies soon after its start is started again after a pause, which doubles each time.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 60.0
_LIVED_LONG = 60.0
_NONE_LEFT = "The content was updated after this page was opened; load the page again."
T = TypeVar("T")


class Lane(StrEnum):
    """Whose queries a worker answers: those of our own pages never wait for those from outside."""

    PAGES = "pages"
    PUBLIC = "public"


class WorkerPool:
    """Gives workers for queries and takes them back; safe to use from any thread.

    Where the system can fork, one fork server holds the graph. If it dies, its workers go on, and it is
    started again, with growing pauses if it dies again and again.

    Args:
        graph: N-Quads to load; None for no statement at all. The file may be deleted afterwards.
        sandbox: What a worker may do.
        forks: Whether to fork workers; else each is a program that loads the graph.

    Raises:
        BadContent: If the graph cannot be loaded.
    """

    def __init__(self, graph: Path | None, sandbox: Sandbox, *, forks: bool = FORKS) -> None:
        self._sandbox = sandbox
        self._news = threading.Condition()
        self._idle: dict[Lane, list[Worker]] = {lane: [] for lane in Lane}
        self._closed = False
        self._closing = threading.Event()
        self._server: ForkServer | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._copy: Path | None = None
        self._forks = forks
        self._graph: IO[bytes] | None = None
        try:
            if forks:
                self._graph = None if graph is None else graph.open("rb")
                self._start()
            else:
                if graph is not None:
                    self._folder = scratch_folder("graph-")
                    self._copy = Path(shutil.copy(graph, self._folder.name))
                self._idle[Lane.PAGES].append(spawn_worker(self._copy, sandbox))
        except BaseException:
            self._free()
            raise

    def _start(self) -> None:
        started = time.monotonic()
        server = ForkServer(
            self._graph, self._sandbox, on_end=lambda: self._restart(time.monotonic() - started)
        )
        with self._news:
            self._server = server
            self._news.notify_all()
            closed = self._closed
        if closed:
            server.close()

    def _restart(self, lived: float) -> None:
        """Start the fork server again; runs in the thread that heard of the end of the one before."""
        pause = 0.0 if lived > _LIVED_LONG else _FIRST_PAUSE
        _LOG.warning("The program that holds the graph has ended; it is started again.")
        while not self._closing.wait(pause):
            try:
                self._start()
                return
            except (KgError, OSError) as error:
                pause = min(max(pause * 2, _FIRST_PAUSE), _LONGEST_PAUSE)
                _LOG.error("The program that holds the graph cannot be started: %s", error)

    @property
    def is_ready(self) -> bool:
        """Whether a new worker can be had at once."""
        server = self._server
        return not self._closed and (not self._forks or (server is not None and server.is_alive))

    @property
    def fork_server(self) -> int | None:
        """Return the number of the process that holds the graph; None where each worker does."""
        return None if self._server is None else self._server.number

    def take(self, lane: Lane) -> Worker:
        """Return an idle worker, or a new one.

        Raises:
            Busy: If the system has no room for another process.
            Unreachable: If the program that holds the graph is not there just now, or this pool is closed.
        """
        if worker := self._taken(lane):
            return worker
        if not self._forks:
            return spawn_worker(self._copy, self._sandbox)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._alive(end).worker()
            except (Busy, Unreachable):
                if not self._may_try_again(end):
                    raise
                time.sleep(_PAUSE)

    async def take_soon(self, lane: Lane) -> Worker:
        """Return an idle worker, or a new one, without holding up an event loop; see `take`."""
        if worker := self._taken(lane):
            return worker
        if not self._forks:
            return await _or_undone(asyncio.to_thread(spawn_worker, self._copy, self._sandbox), Worker.close)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                server = self._server
                if server is None or not server.is_alive:
                    server = await asyncio.to_thread(self._alive, end)
                return await server.worker_soon()
            except (Busy, Unreachable):
                if not self._may_try_again(end):
                    raise
                await asyncio.sleep(_PAUSE)

    def give_back(self, worker: Worker, lane: Lane, *, fit: bool) -> None:
        """Take a worker back.

        Args:
            worker: A worker that was taken.
            lane: Whose query it answered.
            fit: Whether it can answer the next query; else it is ended.
        """
        worker.answered = worker.answered or fit
        with self._news:
            keep = fit and not worker.slowed and worker.ended is None and not self._closed
            if keep and len(self._idle[lane]) < _MOST_IDLE:
                self._idle[lane].append(worker)
                return
        if not fit:
            worker.kill(TooCostly("The query was ended."))
        worker.close()

    def close(self) -> None:
        """End the program that holds the graph and every worker."""
        with self._news:
            if self._closed:
                return
            self._closed = True
            idle = [worker for lane in self._idle.values() for worker in lane]
            server = self._server
            self._news.notify_all()
        self._closing.set()
        for worker in idle:
            worker.close()
        if server is not None:
            server.close()
        self._free()

    def _free(self) -> None:
        if self._graph is not None:
            self._graph.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _taken(self, lane: Lane) -> Worker | None:
        while True:
            with self._news:
                if self._closed:
                    raise Unreachable(_NONE_LEFT)
                if not self._idle[lane]:
                    return None
                worker = self._idle[lane].pop()
            if worker.is_connected():
                return worker
            worker.close()  # it was killed while nobody asked it

    def _alive(self, end: float) -> ForkServer:
        """Return the fork server; wait, but no longer than until `end`, while it is started again."""
        with self._news:
            while not self._closed:
                if self._server is not None and self._server.is_alive:
                    return self._server
                if not self._news.wait(max(0.0, min(_PAUSE, end - time.monotonic()))) and (
                    time.monotonic() > end
                ):
                    raise Unreachable("The engine is being started again; try again in a moment.")
        raise Unreachable(_NONE_LEFT)

    def _may_try_again(self, end: float) -> bool:
        return not self._closed and time.monotonic() < end


async def _or_undone(awaited: Awaitable[T], undo: Callable[[T], None]) -> T:
    """Wait for something; if whoever waits gives up, undo it as soon as it is there."""
    task = asyncio.ensure_future(awaited)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(lambda done: None if done.exception() else undo(done.result()))
        raise
