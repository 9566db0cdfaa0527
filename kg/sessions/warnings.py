"""What speaks against a plan that was changed by hand, each in one sentence."""

from collections.abc import Iterator, Sequence

from kg.language import gettext as _
from kg.language import ngettext
from kg.sessions.material import Activity
from kg.sessions.schedule import LONGEST_STRETCH, bounds, step_minutes
from kg.sessions.settings import HYBRID, MODES, Settings, clock

__all__ = ["LONGEST_STEP", "warnings"]

# With people elsewhere the form changes at least this often.
LONGEST_STEP = 25
_BREAK = "break"
Timed = tuple[Activity, int]


def warnings(blocks: Sequence[Timed], settings: Settings) -> tuple[str, ...]:
    """Say what speaks against a plan.

    Args:
        blocks: What happens, and for how many minutes.
        settings: What was asked for.

    Returns:
        Nothing for a plan that was made here and not changed.
    """
    return (
        *_sum(blocks, settings),
        *_stretches(blocks, settings),
        *(said for block in blocks for said in _block(*block, settings)),
    )


def _sum(blocks: Sequence[Timed], settings: Settings) -> Iterator[str]:
    total = sum(minutes for _activity, minutes in blocks)
    values = {"minutes": total, "asked": settings.minutes, "away": abs(total - settings.minutes)}
    if total < settings.minutes:
        yield _(
            "The blocks take %(minutes)s minutes: %(away)s less than the %(asked)s you asked for.", **values
        )
    if total > settings.minutes:
        yield _(
            "The blocks take %(minutes)s minutes: %(away)s more than the %(asked)s you asked for.", **values
        )


def _stretches(blocks: Sequence[Timed], settings: Settings) -> Iterator[str]:
    since = now = 0
    for activity, minutes in [*blocks, (None, 0)]:
        if activity is None or activity.slug == _BREAK:
            if now - since > LONGEST_STRETCH:
                yield _(
                    "From %(start)s to %(end)s there is no break for %(minutes)s minutes; %(most)s is the "
                    "most. Add one.",
                    start=clock(settings.start, since),
                    end=clock(settings.start, now),
                    minutes=now - since,
                    most=LONGEST_STRETCH,
                )
            since = now + minutes
        now += minutes


def _block(activity: Activity, minutes: int, settings: Settings) -> Iterator[str]:
    yield from _group(activity, settings)
    name = activity.name
    least, _usual, most = bounds(activity, settings)
    if minutes < least:
        yield ngettext(
            "“%(name)s” needs %(least)s minutes at least; it has %(num)s.",
            "“%(name)s” needs %(least)s minutes at least; it has %(num)s.",
            minutes,
            name=name,
            least=least,
        )
    if minutes > most:
        yield _(
            "“%(name)s” is useful for %(most)s minutes at most; it has %(minutes)s.",
            name=name,
            most=most,
            minutes=minutes,
        )
    if settings.mode == HYBRID and (longest := max(step_minutes(activity, minutes))) > LONGEST_STEP:
        yield _(
            "In “%(name)s” one step takes %(minutes)s minutes. In a hybrid meeting, do something different "
            "at least every %(most)s.",
            name=name,
            minutes=longest,
            most=LONGEST_STEP,
        )


def _group(activity: Activity, settings: Settings) -> Iterator[str]:
    """Say for which groups an activity is not meant."""
    name, group = activity.name, activity.group
    if activity.risk.level == "high" and not settings.met:
        yield _(
            "“%(name)s” has a high risk, and most people have not met before. Keep it only if you know why: "
            "%(risk)s",
            name=name,
            risk=activity.risk.note,
        )
    if settings.mode not in group.modes:
        mode = MODES[settings.mode].lower()
        yield _("“%(name)s” does not suit this way of meeting: %(mode)s.", name=name, mode=mode)
    if settings.people < group.fewest:
        yield ngettext(
            "“%(name)s” needs %(least)s people at least; there is %(num)s.",
            "“%(name)s” needs %(least)s people at least; there are %(num)s.",
            settings.people,
            name=name,
            least=group.fewest,
        )
    if group.most is not None and settings.people > group.most:
        yield _(
            "“%(name)s” suits %(most)s people at most; there are %(people)s.",
            name=name,
            most=group.most,
            people=settings.people,
        )
