"""Places in a similar situation, with a similar approach, or with a different one."""

import streamlit as st

from app_pages.parts import alike, copying, frame, graph, situation

st.title("Similar situations", anchor=False)
st.html(
    '<p class="kg-intro">Start from a place, or from a situation of your own, and see which places are told '
    "to have been in a similar one, what they share, and what differs: a check on whether what they did "
    "would carry over. Nothing here says that one thing led to another.</p>"
)
asked = situation.situation_choice()
found = situation.similar_places(asked)
if found is None:
    st.html(alike.nothing_picked())
else:
    if found.label is not None:
        st.set_page_config(page_title=f"Places like {found.label} – {frame.NAME}")
    rows = {row.slug: row for row in graph.rows(alike.slugs(found))}
    st.html(alike.draw(found, rows, graph.countries()))
    situation.more(found)
    copying.link()
st.html(alike.method())
