"""A name with the page that shows what bears it."""

import re

from kg.terms import BASE, SL
from kg.things import page_of
from kg.views.statement_records import Link

__all__ = ["is_address", "link_of"]

# What an address of ours is made of; anything else never reaches a query.
_PATH = re.compile(r"[a-z0-9/-]+")

# The field is a term of the vocabulary, and what many statements are about.
_FIELD = "thing?id=def/field"


def is_address(path: str) -> bool:
    """Whether what a stranger wrote could be an address of ours, from the base on or a part of it."""
    return _PATH.fullmatch(path) is not None


def link_of(iri: str, name: str) -> Link:
    """Link a name to the page of what bears it; what is not ours has none.

    >>> link_of(BASE + "practice/x", "X"), link_of("https://example.org/", "An example")
    (Link(name='X', address='thing?id=practice/x'), Link(name='An example', address=None))
    """
    if iri == str(SL.field):
        return Link(name, _FIELD)
    return Link(name, page_of(iri) if iri.startswith(BASE) else None)
