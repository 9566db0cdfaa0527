"""Servers for tests: our endpoint over any engine, other engines, and a canary that must hear nothing."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from kg.engine import ServingEngine
from kg.service import Health, ServedGraph, Service
from kg.web.service_description import service_description
from kg.web.sparql import SparqlEndpoint

PATIENCE = 60.0
UNION = "https://w3id.org/system-leadership/union"


@dataclass
class Fixed:
    """A service of one engine that never changes."""

    engine: ServingEngine
    version: str = "v1"

    def current(self) -> ServedGraph:
        return ServedGraph(self.engine, self.version)

    def current_nowait(self) -> ServedGraph | None:
        return self.current()

    def health(self) -> Health:
        return Health(True, self.current())

    async def leave(self) -> None:
        await self.engine.leave()

    def close(self) -> None:
        self.engine.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextlib.contextmanager
def served(service: Service) -> Iterator[str]:
    """Serve the endpoint as the application does; gives its address."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await service.leave()

    app = Starlette(
        lifespan=lifespan,
        routes=[Route("/sparql", SparqlEndpoint(service, service_description))],
        middleware=[Middleware(GZipMiddleware, minimum_size=1024)],
    )
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", loop="asyncio"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Canary:
    """A web server that remembers who came."""

    address: str
    visits: list[str] = field(default_factory=list)


@contextlib.contextmanager
def canary() -> Iterator[Canary]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bird.visits.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        bird = Canary(f"http://127.0.0.1:{server.server_address[1]}/")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield bird
        finally:
            server.shutdown()
            thread.join()


@contextlib.contextmanager
def oxigraph(graph: Path, port: int | None = None) -> Iterator[str]:
    """Run the Oxigraph server with a graph; gives the address for queries."""
    program = Path(sys.executable).with_name("oxigraph")
    port = port or free_port()
    with running([str(program), "serve", "--bind", f"127.0.0.1:{port}"]):
        base = f"http://127.0.0.1:{port}"
        await_answer(f"{base}/query?query=ASK%7B%7D")
        httpx2.put(
            f"{base}/store",
            content=graph.read_bytes(),
            headers={"Content-Type": "application/n-quads"},
            timeout=PATIENCE,
        ).raise_for_status()
        yield f"{base}/query"


def needed(program: str, name: str, package: str) -> str:
    """Give the path of a program that a test needs; without it the test fails where CI is set."""
    path = shutil.which(program)
    if path is None:
        reason = f"{name} was not found: install {package}."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@contextlib.contextmanager
def virtuoso(graph: Path, home: Path) -> Iterator[str]:
    """Run OpenLink Virtuoso with a graph, loaded as docs/engines.md says; gives the address for queries."""
    program = needed("virtuoso-t", "OpenLink Virtuoso", "virtuoso-opensource-7-bin")
    sql, http = free_port(), free_port()
    shutil.copy(graph, home / "graph.nq")
    (home / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile={home}/db\nErrorLogFile={home}/log\nLockFile={home}/lck\n"
        f"TransactionFile={home}/trx\nxa_persistent_file={home}/pxa\n"
        f"[TempDatabase]\nDatabaseFile={home}/temp\nTransactionFile={home}/temptrx\n"
        f"[Parameters]\nServerPort={sql}\nDirsAllowed={home}\nNumberOfBuffers=20000\nMaxDirtyBuffers=10000\n"
        f"[HTTPServer]\nServerPort=127.0.0.1:{http}\nServerThreads=8\n"
        "[SPARQL]\nResultSetMaxRows=1000000\n"
    )
    with running([program, "+foreground", "+configfile", "virtuoso.ini"], home):
        await_answer(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D")
        (home / "load.sql").write_text(
            f"ld_dir ('{home}', 'graph.nq', '{UNION}');\nrdf_loader_run ();\nlog_enable (3, 1);\n"
            f"SPARQL INSERT {{ GRAPH <{UNION}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} "
            'FILTER (STRSTARTS (STR (?g), "https://w3id.org/system-leadership/graph/")) };\n'
        )
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "load.sql"],
            cwd=home,
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        yield f"http://127.0.0.1:{http}/sparql"


@contextlib.contextmanager
def running(command: list[str], home: Path | None = None) -> Iterator[None]:
    with subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


def await_answer(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            httpx2.get(address, timeout=PATIENCE)
            return
        except httpx2.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
