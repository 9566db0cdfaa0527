"""A button that copies: plain for any program, formatted as well for those that take it, such as e-mail."""

from pathlib import Path

import streamlit as st

__all__ = ["button", "link"]

_REFUSED = "The browser did not let us copy."
_copy = st.components.v2.component(
    "copy",
    html=Path(__file__).with_name("copying.html").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("copying.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def button(label: str, plain: str, key: str, html: str | None = None) -> None:
    """Draw a button that copies a text.

    Args:
        label: What stands on it.
        plain: The text.
        key: The name of the button on its page.
        html: The same, formatted; None where it is plain everywhere.
    """
    _copy(key=key, data={"label": label, "plain": plain, "html": html, "refused": _REFUSED}, width="content")


def link(key: str = "copy-link") -> None:
    """Draw a button that copies the address of the page as it stands, with all that was chosen on it."""
    _copy(
        key=key,
        data={"label": "Copy link", "plain": None, "html": None, "refused": _REFUSED},
        width="content",
    )
