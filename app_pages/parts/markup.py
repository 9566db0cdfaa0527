"""Text of the graph made safe to draw: it may have been written by anyone."""

import re
from collections.abc import Iterable
from html import escape

from kg.words import counted

__all__ = ["counted", "escaped", "folded", "items", "label", "link"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escaped(text: object) -> str:
    """Make a text safe inside the HTML of `st.html`, attributes included."""
    return escape(str(text))


def label(text: str) -> str:
    r"""Make a text safe where Streamlit reads Markdown, such as the label of a link.

    >>> print(label("[a](b) :red[x] $y$"))
    \[a\]\(b\) \:red\[x\] \$y\$
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def link(address: str, name: str) -> str:
    """Draw a link out of the explorer; an address that is not of the web is left out."""
    if not address.startswith(("https://", "http://")):
        return escaped(name)
    return f'<a href="{escaped(address)}" rel="noopener">{escaped(name)}</a>'


def items(entries: Iterable[str], look: str = "kg-plain") -> str:
    """Draw a list of entries that are HTML already."""
    return f'<ul class="{look}">' + "".join(f"<li>{entry}</li>" for entry in entries) + "</ul>"


def folded(summary: str, text: str) -> str:
    """Draw HTML that unfolds beneath a line of text."""
    return f'<details class="kg-fold"><summary>{escaped(summary)}</summary><div>{text}</div></details>'
