"""Data and queries: ask the graph anything, see what it holds, and take it away."""

import streamlit as st

from app_pages.parts import graph, query

st.title("Data and queries", anchor=False)
st.html(query.INTRODUCTION)

given = query.query_in_address()
st.html('<h2 id="ask">Ask a question</h2>')
text = query.form(given)
if text is not None:
    st.html('<h2 id="answer">Answer</h2>')
    query.answer(text)
st.html(query.elsewhere())
st.html(query.draw_held(graph.graph_summary()))
