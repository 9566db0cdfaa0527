"""One statement: what it says, where, how strongly, and how to cite it."""

import streamlit as st

from app_pages.parts import changes, claim, frame, graph, missing
from kg.errors import UnknownName
from kg.views import Link

wanted = st.query_params.get("id", "")
try:
    found = graph.statement_page(wanted)
except UnknownName:
    if withdrawal := graph.withdrawal(wanted):
        st.set_page_config(page_title=f"{changes.WITHDRAWN} – {frame.NAME}")
        st.html(changes.withdrawn(withdrawal))
    elif graph.paper_alone() and graph.is_told(wanted):
        missing.elsewhere("A statement of another document")
    else:
        missing.entry("no statement", wanted, "case", Link("All cases", "./"))
else:
    st.set_page_config(page_title=f"{claim.heading(found)} – {frame.NAME}")
    st.html(claim.draw(found) + changes.corrections(found.corrected))
    st.html("<h2>Cite it</h2>")
    st.code(claim.citation(found), language=None, wrap_lines=True)
    st.html(claim.foot(found))
