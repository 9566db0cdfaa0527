"""The list of pages, and the frame round each of them."""

import streamlit as st

from app_pages.parts import frame, missing
from kg.errors import KgError

# The icon has to be set before the pages are listed: see CONTRIBUTING.md.
st.set_page_config(page_icon=frame.ICON, layout="wide")

cases = st.Page("index.py", title="Cases", default=True)
page = st.navigation(
    [
        cases,
        st.Page("query.py", title="Data and queries", url_path="query"),
        st.Page("about.py", title="About", url_path="about"),
        st.Page("case.py", title="Case", url_path="case", visibility="hidden"),
        st.Page("thing.py", title="In detail", url_path="thing", visibility="hidden"),
        st.Page("vocabulary.py", title="Vocabulary", url_path="vocabulary", visibility="hidden"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} – {frame.NAME}")

frame.style()
frame.header(home=cases)
try:
    page.run()
except KgError as error:
    missing.page(error, home=cases)
frame.footer()
