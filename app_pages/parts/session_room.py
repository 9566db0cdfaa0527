"""The links to the page that stands on the wall while a session runs, and that page as a file."""

from datetime import date, datetime, timedelta
from functools import partial
from urllib.parse import urlencode, urljoin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from app_pages.parts import graph, saving
from app_pages.parts.notes import note
from kg import sessions
from kg.sessions import BlockChoice, Plan
from kg.sessions.room import room

# Where nothing says where the visitor is.
_HERE = "Europe/London"
_DAYS = 60
_DAY = "session-day"


def draw(plan: Plan, blocks: tuple[BlockChoice, ...] | None) -> None:
    """Draw the day to choose, and the links and files for it.

    Args:
        plan: The plan.
        blocks: Its blocks, if they were changed by hand.
    """
    zone = _zone()
    today = datetime.now(zone).date()
    days = [today + timedelta(days=each) for each in range(_DAYS)]
    if st.session_state.get(_DAY) not in days:
        st.session_state[_DAY] = days[1]
    with st.container(key="session-room"), st.expander("In the room: a page for the wall and for phones"):
        note(
            "One page shows the block that is on, the time left and what is next. It works without the "
            "network, and shows the same on every screen."
        )
        day = st.selectbox("Day", days, format_func=lambda each: _named(each, today), key=_DAY)
        begins = datetime.fromisoformat(f"{day}T{plan.settings.start}").replace(tzinfo=zone)
        address = _address(plan, blocks, begins)
        with st.container(key="session-room-links", horizontal=True):
            st.link_button("For the wall and for everybody", f"{address}&view=participant")
            st.link_button("For you, with notes", address)
            for name, participant in (("wall", True), ("facilitator", False)):
                saving.button(
                    f"As a file, {'for everybody' if participant else 'with notes'}",
                    partial(room, plan, begins, participant),
                    f"session-{day}-{name}.html",
                    "text/html",
                    key=f"session-room-{name}",
                )
        note("The link for everybody, for the chat:")
        st.code(_whole(f"{address}&view=participant"), language=None, wrap_lines=True)


def _zone() -> ZoneInfo:
    try:
        return ZoneInfo(st.context.timezone or _HERE)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(_HERE)


def _named(day: date, today: date) -> str:
    near = {0: "Today, ", 1: "Tomorrow, "}.get((day - today).days, "")
    return f"{near}{day:%A} {day.day} {day:%B %Y}"


def _address(plan: Plan, blocks: tuple[BlockChoice, ...] | None, begins: datetime) -> str:
    """Give the address of the page: names of the graph, minutes and the begin, no word that was typed."""
    slots = dict(sessions.slots(plan.settings, blocks)) | {
        "start": [],
        "paper": ["true"] if graph.paper_alone() else [],
        "at": [begins.isoformat(timespec="minutes")],
    }
    return f"room?{urlencode(slots, doseq=True)}"


def _whole(address: str) -> str:
    return urljoin(st.context.url or "", address)
