"""Draw the page of a thing that an address names, or say kindly why there is none."""

import streamlit as st

from app_pages.parts import entry, frame, graph, missing
from kg.errors import UnknownName
from kg.views import Link


def draw(none: str, room: str, wanted: str, back: Link) -> None:
    """Draw a term, a body or a place.

    Args:
        none: What to say there is none of, such as “no difficulty”.
        room: Where it stands, from the base on, such as `scheme/challenges`.
        wanted: The rest of its address, as a stranger wrote it.
        back: A page that leads on where there is no such thing.
    """
    try:
        found = graph.entry(f"{room}/{wanted}")
    except UnknownName:
        missing.entry(none, wanted, room, back)
        return
    st.set_page_config(page_title=f"{found.name} – {frame.NAME}")
    if graph.paper_alone() and not found.scheme and not found.mentions.count and not found.around.here:
        missing.elsewhere(found.name)
    else:
        st.html(entry.draw(found))
