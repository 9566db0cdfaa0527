"""A worker: a process that holds the graph, answers one query after the other, and can be killed."""

import faulthandler
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn, cast

import pyoxigraph as ox

from kg.engine import QueryRequest
from kg.engine.evaluation import evaluate, write
from kg.engine.messages import MessageKind, Reader, decode_request, encode
from kg.errors import BadQuery, TooCostly

if sys.platform != "win32":
    import resource

__all__ = ["Sandbox", "serve"]

_BLOCK = 1 << 16
# What Oxigraph puts on the stack for the deepest query that the outline lets through, many times over.
_STACK = 256 << 20


@dataclass(frozen=True)
class Sandbox:
    """What a worker may do.

    Attributes:
        memory: Bytes a query may use beyond what the graph takes; 0 for no limit.
        answer: Bytes an answer may have.
        seconds: How long a query may run if nobody is left to end it at its deadline.
        closed: Whether it may open neither files nor sockets.
    """

    memory: int
    answer: int
    seconds: float
    closed: bool = True


def serve(
    connection: socket.socket, store: ox.Store, sandbox: Sandbox, prefixes: Mapping[str, str]
) -> NoReturn:
    """Answer queries until the other side hangs up, then end this process.

    Args:
        connection: A connected socket, at whose other end the application asks.
        store: What holds the graph.
        sandbox: What this process may do from now on.
        prefixes: Prefixes for answers that have any.
    """
    faulthandler.disable()
    _close_in(sandbox)
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_answer_until_the_end, args=(connection, store, sandbox, prefixes))
    thread.start()
    thread.join()
    os._exit(os.EX_SOFTWARE)


def _close_in(sandbox: Sandbox) -> None:
    if sys.platform == "win32":
        return
    statm = Path("/proc/self/statm")
    held = int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else None
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sandbox.closed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    if sandbox.memory and held is not None:
        limit = held + _STACK + sandbox.memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answer_until_the_end(
    connection: socket.socket, store: ox.Store, sandbox: Sandbox, prefixes: Mapping[str, str]
) -> NoReturn:
    status = os.EX_SOFTWARE  # what the application hears of a panic in Rust
    try:
        _answer_all(connection, store, sandbox, prefixes)
        status = os.EX_OK
    except ConnectionError:
        status = os.EX_OK
    finally:
        os._exit(status)


def _answer_all(
    connection: socket.socket, store: ox.Store, sandbox: Sandbox, prefixes: Mapping[str, str]
) -> None:
    reader = Reader()
    while received := connection.recv(_BLOCK):
        for kind, payload in reader.feed(received):
            only_read = kind is MessageKind.READ
            _end_after(sandbox.seconds)
            _answer(connection, store, decode_request(payload), sandbox, None if only_read else prefixes)
            _end_after(0)


def _end_after(seconds: float) -> None:
    """Let the kernel end this process after so long; 0 for never."""
    if sys.platform != "win32":
        # Nothing handles SIGALRM here, so it ends the process whatever runs in it.
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(
    connection: socket.socket,
    store: ox.Store,
    request: QueryRequest,
    sandbox: Sandbox,
    prefixes: Mapping[str, str] | None,
) -> None:
    """Answer one query; only read it where there are no prefixes to write with."""
    out = _Answer(connection, sandbox.answer)
    try:
        result = evaluate(store, request.query, request.dataset, request.names_dataset)
        if isinstance(result, ox.QueryTriples) != request.form.gives_triples:
            raise BadQuery("The query cannot be answered: its form is not clear.")
        if prefixes is not None:
            write(result, request, cast("IO[bytes]", out), prefixes)
    except BadQuery as error:
        out.fail({"message": str(error), "line": error.line, "column": error.column})
    except TooCostly as error:
        out.fail({"message": str(error), "costly": True})
    except MemoryError:
        out.fail(
            {"message": "The query needs too much memory; ask for less, or add a LIMIT.", "costly": True}
        )
    except ConnectionError:
        raise
    except (OSError, RuntimeError, ValueError) as error:
        # What a query reaches for outside fails here, because nothing can be opened.
        out.fail({"message": f"The query cannot be answered: {error}."})
    else:
        out.end()


class _Answer:
    """A file that sends what is written to it, in blocks; a short answer leaves in one piece."""

    def __init__(self, connection: socket.socket, largest: int) -> None:
        self._connection = connection
        self._left = largest
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise TooCostly("The answer is larger than it may be; ask for less, or add a LIMIT.")
        self._held += data
        if len(self._held) >= _BLOCK:
            self._connection.sendall(encode(MessageKind.DATA, bytes(self._held)))
            self._held.clear()
        return len(data)

    def flush(self) -> None:
        """Keep what is held: a block is sent when it is full."""

    def end(self) -> None:
        data = encode(MessageKind.DATA, bytes(self._held)) if self._held else b""
        self._connection.sendall(data + encode(MessageKind.END))

    def fail(self, fault: dict[str, object]) -> None:
        self._connection.sendall(encode(MessageKind.FAULT, json.dumps(fault).encode()))
