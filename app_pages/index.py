"""All cases at a glance, and what the list can be narrowed by."""

import streamlit as st

from app_pages.parts import background, graph, narrowing, paging, row
from app_pages.parts.links import links_to
from app_pages.parts.markup import counted, link
from kg.views import Link

ON_ONE_PAGE = 50
ALONGSIDE = {"similar": "Similar situations", "known": "What we know and don’t"}

collection = graph.collection()
facets = graph.facets()
others = collection.documents - len(collection.papers)

st.title("Cases", anchor=False)
st.html(
    f'<p class="kg-intro">{counted(len(graph.names()), "account")} of leaders working across organisations, '
    "statement by statement, each with where it stands in the text. The collection set out from "
    + " and ".join(f"“{link(page, title)}”" for title, page in collection.papers)
    + ", whose authors write about groups they worked with: their account, not proof."
    + (
        f" {counted(others, 'further document')} tell of the same places, of others, and of what came later; "
        "each was read in part."
        if others
        else ""
    )
    + f" {links_to(Link(name, address) for address, name in ALONGSIDE.items())}</p>"
    + background.ways()
)
beside, among = st.columns([1, 4], gap="medium")
with beside:
    narrowed = narrowing.draw_facets(facets)
with among:
    st.html(narrowing.summary(narrowed))
    if narrowed.slugs:
        narrowing.ways(narrowed)
    else:
        st.html(narrowing.nothing(facets, narrowed))
    pages = -(-len(narrowed.slugs) // ON_ONE_PAGE)
    shown = st.container(key="cases", gap=None)
    first = paging.first(pages, ON_ONE_PAGE)
    with shown:
        row.heads()
        for each in graph.rows(narrowed.slugs[first : first + ON_ONE_PAGE]):
            row.draw(each)
    st.html(f'<p class="kg-meta kg-key">{row.key(collection.factors)}</p>')
