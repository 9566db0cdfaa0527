"""What speaks against a plan that was changed by hand, each in one sentence."""

from collections.abc import Iterator, Sequence

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
    total = sum(minutes for _, minutes in blocks)
    if total != settings.minutes:
        less = "less" if total < settings.minutes else "more"
        yield (
            f"The blocks take {total} minutes, {abs(total - settings.minutes)} {less} than the "
            f"{settings.minutes} asked for."
        )


def _stretches(blocks: Sequence[Timed], settings: Settings) -> Iterator[str]:
    since = now = 0
    for activity, minutes in [*blocks, (None, 0)]:
        if activity is None or activity.slug == _BREAK:
            if now - since > LONGEST_STRETCH:
                yield (
                    f"From {clock(settings.start, since)} to {clock(settings.start, now)} there is no break: "
                    f"{now - since} minutes, and {LONGEST_STRETCH} are the most. Add one."
                )
            since = now + minutes
        now += minutes


def _block(activity: Activity, minutes: int, settings: Settings) -> Iterator[str]:
    name = f"“{activity.name}”"
    if activity.risk.level == "high" and not settings.met:
        yield (
            f"{name} is of high risk and most people have not met before. Keep it only if you know why: "
            f"{activity.risk.note}"
        )
    if settings.mode not in activity.group.modes:
        yield f"{name} is not meant for a session that is {MODES[settings.mode].lower()}."
    if settings.people < activity.group.fewest:
        yield f"{name} needs at least {activity.group.fewest} people; there are {settings.people}."
    if activity.group.most is not None and settings.people > activity.group.most:
        yield f"{name} is meant for at most {activity.group.most} people; there are {settings.people}."
    least, _, most = bounds(activity, settings)
    if minutes < least:
        yield f"{name} needs at least {least} minutes; it has {minutes}."
    if minutes > most:
        yield f"{name} is of use for at most {most} minutes; it has {minutes}."
    if settings.mode == HYBRID and (longest := max(step_minutes(activity, minutes))) > LONGEST_STEP:
        yield (
            f"In {name} one step takes {longest} minutes; in a hybrid meeting the form changes at least "
            f"every {LONGEST_STEP}."
        )
