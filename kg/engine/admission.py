"""Which query from outside may run next: turns, shared fairly between clients, and a place at a processor.

All of it belongs to one event loop at a time, so nothing here needs a lock.
"""

import asyncio
import os
from collections import Counter, OrderedDict, deque

from kg.engine.limits import Limits
from kg.errors import Busy

__all__ = ["Admission", "Turn"]

_BUSY = "Too many queries are running; try again in a moment."
_YOUR_SHARE = "You have as many queries running and waiting as one client may; wait for one of them to end."
# A query that needs more of a processor's time than this lets others go first; sooner in a crowd. The
# first query of a new worker needs a part of it to copy what it reads of the graph.
_QUICK, _QUICK_IN_A_CROWD = 0.3, 0.1
# A query waits at most so long until a processor is free for it alone.
_LONGEST_ASIDE = 0.1


class Turn:
    """The right of one query to run, until `end`."""

    def __init__(self, admission: "Admission", client: str) -> None:
        self._admission = admission
        self._client = client
        self._at_processor = self._ended = False

    async def await_processor(self) -> None:
        """Wait until no more short queries run than there are processors, but never for long."""
        await self._admission._await_processor()
        self._at_processor = True

    def leave_processor(self) -> None:
        """Let others in beside this query, which is not a short one; later calls change nothing."""
        if self._at_processor:
            self._at_processor = False
            self._admission._release_processor()

    def end(self) -> None:
        """Give the turn to another query; later calls change nothing."""
        self.leave_processor()
        if not self._ended:
            self._ended = True
            self._admission._release(self._client)


class Admission:
    """Lets in as many queries as may run at once, the clients in rotation.

    No client takes all places: a quarter of them, one at least, stays free for others. So one client with
    any number of slow queries keeps nobody else out.

    Args:
        limits: How many may run and wait, and how long a query waits for its turn.
        processors: How many short queries run at once; as many as the machine has processors if None.
    """

    def __init__(self, limits: Limits, processors: int | None = None) -> None:
        self._limits = limits
        self._processors = processors or os.cpu_count() or 1
        self._most_of_one = max(1, limits.running - max(1, limits.running // 4))
        self._most_waiting_of_one = max(1, limits.waiting - limits.waiting // 4)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._at_processor = 0
        self._aside: list[asyncio.Future[None]] = []

    @property
    def running(self) -> int:
        """Return how many queries have a turn."""
        return self._running.total()

    async def admit(self, client: str) -> Turn:
        """Wait for a turn.

        Args:
            client: Who asks; queries of one client share what one client may take.

        Raises:
            Busy: If there are too many queries, or too many of this client, or the wait was too long.
        """
        self._bind()
        if not self._may_run(client):
            await self._wait(client)
        else:
            self._running[client] += 1
        return Turn(self, client)

    def patience(self) -> float:
        """Return the seconds of a processor's time that a query may take before others go first."""
        return _QUICK_IN_A_CROWD if self._at_processor > 2 * self._processors else _QUICK

    def _bind(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            if self._running.total() or self._waiting:
                raise RuntimeError("Queries are admitted on one event loop at a time.")
            self._loop = loop

    def _may_run(self, client: str) -> bool:
        return self._running.total() < self._limits.running and self._running[client] < self._most_of_one

    async def _wait(self, client: str) -> None:
        if len(self._waiting.get(client, ())) >= self._most_waiting_of_one:
            raise Busy(_YOUR_SHARE)
        if sum(map(len, self._waiting.values())) >= self._limits.waiting:
            raise Busy(_BUSY)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        try:
            async with asyncio.timeout(self._limits.patience):
                await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done() and not turn.cancelled():
                self._release(client)  # it came in the same moment
            if isinstance(error, TimeoutError):
                raise Busy(_BUSY) from error
            raise
        finally:
            self._forget(client, turn)

    def _forget(self, client: str, turn: asyncio.Future[None]) -> None:
        if turn in (waiting := self._waiting.get(client, deque())):
            waiting.remove(turn)
        if not waiting:
            self._waiting.pop(client, None)

    def _release(self, client: str) -> None:
        """Give a turn that has ended to the client who has fewest, and of these to who waits longest."""
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        for other in sorted(self._waiting, key=lambda client: self._running[client]):
            waiting = self._waiting[other]
            while waiting and self._may_run(other):
                turn = waiting.popleft()
                if not turn.done():
                    self._running[other] += 1
                    self._waiting.move_to_end(other)
                    turn.set_result(None)
                    return

    async def _await_processor(self) -> None:
        if self._at_processor >= self._processors:
            place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._aside.append(place)
            try:
                await asyncio.wait([place], timeout=_LONGEST_ASIDE)
            finally:
                self._aside.remove(place)
        self._at_processor += 1

    def _release_processor(self) -> None:
        self._at_processor -= 1
        for place in self._aside:
            if not place.done():
                place.set_result(None)
                return
