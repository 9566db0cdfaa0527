"""Places in a similar situation, with a similar approach, or with a different one."""

import streamlit as st

from app_pages.parts import alike, copying, frame, graph, situation
from app_pages.parts.templates import render
from kg.language import gettext

st.title(gettext("Places like mine"), anchor=False)
st.html(render("tools/introduction.html", page="similar"))
asked = situation.situation_choice()
found = situation.similar_places(asked)
if found is not None and found.label is not None:
    st.set_page_config(page_title=gettext("Places like %(name)s", name=found.label) + f" – {frame.NAME}")
rows = {row.slug: row for row in graph.rows(alike.slugs(found))} if found is not None else {}
st.html(alike.draw(found, rows, graph.countries()))
if found is not None:
    situation.more(found)
    copying.link()
