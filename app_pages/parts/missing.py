"""What stands where something that was asked for is not there: a sentence, and ways on."""

import streamlit as st

from app_pages.parts import faults, graph, open_page
from app_pages.parts.links import link_to
from app_pages.parts.markup import escaped, items, label
from kg.errors import Busy, TooCostly, Unreachable, sentence_of
from kg.terms import BASE
from kg.things import page_of
from kg.views import Link

_LOOK_EVERY = 3.0


def thing(wanted: str, near: str | None) -> None:
    """Say that there is nothing at an address, and offer the nearest.

    Args:
        wanted: What was asked for.
        near: The nearest address from the base on, if there is one.
    """
    st.title("Which one?", anchor=False)
    if not wanted:
        st.html('<p class="kg-lede">The address does not name anything.</p>')
        return
    st.html(f'<p class="kg-lede">There is nothing called “{escaped(wanted[:80])}” here.</p>')
    if near and not near.endswith("/"):
        address = escaped(graph.with_choice(page_of(BASE + near)))
        st.html(f'<p>Did you mean <a href="{address}">{escaped(near)}</a>?</p>')


def entry(none: str, wanted: str, room: str, back: Link) -> None:
    """Say that there is no such thing, and offer the nearest names.

    Args:
        none: What there is none of, such as “no difficulty”.
        wanted: The name that was asked for, as a stranger wrote it.
        room: The addresses from the base on among which to look, such as `scheme/challenges`.
        back: A page that leads on.
    """
    if graph.paper_alone() and (name := graph.name_of(f"{room}/{wanted}")):
        elsewhere(name)
        return
    st.title("Which one?", anchor=False)
    near = graph.nearest(room, wanted) if wanted else ()
    st.html(
        (
            f'<p class="kg-lede">There is {none} called “{escaped(wanted[:80])}” here.</p>'
            if wanted
            else '<p class="kg-lede">The address does not name anything.</p>'
        )
        + (f"<p>Did you mean one of these?</p>{items([link_to(each) for each in near])}" if near else "")
        + f"<p>{link_to(back)}</p>"
    )


def elsewhere(name: str) -> None:
    """Say that only documents beside the paper speak of something, and lead to them."""
    st.title(label(name), anchor=False)
    st.html('<p class="kg-lede">The paper does not speak of this; other documents do.</p>')
    _other_documents()


def _other_documents() -> None:
    page = open_page.address({graph.SLOT: "false"})
    st.html(f'<p><a href="{escaped(page)}">Show what other documents say</a></p>')


def page(fault: Exception) -> None:
    """Say in one sentence why a page cannot be shown, keep what was typed, and lead on."""
    faults.log(fault)
    faults.keep_what_was_typed()
    st.title("This page cannot be shown", anchor=False)
    st.html(f'<p class="kg-lede" role="alert">{escaped(sentence_of(fault))}</p>')
    if isinstance(fault, Unreachable | Busy):
        _come_back()
    elif isinstance(fault, TooCostly):
        st.html("<p>The server may have much to do. Try again in a minute.</p>")
    with st.container(horizontal=True, vertical_alignment="center"):
        # A press of any button draws the whole page anew.
        st.button("Try again", key="page-again")
        st.page_link("index.py", label="All cases", query_params=graph.address())


def _come_back() -> None:
    """Look every few seconds whether the graph can be asked again, and draw the page as soon as it can."""
    drawn_once = iter([True])

    @st.fragment(run_every=_LOOK_EVERY)
    def look() -> None:
        if not next(drawn_once, False) and _is_reachable():
            st.rerun()
        st.html(
            '<p role="status">We look again every few seconds. The page comes back by itself, with what you '
            "typed.</p>"
        )

    look()


def _is_reachable() -> bool:
    try:
        return graph.is_reachable()
    except Exception as fault:  # noqa: BLE001 - whatever keeps the graph away, we look again
        faults.log(fault)
        return False
