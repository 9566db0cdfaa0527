"""The graph in service: opened once for pages and programs alike, and anew when its files change."""

import json
import logging
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.build import GRAPH_FILE, MANIFEST_FILE
from kg.content import Content
from kg.engine import ServingEngine
from kg.engine.embedded import EmbeddedEngine, Lanes
from kg.engine.limits import Limits
from kg.engine.remote import Endpoint, RemoteEngine
from kg.engine.workers import FORKS
from kg.errors import BadContent, KgError, TooCostly, Unreachable
from kg.files import text_of
from kg.oxigraph import write_nquads
from kg.questions import ask
from kg.store import version_of, versioned
from kg.temporary import scratch_folder
from kg.views import counts

__all__ = ["EmbeddedService", "Health", "RemoteService", "Served", "Service", "service_of_environment"]

_LOOK_EVERY = 5.0
# So long an engine elsewhere may take to say which version it holds.
_LONGEST_LOOK = 2.0
_LONGEST_BUILD = 1800.0
_BUILD_LOOK_EVERY = 1.0
_BUILD = (sys.executable, "-m", "kg.build")
# So many states of the graph are kept open while somebody still holds the earlier ones.
_MOST_STATES = 3
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Served:
    """One state of the graph that can be asked.

    Attributes:
        engine: What answers. It holds this state as long as anything refers to it, whatever the files say.
        version: A short name for exactly this state of the content.
        counts: How much of each kind of thing it holds.
    """

    engine: ServingEngine
    version: str
    counts: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Health:
    """How the graph is doing.

    Attributes:
        ok: Whether it can be asked.
        served: What can be asked, if anything.
        message: Why it cannot be asked.
        note: What whoever runs the service should know.
    """

    ok: bool
    served: Served | None = None
    message: str | None = None
    note: str | None = None


class Service(Protocol):
    """What keeps a graph open and says how it is doing."""

    def current(self) -> Served:
        """Return the graph as it is now.

        Raises:
            KgError: If it cannot be asked, with the reason.
        """
        ...

    def current_nowait(self) -> Served | None:
        """Return the graph at once; None where something is to be looked up first, which `current` does."""
        ...

    def health(self) -> Health:
        """Return how the graph is doing, as far as that is known without asking or waiting for anything."""
        ...

    async def leave(self) -> None:
        """Free what is bound to the event loop that runs, before it ends."""
        ...

    def close(self) -> None:
        """End the engine."""
        ...


class EmbeddedService:
    """Keeps the graph of some content open, in the embedded engine.

    The graph is built and checked in a process of its own, unless `kg build` has done that. When files
    change, so is the new one; it takes the place of the one before only if nothing refuses it. Whoever
    holds the one before goes on with it.

    Args:
        content: Ontology and data.
        limits: What a query may cost; those of the environment if None.
        checks: Whether to refuse what `kg check` refuses; False is quicker, for one who edits the content.
        longest_build: Seconds that a build may take.
    """

    def __init__(
        self,
        content: Content,
        limits: Limits | None = None,
        *,
        checks: bool = True,
        longest_build: float = _LONGEST_BUILD,
    ) -> None:
        self._content = content
        self._limits = limits
        self._checks = checks
        self._lanes: Lanes | None = None
        self._longest_build = longest_build
        self._opening = threading.Lock()
        self._lock = threading.Lock()
        self._served: Served | None = None
        self._engines: deque[weakref.ref[EmbeddedEngine]] = deque()
        self._looked = 0.0
        self._refused: tuple[str, str] | None = None
        self._building: str | None = None
        self._closing = threading.Event()

    def current(self) -> Served:
        """Return the graph as it is now; looks for changes of the files every few seconds.

        Raises:
            BadContent: If the content cannot be opened, with the fault.
        """
        if self._served is None:
            with self._opening:
                if self._served is None:
                    self._open()
        elif time.monotonic() - self._looked > _LOOK_EVERY:
            self._look()
        if self._served is None:
            raise Unreachable("The explorer is closing.")
        return self._served

    def current_nowait(self) -> Served | None:
        """See `Service.current_nowait`."""
        return None if time.monotonic() - self._looked > _LOOK_EVERY else self._served

    def health(self) -> Health:
        """See `Service.health`."""
        served = self._served
        if served is None:
            fault = self._refused[1] if self._refused else "The graph is being opened."
            return Health(False, message=fault)
        if not self._engine(served).is_ready:
            return Health(
                False, served, "The program that holds the graph has ended and is being started again."
            )
        return Health(True, served, note=self._note())

    def _note(self) -> str | None:
        if self._building is not None:
            return "The data files have changed. The new version is being built; the previous one is on show."
        if self._refused is not None:
            return (
                f"The data files have an error, so the previous version is still on show: {self._refused[1]}"
            )
        if not FORKS:
            return "On this system each worker loads the graph by itself, so answers take longer."
        return None

    async def leave(self) -> None:
        """See `Service.leave`: nothing here is bound to an event loop."""

    def close(self) -> None:
        """See `Service.close`."""
        self._closing.set()
        with self._lock:
            self._served = None
            engines = [engine for each in self._engines if (engine := each()) is not None]
            self._engines.clear()
        for engine in engines:
            engine.close()

    @staticmethod
    def _engine(served: Served) -> EmbeddedEngine:
        assert isinstance(served.engine, EmbeddedEngine)
        return served.engine

    def _open(self) -> None:
        version = version_of(self._content)
        if self._refused is not None and self._refused[0] == version:
            raise BadContent(self._refused[1])
        built = self._content.root / "build"
        if version_built(built) == version:
            self._serve(built / GRAPH_FILE, version)
            return
        if not self._checks:
            with scratch_folder("graph-") as folder:
                graph = Path(folder) / GRAPH_FILE
                graph.write_bytes(write_nquads(versioned(self._content)))
                self._serve(graph, version)
            return
        while True:
            try:
                self._build(version)
                return
            except _Outdated:
                version = version_of(self._content)
            except KgError as error:
                self._refused = version, str(error)
                raise

    def _look(self) -> None:
        """See whether the files have changed; if so, build what they hold now, unless that is done."""
        self._looked = time.monotonic()
        with self._lock:
            if self._building is not None or self._served is None:
                return
            version = version_of(self._content)
            if version == self._served.version:
                self._refused = None
            elif self._refused is None or self._refused[0] != version:
                self._building = version
                threading.Thread(target=self._rebuild, name="build", daemon=True).start()

    def _rebuild(self) -> None:
        """Build until what was built is what the files hold, or is refused."""
        try:
            while (version := self._building) is not None:
                fault = None
                try:
                    self._build(version)
                except _Outdated:
                    self._building = version_of(self._content)
                    continue
                except (KgError, OSError) as error:
                    fault = str(error)
                    _LOG.warning("The changed files are not shown: %s", fault)
                with self._lock:
                    self._refused = None if fault is None else (version, fault)
                    self._building = None
        finally:
            self._building = None

    def _build(self, version: str) -> None:
        """Build the files in a process of its own and, if nothing refuses them, answer from that.

        Raises:
            BadContent: If they are refused, with the first fault, or take too long.
            _Outdated: If they have changed meanwhile.
        """
        with scratch_folder("build-") as folder, tempfile.TemporaryFile() as said:
            build = subprocess.Popen(
                [*_BUILD, str(self._content.root), folder],
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                self._await(build, version)
            finally:
                if build.poll() is None:
                    build.kill()
                    build.wait()
            if build.returncode != 0:
                said.seek(0)
                raise BadContent(_fault_in(said.read().decode(errors="replace"), build.returncode))
            if version_built(Path(folder)) != version:
                raise _Outdated
            self._serve(Path(folder) / GRAPH_FILE, version)

    def _await(self, build: subprocess.Popen[bytes], version: str) -> None:
        end = time.monotonic() + self._longest_build
        while True:
            try:
                build.wait(_BUILD_LOOK_EVERY)
                return
            except subprocess.TimeoutExpired:
                if self._closing.is_set():
                    raise Unreachable("The explorer is closing.") from None
                if self._served is not None and version_of(self._content) != version:
                    raise _Outdated from None
                if time.monotonic() > end:
                    raise BadContent(
                        f"The data files could not be checked within {self._longest_build:g} seconds; run kg "
                        "check to see where it stops."
                    ) from None

    def _serve(self, graph: Path, version: str) -> None:
        limits = self._limits or Limits.of_environment()
        self._lanes = self._lanes or Lanes(limits)
        engine = EmbeddedEngine(graph, limits, lanes=self._lanes)
        served = Served(engine, version, counts(engine))
        with self._lock:
            if self._closing.is_set():
                engine.close()
                return
            self._served = served
            self._looked = time.monotonic()
            self._refused = None
            self._engines.append(weakref.ref(engine))
            earlier = [self._engines.popleft() for _ in range(len(self._engines) - _MOST_STATES)]
        for each in earlier:
            if (old := each()) is not None:
                old.close()


def _fault_in(said: str, status: int) -> str:
    """Return the fault among what a build has said before it ended with a status above 0."""
    lines = said.splitlines() or [f"The build of the data files ended without a word (status {status})."]
    # A refusal is the first line; of a crash the last says most.
    return lines[0] if status == 1 else lines[-1]


class _Outdated(Exception):  # noqa: N818 - never shown
    """The files have changed since the build of them began."""


class RemoteService:
    """Keeps the connection to an engine somewhere else, which holds the graph.

    Args:
        endpoint: Where the engine is.
        limits: What a query may cost; those of the environment if None.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits | None = None) -> None:
        self._engine = RemoteEngine(endpoint, limits or Limits.of_environment())
        self._asking = threading.Lock()
        self._served: Served | None = None
        self._fault: KgError = Unreachable("The engine that holds the graph has not answered yet.")
        self._looked = 0.0

    def current(self) -> Served:
        """Return the graph as it is there now; asks every few seconds which version that is.

        Raises:
            Unreachable: If the engine cannot be asked, or holds another graph.
        """
        if self._is_due():
            self._ask()
        served = self._served
        if served is None:
            raise self._fault
        return served

    def _ask(self) -> None:
        """Ask the engine for its version; at once where somebody is asking already, so that nobody queues."""
        if not self._asking.acquire(blocking=self._looked == 0.0):
            return
        try:
            if self._is_due():
                self._served = self._served_there()
        except KgError as error:
            self._served, self._fault = None, error
        finally:
            self._looked = time.monotonic()
            self._asking.release()

    def _served_there(self) -> Served:
        engine = self._engine.within(_LONGEST_LOOK)
        try:
            found = [str(record["version"]) for record in ask(engine, "graph-version")]
        except TooCostly as error:
            raise Unreachable("The engine that holds the graph does not answer just now.") from error
        if len(found) != 1:
            raise Unreachable(
                "The engine that is set up answers, but does not hold this graph: load what kg build writes, "
                "and see that its default graph is the union of all graphs."
            )
        if self._served is not None and self._served.version == found[0]:
            return self._served
        return Served(self._engine, found[0], counts(engine))

    def current_nowait(self) -> Served | None:
        """See `Service.current_nowait`."""
        return None if self._is_due() else self._served

    def _is_due(self) -> bool:
        """Whether the engine has to be asked for its version again."""
        is_old = time.monotonic() - self._looked > _LOOK_EVERY
        return is_old or self._served is None or self._engine.is_lost

    def health(self) -> Health:
        """See `Service.health`."""
        if self._is_due():
            threading.Thread(target=self._ask, name="look after the engine", daemon=True).start()
        if self._served is None:
            return Health(False, message=str(self._fault))
        if self._engine.is_lost:
            return Health(False, message="The engine that holds the graph cannot be reached just now.")
        return Health(True, self._served, note="The graph is held by another engine.")

    async def leave(self) -> None:
        """See `Service.leave`."""
        await self._engine.leave()

    def close(self) -> None:
        """See `Service.close`."""
        self._engine.close()


def service_of_environment(content: Content, address: str | None = None, *, checks: bool = True) -> Service:
    """Give the service that the settings name: an engine somewhere else, or else our own.

    Args:
        content: Ontology and data, for our own.
        address: The endpoint of an engine, where it is given otherwise than by KG_ENDPOINT.
        checks: Whether our own refuses content that `kg check` refuses.

    Raises:
        MissingInput: If a setting cannot be used.
    """
    endpoint = Endpoint.of_environment(address)
    return EmbeddedService(content, checks=checks) if endpoint is None else RemoteService(endpoint)


def version_built(folder: Path) -> str | None:
    """Say which state of the content was built into a folder."""
    manifest = folder / MANIFEST_FILE
    if not manifest.is_file() or not (folder / GRAPH_FILE).is_file():
        return None
    try:
        made = json.loads(text_of(manifest))
    except (BadContent, json.JSONDecodeError):
        return None
    return str(made.get("content")) if isinstance(made, dict) else None
