"""What is shown at an address where there is no page."""

import streamlit as st

from app_pages.parts import graph, missing

missing.address(st.query_params.get("address", ""), graph.names(), graph.smaller_places())
