"""The list of pages, and the frame round each of them."""

import streamlit as st

from app_pages.parts import frame, missing
from app_pages.parts.pages import BEHIND, DOORS
from kg.errors import KgError

PAGES = "pages"

# The icon has to be set before the pages are listed: see CONTRIBUTING.md.
st.set_page_config(page_icon=frame.ICON, layout="wide")

if PAGES not in st.session_state:
    # To look for the file of every page anew would take a good part of each visit.
    st.session_state[PAGES] = [
        # The product's name leads to the cases: they need no door of their own.
        st.Page("index.py", title="Cases", default=True, visibility="hidden"),
        *(st.Page(f"{name}.py", title=title, url_path=name) for name, title in DOORS.items()),
        *(
            st.Page(f"{name}.py", title=title, url_path=name, visibility="hidden")
            for name, title in BEHIND.items()
        ),
    ]
page = st.navigation(st.session_state[PAGES], position="top")
st.set_page_config(page_title=f"{page.title} – {frame.NAME}")

frame.style()
frame.header()
try:
    page.run()
except KgError as error:
    missing.page(error)
frame.footer()
