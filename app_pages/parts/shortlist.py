"""The shortlist: cases that a visitor keeps in mind, which go along from page to page in the address."""

from collections.abc import Mapping, Sequence

from app_pages.parts import graph
from app_pages.parts.templates import render
from kg.views import MOST

__all__ = ["LONGEST", "drawn", "shortlisted_cases"]

# So many still fit on a line, and in an address beside all else.
LONGEST = 8


def shortlisted_cases(names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the slugs of the cases on the list; what is no case here is passed over.

    Args:
        names: The name of each case that there is, by its slug.
    """
    return tuple(slug for slug in graph.shortlisted() if slug in names)[:LONGEST]


def drawn() -> str:
    """Return the list as HTML, with what can be done with it; "" where it is empty."""
    names = graph.names() if graph.shortlisted() else {}
    slugs = shortlisted_cases(names)
    if not slugs:
        return ""
    return render(
        "parts/shortlist.html",
        kept=[(slug, names[slug]) for slug in slugs],
        compare=_with_cases("compare", slugs[:MOST]) if len(slugs) > 1 else None,
        session=_with_cases("session", slugs),
        emptied=graph.with_kept("./", ()),
    )


def _with_cases(page: str, slugs: Sequence[str]) -> str:
    return f"{page}?" + "&".join(f"case={slug}" for slug in slugs)
