"""What stands where a page cannot be shown: a sentence, and ways on."""

import streamlit as st

from app_pages.parts import faults, graph
from app_pages.parts.notes import note
from kg.errors import Busy, TooCostly, Unreachable, sentence_of
from kg.language import gettext as _

_LOOK_EVERY = 3.0


def page(fault: Exception) -> None:
    """Say in one sentence why a page cannot be shown, keep what was typed, and lead on."""
    faults.log(fault)
    faults.keep_what_was_typed()
    st.title(_("This page cannot be shown"), anchor=False)
    note(sentence_of(fault), look="kg-lede", role="alert")
    if isinstance(fault, Unreachable | Busy):
        _come_back()
    elif isinstance(fault, TooCostly):
        note(_("The server may have much to do. Try again in a minute."))
    with st.container(horizontal=True, vertical_alignment="center"):
        # A press of any button draws the whole page anew.
        st.button(_("Try again"), key="page-again")
        st.page_link("index.py", label=_("All cases"), query_params=graph.address())


def _come_back() -> None:
    """Look every few seconds whether the graph can be asked again, and draw the page as soon as it can."""
    drawn_once = iter([True])

    @st.fragment(run_every=_LOOK_EVERY)
    def look() -> None:
        if not next(drawn_once, False) and _is_reachable():
            st.rerun()
        note(
            _("We look again every few seconds. The page comes back by itself, with what you typed."),
            role="status",
        )

    look()


def _is_reachable() -> bool:
    try:
        return graph.is_reachable()
    except Exception as fault:  # noqa: BLE001 - whatever keeps the graph away, we look again
        faults.log(fault)
        return False
