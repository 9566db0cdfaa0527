"""The choice of some cases among all, which the address keeps."""

from collections.abc import Sequence

import streamlit as st

from app_pages.parts import copying, graph

SLOT = "case"
# Not the slot itself: the page "Compare" has a choice under that key, which must not carry over.
_KEY = "cases-to-show"

# More cases than this would make an address that programs cut off.
IN_AN_ADDRESS = 50


def address(slugs: Sequence[str]) -> dict[str, str | list[str]]:
    """Give the slots of a link to a page that shows these cases, or all of them where none is named."""
    carried: dict[str, str | list[str]] = {**graph.address()}
    return {**carried, SLOT: list(slugs[:IN_AN_ADDRESS])} if slugs else carried


def head(title: str, other_page: str, other_name: str) -> list[str]:
    """Draw the head of a page that shows the cases one way, with a link to the page that shows them another.

    Returns:
        The slugs of the cases that are chosen, none where all are to be shown.
    """
    up = st.container(key="up", horizontal=True)
    st.title(title, anchor=False)
    chosen = cases()
    with up:
        st.page_link("index.py", label="All cases", query_params=graph.address())
        st.page_link(other_page, label=other_name, query_params=address(chosen))
        copying.link()
    return chosen


def cases() -> list[str]:
    """Draw the choice; gives the slugs of the cases that are chosen, none where all are to be shown."""
    names = graph.names()
    if _KEY not in st.session_state:
        asked = dict.fromkeys(st.query_params.get_all(SLOT))
        st.session_state[_KEY] = [slug for slug in asked if slug in names]
    chosen: list[str] = st.multiselect(
        "Cases to show",
        list(names),
        format_func=names.__getitem__,
        placeholder="All cases",
        key=_KEY,
    )
    if st.query_params.get_all(SLOT) != chosen:
        if chosen:
            st.query_params[SLOT] = chosen
        else:
            del st.query_params[SLOT]
    return chosen
