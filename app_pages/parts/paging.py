"""Long lists, page by page; the address keeps which page is open."""

import streamlit as st

__all__ = ["PAGE", "asked_beyond", "first"]

PAGE = "page"
_BEYOND = "page-beyond"


def first(pages: int, on_one: int) -> int:
    """Draw what leads to the other pages, and return the place of the first entry of the open one.

    Args:
        pages: How many pages there are.
        on_one: How many entries a page has.
    """
    asked = st.query_params.get(PAGE, "")
    if asked.isascii() and asked.isdigit() and int(asked[:9]) > max(pages, 1):
        st.session_state[_BEYOND] = (
            f"The list has no page {int(asked[:9])}; it has {pages}. You see page 1."
            if pages > 1
            else f"The list has one page, and no page {int(asked[:9])}."
        )
        del st.query_params[PAGE]
    if pages <= 1:
        return 0
    return int((st.pagination(pages, key=PAGE, bind="query-params") - 1) * on_one)


def asked_beyond() -> str:
    """Return a sentence if the address asked for a page that is not there, once; else ""."""
    return str(st.session_state.pop(_BEYOND, ""))
