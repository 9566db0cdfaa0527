"""A plain page that lists addresses, for people who open one in a browser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.markup import filled
from kg.settings.public_address import base_path_of_environment

__all__ = ["ListingLink", "ListingSection", "page"]

_TEMPLATE = Path(__file__).parent / "templates" / "listing.html"
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1d1d1f; background: #fff; max-width: 64rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.2rem; margin-top: 2rem; }
div { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 1rem 0.4rem 0;
  border-bottom: 1px solid #d0d0d5; }
th, td:last-child { white-space: nowrap; }
a { color: #0b4f8a; } :focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
"""


@dataclass(frozen=True)
class ListingLink:
    """An address and the words that lead to it."""

    words: str
    address: str


@dataclass(frozen=True)
class ListingSection:
    """A headed table of links.

    Attributes:
        heading: What the table holds.
        columns: The headings of its columns.
        rows: The cells of each row: text, or links that stand beside each other.
    """

    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str | Sequence[ListingLink]]]


def page(title: str, opening: str, links: Iterable[ListingLink], sections: Iterable[ListingSection]) -> str:
    """Write the page.

    Args:
        title: Its heading.
        opening: A paragraph beneath it.
        links: Where else to look.
        sections: The tables.

    Returns:
        HTML that loads nothing.
    """
    return filled(
        _TEMPLATE,
        title=title,
        opening=opening,
        links=list(links),
        sections=list(sections),
        base=base_path_of_environment(),
        style=_STYLE,
    )
