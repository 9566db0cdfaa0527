"""What the paper says beside its cases and factors: five lists."""

from app_pages.parts import graph
from app_pages.parts.background import LISTS, PAGE
from app_pages.parts.templates import render
from app_pages.reading.page import ReadingPage, Slots
from kg.language import N_, WordTable
from kg.language import gettext as _

__all__ = ["page"]

_ABOUT = WordTable(
    {
        "finders": N_("Who found the five factors, and which works they drew on, as the paper says."),
        "facilitation": N_("What people do who help leaders work together, and what the paper advises them."),
        "qualities": N_(
            "What leaders need, and what they should leave behind. Beside each is the work that names it "
            "and the case that shows it."
        ),
        "works": N_("What the paper cites each work for, the oldest first."),
        "programmes": N_("Programmes and plans that the paper names, and in which case."),
    }
)


def page(_slots: Slots) -> ReadingPage:
    """Return the page of the five lists; they are the paper's, whichever documents count."""
    found = graph.background()
    lists = {
        "facilitation": found.facilitation,
        "qualities": found.qualities,
        "works": found.works,
        "programmes": found.programmes,
    }
    return ReadingPage(
        title=_("More from the paper"),
        description=_("Who found the five factors, how facilitators work, and the works the paper cites."),
        html=render(
            "pages/background.html",
            finders=found.finders,
            lists=lists,
            names=LISTS,
            about=_ABOUT,
        ),
        address=PAGE,
        kind="CollectionPage",
    )
