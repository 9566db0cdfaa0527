"""The facets beside the list of cases, and the choices made in them, which the address keeps."""

from collections.abc import Mapping

import streamlit as st

from app_pages.parts import choosing, faults
from app_pages.parts.markup import counted, escaped, label
from kg.views import Facet, Facets, NarrowedList

# The slot of an address, and the key of the switch, that ask for what is said outright alone.
STATED = "stated"


def draw_facets(facets: Facets) -> NarrowedList:
    """Draw the facets with the choices that stand in the address; gives what is left of the list."""
    chosen = _chosen(facets)
    narrowed = facets.narrowed(chosen, stated=_stated())
    with st.container(key="facets"):
        st.html(
            '<h2 class="kg-facets">Narrow the list</h2>'
            '<p class="kg-meta">Choices under one heading add up; under two headings, both have to fit. '
            "The number tells how many cases fit.</p>"
        )
        st.toggle("Only what is said outright, no readings of ours", key=STATED, bind="query-params")
        for facet in narrowed.facets:
            if facet.options:
                _facet(facet)
        if any(chosen.values()):
            st.button("Clear all choices", on_click=faults.caught(_clear))
    _remember(chosen)
    return narrowed


def summary(narrowed: NarrowedList) -> str:
    """Say how many cases are left, by which choices, and if none, which choice to take back."""
    made = [
        f"{escaped(facet.heading)}: {' or '.join(escaped(o.label) for o in facet.options if o.chosen)}"
        for facet in narrowed.facets
        if facet.chosen
    ]
    everything = counted(narrowed.all, "case")
    count = f"{len(narrowed.slugs)} of {everything}" if made else everything
    said = f'<p class="kg-left" role="status"><b>{count}</b>, newest documents first'
    return said + (f". {'; '.join(made)}." if made else ".") + "</p>"


def ways(narrowed: NarrowedList) -> None:
    """Lead to the same cases on a map and in order of time."""
    chosen = choosing.address(narrowed.slugs if len(narrowed.slugs) < narrowed.all else ())
    with st.container(key="ways", horizontal=True):
        st.page_link("places.py", label="See them on a map", query_params=chosen)
        st.page_link("timeline.py", label="See them in order of time", query_params=chosen)


def nothing(facets: Facets, narrowed: NarrowedList) -> str:
    """Say that nothing has all that is chosen, and how many cases there are without each choice."""
    chosen = {
        facet.slot: [option.value for option in facet.options if option.chosen]
        for facet in narrowed.facets
        if facet.chosen
    }
    ways = [
        f"<li>without “{escaped(facet.heading)}”: {counted(len(left.slugs), 'case')}</li>"
        for facet in narrowed.facets
        if facet.chosen
        for left in [facets.narrowed({**chosen, facet.slot: []}, stated=_stated())]
    ]
    return (
        '<p class="kg-lede">No case is found to have all of these. That does not mean there is none: '
        "most documents were read in part.</p>" + f"<ul>{''.join(ways)}</ul>"
    )


def _stated() -> bool:
    return bool(st.session_state.get(STATED, st.query_params.get(STATED) == "true"))


def _key(slot: str) -> str:
    return f"facet-{slot}"


def _chosen(facets: Facets) -> dict[str, list[str]]:
    offered = facets.values()
    for slot, values in offered.items():
        if _key(slot) not in st.session_state:
            asked = st.query_params.get_all(slot)
            st.session_state[_key(slot)] = [value for value in asked if value in values]
    return {slot: list(st.session_state[_key(slot)]) for slot in offered}


def _facet(facet: Facet) -> None:
    names = {option.value: f"{label(option.label)} ({option.cases})" for option in facet.options}
    heading = f"{facet.heading} ({facet.chosen} chosen)" if facet.chosen else facet.heading
    with st.expander(heading, expanded=bool(facet.chosen), key=f"open-{facet.slot}"):
        st.pills(
            facet.heading,
            list(names),
            format_func=names.__getitem__,
            selection_mode="multi",
            key=_key(facet.slot),
            label_visibility="collapsed",
        )


def _remember(chosen: Mapping[str, list[str]]) -> None:
    for slot, values in chosen.items():
        if st.query_params.get_all(slot) != values:
            if values:
                st.query_params[slot] = values
            else:
                del st.query_params[slot]


def _clear() -> None:
    for key in st.session_state:
        if str(key).startswith(_key("")):
            st.session_state[key] = []
