"""One document: what it is, how much of it was read, and what stands in it."""

import streamlit as st

from app_pages.parts import frame, graph, missing, source
from kg.errors import UnknownName
from kg.views import Link

wanted = st.query_params.get("id", "")
try:
    found = graph.document(wanted)
except UnknownName:
    missing.entry("no document", wanted, "source", Link("About the collection", "about"))
else:
    if found.reference.slug != wanted:
        # The record was merged into another; the address is that of the one which is kept.
        st.query_params["id"] = found.reference.slug
    st.set_page_config(page_title=f"{found.reference.label} – {frame.NAME}")
    if graph.paper_alone() and not found.statements and not found.cited and not found.attributed:
        missing.elsewhere(found.reference.label)
    else:
        st.html(source.draw(found))
