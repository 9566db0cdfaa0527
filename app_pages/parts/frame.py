"""What every page has in common inside Streamlit; the bar and the foot stand outside of it."""

import time
from pathlib import Path

import streamlit as st

from app_pages.parts import shortlist
from app_pages.parts.templates import render

__all__ = ["ICON", "NAME", "begin", "end"]

NAME = "System Leadership Case Explorer"
ICON = Path(__file__).resolve().parent.parent / "static" / "icon.png"


def begin() -> None:
    """Draw what stands above every page."""
    st.html(render("frame/above.html", shortlist=shortlist.drawn()))


def end(page: str) -> None:
    """Say, for the script that moves between pages, that this one is drawn."""
    st.html(render("frame/drawn.html", page=page, run=time.monotonic_ns()))
