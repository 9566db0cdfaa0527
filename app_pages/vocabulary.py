"""The vocabulary: classes, properties and lists of terms, with what each means and how the data uses it."""

import streamlit as st

from app_pages.parts import frame, graph, vocabulary

found = graph.vocabulary()
wanted = st.query_params.get("term", "")
term = found.term(wanted)

if term is not None:
    st.set_page_config(page_title=f"{term.label} – {frame.NAME}")
st.title("Vocabulary", anchor=False)
st.html(vocabulary.draw(found, wanted))
