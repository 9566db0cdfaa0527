"""The service whose graph lies in an engine elsewhere."""

import threading
import time

from kg.engine.limits import Limits
from kg.engine.remote import Endpoint, RemoteEngine
from kg.errors import KgError, TooCostly, Unreachable
from kg.queries.typed_rows import row_of, rows_as
from kg.service.contract import Health, ServedGraph
from kg.service.watching import is_due
from kg.views import counts

__all__ = ["RemoteService"]

# So long an engine elsewhere may take to say which version it holds.
_LONGEST_LOOK = 2.0


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
            versions = [row.version for row in rows_as(_VersionRow, engine)]
        except TooCostly as error:
            raise Unreachable("The engine that holds the graph does not answer just now.") from error
        if len(versions) != 1:
            raise Unreachable(
                "The engine that is set up answers, but does not hold this graph: load what kg build writes, "
                "and see that its default graph is the union of all graphs."
            )
        if self._served is not None and self._served.version == versions[0]:
            return self._served
        return ServedGraph(self._engine, versions[0], counts(engine))

    def current_nowait(self) -> ServedGraph | None:
        """See `Service.current_nowait`."""
        return None if self._is_due() else self._served

    def _is_due(self) -> bool:
        """Whether the engine has to be asked for its version again."""
        is_old = is_due(self._looked)
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
