"""The first page: what this is, ways in, what changed where and who says so, and the list of cases."""

from app_pages.parts import asking, graph
from app_pages.parts.background import LISTS
from app_pages.parts.background import PAGE as BACKGROUND
from app_pages.parts.shortlist import LONGEST
from app_pages.parts.templates import render
from app_pages.reading.case_list import case_list
from app_pages.reading.page import ReadingPage, Slots
from app_pages.reading.picture import picture
from kg.evidence import Standing
from kg.language import gettext as _
from kg.language import ngettext
from kg.views import Facets

__all__ = ["page"]

_EXAMPLES = 3


def page(slots: Slots) -> ReadingPage:
    """Return the first page, its list narrowed and sorted as the address asks."""
    overview, cases, collection = graph.overview(), case_list(slots), graph.collection()
    title, about = _("What other places did, and how we know"), _about(len(overview.cases))
    return ReadingPage(
        title=title,
        description=about,
        html=render(
            "pages/home.html",
            title=title,
            about=about,
            results=sum(overview.standings.values()),
            evaluated=overview.standings.get(Standing.EVALUATED, 0),
            examples=asking.examples()[:_EXAMPLES],
            faced=_faced(cases.facets),
            picture=picture(overview, cases.by_evidence),
            cases=cases,
            longest_shortlist=LONGEST,
            papers=collection.papers,
            others=collection.documents - len(collection.papers),
            background=[(f"{BACKGROUND}#{anchor}", name) for anchor, name in LISTS.items()],
        ),
        address="",
        kind="CollectionPage",
    )


def _about(cases: int) -> str:
    return ngettext(
        "What %(num)s place or group did to get health and care organisations working together, what "
        "happened, and how sure we can be.",
        "What %(num)s places and groups did to get health and care organisations working together, what "
        "happened, and how sure we can be.",
        cases,
    )


def _faced(facets: Facets) -> int:
    """Return how many difficulties some place has faced."""
    return next(len(facet.options) for facet in facets.narrowed({}).facets if facet.slot == "difficulty")
