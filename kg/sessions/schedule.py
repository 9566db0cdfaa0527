"""When what happens: activities chosen to fit, minutes that add up, and breaks in time."""

from collections.abc import Iterable, Sequence
from itertools import combinations, islice, pairwise, product

from kg.errors import NoPlan
from kg.language import gettext as _
from kg.language import ngettext
from kg.sessions.material import Activity
from kg.sessions.settings import HYBRID, Settings

__all__ = [
    "LONGEST_STRETCH",
    "TimedActivity",
    "bounds",
    "fit_minutes",
    "schedule_activities",
    "step_minutes",
    "suitable",
]

# Nobody sits longer than this without a break.
LONGEST_STRETCH = 75
# From here on there is time for a second case.
_TWO_CASES = 105
_MOST_BREAKS = 5
_AT_MOST = {"begin": 1, "agree": 2}

TimedActivity = tuple[Activity, int]
_Range = tuple[int, int, int]


def suitable(activities: Iterable[Activity], settings: Settings) -> list[Activity]:
    """Leave out what does not fit the group.

    Args:
        activities: In any order, which is kept.
        settings: How many people meet how, and whether they have met before: those who have not are
            asked for nothing of high risk.
    """
    return [
        activity
        for activity in activities
        if settings.mode in activity.group.modes
        and activity.group.fewest <= settings.people
        and (activity.group.most is None or settings.people <= activity.group.most)
        and (settings.met or activity.risk.level != "high")
    ]


def schedule_activities(
    frame: dict[str, Activity], ranked: Sequence[Activity], cases: int, settings: Settings
) -> list[TimedActivity]:
    """Choose what happens and for how long.

    Args:
        frame: The blocks that every session needs, by slug.
        ranked: Activities that fit the group, those first that speak to what is asked.
        cases: How many case examples there are to read.
        settings: What is asked for.

    Returns:
        Blocks in order with minutes that add up to those asked for; no activity twice.

    Raises:
        NoPlan: If nothing fits, with the reason.
    """
    settings = settings.checked()
    if not ranked:
        raise NoPlan(
            ngettext(
                "We have no activity for %(num)s person meeting in this way. Choose another number of people "
                "or another way of meeting.",
                "We have no activity for %(num)s people meeting in this way. Choose another number of people "
                "or another way of meeting.",
                settings.people,
            )
        )
    wanted = min(cases, 2 if settings.minutes >= _TWO_CASES else 1)
    # A plan without work on the matter is the last resort: sooner a case is left out, unless it was chosen.
    by_worth = sorted(
        product((True, False), range(wanted, -1, -1)),
        key=lambda choice: bool(settings.cases) and not choice[1],
    )
    for (working, told), breaks in product(by_worth, range(_MOST_BREAKS)):
        if blocks := _with_breaks(frame, ranked, told, breaks, settings, working):
            return blocks
    everything = sum(activity.timing.most for activity in _in_turn(ranked, settings.met))
    framing = [frame["open"], frame["close"], *[frame["read-a-case"]] * wanted]
    most = everything + sum(block.timing.most for block in framing)
    if most < settings.minutes:
        raise NoPlan(
            _(
                "Our activities for this fill about %(most)s minutes at most with this group. Ask for less "
                "time, for another difficulty, or for a factor.",
                most=most,
            )
        )
    raise NoPlan(
        _(
            "Nothing fits into %(minutes)s minutes with this group. Ask for a little more or less time.",
            minutes=settings.minutes,
        )
    )


def _with_breaks(
    frame: dict[str, Activity],
    ranked: Sequence[Activity],
    told: int,
    breaks: int,
    settings: Settings,
    working: bool,
) -> list[TimedActivity] | None:
    framing = [frame["open"], frame["close"], *[frame["read-a-case"]] * told, *[frame["break"]] * breaks]
    chosen = _chosen(framing, _in_turn(ranked, settings.met), settings)
    if not chosen or (working and not any(activity.stage == "work" for activity in chosen)):
        return None
    order = _ordered(frame, chosen, told)
    ranges = [bounds(activity, settings) for activity in [*order, *[frame["break"]] * breaks]]
    minutes = fit_minutes(ranges, settings.minutes)
    if minutes is None:
        return None
    blocks = list(zip(order, minutes, strict=False))
    return _placed(blocks, frame["break"], minutes[len(order) :])


def _in_turn(ranked: Sequence[Activity], met: bool) -> list[Activity]:
    """Put first what a session needs first: work, meeting where people have not met, agreeing, more work."""
    stages: dict[str, list[Activity]] = {"begin": [], "work": [], "agree": []}
    for activity in ranked:
        stages[activity.stage].append(activity)
    begin, agree = (stages[stage][: _AT_MOST[stage]] for stage in ("begin", "agree"))
    first = stages["work"][:1] + ([] if met else begin) + agree[:1]
    return first + stages["work"][1:] + agree[1:] + (begin if met else [])


def _chosen(framing: Sequence[Activity], turn: Sequence[Activity], settings: Settings) -> list[Activity]:
    frame = sum(activity.timing.least for activity in framing)
    chosen: list[Activity] = []

    def fits(activity: Activity, place: int) -> bool:
        taken = frame + sum(bounds(other, settings)[place] for other in chosen)
        return activity not in chosen and taken + bounds(activity, settings)[place] <= settings.minutes

    # The work itself comes first: meeting and agreeing must not take its time.
    work = (
        activity
        for place in (1, 0)
        for activity in turn
        if activity.stage == "work" and fits(activity, place)
    )
    chosen += list(islice(work, 1))
    # At their usual length; only where time would be left over or nothing fits, shortened.
    for place in (1, 0):
        for activity in turn:
            if fits(activity, place):
                chosen.append(activity)
        if chosen and sum(activity.timing.most for activity in (*framing, *chosen)) >= settings.minutes:
            break
    return chosen


def bounds(activity: Activity, settings: Settings) -> tuple[int, int, int]:
    """Give the least, usual and most minutes; with people elsewhere nothing is cut below the usual."""
    least = activity.timing.usual if settings.mode == HYBRID and activity.works_on else activity.timing.least
    return least, activity.timing.usual, activity.timing.most


def _ordered(frame: dict[str, Activity], chosen: Sequence[Activity], told: int) -> list[Activity]:
    begin = [activity for activity in chosen if activity.stage == "begin"]
    work = sorted(
        (activity for activity in chosen if activity.stage == "work"), key=lambda activity: activity.risk.rank
    )
    agree = [activity for activity in chosen if activity.stage == "agree"]
    case = frame["read-a-case"]
    half = -(-len(work) // 2)
    middle = [*[case] * min(told, 1), *work[:half], *[case] * (told - 1), *work[half:]]
    return [frame["open"], *begin, *middle, *agree, frame["close"]]


def fit_minutes(ranges: Sequence[_Range], total: int) -> list[int] | None:
    """Stretch or shorten blocks until they add up.

    Args:
        ranges: Least, usual and most minutes of each.
        total: What they have to add up to.

    Returns:
        Minutes of each, in steps of five as far as that goes; None if they cannot add up.

    >>> fit_minutes([(5, 10, 15), (20, 25, 40)], 45), fit_minutes([(5, 10, 15)], 16)
    ([10, 35], None)
    """
    if (
        not sum(least for least, _usual, _most in ranges)
        <= total
        <= sum(most for _least, _usual, most in ranges)
    ):
        return None
    minutes = [usual for _least, usual, _most in ranges]
    longer = total > sum(minutes)
    sign = 1 if longer else -1
    for unit in (5, 1):
        while abs(total - sum(minutes)) >= unit:
            room = [
                most - now if longer else now - least
                for now, (least, _usual, most) in zip(minutes, ranges, strict=True)
            ]
            if max(room) < unit:
                break
            minutes[room.index(max(room))] += sign * unit
    return minutes


def _placed(
    blocks: list[TimedActivity], pause: Activity, breaks: Sequence[int]
) -> list[TimedActivity] | None:
    """Put breaks between blocks, the longest stretch as short as can be; None if one is too long."""
    gaps = range(2, len(blocks) - 1)
    best: tuple[int, tuple[int, ...]] | None = None
    for places in combinations(gaps, len(breaks)):
        edges = [0, *places, len(blocks)]
        longest = max(sum(minutes for _activity, minutes in blocks[a:b]) for a, b in pairwise(edges))
        if longest <= LONGEST_STRETCH and (best is None or (longest, places) < best):
            best = longest, places
    if best is None:
        return None
    placed = list(blocks)
    for place, minutes in reversed(list(zip(best[1], breaks, strict=True))):
        placed.insert(place, (pause, minutes))
    return placed


def step_minutes(activity: Activity, minutes: int) -> list[int]:
    """Share the minutes of a block among its steps, each at least one, as its usual minutes are shared."""
    usual = [length for length, _text in activity.timing.steps]
    spare, weight = minutes - len(usual), sum(usual) - len(usual)
    shares = [(length - 1) * spare / weight if weight else spare / len(usual) for length in usual]
    rounded = [1 + int(share) for share in shares]
    by_rest = sorted(range(len(usual)), key=lambda place: (int(shares[place]) - shares[place], place))
    for place in by_rest[: minutes - sum(rounded)]:
        rounded[place] += 1
    return rounded
