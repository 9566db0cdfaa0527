"""One of the five factors: its cases, what leaders did for it, and what the guidance is."""

import streamlit as st

from app_pages.parts import factor, frame, graph, missing
from kg.errors import UnknownName
from kg.views import Link

wanted = st.query_params.get("id", "")
try:
    found = graph.factor(wanted)
except UnknownName:
    missing.entry("no factor", wanted, "scheme/factors", Link("The five factors", "factors"))
    st.html(factor.draw_all(graph.factors()))
else:
    st.set_page_config(page_title=f"{found.entry.name} – {frame.NAME}")
    with st.container(key="up", horizontal=True):
        focus = f"scheme/factors/{wanted}"
        st.page_link("network.py", label="How it is connected", query_params=graph.address(focus=focus))
    st.html(factor.draw(found))
