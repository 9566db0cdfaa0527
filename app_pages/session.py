"""A session, from a difficulty in the room to a plan in the hand."""

import streamlit as st

from app_pages.parts import frame, graph, session
from kg.errors import KgError
from kg.sessions import Plan

st.title("Plan a session", anchor=False)
st.html(session.INTRODUCTION)
settings = session.asked()
plan: Plan | None
try:
    plan = graph.plan(settings)
except KgError as fault:
    plan = session.last_plan(fault)
else:
    session.keep(plan)
if plan is not None:
    st.set_page_config(page_title=f"{plan.title} – {frame.NAME}")
    session.downloads(plan)
    st.html(session.draw(plan))
