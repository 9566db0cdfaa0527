"""What stands where something that was asked for is not there: a sentence, and ways on."""

from collections.abc import Sequence
from difflib import get_close_matches

import streamlit as st

from app_pages.parts import row
from app_pages.parts.markup import escaped
from kg.errors import KgError
from kg.views import CaseRow


def case(wanted: str, rows: Sequence[CaseRow]) -> None:
    """Say that there is no such case, offer the nearest one, and list them all."""
    st.title("Which case?", anchor=False)
    if wanted:
        st.html(f'<p class="kg-lede">There is no case called “{escaped(wanted[:80])}” here.</p>')
    else:
        st.html('<p class="kg-lede">The address does not name a case.</p>')
    if near := nearest(wanted, rows):
        with st.container(key="nearest"):
            st.html("<p>Did you mean this one?</p>")
            row.name(near)
    st.html("<h2>All cases</h2>")
    with st.container(key="names"):
        for each in rows:
            row.name(each)


def nearest(wanted: str, rows: Sequence[CaseRow]) -> CaseRow | None:
    """Find the case whose name is most like what was asked for."""
    names = {name.casefold(): each for each in rows for name in (each.slug, each.label)}
    near = get_close_matches(wanted.casefold(), names, n=1, cutoff=0.5)
    return names[near[0]] if near else None


def page(fault: KgError, home: st.Page) -> None:
    """Say in one sentence why a page cannot be shown, and lead back to the cases."""
    st.title("This page cannot be shown", anchor=False)
    st.html(f'<p class="kg-lede">{escaped(fault)}</p>')
    st.page_link(home, label="All cases")
