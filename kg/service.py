"""The graph in service: opened once for pages and programs alike, and anew when its files change."""

import json
import logging
import math
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

from kg.build.pipeline import GRAPH_FILE, MANIFEST_FILE, REFUSED
from kg.build.store import graph_with_version, version_of
from kg.engine import ServingEngine
from kg.engine.embedded import EmbeddedEngine, Lanes
from kg.engine.limits import Limits
from kg.engine.remote import Endpoint, RemoteEngine
from kg.engine.workers import FORKS
from kg.errors import BadContent, KgError, TooCostly, Unreachable
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from kg.queries.typed_rows import row_of, rows_as
from kg.storage.files import text_of
from kg.storage.temporary import scratch_folder
from kg.views import counts

__all__ = ["EmbeddedService", "Health", "RemoteService", "ServedGraph", "Service", "service_of_environment"]

_LOOK_EVERY = 5.0
# So long an engine elsewhere may take to say which version it holds.
_LONGEST_LOOK = 2.0
_LONGEST_BUILD = 1800.0
_BUILD_LOOK_EVERY = 1.0
# What may have failed for a reason that passes, such as a full disk, is tried again after so long.
_TRY_AGAIN = 10.0
_BUILD = (sys.executable, "-m", "kg.build")
# So many states of the graph are kept open while somebody still holds the earlier ones.
_MOST_STATES = 3
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class ServedGraph:
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
    served: ServedGraph | None = None
    message: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class _Refusal:
    """Why a state of the content is not on show.

    Attributes:
        version: The state; empty where the files could not be read.
        fault: The reason.
        again: When the same files are tried again, by the monotonic clock; never where they are to blame.
    """

    version: str
    fault: KgError
    again: float = math.inf

    def forbids(self, version: str) -> bool:
        """Whether a state need not be tried just now."""
        return version == self.version and time.monotonic() < self.again


class Service(Protocol):
    """What keeps a graph open and says how it is doing."""

    def current(self) -> ServedGraph:
        """Return the graph as it is now.

        Raises:
            KgError: If it cannot be asked, with the reason.
        """
        ...

    def current_nowait(self) -> ServedGraph | None:
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
        self._served: ServedGraph | None = None
        self._engines: deque[weakref.ref[EmbeddedEngine]] = deque()
        self._looked = 0.0
        self._refusal: _Refusal | None = None
        self._building = False
        self._closing = threading.Event()

    def current(self) -> ServedGraph:
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

    def current_nowait(self) -> ServedGraph | None:
        """See `Service.current_nowait`."""
        return None if time.monotonic() - self._looked > _LOOK_EVERY else self._served

    def health(self) -> Health:
        """See `Service.health`."""
        served = self._served
        if served is None:
            refusal = self._refusal
            return Health(False, message=str(refusal.fault) if refusal else "The graph is being opened.")
        if not served.engine.is_ready:
            return Health(
                False, served, "The program that holds the graph has ended and is being started again."
            )
        return Health(True, served, note=self._note())

    def _note(self) -> str | None:
        refusal = self._refusal
        if self._building:
            return "The data files have changed. The new version is being built; the previous one is on show."
        if refusal is not None and refusal.again == math.inf:
            return f"The data files have an error, so the previous version is still on show: {refusal.fault}"
        if refusal is not None:
            return (
                "The data files have changed, but cannot be opened just now. The previous version is still "
                f"on show, and the server tries again. {refusal.fault}"
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

    def _open(self) -> None:
        if self._closing.is_set():
            return
        try:
            version = version_of(self._content)
            refusal = self._refusal
            if refusal is not None and refusal.forbids(version):
                raise type(refusal.fault)(str(refusal.fault))
            built = self._content.root / "build"
            if version_built(built) == version:
                self._serve(built / GRAPH_FILE, version)
            elif self._checks:
                self._build_latest()
            else:
                with scratch_folder("graph-") as folder:
                    graph = Path(folder) / GRAPH_FILE
                    graph.write_bytes(write_nquads(graph_with_version(self._content)))
                    self._serve(graph, version)
        except OSError as error:
            raise self._refused("", error) from error

    def _look(self) -> None:
        """See whether the files have changed; if so, build what they hold now, unless that is done."""
        self._looked = time.monotonic()
        with self._lock:
            if self._building or self._served is None:
                return
            try:
                version = version_of(self._content)
                if version == self._served.version:
                    self._refusal = None
                elif self._refusal is None or not self._refusal.forbids(version):
                    threading.Thread(target=self._rebuild, name="build", daemon=True).start()
                    self._building = True
            except (OSError, RuntimeError) as error:
                # No file may be opened, or no thread begun, just now: the next look may go better.
                _LOG.warning("It cannot be seen whether the data files have changed: %s", error)

    def _rebuild(self) -> None:
        try:
            self._build_latest()
        except KgError as error:
            _LOG.warning("The changed files are not shown: %s", error)
        finally:
            with self._lock:
                self._building = False

    def _build_latest(self) -> None:
        """Build until what was built is what the files hold, and answer from that.

        Raises:
            KgError: If that is refused, or cannot be done just now; it is remembered, too.
        """
        version = ""
        while True:
            try:
                version = version_of(self._content)
                self._build(version)
                return
            except _Outdated:
                continue
            except (KgError, OSError) as error:
                raise self._refused(version, error) from error

    def _refused(self, version: str, error: KgError | OSError) -> KgError:
        """Remember why a state is not on show; return what to say."""
        if isinstance(error, OSError):
            _LOG.info("The graph cannot be opened: %s", error)
            error = Unreachable(f"The server cannot open the graph just now: {error.strerror or error}.")
        blames_files = isinstance(error, BadContent)
        self._refusal = _Refusal(version, error, math.inf if blames_files else time.monotonic() + _TRY_AGAIN)
        return error

    def _build(self, version: str) -> None:
        """Build the files in a process of its own and, if nothing refuses them, answer from that.

        Raises:
            BadContent: If they are refused, with the first fault, or take too long.
            Unreachable: If the build was ended from outside, or what it built cannot be loaded.
            _Outdated: If they have changed meanwhile.
        """
        with scratch_folder("build-") as folder, tempfile.TemporaryFile() as said:
            build = subprocess.Popen(  # noqa: S603 - our own program, without a shell
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
                raise _fault_in(said.read().decode(errors="replace"), build.returncode)
            if version_built(Path(folder)) != version:
                raise _Outdated
            try:
                self._serve(Path(folder) / GRAPH_FILE, version)
            except BadContent as error:
                # The files were accepted, so what loads them was ended from outside.
                raise Unreachable(str(error)) from error

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
        served = ServedGraph(engine, version, counts(engine))
        with self._lock:
            if self._closing.is_set():
                engine.close()
                return
            self._served = served
            self._looked = time.monotonic()
            self._refusal = None
            self._engines.append(weakref.ref(engine))
            earlier = [self._engines.popleft() for _ in range(len(self._engines) - _MOST_STATES)]
        for each in earlier:
            if (old := each()) is not None:
                old.close()


def _fault_in(said: str, status: int) -> KgError:
    """Return the fault among what a build has said before it ended with a status other than 0."""
    lines = said.splitlines() or [f"it ended without a word (status {status})."]
    if status == REFUSED:
        return BadContent(lines[0])
    # Of a crash the last line says most.
    return Unreachable(f"The build of the data files failed: {lines[-1]}")


class _Outdated(Exception):  # noqa: N818 - never shown
    """The files have changed since the build of them began."""


@row_of("graph-version")
class _VersionRow:
    version: str


class RemoteService:
    """Keeps the connection to an engine somewhere else, which holds the graph.

    Args:
        endpoint: Where the engine is.
        limits: What a query may cost; those of the environment if None.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits | None = None) -> None:
        self._engine = RemoteEngine(endpoint, limits or Limits.of_environment())
        self._asking = threading.Lock()
        self._served: ServedGraph | None = None
        self._fault: KgError = Unreachable("The engine that holds the graph has not answered yet.")
        self._looked = 0.0

    def current(self) -> ServedGraph:
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
        looked = self._looked
        if not self._asking.acquire(blocking=looked == 0.0):
            return
        try:
            # Whoever waited for the first answer takes it, and does not ask anew.
            if self._looked == looked and self._is_due():
                self._served = self._served_there()
        except KgError as error:
            self._served, self._fault = None, error
        finally:
            self._looked = time.monotonic()
            self._asking.release()

    def _served_there(self) -> ServedGraph:
        engine = self._engine.within(_LONGEST_LOOK)
        try:
            found = [row.version for row in rows_as(_VersionRow, engine)]
        except TooCostly as error:
            raise Unreachable("The engine that holds the graph does not answer just now.") from error
        if len(found) != 1:
            raise Unreachable(
                "The engine that is set up answers, but does not hold this graph: load what kg build writes, "
                "and see that its default graph is the union of all graphs."
            )
        if self._served is not None and self._served.version == found[0]:
            return self._served
        return ServedGraph(self._engine, found[0], counts(engine))

    def current_nowait(self) -> ServedGraph | None:
        """See `Service.current_nowait`."""
        return None if self._is_due() else self._served

    def _is_due(self) -> bool:
        """Whether the engine has to be asked for its version again."""
        is_old = time.monotonic() - self._looked > _LOOK_EVERY
        return is_old or self._served is None or not self._engine.is_ready

    def health(self) -> Health:
        """See `Service.health`."""
        if self._is_due():
            threading.Thread(target=self._ask, name="look after the engine", daemon=True).start()
        if self._served is None:
            return Health(False, message=str(self._fault))
        if not self._engine.is_ready:
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
