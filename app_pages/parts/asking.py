"""The search box, and what was typed into it: the tab of the browser keeps it, and no address does."""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from app_pages.parts import faults
from kg.language import gettext as _

__all__ = [
    "SLOT",
    "ask",
    "ask_for",
    "box",
    "examples",
    "forget",
    "leave_out",
    "left_out",
    "put_back",
    "waits",
    "words",
]

# The slot of an address that holds words, which only a link does that was asked for, or an example.
SLOT = "words"
_PAGE = "find"
_LONGEST = 500
_BOX = "search-box"
_ASKED = "search-asked"
_WITHOUT = "search-without"
# How often the box was used: what it asked is kept by the tab once.
_TIMES = "search-times"
_TAB = "search-tab"
_tab = st.components.v2.component(
    "searches",
    html=Path(__file__).with_name("asking.html").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("asking.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def box() -> None:
    """Draw the box, with what was asked in it."""
    _take_from_address()
    with st.container(key="searching"), st.form("search", border=False, enter_to_submit=True):
        st.text_input(
            _("What are you facing? Use your own words, and no names of people."),
            key=_BOX,
            max_chars=_LONGEST,
            placeholder=_("For example: two trusts fighting over a fixed budget"),
        )
        submitted = st.form_submit_button(_("Find"))
    if submitted:
        ask(st.session_state[_BOX])
        st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    _tab(
        key=_TAB,
        data={"asked": words(), "times": st.session_state.get(_TIMES, 0)},
        width="content",
        on_asked_change=faults.caught(_hear),
    )


def _take_from_address() -> None:
    linked = _cleaned(st.query_params.get(SLOT, ""))
    if linked and _ASKED not in st.session_state:
        ask_for(linked)


def _hear() -> None:
    """Take what the tab keeps for the open entry of its history as what is asked."""
    told = (st.session_state.get(_TAB) or {}).get("asked")
    if isinstance(told, str) and (_ASKED not in st.session_state or _cleaned(told) != words()):
        ask_for(told)


def examples() -> list[tuple[str, str]]:
    """Return questions to start from, each with the address of its answer."""
    asked = (
        _("Partners agree in the room and fight outside it"),
        _("GPs have stopped coming"),
        _("Did pooling budgets save money?"),
        _("Our ICB is being merged and leaders keep leaving"),
        _("A neighbourhood team, sceptical GPs, and no money for double running"),
    )
    return [(example, f"{_PAGE}?{urlencode({SLOT: example})}") for example in asked]


def words() -> str:
    """Return what was asked; "" if nothing was."""
    return str(st.session_state.get(_ASKED, ""))


def waits(page: str) -> bool:
    """Whether a page is the one of results, and the tab has yet to say what was asked there."""
    return page == _PAGE and _ASKED not in st.session_state


def forget(page: str) -> None:
    """Let go of what was asked when the page of results is left: the tab says it again."""
    if page != _PAGE:
        for key in (_ASKED, _WITHOUT):
            st.session_state.pop(key, None)


def ask(text: str) -> None:
    """Take words as what is asked, whole."""
    st.session_state[_ASKED] = _cleaned(text)
    st.session_state[_WITHOUT] = ()


def ask_for(text: str) -> None:
    """Put words into the box and take them as what is asked."""
    st.session_state[_BOX] = _cleaned(text)
    ask(text)


def _cleaned(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def left_out() -> tuple[str, ...]:
    """Return the parts of the question that were taken out."""
    return tuple(st.session_state.get(_WITHOUT, ()))


def leave_out(part: str) -> None:
    """Take a part out of the question."""
    st.session_state[_WITHOUT] = (*left_out(), part)


def put_back() -> None:
    """Put every part back into the question."""
    st.session_state[_WITHOUT] = ()
