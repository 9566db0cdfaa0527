"""HTML from the templates of `app_pages/templates`: whatever is put into one is escaped."""

from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app_pages.parts import graph
from kg import words
from kg.language import with_words
from kg.publish.serialised import FORMATS

__all__ = ["render"]

# What an address of data can hold as it is.
_KEPT = " ,.:/=()-"
_FOLDER = Path(__file__).parent.parent / "templates"


def _address(address: str | None) -> str:
    """Return where a link leads: a page of ours with the choice in force, or a page of the web."""
    if address is None:
        return ""
    if ":" in address.partition("?")[0]:
        return address if address.startswith(("https://", "http://")) else ""
    return graph.with_choice(address)


def _data_uri(svg: str) -> str:
    """Return a picture as an address that an image can show."""
    return f"data:image/svg+xml,{quote(svg.strip(), safe=_KEPT)}"


def _turned(page: str, slug: str) -> str:
    """Return the address of a page with a case put on the shortlist, or taken off it."""
    kept = graph.shortlisted()
    return graph.with_kept(page, tuple(k for k in kept if k != slug) if slug in kept else (*kept, slug))


@cache
def _environment() -> Environment:
    environment = with_words(
        Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )
    environment.filters["data_uri"] = _data_uri
    environment.globals |= {
        "address": _address,
        "all_documents": lambda page: graph.with_documents(page, paper=False),
        "paper_only": lambda page: graph.with_documents(page, paper=True),
        "shortlist_turn": _turned,
        "choice": graph.choice,
        "formats": FORMATS,
        "words": words,
    }
    return environment


def render(name: str, /, **values: object) -> str:
    """Return the HTML of a template.

    Args:
        name: Its file in `app_pages/templates`, such as `pages/case.html`.
        **values: What it shows; text in them is escaped.

    Raises:
        jinja2.UndefinedError: If the template shows what it was not given.
    """
    return _environment().get_template(name).render(**values)
