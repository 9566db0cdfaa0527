"""The embedded engine: Oxigraph in worker processes that end at their deadline and can reach nothing.

There are two lanes, so that queries from outside never take the place of those our own pages ask.
"""

import asyncio
import json
import os
import tempfile
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from rdflib import URIRef

from kg.engine import Answer, Asked, Dataset, Delivery, Form, ResultType
from kg.engine.evaluation import answer_from
from kg.engine.frames import Frame, Reader, request
from kg.engine.limits import Limits
from kg.engine.nursery import FORKS, Nursery, Worker
from kg.engine.outline import refuse_if_hostile
from kg.engine.worker import Fence
from kg.errors import BadQuery, Busy, KgError, TooCostly

__all__ = ["EmbeddedEngine"]

_PAGES_AT_ONCE = 4
_IDLE = 8
# After so much of a processor's time a query lets others go first, so that a short one never waits behind it;
# sooner in a crowd. The first query of a new worker needs a part of it to copy what it reads of the graph.
_QUICK, _QUICK_IN_A_CROWD = 0.3, 0.1
# For so long at most a query waits until a processor is free for it alone.
_ASIDE = 0.1
# Each worker reads a copy of the graph of its own: more of them at once and no processor's cache holds any.
_QUICK_AT_ONCE = os.cpu_count() or 1
_BLOCK = 1 << 16
_RECEIVED = 1 << 18
_IN_MEMORY = 4 << 20


class EmbeddedEngine:
    """Answers from worker processes that hold the graph in memory.

    Args:
        graph: N-Quads to load; None for no statement at all.
        limits: What a query may cost.
        forks: Whether workers are forked; else each is a program that loads the graph.
        closed: Whether workers may open neither files nor sockets; False only to show why they may not.

    Raises:
        BadContent: If the graph cannot be loaded.
    """

    def __init__(
        self,
        graph: Path | None,
        limits: Limits | None = None,
        *,
        forks: bool = FORKS,
        closed: bool = True,
    ) -> None:
        self._limits = limits or Limits()
        self._fence = Fence(self._limits.memory, self._limits.answer, closed)
        self._forks = forks
        self._lock = threading.Lock()
        self._nursery = Nursery(graph, self._fence, forks=forks)
        self._in_use: dict[Nursery, int] = {}
        self._for_pages: list[Worker] = []
        self._page_slots = threading.BoundedSemaphore(_PAGES_AT_ONCE if forks else 1)
        self._for_public: list[Worker] = []
        self._running = self._quick = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._aside: list[asyncio.Future[None]] = []

    @property
    def limits(self) -> Limits:
        """What a query may cost."""
        return self._limits

    def reload(self, graph: Path) -> None:
        """Answer from another graph from now on; queries that run end on the one they began with.

        Raises:
            BadContent: If it cannot be loaded; the one before stays.
        """
        nursery = Nursery(graph, self._fence, forks=self._forks)
        with self._lock:
            before, self._nursery = self._nursery, nursery
            idle = [*self._for_pages, *self._for_public]
            self._for_pages.clear()
            self._for_public.clear()
        for worker in idle:
            worker.close()
        self._close_if_unused(before)

    async def leave(self) -> None:
        """See `ServingEngine.leave`: nothing here is bound to an event loop."""

    def close(self) -> None:
        """See `ServingEngine.close`: every worker ends."""
        with self._lock:
            nurseries = {self._nursery, *self._in_use}
            idle = [*self._for_pages, *self._for_public]
            self._for_pages.clear()
            self._for_public.clear()
        for worker in idle:
            worker.close()
        for nursery in nurseries:
            nursery.close()

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query in the lane of our own pages; see `Engine.answer`."""
        outline = refuse_if_hostile(query)
        form = outline.form or Form.SELECT
        kind = ResultType.NTRIPLES if form.gives_triples else ResultType.JSON
        asked = Asked(query, form, kind, Dataset.of(graphs), outline.names_dataset)
        if not self._page_slots.acquire(timeout=self._limits.for_pages):
            raise Busy("Too many pages are being drawn at once; try again in a moment.")
        try:
            return answer_from(self._whole(asked), kind)
        finally:
            self._page_slots.release()

    def _whole(self, asked: Asked) -> bytes:
        worker = self._taken(self._for_pages)
        worker = self._counted(self._nursery.worker() if worker is None else worker)
        reader = Reader()
        data = bytearray()
        end = time.monotonic() + self._limits.for_pages
        fit = False
        try:
            worker.connection.sendall(request(asked))
            while True:
                worker.connection.settimeout(max(0.001, end - time.monotonic()))
                received = worker.connection.recv(_RECEIVED)
                if not received:
                    raise worker.nursery.death(worker)
                for kind, payload in reader.feed(received):
                    if kind is Frame.DATA:
                        data += payload
                    else:
                        fit = True
                        _raise_fault(kind, payload)
                        return bytes(data)
        except TimeoutError as error:
            raise too_long(self._limits.for_pages) from error
        except ConnectionError as error:
            raise worker.nursery.death(worker) from error
        finally:
            self._released(worker, self._for_pages, fit)

    async def deliver(self, asked: Asked) -> Delivery:
        """Answer a query in the public lane; see `ServingEngine.deliver`."""
        return await self._begun(asked, Frame.QUERY)

    async def read(self, asked: Asked) -> None:
        """Read a query without answering it, in the public lane.

        Raises:
            BadQuery, TooCostly, Busy, Unreachable: As `deliver` does.
        """
        await self._begun(asked, Frame.READ)

    async def _begun(self, asked: Asked, kind: Frame) -> "_FromWorker":
        await self._turn()
        try:
            await self._place()
        except BaseException:
            self._next()
            raise
        try:
            worker = self._taken(self._for_public)
            worker = self._counted(await self._nursery.worker_soon() if worker is None else worker)
        except BaseException:
            self.goes_on()
            self._next()
            raise
        delivery = _FromWorker(self, worker)
        worker.connection.setblocking(False)
        await delivery.begin(request(asked, kind))
        return delivery

    async def _turn(self) -> None:
        """Wait until a query from outside may run."""
        if self._running < self._limits.running:
            self._running += 1
            return
        if len(self._waiting) >= self._limits.waiting:
            raise Busy("Too many queries are running; try again in a moment.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._limits.patience):
                await turn
        except TimeoutError as error:
            raise Busy("Too many queries are running; try again in a moment.") from error
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()
            raise
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)

    def _next(self) -> None:
        """Give the turn of a query that has ended to the one that waits longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._running -= 1

    async def _place(self) -> None:
        """Wait until no more short queries are at work than there are processors, but never for long."""
        if self._quick >= _QUICK_AT_ONCE:
            place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._aside.append(place)
            try:
                await asyncio.wait([place], timeout=_ASIDE)
            finally:
                self._aside.remove(place)
        self._quick += 1

    def patience(self) -> float:
        """Give the seconds of a processor's time that a query may take before others go first."""
        return _QUICK_IN_A_CROWD if self._quick > 2 * _QUICK_AT_ONCE else _QUICK

    def goes_on(self) -> None:
        """Let others in beside a query of the public lane that is not a short one, or has ended."""
        self._quick -= 1
        for place in self._aside:
            if not place.done():
                place.set_result(None)
                return

    def finished(self, worker: Worker, fit: bool, quick: bool) -> None:
        """Take back a worker of the public lane.

        Args:
            worker: The worker.
            fit: Whether it can answer the next query.
            quick: Whether its query still counted as a short one.
        """
        self._released(worker, self._for_public, fit)
        if quick:
            self.goes_on()
        self._next()

    def _taken(self, idle: list[Worker]) -> Worker | None:
        with self._lock:
            return idle.pop() if idle else None

    def _counted(self, worker: Worker) -> Worker:
        with self._lock:
            self._in_use[worker.nursery] = self._in_use.get(worker.nursery, 0) + 1
        return worker

    def _released(self, worker: Worker, idle: list[Worker], fit: bool) -> None:
        with self._lock:
            self._in_use[worker.nursery] -= 1
            keep = fit and not worker.slowed and worker.ended is None and worker.nursery is self._nursery
            if keep and len(idle) < _IDLE:
                idle.append(worker)
                return
        if not fit:
            worker.kill(TooCostly("The query was ended."))
        worker.close()
        self._close_if_unused(worker.nursery)

    def _close_if_unused(self, nursery: Nursery) -> None:
        with self._lock:
            if nursery is self._nursery or self._in_use.get(nursery, 0):
                return
            self._in_use.pop(nursery, None)
        threading.Thread(target=nursery.close, name="end of a graph").start()


def too_long(seconds: float) -> TooCostly:
    """Say that a query took longer than it may."""
    length = "1 second" if seconds == 1 else f"{seconds:g} seconds"
    return TooCostly(f"The query took longer than {length}; ask for less, or add a LIMIT.")


def _raise_fault(kind: Frame, payload: bytes) -> None:
    if kind is Frame.FAULT:
        fault = json.loads(payload)
        if fault.get("costly"):
            raise TooCostly(fault["message"])
        raise BadQuery(fault["message"], fault.get("line"), fault.get("column"))


class _FromWorker:
    """An answer on its way from a worker of the public lane; see `Delivery`."""

    def __init__(self, engine: EmbeddedEngine, worker: Worker) -> None:
        self.first = b""
        self.complete = False
        self._engine = engine
        self._worker = worker
        self._reader = Reader()
        self._spool: tempfile.SpooledTemporaryFile[bytes] | None = None
        self._written = self._given = 0
        self._fault: KgError | None = None
        self._ended = False
        self._quick = True
        self._more = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._timers: list[asyncio.TimerHandle] = []

    async def begin(self, message: bytes) -> None:
        """Ask, and wait for the first block or the end."""
        loop = asyncio.get_running_loop()
        limits = self._engine.limits
        self._timers = [
            loop.call_later(_QUICK_IN_A_CROWD / 2, self._watch),
            loop.call_later(limits.deadline, self._worker.kill, too_long(limits.deadline)),
        ]
        data = bytearray()
        try:
            await loop.sock_sendall(self._worker.connection, message)
            while not self._ended and len(data) < _BLOCK:
                data += await self._block()
        except BaseException as error:
            self._end(fit=isinstance(error, KgError) and self._ended)
            raise
        self.first = bytes(data)
        if self._ended:
            self.complete = True
            self._end(fit=True)
        else:
            self._spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - see close()
            self._pump = asyncio.create_task(self._pumped(self._spool))

    def _watch(self, before: float | None = None) -> None:
        """Let others go first if the query has been at work for long, and not only waited for its turn."""
        spent = self._worker.spent()
        if spent is None or (before is not None and spent - before >= self._engine.patience()):
            self._worker.slow_down()
            self._quick = False
            self._engine.goes_on()
        elif self._timers:
            before = spent if before is None else before
            self._timers[0] = asyncio.get_running_loop().call_later(
                _QUICK_IN_A_CROWD / 2, self._watch, before
            )

    async def _block(self) -> bytes:
        """Give what comes next; sets `_ended` when the worker has said all.

        Raises:
            KgError: If the query failed or the worker died.
        """
        try:
            received = await asyncio.get_running_loop().sock_recv(self._worker.connection, _RECEIVED)
        except ConnectionError:
            received = b""
        if not received:
            raise await asyncio.to_thread(self._worker.nursery.death, self._worker)
        data = bytearray()
        for kind, payload in self._reader.feed(received):
            if kind is Frame.DATA:
                data += payload
            else:
                self._ended = True
                _raise_fault(kind, payload)
        return bytes(data)

    async def _pumped(self, spool: tempfile.SpooledTemporaryFile[bytes]) -> None:
        """Take the rest from the worker as fast as it comes, so that a slow reader holds up nobody."""
        try:
            while not self._ended:
                data = await self._block()
                spool.seek(self._written)
                self._written += spool.write(data)
                self._more.set()
        except KgError as error:
            self._fault = error
        finally:
            fit = self._ended
            self._ended = True
            self._end(fit=fit)
            self._more.set()

    async def rest(self) -> AsyncIterator[bytes]:
        """Give what follows `first`; see `Delivery.rest`."""
        while not self.complete:
            self._more.clear()
            if self._spool is not None and self._given < self._written:
                self._spool.seek(self._given)
                data = self._spool.read(_BLOCK)
                self._given += len(data)
                yield data
            elif self._fault is not None:
                raise self._fault
            elif self._ended:
                self.complete = True
            else:
                await self._more.wait()

    async def close(self) -> None:
        """End the query if it still runs; see `Delivery.close`."""
        if self._pump is not None and not self._pump.done():
            self._worker.kill(TooCostly("Nobody waits for the answer any more."))
            await asyncio.wait([self._pump])
        if self._spool is not None:
            self._spool.close()

    def _end(self, fit: bool) -> None:
        for timer in self._timers:
            timer.cancel()
        if self._timers:
            self._timers = []
            self._engine.finished(self._worker, fit, self._quick)
