"""What stands at an address where there is no page: a sentence, and the nearest page and case."""

from difflib import get_close_matches

from app_pages.parts import graph
from app_pages.parts.pages import TITLES
from app_pages.parts.templates import render
from app_pages.reading.page import ReadingPage, Slots, first
from kg.views import Link

__all__ = ["nearest_case", "page"]

_LIKE = 0.5
_MUCH_LIKE = 0.7
_SHOWN = 80


def page(slots: Slots) -> ReadingPage:
    """Return the page that says that nothing lies at the address that was asked for."""
    wanted = first(slots, "address")[:_SHOWN]
    return ReadingPage(
        title="There is no such page",
        description="Nothing lies at this address.",
        html=render("pages/missing.html", wanted=wanted, near=_near(wanted)),
        address="missing",
        status=404,
    )


def _near(wanted: str) -> list[Link]:
    """Return the page, the factor and the case that the last step of an address is most like."""
    asked = wanted.rstrip("/").rpartition("/")[2].casefold()
    pages = {each.casefold(): name for name, title in TITLES.items() for each in (name, title) if name}
    near = [Link(TITLES[pages[key]], pages[key]) for key in get_close_matches(asked, pages, 1, _MUCH_LIKE)]
    names = graph.names()
    slug = nearest_case(asked, names)
    return near + ([Link(names[slug], f"case?id={slug}")] if slug else [])


def nearest_case(wanted: str, names: dict[str, str]) -> str | None:
    """Return the slug of the case whose name, or that of a place in it, is most like what was asked for."""
    known = {place.casefold(): slug for place, slug in graph.smaller_places().items() if slug in names}
    known |= {name.casefold(): slug for slug, label in names.items() for name in (slug, label)}
    near = get_close_matches(wanted.casefold(), known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else None
