"""What the paper says beside its cases and factors: who found the factors, works, qualities and more."""

import streamlit as st

from app_pages.parts import background, graph

st.title("More from the paper", anchor=False)
st.html(background.draw(graph.background()))
