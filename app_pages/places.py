"""Where the cases are: a map, and the same in a table."""

import streamlit as st

from app_pages.parts import choosing, graph, paging, places

ON_ONE_PAGE = 30

chosen = choosing.head("Cases on a map", "timeline.py", "In order of time")
everywhere = graph.locations()
found = everywhere.of(chosen) if chosen else everywhere
st.html(places.summary(found))
pages = -(-len(found.mapped) // ON_ONE_PAGE)
shown = st.container()
first = paging.first(pages, ON_ONE_PAGE)
with shown:
    st.html(places.draw(found, places.frame_at_home(everywhere), first, first + ON_ONE_PAGE))
