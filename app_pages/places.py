"""Where the cases are: a map, and the same in a table."""

import streamlit as st

from app_pages.parts import choosing, copying, graph, paging, places

ON_ONE_PAGE = 30

up = st.container(key="up", horizontal=True)
st.title("Cases on a map", anchor=False)
chosen = choosing.cases()
with up:
    st.page_link("index.py", label="All cases", query_params=graph.address())
    st.page_link("timeline.py", label="In order of time", query_params=choosing.address(chosen))
    copying.link()
everywhere = graph.locations()
found = everywhere.of(chosen) if chosen else everywhere
st.html(places.summary(found))
pages = -(-len(found.mapped) // ON_ONE_PAGE)
shown = st.container()
first = paging.first(pages, ON_ONE_PAGE)
with shown:
    st.html(places.draw(found, places.frame_at_home(everywhere), first, first + ON_ONE_PAGE))
