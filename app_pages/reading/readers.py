"""Which function draws which reading page."""

from collections.abc import Callable, Mapping

from app_pages.reading import (
    about,
    background,
    cases,
    claims,
    entries,
    factors,
    home,
    known,
    missing,
    places,
    sources,
    things,
    timeline,
    vocabulary,
)
from app_pages.reading.page import ReadingPage, Slots

__all__ = ["READERS", "read"]

READERS: Mapping[str, Callable[[Slots], ReadingPage]] = {
    "about": about.page,
    "background": background.page,
    "body": entries.body,
    "": home.page,
    "case": cases.page,
    "claim": claims.page,
    "concept": entries.concept,
    "factor": factors.one_factor,
    "factors": factors.all_factors,
    "known": known.page,
    "missing": missing.page,
    "place": entries.place,
    "practice": entries.practice,
    "source": sources.page,
    "thing": things.page,
    "places": places.page,
    "timeline": timeline.page,
    "vocabulary": vocabulary.page,
}


def read(page: str, slots: Slots) -> ReadingPage | None:
    """Return a reading page for the choice in force; None where an address is that of a tool.

    Args:
        page: The address of the page, without what follows the question mark.
        slots: What follows it.

    Raises:
        KgError: If the graph cannot be asked.
    """
    reader = READERS.get(page)
    return reader(slots) if reader is not None else None
