"""A query from outside, run in a process of its own that ends at its deadline and can reach nothing."""

import faulthandler
import os
import pickle
import re
import resource
import selectors
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from rdflib import URIRef

from kg.engine import Answer, Engine
from kg.errors import BadQuery

__all__ = ["GuardedEngine"]

_CHUNK = 1 << 16
# Strings, addresses and comments, in which SERVICE is no keyword. A courtesy: safety rests on the limits.
_SPOKEN_FOR = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|<[^<>\s]*>|#[^\n]*')
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)


class GuardedEngine:
    """Runs each query in a fork of this process that can be killed.

    The fork may open no file and no socket, so SERVICE reaches nothing; it has a limit on memory;
    it is killed at its deadline. Only where `os.fork` exists.

    Args:
        engine: An engine inside this process, with no thread of its own.
        deadline: Seconds a query may take.
        memory: Bytes a query may use beyond what is there when it begins.
    """

    def __init__(self, engine: Engine, deadline: float = 20.0, memory: int = 1 << 30) -> None:
        self._engine = engine
        self._deadline = deadline
        self._memory = memory

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query; see `Engine.answer`.

        Raises:
            BadQuery: Also if the query took too long, needed too much memory or was too complex.
        """
        if _SERVICE.search(_SPOKEN_FOR.sub(" ", query)):
            raise BadQuery("SERVICE is not available: this graph is asked alone.")
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            self._run(writer, query, graphs)
        os.close(writer)
        try:
            raw = self._received(reader, child)
        finally:
            os.close(reader)
            _, status = os.waitpid(child, 0)
        if not raw:
            raise BadQuery(_meaning(status))
        result = pickle.loads(raw)
        if isinstance(result, BadQuery):
            raise result
        answer: Answer = result
        return answer

    def _run(self, writer: int, query: str, graphs: Sequence[URIRef] | None) -> None:
        """Run in the fork and end it; nothing returns from here."""
        try:
            faulthandler.disable()
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            limit = _virtual_size() + self._memory
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            try:
                result: Answer | BadQuery = self._engine.answer(query, graphs)
            except BadQuery as error:
                result = error
            except MemoryError:
                result = BadQuery("The query needed too much memory; ask for less, or add a LIMIT.")
            except (TypeError, ValueError, RecursionError) as error:
                result = BadQuery(f"The answer cannot be given: {error}")
            raw = pickle.dumps(result)
            while raw:
                raw = raw[os.write(writer, raw) :]
        finally:
            os._exit(0)

    def _received(self, reader: int, child: int) -> bytes:
        chunks: list[bytes] = []
        end = time.monotonic() + self._deadline
        with selectors.DefaultSelector() as ready:
            ready.register(reader, selectors.EVENT_READ)
            while True:
                if not ready.select(max(0.0, end - time.monotonic())):
                    os.kill(child, signal.SIGKILL)
                    return b""
                chunk = os.read(reader, _CHUNK)
                if not chunk:
                    return b"".join(chunks)
                chunks.append(chunk)


def _virtual_size() -> int:
    """Give the address space in use, in bytes, where the system tells it; else a generous guess."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 4 << 30


def _meaning(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGKILL:
        return "The query took longer than it may; ask for less, or add a LIMIT."
    if code == -signal.SIGSEGV:
        return "The query is nested too deeply."
    if code == -signal.SIGABRT:
        return "The query needed too much memory, or reached for something outside; ask for less."
    return f"The query needed more than it may (exit {code}); ask for less, or add a LIMIT."
