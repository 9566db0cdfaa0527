"""Data and queries: ask the graph anything, see what it holds, and take it away."""

import streamlit as st

from app_pages.parts import graph, query
from app_pages.parts.templates import render

st.title("Data and queries", anchor=False)
st.html(render("tools/introduction.html", page="query"))

given = query.query_in_address()
st.html(query.heading("ask"))
text = query.form(given)
if text is not None:
    st.html(query.heading("answer"))
    query.answer(text)
st.html(query.elsewhere())
st.html(query.draw_held(graph.graph_summary()))
