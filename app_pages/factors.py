"""The five factors in order: what each means, which cases show it, what leaders did for it."""

import streamlit as st

from app_pages.parts import factor, graph

st.title("Five factors", anchor=False)
st.html(factor.draw_all(graph.factors()))
