"""All cases at a glance."""

import streamlit as st

from app_pages.parts import graph, row
from app_pages.parts.markup import counted, link

rows = graph.rows()
sources = {source.slug: source for each in rows for source in each.sources}
papers = [source for source in sources.values() if source.starting_point and source.title and source.page]
others = len(sources) - len(papers)

st.title("Cases", anchor=False)
st.html(
    f'<p class="kg-intro">{counted(len(rows), "account")} of leaders working across organisations, '
    "statement by statement, each with where it stands in the text. The collection set out from "
    + " and ".join(f"“{link(paper.page or '', paper.title or '')}”" for paper in papers)
    + ", whose authors write about groups they worked with: their account, not proof."
    + (
        f" {counted(others, 'further document')} tell of the same places, of others, and of what came later; "
        "each was read in part."
        if others
        else ""
    )
    + "</p>"
)
with st.container(key="cases", gap=None):
    row.heads()
    for each in rows:
        row.draw(each)
