"""The list of pages, and the frame round each of them."""

import streamlit as st

from app_pages.parts import frame, missing
from kg.errors import KgError

# The icon has to be set before the pages are listed: see CONTRIBUTING.md.
st.set_page_config(page_icon=frame.ICON, layout="wide")

# The product's name leads to the cases: they need no door of their own.
cases = st.Page("index.py", title="Cases", default=True, visibility="hidden")
find = st.Page("find.py", title="Find", url_path="find")
page = st.navigation(
    [
        cases,
        find,
        st.Page("compare.py", title="Compare", url_path="compare"),
        st.Page("session.py", title="Plan a session", url_path="session"),
        st.Page("factors.py", title="Five factors", url_path="factors"),
        st.Page("query.py", title="Data and queries", url_path="query"),
        st.Page("about.py", title="About", url_path="about"),
        st.Page("case.py", title="Case", url_path="case", visibility="hidden"),
        st.Page("factor.py", title="Factor", url_path="factor", visibility="hidden"),
        st.Page("practice.py", title="What leaders did", url_path="practice", visibility="hidden"),
        st.Page("concept.py", title="Term", url_path="concept", visibility="hidden"),
        st.Page("claim.py", title="Statement", url_path="claim", visibility="hidden"),
        st.Page("source.py", title="Document", url_path="source", visibility="hidden"),
        st.Page("body.py", title="Body", url_path="body", visibility="hidden"),
        st.Page("place.py", title="Place", url_path="place", visibility="hidden"),
        st.Page("thing.py", title="In detail", url_path="thing", visibility="hidden"),
        st.Page("vocabulary.py", title="Vocabulary", url_path="vocabulary", visibility="hidden"),
    ],
    position="top",
)
st.set_page_config(page_title=f"{page.title} – {frame.NAME}")

frame.style()
frame.header(home=cases, find=find)
try:
    page.run()
except KgError as error:
    missing.page(error, home=cases)
frame.footer()
