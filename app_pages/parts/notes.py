"""Sentences beside widgets: what a tool is for, what was done, and what went wrong."""

import streamlit as st

from app_pages.parts.templates import render

__all__ = ["note"]


def note(text: object, *, look: str = "", role: str = "", first: str = "") -> None:
    """Draw a sentence; whatever stands in it stays text.

    Args:
        text: The sentence.
        look: Its class in the style sheet; "" for plain text.
        role: Its role for screen readers, such as `status` or `alert`; "" for none.
        first: Words in bold before it.
    """
    st.html(render("tools/note.html", text=text, look=look, role=role, first=first))
