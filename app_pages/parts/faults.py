"""What a visitor reads when something goes wrong: a sentence where it happened; the log has the traceback."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time
from functools import wraps
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from app_pages.parts.notes import note
from kg.errors import sentence_of

__all__ = ["caught", "keep_what_was_typed", "log", "near", "said", "said_elsewhere", "waits"]

_LOG = logging.getLogger(__name__)
_SAID = "faults-said"
# What widgets hold that take text, numbers or choices; buttons hold True or False and cannot be set.
_TYPED = (str, int, float, list, tuple, date, time)
_NOTHING_CHANGED = "Nothing was changed, and what you typed is still here."


def log(fault: BaseException) -> None:
    """Write a fault with its traceback to the log."""
    _LOG.error("A page, or a part of one, could not be shown.", exc_info=fault)


@contextmanager
def near(what: str) -> Iterator[None]:
    """Let a part of a page fail alone: say so in its place, and go on with the rest of the page.

    Args:
        what: What is missing then, as a sentence such as “The picture cannot be drawn.”
    """
    try:
        yield
    except Exception as fault:  # noqa: BLE001 - whatever it is, the rest of the page is drawn
        log(fault)
        note(f"{what} {sentence_of(fault)}", look="kg-fault-said", role="alert")
        st.button("Try again", key=f"again-{what}")


def caught(change: Callable[..., None], place: str = "") -> Callable[..., None]:
    """Return a function for a widget to call, whose faults are said where `said` is called with this place.

    Streamlit would leave the page empty. A place that is not drawn is made good at the foot of the page.

    Args:
        change: What the widget does.
        place: The part of the page where it stands.
    """

    @wraps(change)
    def changed(*given: Any, **named: Any) -> None:
        try:
            change(*given, **named)
        except Exception as fault:  # noqa: BLE001 - Streamlit would leave the page empty
            log(fault)
            waiting = st.session_state.setdefault(_SAID, {})
            waiting[place] = f"{sentence_of(fault)} {_NOTHING_CHANGED}"

    return changed


def said(place: str) -> None:
    """Draw what went wrong in a part of a page, once; nothing where all went well."""
    if sentence := st.session_state.get(_SAID, {}).pop(place, ""):
        note(sentence, look="kg-fault-said", role="alert")


def waits(place: str) -> bool:
    """Whether there is a fault to say in a part of a page."""
    return place in st.session_state.get(_SAID, {})


def said_elsewhere() -> None:
    """Draw what went wrong in parts that are not drawn this time."""
    for place in list(st.session_state.get(_SAID, {})):
        said(place)


def keep_what_was_typed() -> None:
    """Keep what stands in widgets that a page could not draw: Streamlit would forget it."""
    for key, value in list(st.session_state.items()):
        if isinstance(value, _TYPED) and not isinstance(value, bool):
            try:
                st.session_state[key] = value
            except StreamlitAPIException:
                # The widget was drawn, and so it keeps its value by itself.
                continue
