"""The address of every page that people read: for search engines, and for a folder of pages."""

from kg.check.requirements import requirements
from kg.engine import Engine
from kg.graph.content import Content
from kg.terms import BASE
from kg.things import page_of, things

__all__ = ["LISTS", "addresses"]

# Pages that show no one thing.
LISTS = ("", "factors", "known", "timeline", "places", "about", "background", "vocabulary")
_ROOMS = ("case", "claim", "source", "body", "place", "scheme")
# What people who query look up is no page to read.
_IN_DETAIL = "thing?"


def addresses(engine: Engine, content: Content) -> list[str]:
    """Return the address of every reading page, from the base on: lists first, then things by room and name.

    Args:
        engine: Holds the graph.
        content: Ontology and data, of which the shapes are read.
    """
    slugs = things(engine, requirements(content)).slugs
    pages = [page_of(f"{BASE}{room}/{slug}") for room in _ROOMS for slug in sorted(slugs[room])]
    return [*LISTS, *(page for page in dict.fromkeys(pages) if not page.startswith(_IN_DETAIL))]
