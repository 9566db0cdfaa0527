"""Answers on their way from a worker: received as fast as they come, read as slowly as a client likes."""

import asyncio
import contextlib
import json
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from typing import IO

from kg.engine.admission import Turn
from kg.engine.limits import Limits
from kg.engine.messages import MessageKind, Reader
from kg.engine.workers import Worker, WorkerGone
from kg.errors import BadQuery, Busy, KgError, TooCostly, Unreachable

__all__ = ["Spool", "WorkerStream", "fault_of", "too_long"]

_LOG = logging.getLogger(__name__)
_FIRST = 1 << 16
_RECEIVED = 1 << 18
_IN_MEMORY = 4 << 20
_LOOK_EVERY = 0.05


def too_long(seconds: float) -> TooCostly:
    """Return the error for a query that took longer than it may."""
    length = "1 second" if seconds == 1 else f"{seconds:g} seconds"
    return TooCostly(f"The query took longer than {length}; ask for less, or add a LIMIT.")


def fault_of(payload: bytes) -> KgError:
    """Return the error that a worker reports."""
    fault = json.loads(payload)
    if fault.get("costly"):
        return TooCostly(fault["message"])
    return BadQuery(fault["message"], fault.get("line"), fault.get("column"))


class Spool:
    """Bytes written at one end and read at the other; beyond a few megabytes they lie on disk."""

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._memory = bytearray()
        self._in_memory = in_memory
        self._file: IO[bytes] | None = None
        self._written = self._read = 0

    async def write(self, data: bytes) -> None:
        """Add bytes.

        Raises:
            OSError: If the disk has no room for them.
        """
        if self._file is None and len(self._memory) + len(data) <= self._in_memory:
            self._memory += data
        else:
            await asyncio.to_thread(self._to_disk, data)
        self._written += len(data)

    def _to_disk(self, data: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed in close()
        place = self._written - len(self._memory)
        left = memoryview(data)
        while left:
            count = os.pwrite(self._file.fileno(), left, place)
            left, place = left[count:], place + count

    async def read(self, most: int) -> bytes:
        """Return the next bytes, `most` of them at most; none if there are none yet."""
        if self._read < len(self._memory):
            data = bytes(self._memory[self._read : self._read + most])
        elif self._file is not None and self._read < self._written:
            place = self._read - len(self._memory)
            most = min(most, self._written - self._read)
            data = await asyncio.to_thread(os.pread, self._file.fileno(), most, place)
        else:
            return b""
        self._read += len(data)
        return data

    def close(self) -> None:
        """Free the memory and the file."""
        self._memory.clear()
        if self._file is not None:
            self._file.close()


class WorkerStream:
    """An answer on its way from a worker; see `kg.engine.AnswerStream`.

    Args:
        worker: The worker that is asked.
        turn: The turn of the query; it ends with the worker's part.
        limits: What the query may cost.
        patience: Gives the seconds of processor time after which others go first.
        give_back: Takes the worker back, and whether it can answer another query.
    """

    def __init__(
        self,
        worker: Worker,
        turn: Turn,
        limits: Limits,
        patience: Callable[[], float],
        give_back: Callable[[Worker, bool], None],
    ) -> None:
        self.first = b""
        self.complete = False
        self._worker = worker
        self._turn = turn
        self._limits = limits
        self._patience = patience
        self._give_back = give_back
        self._reader = Reader()
        self._spool = Spool()
        self._fault: KgError | None = None
        self._answered = self._received = self._closed = False
        self._more = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._timers: list[asyncio.TimerHandle] = []

    async def begin(self, message: bytes) -> None:
        """Ask, and wait for the first block or the end.

        Args:
            message: The query, as `kg.engine.messages.encode_request` writes it.

        Raises:
            WorkerGone: If the worker ended first; the turn stays, so that another one can be asked.
            KgError: If the query failed; the turn is over.
        """
        loop = asyncio.get_running_loop()
        deadline = self._limits.deadline
        self._timers = [
            loop.call_later(_LOOK_EVERY, self._watch, None),
            loop.call_later(deadline, self._worker.kill, too_long(deadline)),
        ]
        data = bytearray()
        try:
            with contextlib.suppress(ConnectionError):  # receiving tells more
                await loop.sock_sendall(self._worker.connection, message)
            while not self._answered and len(data) < _FIRST:
                data += await self._block()
        except WorkerGone:
            self._let_go(fit=False)
            raise
        except BaseException:
            self._let_go(fit=self._answered)
            self._turn.end()
            raise
        self.first = bytes(data)
        if self._answered:
            self.complete = True
            self._let_go(fit=True)
            self._turn.end()
        else:
            self._pump = asyncio.create_task(self._receive_rest())

    def _watch(self, before: float | None) -> None:
        """Let others go first if the query has used a processor for long, and not only waited for one."""
        used = self._worker.process.cpu_seconds()
        if used is None:
            self._turn.leave_processor()
        elif before is not None and used - before >= self._patience():
            self._worker.slow_down()
            self._turn.leave_processor()
        else:
            before = used if before is None else before
            self._timers[0] = asyncio.get_running_loop().call_later(_LOOK_EVERY, self._watch, before)

    async def _block(self) -> bytes:
        """Return what comes next; sets `_answered` when the worker has said all.

        Raises:
            KgError: If the query failed.
            WorkerGone: If the worker ended.
        """
        try:
            received = await asyncio.get_running_loop().sock_recv(self._worker.connection, _RECEIVED)
        except ConnectionError:
            received = b""
        if not received:
            raise await asyncio.to_thread(self._worker.gone)
        data = bytearray()
        for kind, payload in self._reader.feed(received):
            if kind is MessageKind.DATA:
                data += payload
            else:
                self._answered = True
                if kind is MessageKind.FAULT:
                    raise fault_of(payload)
        return bytes(data)

    async def _receive_rest(self) -> None:
        """Take the rest from the worker as fast as it comes, so that a slow reader holds up nobody."""
        try:
            while not self._answered:
                await self._spool.write(await self._block())
                self._more.set()
        except KgError as error:
            self._fault = error
        except WorkerGone as error:
            self._fault = error.reason
        except OSError as error:
            _LOG.error("An answer could not be kept: %s", error)
            self._fault = Busy("The server has no room for this answer just now; ask for less, or later.")
        except BaseException:
            self._fault = Unreachable("The answer broke off; ask again.")
            raise
        finally:
            self._let_go(fit=self._answered)
            self._turn.end()
            # Only now: the last block may have taken a while to be written, or not have been.
            self._received = True
            self._more.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """Give what follows `first`; see `Delivery.rest`."""
        while not self.complete:
            self._more.clear()
            if data := await self._spool.read(_FIRST):
                yield data
            elif self._fault is not None:
                raise self._fault
            elif self._received:
                self.complete = True
            else:
                await self._more.wait()

    async def close(self) -> None:
        """End the query if it still runs; see `Delivery.close`."""
        if self._closed:
            return
        self._closed = True
        if self._pump is not None and not self._pump.done():
            self._worker.kill(TooCostly("Nobody waits for the answer any more."))
            await asyncio.wait([self._pump])
        self._spool.close()

    def _let_go(self, fit: bool) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers = []
        self._give_back(self._worker, fit)
