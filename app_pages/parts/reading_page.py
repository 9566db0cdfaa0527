"""A reading page, drawn by Streamlit: the same HTML that the server sends before Streamlit runs."""

import streamlit as st

from app_pages.parts.frame import NAME
from app_pages.parts.slots import address
from app_pages.parts.templates import render
from app_pages.reading import READERS

__all__ = ["draw"]


def draw(page: str) -> None:
    """Draw the reading page at an address, for what stands behind it there."""
    reading = READERS[page](address())
    st.set_page_config(page_title=f"{reading.title} – {NAME}" if page else NAME)
    st.html(render("frame/reading.html", html=reading.html))
