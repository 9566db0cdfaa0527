"""The cases in order of time: a line for each, and the same in a list."""

import streamlit as st

from app_pages.parts import choosing, graph, paging, timeline

ON_ONE_PAGE = 20

chosen = choosing.head("Cases in order of time", "places.py", "On a map")
with_documents = st.toggle("Show the years of the documents too", key="documents", bind="query-params")
names = {slug: name for slug, name in graph.names().items() if not chosen or slug in chosen}
pages = -(-len(names) // ON_ONE_PAGE)
shown = st.container()
first = paging.first(pages, ON_ONE_PAGE)
found = graph.chronology(list(names)[first : first + ON_ONE_PAGE])
with shown:
    st.html(timeline.summary(found, len(names)))
    st.html(timeline.draw(found, with_documents))
