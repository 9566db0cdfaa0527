"""The program that loads the graph once and forks a worker for each socket it is handed.

It is started by exec and has no thread and no event loop. It reads its settings from standard input, as
one JSON document. Where it forks, it then talks to the application over a socket of packets:

- the application sends `worker` with one end of a socket attached: fork a worker that answers there;
- `kill PID` and `slow PID`: end a worker, or let others go first; only this program knows for certain
  that a process of that number is still its own child;
- it sends `ready` once the graph is loaded, and `died PID STATUS` for each worker that ended.

It ends, with all its workers, as soon as the application's end of that socket is closed.
"""

import contextlib
import fcntl
import json
import os
import selectors
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from kg.engine.messages import MessageKind, encode
from kg.engine.worker import Sandbox, serve

__all__ = ["main"]

_LONGEST_PACKET = 256
_LOW_PRIORITY = 15


def main() -> NoReturn:
    """Read from standard input which graph to load, what workers may do, and whom to talk to."""
    settings: dict[str, Any] = json.load(sys.stdin)
    graph = Path(settings["graph"]) if settings["graph"] else None
    sandbox = Sandbox(**settings["sandbox"])
    if "control" in settings:
        with socket.socket(fileno=settings["control"]) as control:
            with _ended_by_hang_up(control):
                store = load_graph(graph)
            _ForkServer(control, store, sandbox, settings["prefixes"]).run()
    _serve_alone(load_graph(graph), settings, sandbox)


def load_graph(graph: Path | None) -> ox.Store:
    """Load N-Quads into memory; nothing if no file is named."""
    store = ox.Store()
    if graph is not None:
        store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    return store


@contextlib.contextmanager
def _ended_by_hang_up(control: socket.socket) -> Any:
    """End at once if the application goes away, although nothing reads from the socket meanwhile."""
    flags = fcntl.fcntl(control, fcntl.F_GETFL)
    # The kernel sends SIGIO when the other end closes, and the default of SIGIO is to end the process.
    fcntl.fcntl(control, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(control, fcntl.F_SETFL, flags | os.O_ASYNC)
    yield
    fcntl.fcntl(control, fcntl.F_SETFL, flags)


def _serve_alone(store: ox.Store, settings: dict[str, Any], sandbox: Sandbox) -> NoReturn:
    """Be the one worker of this program, where there is no fork: call the application back."""
    host, port = settings["address"]
    connection = socket.create_connection((host, port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(settings["token"].encode())
    connection.sendall(encode(MessageKind.HELLO, str(os.getpid()).encode()))
    serve(connection, store, sandbox, settings["prefixes"])


class _ForkServer:
    """Forks workers on request and reports how they ended."""

    def __init__(
        self, control: socket.socket, store: ox.Store, sandbox: Sandbox, prefixes: dict[str, str]
    ) -> None:
        self._control = control
        self._store = store
        self._sandbox = sandbox
        self._prefixes = prefixes
        self._alive: set[int] = set()
        self._woken, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()

    def run(self) -> NoReturn:
        for each in (self._woken, self._waker):
            each.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker.fileno())
        self._selector.register(self._control, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        try:
            self._control.send(b"ready")
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is self._woken:
                        self._woken.recv(4096)
                        self._report_deaths()
                    else:
                        self._obey()
        except ConnectionError:  # an application that was killed with news unread
            _end_all()

    def _obey(self) -> None:
        """Do what one packet of the application asks for."""
        packet, attached, _, _ = socket.recv_fds(self._control, _LONGEST_PACKET, 1)
        if not packet:
            _end_all()
        if packet == b"worker":
            # Where no descriptor is left the kernel drops the socket, and the application hears of it.
            for descriptor in attached:
                with socket.socket(fileno=descriptor) as connection:
                    self._fork(connection)
            return
        action, process = packet.split()
        if int(process) in self._alive:
            if action == b"kill":
                os.kill(int(process), signal.SIGKILL)
            else:
                _lower_priority(int(process))

    def _fork(self, connection: socket.socket) -> None:
        try:
            process = os.fork()
        except OSError:
            return  # the socket closes: the application says that there is no room for a process
        if process == 0:
            try:
                self._become_worker(connection)
                serve(connection, self._store, self._sandbox, self._prefixes)
            except (OSError, RuntimeError, MemoryError):  # no file, thread or memory to begin with
                os._exit(os.EX_OSERR)
            finally:
                os._exit(os.EX_SOFTWARE)
        self._alive.add(process)
        try:
            _introduce(connection, process)
        except OSError:  # nobody waits for it any more, or nothing can be sent
            os.kill(process, signal.SIGKILL)

    def _become_worker(self, connection: socket.socket) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._selector.close()
        for each in (self._control, self._woken, self._waker):
            each.close()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        os.close(nowhere)
        connection.setblocking(True)

    def _report_deaths(self) -> None:
        while self._alive:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            self._alive.discard(process)
            self._control.send(f"died {process} {os.waitstatus_to_exitcode(status)}".encode())


def _end_all() -> NoReturn:
    """End this program and its workers, which are its process group."""
    os.killpg(0, signal.SIGKILL)
    os._exit(os.EX_OK)


def _introduce(connection: socket.socket, process: int) -> None:
    """Send the application a worker's number and a handle on exactly this process."""
    message = encode(MessageKind.HELLO, str(process).encode())
    try:
        # Nobody but this program can reap the child, so the number is still its own.
        handle = os.pidfd_open(process)
    except OSError:
        connection.sendall(message)
        return
    try:
        socket.send_fds(connection, [message], [handle])
    finally:
        os.close(handle)


def _lower_priority(process: int) -> None:
    # On Linux each thread has a priority of its own.
    # It may have ended in this moment, or no file may be opened just now.
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), _LOW_PRIORITY)


if __name__ == "__main__":
    main()
