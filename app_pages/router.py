"""The list of pages, and the frame round each of them."""

import streamlit as st

from app_pages.parts import asking, faults, frame, graph, missing, slots
from app_pages.parts.pages import TITLES

PAGES = "pages"

# The icon has to be set before the pages are listed: see CONTRIBUTING.md.
st.set_page_config(page_icon=frame.ICON, layout="wide")

if PAGES not in st.session_state:
    # To look for the file of every page anew would take a good part of each visit.
    st.session_state[PAGES] = [
        st.Page("index.py", title="Cases", default=True),
        *(st.Page(f"{name}.py", title=title, url_path=name) for name, title in TITLES.items() if name),
    ]
page = st.navigation(st.session_state[PAGES], position="hidden")
st.set_page_config(page_title=f"{page.title} – {frame.NAME}")

graph.begin_run()
asking.forget(page.url_path)
reading, given, waiting = None, slots.address(), False
try:
    frame.begin()
    reading = slots.begin(page.url_path, given)
    faults.said("")
    page.run()
    waiting = asking.waits(page.url_path)
except Exception as fault:  # noqa: BLE001 - the outermost edge: every fault is said on the page
    missing.page(fault)
if reading is not None:
    reading.draw()
faults.said_elsewhere()
if not waiting:
    frame.end(page.url_path)
