"""What helps with a question in everyday words."""

import streamlit as st

from app_pages.parts import asking, faults, files, graph, open_page, search
from app_pages.parts.markup import label
from app_pages.parts.notes import note
from app_pages.parts.templates import render
from kg.language import gettext as _

st.title(_("Find"), anchor=False)
asking.box()
words = asking.words()
if not words:
    st.html(render("parts/find_start.html", examples=[] if asking.waits("find") else asking.examples()))
else:
    with st.spinner(_("Looking for what is near…"), show_time=False):
        answer = graph.search(words, asking.left_out())
    note(f"“{words}”", look="kg-lede")
    if len(answer.parts) > 1 or asking.left_out():
        with st.container(key="parts", horizontal=True):
            for number, part in enumerate(answer.parts):
                st.button(
                    f"{label(part)} ✕",
                    key=f"part-{number}",
                    help=_("Leave this part out"),
                    on_click=faults.caught(asking.leave_out),
                    args=(part,),
                    disabled=len(answer.parts) == 1,
                )
            if asking.left_out():
                st.button(_("Put everything back"), on_click=faults.caught(asking.put_back), type="tertiary")

    if answer.results:
        reading = graph.read_first(answer)
        st.html(search.opening(answer))
        if reading:
            with st.container(key="first"):
                st.html(search.read_first(answer, reading))
                files.offer(
                    _("One-page brief for my meeting"), "brief", graph.brief_for_a_meeting(answer, reading)
                )
        st.html(search.results(answer))
    else:
        st.html(search.nothing(answer))

    with st.container(key="share"):
        if st.button(_("Copy link with my words"), help=_("The address then holds what you typed.")):
            st.code(open_page.address({asking.SLOT: words}), language=None)
