"""The program that loads the graph once and forks a worker for each connection.

It is started by exec, has no thread and no event loop, and ends, with all its workers, when its
standard input is closed. It tells the application on standard output, one line each: "ready", and
"died <process> <status>" for each worker that ended.
"""

import json
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from kg.engine.worker import Fence, serve

__all__ = ["main"]


def main() -> NoReturn:
    """Read from standard input, as one line of JSON, which graph to load and where to listen."""
    given: dict[str, Any] = json.loads(sys.stdin.readline())
    store = loaded(Path(given["graph"]) if given["graph"] else None)
    fence = Fence(**given["fence"])
    if not given["fork"]:
        _alone(store, given, fence)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(given["address"])
        listener.listen(128)
        _fork_for_each(listener, store, fence, given["prefixes"])


def loaded(graph: Path | None) -> ox.Store:
    """Load N-Quads into memory; nothing if no file is named."""
    store = ox.Store()
    if graph is not None:
        store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    return store


def _alone(store: ox.Store, given: dict[str, Any], fence: Fence) -> NoReturn:
    """Be the one worker of this program, where there is no fork: call the application back."""
    host, port = given["address"]
    connection = socket.create_connection((host, port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(given["token"].encode())
    serve(connection, store, fence, given["prefixes"])


def _fork_for_each(
    listener: socket.socket, store: ox.Store, fence: Fence, prefixes: dict[str, str]
) -> NoReturn:
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    woken.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno())
    with selectors.DefaultSelector() as ready:
        for each in (listener, sys.stdin, woken):
            ready.register(each, selectors.EVENT_READ)
        _tell("ready")
        while True:
            for key, _ in ready.select():
                if key.fileobj is sys.stdin:
                    os.killpg(0, signal.SIGKILL)
                elif key.fileobj is woken:
                    woken.recv(4096)
                    _tell_who_died()
                else:
                    connection, _ = listener.accept()
                    if os.fork() == 0:
                        try:
                            _become_worker(connection, (listener, woken, waker), ready)
                            serve(connection, store, fence, prefixes)
                        finally:
                            os._exit(os.EX_SOFTWARE)
                    connection.close()


def _become_worker(
    connection: socket.socket, inherited: tuple[socket.socket, ...], ready: selectors.BaseSelector
) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ready.close()
    for each in inherited:
        each.close()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    connection.setblocking(True)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell_who_died() -> None:
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if process == 0:
            return
        _tell(f"died {process} {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
