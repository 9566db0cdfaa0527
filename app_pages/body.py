"""One organisation, role, group, person or programme: what it is, and where it appears."""

import streamlit as st

from app_pages.parts import opened
from kg.views import Link

opened.draw("no body", "body", st.query_params.get("id", ""), Link("All cases", "./"))
