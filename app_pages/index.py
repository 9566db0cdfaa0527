"""All cases at a glance."""

import streamlit as st

from app_pages.parts import graph, row
from app_pages.parts.markup import counted, link

rows = graph.rows()
papers = {
    source.title: source.page for each in rows for source in each.sources if source.title and source.page
}

st.title("Cases", anchor=False)
st.html(
    f'<p class="kg-intro">{counted(len(rows), "account")} of leaders working across organisations, '
    "statement by statement, each with where it stands in the text. They come from "
    + " and ".join(f"“{link(page, title)}”" for title, page in papers.items())
    + ", whose authors write about groups they worked with: their account, not proof.</p>"
)
with st.container(key="cases", gap=None):
    row.heads()
    for each in rows:
        row.draw(each)
