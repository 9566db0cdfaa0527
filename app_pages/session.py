"""A session, from a difficulty in the room to a plan in the hand."""

import streamlit as st

from app_pages.parts import (
    frame,
    graph,
    session,
    session_blocks,
    session_plan,
    session_room,
    session_start,
    session_words,
    slots,
)
from app_pages.parts.markup import label
from app_pages.parts.templates import render
from kg.sessions import for_chat

st.title("Plan a session", anchor=False)
st.html(render("tools/introduction.html", page="session"))
session.restore()
session_start.draw()
settings = session.session_settings()
session.follow(settings)
plan = session.plan(settings)
session.remember(settings, session_blocks.by_hand())
if unread := session.unread():
    slots.note(unread)
if plan is not None:
    st.set_page_config(page_title=f"{plan.subject} – {frame.NAME}")
    st.html(session_plan.heading(plan))
    at = session_blocks.draw(plan, graph.names())
    session_words.draw(plan, at)
    session.downloads(plan)
    session_room.draw(plan, session_blocks.by_hand())
    if plan.rules:
        st.html(session_plan.rules(plan))
    st.html(session_plan.tasks("Before the session", plan.before))
    for number, each in enumerate(plan.blocks):
        st.html(session_plan.block(each))
        with st.container(key=f"chat-{number}"), st.expander(f"Copy “{label(each.name)}” for Teams chat"):
            st.code(for_chat(each), language=None, wrap_lines=True)
    st.html(session_plan.tasks("After the session", plan.after))
