"""One place: what it is part of, and what is told of it."""

import streamlit as st

from app_pages.parts import opened
from kg.views import Link

opened.draw("no place", "place", st.query_params.get("id", ""), Link("All cases", "./"))
