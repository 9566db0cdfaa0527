"""A plain page that lists addresses, for people who open one in a browser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from kg.settings.public_address import base_path_of_environment

__all__ = ["ListingLink", "ListingSection", "page"]

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
    told = "".join(_section(section) for section in sections)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>\n<p>{escape(opening)}</p>\n<p>{_links(links)}</p>\n"
        f"{told}</main></body></html>\n"
    )


def _links(links: Iterable[ListingLink]) -> str:
    base = base_path_of_environment()
    return " · ".join(f'<a href="{escape(base + link.address)}">{escape(link.words)}</a>' for link in links)


def _section(section: ListingSection) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.columns)
    body = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>\n" for row in section.rows)
    return (
        f"<h2>{escape(section.heading)}</h2>\n"
        f'<div role="region" tabindex="0" aria-label="{escape(section.heading)}">'
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n"
    )


def _cell(cell: str | Sequence[ListingLink]) -> str:
    return f"<td>{escape(cell) if isinstance(cell, str) else _links(cell)}</td>"
