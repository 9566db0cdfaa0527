"""The states of the graph that are open: the one on show, and earlier ones that somebody still holds."""

import threading
import weakref
from collections import deque
from pathlib import Path

from kg.engine.embedded import EmbeddedEngine, Lanes
from kg.engine.limits import Limits
from kg.service.contract import ServedGraph
from kg.views import counts

__all__ = ["GraphStates"]

# So many states of the graph are kept open while somebody still holds the earlier ones.
_MOST_STATES = 3


class GraphStates:
    """Opens built graphs, one after the other, and closes those of long ago.

    Args:
        limits: What a query may cost; those of the environment if None.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits
        self._lanes: Lanes | None = None
        self._lock = threading.Lock()
        self._engines: deque[weakref.ref[EmbeddedEngine]] = deque()
        self._current: ServedGraph | None = None
        self._closed = False

    @property
    def current(self) -> ServedGraph | None:
        """The state on show, if any."""
        return self._current

    @property
    def is_closed(self) -> bool:
        """Whether nothing is opened any more."""
        return self._closed

    def show(self, graph: Path, version: str) -> None:
        """Open a built graph and put it in the place of the one before, unless everything was closed.

        Args:
            graph: The file that holds it.
            version: The state of the content that it was built from.

        Raises:
            BadContent: If it cannot be loaded.
        """
        limits = self._limits or Limits.of_environment()
        self._lanes = self._lanes or Lanes(limits)
        engine = EmbeddedEngine(graph, limits, lanes=self._lanes)
        served = ServedGraph(engine, version, counts(engine))
        with self._lock:
            if self._closed:
                engine.close()
                return
            self._current = served
            self._engines.append(weakref.ref(engine))
            earlier = [self._engines.popleft() for _ in range(len(self._engines) - _MOST_STATES)]
        for reference in earlier:
            if (old := reference()) is not None:
                old.close()

    def close(self) -> None:
        """Close every state that is open, and open none from now on."""
        with self._lock:
            self._closed = True
            self._current = None
            engines = [engine for reference in self._engines if (engine := reference()) is not None]
            self._engines.clear()
        for engine in engines:
            engine.close()
