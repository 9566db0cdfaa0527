"""The service that opens the graph here, in the embedded engine."""

import threading
from pathlib import Path

from kg.build.pipeline import BUILD_FOLDER, GRAPH_FILE
from kg.build.store import graph_with_version, version_of
from kg.engine.limits import Limits
from kg.engine.workers import FORKS
from kg.errors import BadContent, KgError, Unreachable
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from kg.service.admission import BuildAdmission
from kg.service.builds import OutdatedBuildError, build_into, version_built
from kg.service.contract import Health, ServedGraph
from kg.service.states import GraphStates
from kg.service.watching import Watch
from kg.storage.temporary import scratch_folder

__all__ = ["EmbeddedService"]

_LONGEST_BUILD = 1800.0
_CLOSING = "The explorer is closing."


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
        self._checks = checks
        self._longest_build = longest_build
        self._opening = threading.Lock()
        self._states = GraphStates(limits)
        self._admission = BuildAdmission()
        self._watch = Watch(self._has_changed, self._build_latest)

    def current(self) -> ServedGraph:
        """Return the graph as it is now; looks for changes of the files every few seconds.

        Raises:
            BadContent: If the content cannot be opened, with the fault.
        """
        if self._states.current is None:
            with self._opening:
                if self._states.current is None:
                    self._open()
        elif self._watch.is_due:
            self._watch.look()
        served = self._states.current
        if served is None:
            raise Unreachable(_CLOSING)
        return served

    def current_nowait(self) -> ServedGraph | None:
        """See `Service.current_nowait`."""
        return None if self._watch.is_due else self._states.current

    def health(self) -> Health:
        """See `Service.health`."""
        served = self._states.current
        if served is None:
            refusal = self._admission.refusal
            return Health(False, message=str(refusal.fault) if refusal else "The graph is being opened.")
        if not served.engine.is_ready:
            return Health(
                False, served, "The program that holds the graph has ended and is being started again."
            )
        return Health(True, served, note=self._note())

    def _note(self) -> str | None:
        refusal = self._admission.refusal
        if self._watch.is_building:
            return "The data files have changed. The new version is being built; the previous one is on show."
        if refusal is not None and refusal.blames_files:
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
        self._states.close()

    def _open(self) -> None:
        if self._states.is_closed:
            return
        try:
            version = version_of(self._content)
            self._admission.demand(version)
            built = self._content.root / BUILD_FOLDER
            if version_built(built) == version:
                self._show(built / GRAPH_FILE, version)
            elif self._checks:
                self._build_latest()
            else:
                with scratch_folder("graph-") as folder:
                    graph = Path(folder) / GRAPH_FILE
                    graph.write_bytes(write_nquads(graph_with_version(self._content)))
                    self._show(graph, version)
        except OSError as error:
            raise self._admission.refuse("", error) from error

    def _has_changed(self) -> bool:
        """Whether the files hold another state than the one on show, which may be tried now."""
        served = self._states.current
        if served is None:
            return False
        version = version_of(self._content)
        if version == served.version:
            self._admission.accept()
            return False
        return self._admission.admits(version)

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
            except OutdatedBuildError:
                continue
            except (KgError, OSError) as error:
                raise self._admission.refuse(version, error) from error

    def _build(self, version: str) -> None:
        """Build the files and, if nothing refuses them, answer from what was built."""
        with scratch_folder("build-") as folder:
            graph = build_into(
                Path(folder),
                self._content,
                version,
                longest=self._longest_build,
                look=lambda: self._demand_wanted(version),
            )
            try:
                self._show(graph, version)
            except BadContent as error:
                # The files were accepted, so what loads them was ended from outside.
                raise Unreachable(str(error)) from error

    def _demand_wanted(self, version: str) -> None:
        """See that a build is still wanted.

        Raises:
            Unreachable: If nobody waits for it any more.
            OutdatedBuildError: If the files have changed meanwhile.
        """
        if self._states.is_closed:
            raise Unreachable(_CLOSING)
        if self._states.current is not None and version_of(self._content) != version:
            raise OutdatedBuildError

    def _show(self, graph: Path, version: str) -> None:
        self._states.show(graph, version)
        self._watch.note_look()
        self._admission.accept()
