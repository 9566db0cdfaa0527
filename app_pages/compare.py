"""Two to four places side by side."""

import streamlit as st

from app_pages.parts import citing, comparison, copying, emailing, files, frame, graph, open_page
from app_pages.parts.markup import label
from app_pages.parts.notes import note
from app_pages.parts.templates import render
from kg import words
from kg.language import gettext
from kg.views import FEWEST, MOST

SLOT = "case"

names = graph.names()
if SLOT not in st.session_state:
    asked = list(dict.fromkeys(st.query_params.get_all(SLOT)))
    st.session_state[SLOT] = [slug for slug in asked if slug in names][:MOST]

kept = st.session_state[SLOT]
named = words.listed([names[slug] for slug in kept]) if len(kept) >= FEWEST else gettext("Compare")
st.title(label(named), anchor=False)
with st.container(key="compare-choice"):
    st.html(render("tools/introduction.html", page="compare"))
    chosen = st.multiselect(
        gettext("Places to compare, %(fewest)s to %(most)s", fewest=FEWEST, most=MOST),
        list(names),
        format_func=names.__getitem__,
        max_selections=MOST,
        placeholder=gettext("Choose a place"),
        key=SLOT,
    )
if st.query_params.get_all(SLOT) != chosen:
    st.query_params[SLOT] = chosen

if len(chosen) < FEWEST:
    note(comparison.too_few(len(chosen)), look="kg-lede")
else:
    compared = graph.comparison(chosen)
    st.set_page_config(page_title=f"{comparison.title(compared)} – {frame.NAME}")
    cases, stories = [graph.case(slug) for slug in chosen], [graph.story(slug) for slug in chosen]
    st.html(comparison.draw(compared, cases, stories))
    with st.container(key="compare-take"):
        mail = emailing.comparison(compared, open_page.address())
        with st.container(key="copies", horizontal=True):
            copying.button(gettext("Copy for e-mail"), mail.plain, "copy-mail", mail.html)
            copying.link()
        files.offer(gettext("One-page brief"), f"brief-{'-'.join(chosen)}", graph.brief_of(chosen))
        with st.expander(gettext("To paste into a paper")):
            st.code(words.compared(compared), language=None, wrap_lines=True)
        citing.section(compared.cases, gettext("this comparison"))
