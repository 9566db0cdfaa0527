"""What hands out a document, with a button for each form that it can be written in."""

from collections.abc import Callable
from functools import partial
from itertools import groupby

import streamlit as st

from app_pages.parts import faults, saving
from app_pages.parts.templates import render
from kg.export import FORMS, SESSION_FILES, Cards, Manuscript, as_section, write_manuscript
from kg.sessions import Plan

_AWAY = "Take it with you: slides, guide, handout, cards, plan file"


def offer(what: str, name: str, manuscript: Callable[[], Manuscript]) -> None:
    """Draw a line that unfolds into a button for each form, and a switch that shows it on the page.

    The document is written when a button is pressed, or the switch turned.

    Args:
        what: What is handed out, as the line and the buttons name it.
        name: Name of the file, without its ending.
        manuscript: Gives what is to be written; it may be called outside the page.
    """
    # What unfolds stays in its place among the rest, where the keyboard finds it; a popover does not.
    with st.expander(what):
        with st.container(key=f"files-{name}", horizontal=True):
            for ending, form in FORMS.items():
                saving.button(
                    f"{what} as {form.name}",
                    partial(_written, manuscript, ending),
                    f"{name}.{ending}",
                    form.media_type,
                    key=f"{name}-{ending}",
                )
        if st.toggle("Show it here", key=f"show-{name}"):
            with faults.near("This document cannot be shown."):
                st.html(render("tools/sheet.html", html=as_section(manuscript())))


def _written(manuscript: Callable[[], Manuscript], ending: str) -> bytes:
    return write_manuscript(manuscript(), ending)


def of_a_session(plan: Plan, name: str, cards: Cards) -> None:
    """Draw what a plan is handed out as, one row for each thing.

    Args:
        plan: The plan.
        name: Name of the files, without what they are and their ending.
        cards: Gives the cards; it may be called outside the page.
    """
    with st.expander(_AWAY):
        for row, files in groupby(SESSION_FILES, key=lambda file: file.what.removeprefix("large-")):
            with st.container(key=f"files-{row}", horizontal=True):
                for file in files:
                    saving.button(
                        file.name,
                        partial(file.write, plan, cards),
                        f"{name}-{file.what}.{file.ending}",
                        file.media_type,
                        key=f"download-{file.what}-{file.ending}",
                    )
