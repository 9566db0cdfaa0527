"""What stands where something that was asked for is not there: a sentence, and ways on."""

from collections.abc import Mapping
from difflib import get_close_matches
from itertools import islice

import streamlit as st

from app_pages.parts import faults, graph, open_page, row
from app_pages.parts.links import link_to
from app_pages.parts.markup import escaped, items, label
from app_pages.parts.pages import TITLES as DOORS
from kg.errors import Busy, TooCostly, Unreachable, sentence_of
from kg.terms import BASE
from kg.things import page_of
from kg.views import Link

_LOOK_EVERY = 3.0
_NAMED = 50
_LIKE = 0.5
_MUCH_LIKE = 0.7


def case(
    wanted: str, names: Mapping[str, str], places: Mapping[str, str], elsewhere: Mapping[str, str]
) -> None:
    """Say that there is no such case, and offer the nearest one and the list of all.

    Args:
        wanted: What was asked for.
        names: The name of each case that there is, by its slug.
        places: The slug of the case that speaks of each smaller place, by the name of the place.
        elsewhere: The names of the cases of all documents, where only some of these are asked.
    """
    st.title("Which case?", anchor=False)
    untold = elsewhere.get(wanted) if wanted not in names else None
    if untold is not None:
        st.html(f'<p class="kg-lede">The paper does not speak of {escaped(untold)}.</p>')
        _other_documents()
    elif wanted:
        st.html(f'<p class="kg-lede">There is no case called “{escaped(wanted[:80])}” here.</p>')
    else:
        st.html('<p class="kg-lede">The address does not name a case.</p>')
    if untold is None and (near := nearest(wanted, names, places)):
        with st.container(key="nearest"):
            st.html("<p>Did you mean this one?</p>")
            row.name(near, names[near])
    st.html("<h2>All cases</h2>")
    with st.container(key="names"):
        for slug, name in islice(names.items(), _NAMED):
            row.name(slug, name)
    if len(names) > _NAMED:
        st.page_link("index.py", label=f"All {len(names)} cases", query_params=graph.address())


def address(wanted: str, names: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Say that there is no page at an address, and offer the nearest page and case.

    Args:
        wanted: What was asked for, as a stranger wrote it.
        names: The name of each case that there is, by its slug.
        places: The slug of the case that speaks of each smaller place, by the name of the place.
    """
    st.title("There is no such page", anchor=False)
    asked = wanted.rstrip("/").rpartition("/")[2][:80]
    if asked:
        st.html(f'<p class="kg-lede">Nothing here has the address “{escaped(wanted[:80])}”.</p>')
    doors = {each.casefold(): name for name, title in DOORS.items() for each in (name, title)}
    page = get_close_matches(asked.casefold(), doors, n=1, cutoff=_MUCH_LIKE)
    near = nearest(asked, names, places)
    if page or near:
        with st.container(key="nearest"):
            st.html("<p>Did you mean this one?</p>")
            if page:
                door = doors[page[0]]
                st.page_link(f"{door}.py", label=DOORS[door], query_params=graph.address())
            if near:
                row.name(near, names[near])
    st.page_link("find.py", label="Find, in your own words", query_params=graph.address())
    st.page_link("index.py", label="All cases", query_params=graph.address())


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


def nearest(wanted: str, names: Mapping[str, str], places: Mapping[str, str]) -> str | None:
    """Find the slug of the case whose name, or that of a place in it, is most like what was asked for."""
    known = {place.casefold(): slug for place, slug in places.items() if slug in names}
    known |= {name.casefold(): slug for slug, label in names.items() for name in (slug, label)}
    near = get_close_matches(wanted.casefold(), known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else None


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
