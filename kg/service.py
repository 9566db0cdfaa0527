"""The graph in service: opened once for pages and programs alike, and anew when its files change."""

import json
import logging
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Protocol

from kg.build import GRAPH_FILE, MANIFEST_FILE
from kg.content import Content
from kg.engine import ServingEngine
from kg.engine.embedded import EmbeddedEngine
from kg.engine.limits import Limits
from kg.engine.nursery import FORKS
from kg.engine.remote import Endpoint, RemoteEngine
from kg.errors import BadContent, KgError, Unreachable
from kg.files import text_of
from kg.oxigraph import write_nquads
from kg.questions import ask
from kg.store import version_of, versioned
from kg.views import counts

__all__ = ["EmbeddedService", "RemoteService", "Served", "Service", "health", "service_of_environment"]

_LOOK_EVERY = 5.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Served:
    """A graph that can be asked.

    Attributes:
        engine: What answers.
        version: A short name for exactly this state of the content.
    """

    engine: ServingEngine
    version: str


class Service(Protocol):
    """What keeps a graph open and says how it is doing."""

    def current(self) -> Served:
        """Give the graph as it is now.

        Raises:
            KgError: If it cannot be asked, with the reason.
        """
        ...

    def at_hand(self) -> Served | None:
        """Give the graph at once, or None where something is to be looked up first, which `current` does."""
        ...

    def note(self) -> str | None:
        """Say what whoever runs the service should know; None if there is nothing."""
        ...

    async def leave(self) -> None:
        """Free what is bound to the event loop that runs, before it ends."""
        ...

    def close(self) -> None:
        """End the engine."""
        ...


def health(service: Service) -> dict[str, object]:
    """Say whether the graph can be asked, and which version of it and of the program this is."""
    state: dict[str, object] = {"version": package_version("system-leadership-explorer")}
    try:
        served = service.current()
        state |= {"ok": True, "graph": served.version, "counts": counts(served.engine)}
    except KgError as error:
        state |= {"ok": False, "message": str(error)}
    if note := service.note():
        state["note"] = note
    return state


class EmbeddedService:
    """Keeps the graph of some content open, in the embedded engine.

    When files change, the new graph is built and checked in a process of its own; it takes the place
    of the one before only if nothing refuses it, and no query sees a mixture.

    Args:
        content: Ontology and data.
        limits: What a query may cost; those of the environment if None.
    """

    def __init__(self, content: Content, limits: Limits | None = None) -> None:
        self._content = content
        self._limits = limits
        self._lock = threading.Lock()
        self._engine: EmbeddedEngine | None = None
        self._version = ""
        self._looked = 0.0
        self._refused: tuple[str, str] | None = None
        self._rebuilding: threading.Thread | None = None

    def current(self) -> Served:
        """Give the graph as it is now; looks for changes of the files every few seconds.

        Raises:
            BadContent: If the content cannot be opened, with the fault.
        """
        with self._lock:
            if self._engine is None:
                self._open()
            elif time.monotonic() - self._looked > _LOOK_EVERY:
                self._look()
            assert self._engine is not None
            return Served(self._engine, self._version)

    def at_hand(self) -> Served | None:
        """See `Service.at_hand`."""
        engine = self._engine
        if engine is None or time.monotonic() - self._looked > _LOOK_EVERY:
            return None
        return Served(engine, self._version)

    def note(self) -> str | None:
        """See `Service.note`."""
        if self._refused is not None:
            return f"The files have changed, and the graph from before is still shown: {self._refused[1]}"
        if not FORKS:
            return "On this system each worker loads the graph by itself: it answers, but more slowly."
        return None

    async def leave(self) -> None:
        """See `Service.leave`: nothing here is bound to an event loop."""

    def close(self) -> None:
        """See `Service.close`."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def _open(self) -> None:
        version = version_of(self._content)
        limits = self._limits or Limits.of_environment()
        built = self._content.root / "build"
        with tempfile.TemporaryDirectory(prefix="kg-") as folder:
            graph = built / GRAPH_FILE
            if _version_built(built) != version:
                graph = Path(folder) / GRAPH_FILE
                graph.write_bytes(write_nquads(versioned(self._content)))
            self._engine = EmbeddedEngine(graph, limits)
        self._version = version
        self._looked = time.monotonic()

    def _look(self) -> None:
        self._looked = time.monotonic()
        if self._rebuilding is not None and self._rebuilding.is_alive():
            return
        version = version_of(self._content)
        if version == self._version:
            self._refused = None
        elif self._refused is None or self._refused[0] != version:
            self._rebuilding = threading.Thread(target=self._rebuild, args=(version,), daemon=True)
            self._rebuilding.start()

    def _rebuild(self, version: str) -> None:
        """Build what the files hold now and, if nothing refuses it, answer from that."""
        with tempfile.TemporaryDirectory(prefix="kg-") as folder:
            command = [sys.executable, "-m", "kg.build", str(self._content.root), folder]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                try:
                    self._swap(Path(folder))
                    return
                except KgError as error:
                    fault = str(error)
            else:
                said = [*done.stdout.splitlines(), *done.stderr.splitlines()[-1:]]
                fault = said[0] if said else "the build ended without a word."
        _LOG.warning("The changed files are not shown: %s", fault)
        with self._lock:
            self._refused = (version, fault)

    def _swap(self, folder: Path) -> None:
        version = _version_built(folder)
        if version is None or self._engine is None:
            raise BadContent("The graph was not built.")
        self._engine.reload(folder / GRAPH_FILE)
        with self._lock:
            self._version = version
            self._refused = None


class RemoteService:
    """Keeps the connection to an engine somewhere else, which holds the graph.

    Args:
        endpoint: Where the engine is.
        limits: What a query may cost; those of the environment if None.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits | None = None) -> None:
        self._engine = RemoteEngine(endpoint, limits or Limits.of_environment())
        self._lock = threading.Lock()
        self._version: str | None = None
        self._looked = 0.0

    def current(self) -> Served:
        """Give the graph as it is there now; asks every few seconds which version that is.

        Raises:
            Unreachable: If the engine cannot be asked, or holds another graph.
        """
        with self._lock:
            version = self._version
            if version is None or self._is_due():
                self._version = None
                self._version = version = self._version_there()
                self._looked = time.monotonic()
            return Served(self._engine, version)

    def _version_there(self) -> str:
        found = [record["version"] for record in ask(self._engine, "graph-version")]
        if len(found) != 1:
            raise Unreachable(
                f"The engine at {self._engine.address} answers, but does not hold this graph: load what "
                "kg build writes, and see that its default graph is the union of all graphs."
            )
        return str(found[0])

    def at_hand(self) -> Served | None:
        """See `Service.at_hand`."""
        version = self._version
        return None if version is None or self._is_due() else Served(self._engine, version)

    def _is_due(self) -> bool:
        """Whether the engine has to be asked for its version again."""
        return time.monotonic() - self._looked > _LOOK_EVERY or self._engine.is_lost

    def note(self) -> str | None:
        """See `Service.note`."""
        return f"The graph is asked at {self._engine.address}."

    async def leave(self) -> None:
        """See `Service.leave`."""
        await self._engine.leave()

    def close(self) -> None:
        """See `Service.close`."""
        self._engine.close()


def service_of_environment(content: Content, address: str | None = None) -> Service:
    """Give the service that the settings name: an engine somewhere else, or else our own.

    Args:
        content: Ontology and data, for our own.
        address: The endpoint of an engine, where it is given otherwise than by KG_ENDPOINT.

    Raises:
        MissingInput: If a setting cannot be used.
    """
    endpoint = Endpoint.of_environment(address)
    return EmbeddedService(content) if endpoint is None else RemoteService(endpoint)


def _version_built(folder: Path) -> str | None:
    """Say which state of the content was built into a folder."""
    manifest = folder / MANIFEST_FILE
    if not manifest.is_file() or not (folder / GRAPH_FILE).is_file():
        return None
    try:
        made = json.loads(text_of(manifest))
    except (BadContent, json.JSONDecodeError):
        return None
    return str(made.get("content")) if isinstance(made, dict) else None
