"""Buttons that hand out a document, one for each form that it can be written in."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from kg.export import FORMS, Manuscript, written


def offer(what: str, name: str, manuscript: Callable[[], Manuscript]) -> None:
    """Draw a button that unfolds into one for each form; the document is written when that is pressed.

    Args:
        what: What is handed out, as the button names it.
        name: Name of the file, without its ending.
        manuscript: Gives what is to be written; it may be called outside the page.
    """
    with st.popover(what):
        for ending, form in FORMS.items():
            st.download_button(
                f"As {form.name}",
                data=partial(_written, manuscript, ending),
                file_name=f"{name}.{ending}",
                mime=form.media_type,
                key=f"{name}-{ending}",
                on_click="ignore",
                type="tertiary",
            )


def _written(manuscript: Callable[[], Manuscript], ending: str) -> bytes:
    return written(manuscript(), ending)
