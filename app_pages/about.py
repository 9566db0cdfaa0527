"""How the collection came to be, what it holds and lacks, what changed, and on what terms it runs."""

import streamlit as st

from app_pages.parts import about, graph
from kg.settings.contact import contact_of_environment

st.title("About", anchor=False)
st.html(
    about.draw(
        graph.collection(),
        graph.collection_stats(),
        graph.coverage(),
        graph.changes(),
        contact_of_environment(),
        graph.paper_alone(),
    )
)
