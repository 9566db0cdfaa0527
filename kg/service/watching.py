"""Looking every few seconds whether something has changed."""

import logging
import threading
import time
from collections.abc import Callable

from kg.errors import KgError

__all__ = ["Watch", "is_due"]

_LOOK_EVERY = 5.0
_LOG = logging.getLogger(__name__)


def is_due(looked: float) -> bool:
    """Whether it is time to look again.

    Args:
        looked: When somebody looked last, by the monotonic clock.
    """
    return time.monotonic() - looked > _LOOK_EVERY


class Watch:
    """Sees when files have changed, and lets them be built in a thread, one build at a time.

    Args:
        has_changed: Whether there is something to build.
        build: Builds it.
    """

    def __init__(self, has_changed: Callable[[], bool], build: Callable[[], None]) -> None:
        self._has_changed = has_changed
        self._build = build
        self._lock = threading.Lock()
        self._looked = 0.0
        self._building = False

    @property
    def is_due(self) -> bool:
        """Whether it is time to look again."""
        return is_due(self._looked)

    @property
    def is_building(self) -> bool:
        """Whether a change is being built."""
        return self._building

    def note_look(self) -> None:
        """Remember that somebody has just seen what the files hold."""
        self._looked = time.monotonic()

    def look(self) -> None:
        """See whether the files have changed; if so, have what they hold now built, unless that is done."""
        self.note_look()
        with self._lock:
            if self._building:
                return
            try:
                if self._has_changed():
                    threading.Thread(target=self._run, name="build", daemon=True).start()
                    self._building = True
            except (OSError, RuntimeError) as error:
                # No file may be opened, or no thread begun, just now: the next look may go better.
                _LOG.warning("It cannot be seen whether the data files have changed: %s", error)

    def _run(self) -> None:
        try:
            self._build()
        except KgError as error:
            _LOG.warning("The changed files are not shown: %s", error)
        finally:
            with self._lock:
                self._building = False
