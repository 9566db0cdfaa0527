"""Years, months and days in words."""

from datetime import date, datetime

__all__ = ["current_day", "day_in_words", "in_words", "is_past", "span_in_words"]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_words(time: str) -> str:
    """Write a year, month or day as one reads it.

    >>> in_words("2016"), in_words("2016-07"), in_words("2016-04-01")
    ('2016', 'July 2016', '1 April 2016')
    """
    year, *rest = time.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def day_in_words(day: date) -> str:
    """Write a day as one reads it.

    >>> day_in_words(date(2016, 4, 1))
    '1 April 2016'
    """
    return in_words(day.isoformat())


def span_in_words(start: str | None, end: str | None) -> str | None:
    """Write a time, or a span of time, as one reads it; None where neither end is known.

    >>> span_in_words("2013", "2018"), span_in_words(None, "2016"), span_in_words("2013-12", None)
    ('2013 to 2018', 'until 2016', 'December 2013')
    """
    if start is None:
        return None if end is None else f"until {in_words(end)}"
    return in_words(start) if end is None else f"{in_words(start)} to {in_words(end)}"


def current_day() -> date:
    """Return the day it is in the time zone of this machine."""
    return datetime.now().astimezone().date()


def is_past(time: str, today: date) -> bool:
    """Whether a year, month or day is wholly over.

    >>> is_past("2016-07", date(2016, 7, 31)), is_past("2016-07", date(2016, 8, 1))
    (False, True)
    """
    return time < today.isoformat()[: len(time)]
