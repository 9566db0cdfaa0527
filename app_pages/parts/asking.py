"""The search box that stands on every page, and what was typed into it: kept in the session alone."""

import streamlit as st

# The slot of an address that holds words, which only a link does that was asked for.
SLOT = "words"
LONGEST = 500
_BOX = "search-box"
_ASKED = "search-asked"
_WITHOUT = "search-without"


def box() -> None:
    """Draw the box; what is typed leads to the page of results."""
    _take_from_address()
    with st.container(key="searching"), st.form("search", border=False, enter_to_submit=True):
        st.text_input(
            "Find, in your own words (don’t name people or organisations)",
            key=_BOX,
            placeholder="What is going on? For instance: two trusts at war over a fixed budget",
        )
        submitted = st.form_submit_button("Find")
    if submitted:
        ask(st.session_state[_BOX])
        # The choice of documents is bound to the address, where its own switch puts it again.
        st.switch_page("find.py", query_params={})


def _take_from_address() -> None:
    linked = st.query_params.get(SLOT, "").strip()[:LONGEST]
    if linked and _ASKED not in st.session_state:
        ask(linked)
        st.session_state[_BOX] = linked


def words() -> str:
    """Give what was asked; "" if nothing was."""
    return str(st.session_state.get(_ASKED, ""))


def ask(text: str) -> None:
    """Take words as what is asked, whole."""
    st.session_state[_ASKED] = " ".join(text.split())[:LONGEST]
    st.session_state[_WITHOUT] = ()


def ask_for(text: str) -> None:
    """Put words into the box and take them as what is asked."""
    st.session_state[_BOX] = text
    ask(text)


def left_out() -> tuple[str, ...]:
    """Give the parts of the question that were taken out."""
    return tuple(st.session_state.get(_WITHOUT, ()))


def leave_out(part: str) -> None:
    """Take a part out of the question."""
    st.session_state[_WITHOUT] = (*left_out(), part)


def put_back() -> None:
    """Put every part back into the question."""
    st.session_state[_WITHOUT] = ()
