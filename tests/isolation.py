"""Run a program where nothing leads outside and every try to get there is recorded.

The program has a network of its own. Its routes lead everywhere and end in nothing, as behind a firewall that
drops; so does that to its resolver. All that is sent is recorded, whether or not it waits for an answer.
Home, caches and the temporary folder are empty folders. A server in there is reached by a tunnel.

As a program, this module is what runs inside: `python -m tests.isolation REPORT [TUNNEL PORT] -- COMMAND`.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_EVERYTHING = 3  # ETH_P_ALL
_OUT, _WIRE = "out", "wire"
_RESOLVER = "198.18.0.53"
_NETWORK = (
    "link set lo up",
    f"link add {_OUT} type veth peer name {_WIRE}",
    # Nobody is there to ask for the address of a neighbour.
    f"link set {_OUT} arp off",
    f"link set {_WIRE} up",
    f"link set {_OUT} up",
    f"addr add 198.18.0.1/24 dev {_OUT}",
    f"-6 addr add 2001:2::1/64 dev {_OUT} nodad",
    f"route add default dev {_OUT}",
    f"-6 route add default dev {_OUT}",
)
_PROTOCOLS = {6: "TCP", 17: "UDP"}
# What is sent to here tells that all before it has been recorded.
_LAST = ("198.18.0.99", 9)
_HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@dataclass(frozen=True)
class Isolated:
    """What a program left behind.

    Attributes:
        code: Its exit status.
        out: What it wrote, faults included.
        attempts: Where it tried to get, each as protocol, address, port and, of a resolver, the name.
        written: Files that it left in home, in caches and in the temporary folder.
    """

    code: int
    out: str
    attempts: tuple[str, ...]
    written: tuple[str, ...]


def isolated(folder: Path, command: Sequence[str], cwd: Path, **settings: str) -> Isolated:
    """Run a program to its end.

    Args:
        folder: An empty folder, for its home and the report.
        command: The program with its arguments.
        cwd: Where it runs, and may write.
        settings: Variables of its environment, beside those of this process.
    """
    inside, report = _inside(folder, command), folder / "report"
    done = subprocess.run(
        inside, cwd=cwd, env=_environment(folder, settings), capture_output=True, text=True, check=False
    )
    assert report.is_file(), f"The network could not be set up: {done.stderr}"
    return _read(folder, done.stdout + done.stderr)


class Server:
    """A server that runs isolated.

    Attributes:
        address: Where it is reached from here.
        process: What stands round it; its end is the end of the server.
        found: What it left behind, once it has ended.
    """

    def __init__(self, address: str, process: subprocess.Popen[bytes]) -> None:
        self.address = address
        self.process = process
        self.found: Isolated | None = None


@contextlib.contextmanager
def isolated_server(folder: Path, command: Sequence[str], port: int, **settings: str) -> Iterator[Server]:
    """Run a server that listens on a port; see `isolated`."""
    tunnel, log = folder / "tunnel", folder / "log"
    inside = _inside(folder, command, tunnel, port)
    with (
        log.open("wb") as output,
        subprocess.Popen(
            inside, cwd=ROOT, env=_environment(folder, settings), stdout=output, stderr=output
        ) as process,
        _forwarding(
            lambda handle: asyncio.start_server(handle, "127.0.0.1", 0),
            lambda: asyncio.open_unix_connection(tunnel),
        ) as listening,
    ):
        server = Server(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", process)
        try:
            yield server
        finally:
            process.terminate()
            process.wait()
    server.found = _read(folder, log.read_text())


def _inside(folder: Path, command: Sequence[str], tunnel: Path | None = None, port: int = 0) -> list[str]:
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        # What runs inside does without it, and starts the sooner.
        import pytest

        reason = "The programs unshare and ip were not found: install util-linux and iproute2."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Who may not make a network as they are, root in a container among them, may be root of one of their own.
    may = subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, check=False)
    whole = [] if may.returncode == 0 else ["--map-root-user"]
    way = [] if tunnel is None else [str(tunnel), str(port)]
    program = [sys.executable, "-m", "tests.isolation", str(folder / "report"), *way, "--", *command]
    return ["unshare", "--net", "--mount", *whole, "--", *program]


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    places = {name: folder / "home" / name.lower() for name in _HOMES} | {"TMPDIR": folder / "tmp"}
    for place in places.values():
        place.mkdir(parents=True)
    # Bytecode is written beside the code, by whichever program runs first.
    own = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **own, **{name: str(place) for name, place in places.items()}, **settings}


def _read(folder: Path, out: str) -> Isolated:
    report = json.loads((folder / "report").read_text())
    written = [
        path.relative_to(folder).as_posix()
        for place in (folder / "home", folder / "tmp")
        for path in place.rglob("*")
        if path.name.upper() not in _HOMES
    ]
    return Isolated(report["code"], out, tuple(report["attempts"]), tuple(sorted(written)))


_Opened = Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
_Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.contextmanager
def _forwarding(
    listen: Callable[[_Handler], Awaitable[asyncio.Server]], connect: Callable[[], _Opened]
) -> Iterator[asyncio.Server]:
    """Pass on all that comes to one address to another, in a thread of its own."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await connect()
        except OSError:
            writer.close()
            return
        await asyncio.gather(_copied(reader, far_writer), _copied(far_reader, writer))

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def start() -> asyncio.Server:
        return await listen(handle)

    async def stop() -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(start(), loop).result()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    # Either side may go away at any time; the other is then told by its own end.
    with contextlib.suppress(ConnectionError):
        while some := await reader.read(1 << 16):
            writer.write(some)
            await writer.drain()
    with contextlib.suppress(ConnectionError, RuntimeError):
        writer.close()


class _Recorder:
    """Records what arrives where everything leads."""

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_EVERYTHING))
        self._socket.bind((_WIRE, _EVERYTHING))
        self._finished = threading.Event()

    def start(self) -> None:
        """Record from now on, in a thread that ends with the program."""
        threading.Thread(target=self._record, daemon=True).start()

    def rest(self) -> None:
        """Wait until all that was sent before is recorded."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", _LAST)
        self._finished.wait()

    def _record(self) -> None:
        while True:
            packet = self._socket.recv(1 << 16)
            where = _where(packet)
            if where == f"UDP {_LAST[0]} {_LAST[1]}":
                self._finished.set()
                return
            if where is not None:
                self.attempts.append(where)


def _where(packet: bytes) -> str | None:
    """Read where a packet goes; None for what the kernel itself says to neighbours."""
    if packet[0] >> 4 == 4:
        head, kind = (packet[0] & 15) * 4, packet[9]
        address = socket.inet_ntop(socket.AF_INET, packet[16:20])
    else:
        head, kind = 40, packet[6]
        address = socket.inet_ntop(socket.AF_INET6, packet[24:40])
        if kind not in _PROTOCOLS and address.startswith("ff02:"):
            return None
    if kind not in _PROTOCOLS:
        return f"protocol {kind} {address}"
    port = struct.unpack("!H", packet[head + 2 : head + 4])[0]
    asked = f" {_name(packet[head + 8 :])}" if port == 53 and _PROTOCOLS[kind] == "UDP" else ""
    return f"{_PROTOCOLS[kind]} {address} {port}{asked}"


def _name(question: bytes) -> str:
    """Read the name in a question to a resolver."""
    labels, at = [], 12
    while at < len(question) and (length := question[at]):
        labels.append(question[at + 1 : at + 1 + length].decode("latin-1"))
        at += 1 + length
    return ".".join(labels)


def _inner(arguments: Sequence[str]) -> None:
    """Set up the network, run the command, write the report."""
    mark = arguments.index("--")
    (report, *way), command = arguments[:mark], arguments[mark + 1 :]
    for words in _NETWORK:
        subprocess.run(["ip", *words.split()], check=True)
    _resolve_there(Path(report).parent)
    recorder = _Recorder()
    recorder.start()
    with contextlib.ExitStack() as stack:
        if way:
            tunnel, port = way
            stack.enter_context(
                _forwarding(
                    lambda handle: asyncio.start_unix_server(handle, tunnel),
                    lambda: asyncio.open_connection("127.0.0.1", int(port)),
                )
            )
        with subprocess.Popen(command) as process:
            signal.signal(signal.SIGTERM, lambda *_: process.terminate())
            code = process.wait()
    recorder.rest()
    Path(report).write_text(json.dumps({"code": code, "attempts": recorder.attempts}))


def _resolve_there(folder: Path) -> None:
    """Let every name be asked of a resolver that is out there, and of no service on this machine."""
    for name, text in (("resolv.conf", f"nameserver {_RESOLVER}\n"), ("nsswitch.conf", "hosts: files dns\n")):
        place = Path("/etc") / name
        if place.exists():
            (folder / name).write_text(text)
            subprocess.run(["mount", "--bind", folder / name, place], check=True)


if __name__ == "__main__":
    _inner(sys.argv[1:])
