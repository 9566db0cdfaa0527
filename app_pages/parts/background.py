"""The lists of what the paper says beside its cases and factors, and the way to them from other pages."""

from app_pages.parts.templates import render
from kg.language import N_, WordTable

__all__ = ["LISTS", "PAGE", "ways"]

PAGE = "background"
# The lists in the order of the page: the anchor of each, and its heading.
LISTS = WordTable(
    {
        "finders": N_("Who found the five factors"),
        "facilitation": N_("How facilitators work"),
        "qualities": N_("Qualities and styles of leading"),
        "works": N_("Works the paper cites"),
        "programmes": N_("Programmes and plans"),
    }
)


def ways() -> str:
    """Return a line, as HTML, that leads to each list."""
    return render("parts/background_ways.html", lists=LISTS, page=PAGE)
