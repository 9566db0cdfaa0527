"""Two to four cases side by side."""

import streamlit as st

from app_pages.parts import citing, comparison, copying, emailing, files, frame, graph, open_page
from app_pages.parts.markup import escaped
from kg import words
from kg.views import FEWEST, MOST

SLOT = "case"

names = graph.names()
if SLOT not in st.session_state:
    asked = list(dict.fromkeys(st.query_params.get_all(SLOT)))
    st.session_state[SLOT] = [slug for slug in asked if slug in names][:MOST]

st.title("Compare", anchor=False)
st.html(
    '<p class="kg-intro">What places share, what one alone has, and what none is said to have. '
    "Every entry opens the statements it rests on.</p>"
)
chosen = st.multiselect(
    f"Cases to compare, {FEWEST} to {MOST}",
    list(names),
    format_func=names.__getitem__,
    max_selections=MOST,
    placeholder="Choose a case",
    key=SLOT,
)
if st.query_params.get_all(SLOT) != chosen:
    st.query_params[SLOT] = chosen

if len(chosen) < FEWEST:
    st.html(f'<p class="kg-lede">{escaped(comparison.too_few(len(chosen)))}</p>')
else:
    compared = graph.comparison(chosen)
    st.set_page_config(page_title=f"{comparison.title(compared)} – {frame.NAME}")
    st.html(comparison.draw(compared))
    st.subheader("To paste into a paper", anchor=False)
    st.code(words.compared(compared), language=None, wrap_lines=True)
    citing.section(compared.cases, "this comparison")
    mail = emailing.comparison(compared, open_page.address())
    files.offer("One-page brief", f"brief-{'-'.join(chosen)}", graph.brief_of(chosen))
    with st.container(key="copies", horizontal=True):
        copying.button("Copy for e-mail", mail.plain, "copy-mail", mail.html)
        copying.link()
