"""Which state of the files may be tried, and why one was refused."""

import logging
import math
import time
from dataclasses import dataclass

from kg.errors import BadContent, KgError, Unreachable

__all__ = ["BuildAdmission", "BuildRefusal"]

# What may have failed for a reason that passes, such as a full disk, is tried again after so long.
_TRY_AGAIN = 10.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class BuildRefusal:
    """Why a state of the content is not on show.

    Attributes:
        version: The state; empty where the files could not be read.
        fault: The reason.
        again: When the same files are tried again, by the monotonic clock; never where they are to blame.
    """

    version: str
    fault: KgError
    again: float = math.inf

    @property
    def blames_files(self) -> bool:
        """Whether the files have to change before they are tried again."""
        return self.again == math.inf

    def forbids(self, version: str) -> bool:
        """Whether a state need not be tried just now."""
        return version == self.version and time.monotonic() < self.again


class BuildAdmission:
    """Remembers the state of the files that was refused last.

    Attributes:
        refusal: That state and why; None if what was tried last is on show.
    """

    def __init__(self) -> None:
        self.refusal: BuildRefusal | None = None

    def admits(self, version: str) -> bool:
        """Whether a state may be tried now."""
        return self.refusal is None or not self.refusal.forbids(version)

    def demand(self, version: str) -> None:
        """See that a state may be tried now.

        Raises:
            KgError: If not, with the reason for which it was refused.
        """
        refusal = self.refusal
        if refusal is not None and refusal.forbids(version):
            raise type(refusal.fault)(str(refusal.fault))

    def refuse(self, version: str, error: KgError | OSError) -> KgError:
        """Remember why a state is not on show; return what to say."""
        if isinstance(error, OSError):
            _LOG.info("The graph cannot be opened: %s", error)
            error = Unreachable(f"The server cannot open the graph just now: {error.strerror or error}.")
        again = math.inf if isinstance(error, BadContent) else time.monotonic() + _TRY_AGAIN
        self.refusal = BuildRefusal(version, error, again)
        return error

    def accept(self) -> None:
        """Forget what was refused: what the files hold now is on show."""
        self.refusal = None
