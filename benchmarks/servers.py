"""Start what is measured, each as its users would, on a port of its own."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from kg.build.pipeline import GRAPH_FILE, MANIFEST_FILE
from kg.build.store import version_of
from kg.graph.content import Content

__all__ = [
    "HOME",
    "Server",
    "children",
    "empty_page",
    "laid_out",
    "memory",
    "oxigraph",
    "product",
    "rdflib_endpoint",
    "running",
    "static_files",
]

HOME = Path(__file__).resolve().parent.parent
_PARTS = ("app.py", "app_pages", "kg", "ontology", "data", ".streamlit")
_PATIENCE = 1800.0


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        name: What it is called in the tables.
        address: Where it takes queries.
        more: Parameters that every query needs there.
        process: Its process; children belong to it.
        ready: Seconds from start to the first answer.
    """

    name: str
    address: str
    process: int
    ready: float
    more: Mapping[str, str] = field(default_factory=dict)


def laid_out(graph: Path, folder: Path) -> Path:
    """Lay out a copy of the product with a graph in place of its own; gives its folder.

    Args:
        graph: N-Quads.
        folder: Where to; made anew.
    """
    home = folder / "product"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for part in _PARTS:
        whole = HOME / part
        (shutil.copytree if whole.is_dir() else shutil.copy)(whole, home / part)
    (home / "build").mkdir()
    # The product takes a built graph only if its manifest names the content that lies beside it.
    manifest = {"content": version_of(Content(home))}
    (home / "build" / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    (home / "build" / GRAPH_FILE).symlink_to(graph.resolve())
    return home


@contextlib.contextmanager
def product(graph: Path, folder: Path) -> Iterator[Server]:
    """Run the product with a graph in place of its own.

    Args:
        graph: N-Quads.
        folder: Where a copy of the product is laid out; made anew.
    """
    home = laid_out(graph, folder)
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    address = f"http://127.0.0.1:{port}/sparql"
    with _running(command, address, home) as (process, ready):
        yield Server("this product", address, process, ready)


@contextlib.contextmanager
def running() -> Iterator[tuple[str, int]]:
    """Run the product as its users do, by `kg serve`; gives its address and its process."""
    port = _free_port()
    command = [str(Path(sys.executable).with_name("kg")), "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with _running(command, f"{address}/sparql", HOME) as (process, _):
        yield address, process


@contextlib.contextmanager
def empty_page(folder: Path) -> Iterator[Server]:
    """Run Streamlit with a page that holds a heading and nothing else, under the same settings.

    Args:
        folder: Where it is laid out.
    """
    home = folder / "empty"
    home.mkdir()
    shutil.copytree(HOME / ".streamlit", home / ".streamlit")
    (home / "app.py").write_text('import streamlit as st\n\nst.title("Empty")\n', encoding="utf-8")
    port = _free_port()
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with _running(command, address, home) as (process, ready):
        yield Server("an empty page", address, process, ready)


@contextlib.contextmanager
def static_files(folder: Path) -> Iterator[Server]:
    """Run a server of plain files, compressed as the product's are.

    Args:
        folder: Where the files lie; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").touch()
    port = _free_port()
    program = (
        "from starlette.applications import Starlette\n"
        "from starlette.middleware import Middleware\n"
        "from starlette.middleware.gzip import GZipMiddleware\n"
        "from starlette.routing import Mount\n"
        "from starlette.staticfiles import StaticFiles\n"
        "import uvicorn\n"
        f"files = Mount('/', StaticFiles(directory={str(folder)!r}, html=True))\n"
        "app = Starlette(routes=[files], middleware=[Middleware(GZipMiddleware, minimum_size=1024)])\n"
        f"uvicorn.run(app, port={port}, log_level='error')\n"
    )
    address = f"http://127.0.0.1:{port}/"
    with _running([sys.executable, "-c", program], address) as (process, ready):
        yield Server("a static file server", address, process, ready)


@contextlib.contextmanager
def oxigraph(graph: Path, peers: Path) -> Iterator[Server]:
    """Run Oxigraph's own server in memory.

    Args:
        graph: N-Quads.
        peers: The virtual environment of the peers.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    with _running(
        [str(peers / "bin" / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"], f"{address}/query"
    ) as (
        process,
        _,
    ):
        with graph.open("rb") as file:
            httpx2.post(
                f"{address}/store",
                content=file,
                headers={"Content-Type": "application/n-quads"},
                timeout=_PATIENCE,
            ).raise_for_status()
        ready = time.monotonic() - begun
        yield Server("oxigraph serve", f"{address}/query", process, ready, {"union-default-graph": "true"})


@contextlib.contextmanager
def rdflib_endpoint(graph: Path, peers: Path) -> Iterator[Server]:
    """Run rdflib-endpoint over rdflib's own store in memory.

    Args:
        graph: N-Quads.
        peers: The virtual environment of the peers.
    """
    port = _free_port()
    program = Path(__file__).with_name("rdflib_peer.py")
    command = [str(peers / "bin" / "python"), str(program), str(graph.resolve()), str(port)]
    with _running(command, f"http://127.0.0.1:{port}/sparql") as (process, ready):
        yield Server("rdflib-endpoint", f"http://127.0.0.1:{port}/sparql", process, ready)


def memory(process: int) -> int:
    """Give the bytes of memory that a process and its children hold, shared pages counted once.

    Args:
        process: Its number.
    """
    total = 0
    for each in (process, *children(process)):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def children(process: int) -> list[int]:
    """Give the numbers of all processes that descend from one."""
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *children(child)]
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], address: str, home: Path | None = None) -> Iterator[tuple[int, float]]:
    settings = os.environ | ({"PYTHONPATH": str(home)} if home else {})
    begun = time.monotonic()
    with subprocess.Popen(
        command, cwd=home, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _await(address, process)
            yield process.pid, time.monotonic() - begun
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _await(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        if process.poll() is not None:
            raise SystemExit(f"{json.dumps(process.args)} ended with {process.returncode}.")
        with contextlib.suppress(httpx2.TransportError):
            told = httpx2.get(address, params={"query": "ASK { ?s ?p ?o }"}, timeout=_PATIENCE)
            if told.is_success:
                return
        if time.monotonic() > end:
            raise SystemExit(f"{address} does not answer.")
        time.sleep(0.1)
