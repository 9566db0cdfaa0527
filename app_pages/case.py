"""One case, statement by statement."""

import streamlit as st

from app_pages.parts import account, citing, copying, files, frame, graph, missing, shortlist, story

wanted = st.query_params.get("id", "")
names = graph.names()

if wanted in names:
    case = graph.case(wanted)
    st.set_page_config(page_title=f"{case.row.label} – {frame.NAME}")
    st.html(story.opening(case, account.draw(graph.story(wanted))))
    with st.container(key="up", horizontal=True):
        st.page_link("index.py", label="All cases", query_params=graph.address())
        st.page_link("compare.py", label="Compare with another", query_params=graph.address(case=wanted))
        st.page_link("similar.py", label="Places like this one", query_params=graph.address(case=wanted))
        focus = f"case/{wanted}"
        st.page_link("network.py", label="How it is connected", query_params=graph.address(focus=focus))
        shortlist.choice(wanted, case.row.label)
        st.page_link("places.py", label="On a map", query_params=graph.address(case=wanted))
        st.page_link("session.py", label="Plan a session with it", query_params=graph.address(case=wanted))
        copying.link()
    files.offer("One-page brief", f"brief-{wanted}", graph.brief_of([wanted]))
    st.html(story.body(case))
    citing.section([case.row], "this case")
else:
    missing.case(wanted, names, graph.smaller_places(), graph.all_names())
