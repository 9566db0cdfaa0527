"""The cases in order of time: a line for each, and the same in a list."""

import streamlit as st

from app_pages.parts import choosing, copying, graph, paging, timeline

ON_ONE_PAGE = 20

up = st.container(key="up", horizontal=True)
st.title("Cases in order of time", anchor=False)
chosen = choosing.cases()
with up:
    st.page_link("index.py", label="All cases", query_params=graph.address())
    st.page_link("places.py", label="On a map", query_params=choosing.address(chosen))
    copying.link()
with_documents = st.toggle("Show the years of the documents too", key="documents", bind="query-params")
names = {slug: name for slug, name in graph.names().items() if not chosen or slug in chosen}
pages = -(-len(names) // ON_ONE_PAGE)
shown = st.container()
first = paging.first(pages, ON_ONE_PAGE)
found = graph.chronology(list(names)[first : first + ON_ONE_PAGE])
with shown:
    st.html(timeline.summary(found, len(names)))
    st.html(timeline.draw(found, with_documents))
