"""What is known and not: what leaders did, difficulties or factors by area of results."""

import streamlit as st

from app_pages.parts import copying, evidence, frame, graph, slots

st.title("What is known and not", anchor=False)
asked = evidence.map_choice()
found = graph.evidence_map(asked.by, asked.readings)
if bool(asked.matter) != bool(asked.area):
    slots.note("The address names a row or a column. To open a cell of the table, it has to name both.")
cell = found.found(asked.matter, asked.area)
if cell is not None:
    matter, area, held = cell
    st.set_page_config(page_title=f"{matter.matter.name} and {area.name} – {frame.NAME}")
    st.html(evidence.cell_statements(asked, matter, area, held, graph.evidence_of(held)))
st.html(evidence.meaning(asked, found))
st.html(evidence.draw(asked, found, evidence.rows_to_show(asked, found)))
copying.link()
