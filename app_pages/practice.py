"""One thing that leaders did: where, what was reported there, what is advised, what hinders it."""

import streamlit as st

from app_pages.parts import background, opened
from kg.views import Link

opened.draw(
    "nothing that leaders did",
    "scheme/practices",
    st.query_params.get("id", ""),
    Link("The five factors", "factors"),
)
st.html(background.ways())
