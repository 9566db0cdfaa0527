"""What a plan is asked for."""

import re
from dataclasses import dataclass

from kg.errors import NoPlan
from kg.language import gettext as _
from kg.words import MODES

__all__ = ["HYBRID", "LONGEST", "MODES", "SHORTEST", "Settings", "clock"]

SHORTEST, LONGEST = 30, 240
HYBRID = "hybrid"
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DAY = 24 * 60


@dataclass(frozen=True)
class Settings:
    """What a plan is asked for.

    Attributes:
        difficulty: Slug of the difficulty in the room.
        factor: Slug of the factor to work on.
        cases: Slugs of cases to read, in order.
        minutes: How long the session is.
        people: How many take part.
        mode: One of `MODES`.
        start: When it begins, such as “09:30”.
        met: Whether most of the people have met before.
    """

    difficulty: str | None = None
    factor: str | None = None
    cases: tuple[str, ...] = ()
    minutes: int = 90
    people: int = 12
    mode: str = "room"
    start: str = "09:30"
    met: bool = False

    def checked(self) -> "Settings":
        """Give the same settings, if they can be read.

        Raises:
            NoPlan: If the minutes are too few or too many, or the mode or the start is none.
        """
        if not SHORTEST <= self.minutes <= LONGEST:
            raise NoPlan(
                _(
                    "A session takes %(least)s to %(most)s minutes; you asked for %(minutes)s.",
                    least=SHORTEST,
                    most=LONGEST,
                    minutes=self.minutes,
                )
            )
        if self.mode not in MODES:
            raise NoPlan(
                _(
                    "There is no way of meeting “%(mode)s”. Choose one: %(modes)s.",
                    mode=self.mode[:40],
                    modes=", ".join(MODES),
                )
            )
        if not _CLOCK.fullmatch(self.start):
            raise NoPlan(
                _("The start “%(start)s” is not a time of day. Write it like 09:30.", start=self.start[:40])
            )
        return self


def clock(start: str, after: int) -> str:
    """Give the time of day so many minutes after the start.

    >>> clock("09:30", 95), clock("23:50", 20)
    ('11:05', '00:10')
    """
    hours, minutes = start.split(":")
    now = (int(hours) * 60 + int(minutes) + after) % _DAY
    return f"{now // 60:02}:{now % 60:02}"
