"""Any thing that has an address: what it is, what is said of it, and what refers to it."""

import streamlit as st

from app_pages.parts import frame, graph, missing, thing
from kg.errors import UnknownName

wanted = st.query_params.get("id", "")
try:
    found = graph.thing(wanted)
except UnknownName as error:
    missing.thing(wanted, error.near)
else:
    st.set_page_config(page_title=f"{thing.heading(found)} – {frame.NAME}")
    if found.elsewhere:
        missing.elsewhere(thing.heading(found))
    else:
        st.html(thing.draw(found))
