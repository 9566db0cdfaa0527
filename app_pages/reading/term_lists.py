"""The page of a list, such as all practices or all difficulties: by group, the most told first."""

from app_pages.parts import background, graph
from app_pages.parts.templates import render
from app_pages.reading.headings import LISTS
from app_pages.reading.page import ReadingPage

__all__ = ["page"]

# In a list that is longer, what each term means is on the page of the term.
_SHORT = 25


def page(scheme: str) -> ReadingPage:
    """Return the page of a list.

    Args:
        scheme: The last part of its IRI, a key of `LISTS`.
    """
    terms = graph.terms(scheme)
    address = f"concept?id={scheme}"
    return ReadingPage(
        title=LISTS[scheme],
        description=terms.definition,
        html=render(
            "pages/terms.html",
            name=LISTS[scheme],
            terms=terms,
            scheme=scheme,
            with_meanings=len(terms.terms) <= _SHORT,
            others=[(name, label) for name, label in LISTS.items() if name != scheme],
            ways=background.ways(),
            page_address=address,
            thing=f"scheme/{scheme}",
        ),
        address=address,
        thing=f"scheme/{scheme}",
        kind="CollectionPage",
    )
