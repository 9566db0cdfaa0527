"""The embedded engine: Oxigraph in worker processes that end at their deadline and can reach nothing.

There are two lanes, so that queries from outside never take the place of those our own pages ask.
"""

import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path

from rdflib import URIRef

from kg.engine import Answer, QueryRequest
from kg.engine.admission import Admission, Turn
from kg.engine.evaluation import answer_from
from kg.engine.limits import Limits
from kg.engine.messages import MessageKind, Reader, encode_request
from kg.engine.outline import whole_request
from kg.engine.pool import Lane, WorkerPool
from kg.engine.streams import WorkerStream, fault_of, too_long
from kg.engine.worker import Sandbox
from kg.engine.workers import FORKS, Worker, WorkerGone
from kg.errors import Busy, TooCostly

__all__ = ["EmbeddedEngine", "Lanes"]

_PAGES_AT_ONCE = 4
_RECEIVED = 1 << 18
# A new worker that is ended from outside is most likely ended because memory ran out; one more is tried.
_MOST_TRIES = 2
_GRACE = 30.0


class Lanes:
    """How many queries run at once, over all states of the graph that are answered from.

    Args:
        limits: What queries may cost.
        forks: Whether workers are forked, and so share the memory of the graph.

    Attributes:
        public: Turns of queries from outside.
        pages: Places for questions of our own pages.
    """

    def __init__(self, limits: Limits, *, forks: bool = FORKS) -> None:
        self.public = Admission(limits)
        self.pages = threading.BoundedSemaphore(_PAGES_AT_ONCE if forks else 1)


class EmbeddedEngine:
    """Answers from worker processes that hold one state of the graph in memory, which never changes.

    It is closed when nothing refers to it any more, or by `close`.

    Args:
        graph: N-Quads to load, which may be deleted afterwards; None for no statement at all.
        limits: What a query may cost.
        lanes: What is shared with engines of other states of the graph; its own if None.
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
        lanes: Lanes | None = None,
        forks: bool = FORKS,
        closed: bool = True,
    ) -> None:
        self._limits = limits or Limits()
        self._lanes = lanes or Lanes(self._limits, forks=forks)
        longest = max(self._limits.deadline, self._limits.for_pages) + _GRACE
        sandbox = Sandbox(self._limits.memory, self._limits.answer, longest, closed)
        self._pool = WorkerPool(graph, sandbox, forks=forks)
        self._unused = weakref.finalize(self, _close_aside, self._pool)
        # When this process ends, the programs see it, and end as well.
        self._unused.atexit = False

    @property
    def limits(self) -> Limits:
        """What a query may cost."""
        return self._limits

    @property
    def running(self) -> int:
        """Return how many queries from outside run."""
        return self._lanes.public.running

    @property
    def is_ready(self) -> bool:
        """Whether a query can be answered at once, and no part of the engine is being started again."""
        return self._pool.is_ready

    async def leave(self) -> None:
        """See `ServingEngine.leave`: nothing here is bound to an event loop."""

    def close(self) -> None:
        """See `ServingEngine.close`: every worker ends."""
        self._unused.detach()
        self._pool.close()

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query in the lane of our own pages; see `Engine.answer`."""
        request = whole_request(query, graphs)
        if not self._lanes.pages.acquire(timeout=self._limits.for_pages):
            raise Busy("Too many pages are being drawn at once; try again in a moment.")
        try:
            return answer_from(self._whole(request), request.type)
        finally:
            self._lanes.pages.release()

    def _whole(self, request: QueryRequest) -> bytes:
        end = time.monotonic() + self._limits.for_pages
        tries = _Tries()
        while True:
            worker = self._pool.take(Lane.PAGES)
            try:
                return self._exchange(worker, request, end)
            except WorkerGone as gone:
                tries.count(worker, gone)

    def _exchange(self, worker: Worker, request: QueryRequest, end: float) -> bytes:
        """Ask one worker, and give it back.

        Raises:
            WorkerGone: If it ended before its answer was whole.
            KgError: If the query failed.
        """
        reader = Reader()
        data = bytearray()
        fit = False
        try:
            worker.connection.settimeout(max(0.001, end - time.monotonic()))
            worker.connection.sendall(encode_request(request))
            while True:
                worker.connection.settimeout(max(0.001, end - time.monotonic()))
                received = worker.connection.recv(_RECEIVED)
                if not received:
                    raise worker.gone()
                for kind, payload in reader.feed(received):
                    if kind is MessageKind.DATA:
                        data += payload
                    elif kind is MessageKind.FAULT:
                        fit = True
                        raise fault_of(payload)
                    else:
                        fit = True
                        return bytes(data)
        except TimeoutError as error:
            raise too_long(self._limits.for_pages) from error
        except ConnectionError as error:
            raise worker.gone() from error
        finally:
            self._pool.give_back(worker, Lane.PAGES, fit=fit)

    async def stream(self, request: QueryRequest, client: str = "") -> WorkerStream:
        """Answer a query in the public lane; see `ServingEngine.stream`."""
        return await self._begun(request, MessageKind.QUERY, client)

    async def read(self, request: QueryRequest, client: str = "") -> None:
        """Read a query without answering it, in the public lane.

        Raises:
            BadQuery, TooCostly, Busy, Unreachable: As `stream` does.
        """
        await self._begun(request, MessageKind.READ, client)

    async def _begun(self, request: QueryRequest, kind: MessageKind, client: str) -> WorkerStream:
        turn = await self._lanes.public.admit(client)
        try:
            await turn.await_processor()
            tries = _Tries()
            while True:
                worker = await self._pool.take_soon(Lane.PUBLIC)
                stream = self._stream(worker, turn)
                try:
                    await stream.begin(encode_request(request, kind))
                    return stream
                except WorkerGone as gone:
                    tries.count(worker, gone)
        except BaseException:
            turn.end()
            raise

    def _stream(self, worker: Worker, turn: Turn) -> WorkerStream:
        worker.connection.setblocking(False)

        def give_back(worker: Worker, fit: bool) -> None:
            # This closure also keeps the engine open until the answer is whole.
            self._pool.give_back(worker, Lane.PUBLIC, fit=fit)

        return WorkerStream(worker, turn, self._limits, self._lanes.public.patience, give_back)


class _Tries:
    """Counts the workers that were lost on one query."""

    def __init__(self) -> None:
        self._lost_new = 0

    def count(self, worker: Worker, gone: WorkerGone) -> None:
        """Count a worker that ended from outside.

        Raises:
            KgError: If another one would most likely end as well, or the query is to blame.
        """
        if not gone.retry:
            raise gone.reason from gone
        # One that had answered before may have died while it was idle, which says nothing of this query.
        self._lost_new += not worker.answered
        if self._lost_new >= _MOST_TRIES:
            raise TooCostly(
                "The system ended the query twice, most likely because memory ran out; ask for less, or add "
                "a LIMIT."
            ) from gone


def _close_aside(pool: WorkerPool) -> None:
    threading.Thread(target=pool.close, name="end of a graph", daemon=True).start()
