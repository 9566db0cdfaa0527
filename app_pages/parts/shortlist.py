"""The shortlist: cases that a visitor keeps in mind, which go along from page to page in the address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app_pages.parts import faults, graph
from app_pages.parts.links import link_to
from app_pages.parts.markup import label
from kg.views import MOST, Link

__all__ = ["LONGEST", "box", "choice", "draw", "shortlisted_cases"]

# So many still fit on a line, and in an address beside all else.
LONGEST = 8


def shortlisted_cases(names: Mapping[str, str]) -> tuple[str, ...]:
    """Give the slugs of the cases on the list; what is no case here is passed over.

    Args:
        names: The name of each case that there is, by its slug.
    """
    return tuple(slug for slug in graph.shortlisted() if slug in names)[:LONGEST]


def box() -> None:
    """Bind the list to the address. Nobody sees this: what is on the list is drawn by `draw`."""
    st.text_input("Shortlist", key=graph.KEPT, bind="query-params", label_visibility="collapsed")


def draw() -> None:
    """Draw the list, with what can be done with it; nothing where it is empty."""
    names = graph.names() if graph.shortlisted() else {}
    slugs = shortlisted_cases(names)
    if not slugs:
        return
    links = " · ".join(link_to(Link(names[slug], f"case?id={slug}")) for slug in slugs)
    with st.container(key="shortlist", horizontal=True):
        st.html(f'<p><span class="kg-meta">Your shortlist:</span> {links}</p>')
        if len(slugs) > 1:
            st.html(f"<p>{link_to(Link(_compare(slugs), _with_cases('compare', slugs[:MOST])))}</p>")
        st.html(f"<p>{link_to(Link('Plan a session', _with_cases('session', slugs)))}</p>")
        st.button(
            "Clear",
            key="shortlist-clear",
            type="tertiary",
            help="Empty the list",
            on_click=faults.caught(_clear),
        )


def choice(slug: str, name: str) -> None:
    """Draw the box that puts a case on the list or takes it off.

    Args:
        slug: The case.
        name: What it is called.
    """
    here = graph.shortlisted()
    key = f"shortlist-{slug}"
    st.session_state[key] = slug in here
    st.checkbox(
        label(f"Shortlist {name}"),
        key=key,
        disabled=slug not in here and len(here) >= LONGEST,
        on_change=faults.caught(_turn),
        args=(slug,),
    )


def _compare(slugs: Sequence[str]) -> str:
    return "Compare them" if len(slugs) <= MOST else f"Compare the first {MOST}"


def _with_cases(page: str, slugs: Sequence[str]) -> str:
    return f"{page}?" + "&".join(f"case={slug}" for slug in slugs)


def _turn(slug: str) -> None:
    here = graph.shortlisted()
    without = tuple(each for each in here if each != slug)
    graph.keep(without if slug in here else (*here, slug))


def _clear() -> None:
    graph.keep(())
