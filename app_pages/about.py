"""What the collection holds and lacks, and how it came to be."""

import streamlit as st

from app_pages.parts import coverage, graph

st.title("About", anchor=False)
st.html(coverage.draw(graph.coverage(), graph.paper_alone()))
