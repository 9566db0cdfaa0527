"""What a session is planned from, kept in the address, and the plan as it is drawn and taken away."""

from collections.abc import Iterable, Mapping
from datetime import time

import streamlit as st

from app_pages.parts import graph, statement
from app_pages.parts.links import linked
from app_pages.parts.markup import escaped
from kg import sessions
from kg.errors import KgError
from kg.sessions import Plan, Settings

INTRODUCTION = (
    '<p class="kg-intro">Timed blocks that add up, what to say and ask, and a case from elsewhere that '
    "speaks to your difficulty, each statement with where it stands. What an activity is meant for is our "
    "judgement; no source says that it helps.</p>"
)
_USUAL = Settings()
_MOST = 999
_MOST_CASES = 2
_KEPT = "session-kept-plan"
_MET = {False: "Most have not met before", True: "Most have met before"}


def asked() -> Settings:
    """Draw what a plan is asked for, as the address has it, and write choices back to the address."""
    names = graph.names()
    difficulties, factors = graph.offered("challenges"), graph.offered("factors")
    _restore(difficulties, factors, names)
    with st.container(key="session-settings"):
        first, second = st.columns(2)
        difficulty = first.selectbox(
            "The difficulty in the room",
            list(difficulties),
            index=None,
            format_func=difficulties.__getitem__,
            placeholder="Choose a difficulty",
            key=_key("difficulty"),
        )
        factor = second.selectbox(
            "Or the factor to work on",
            list(factors),
            index=None,
            format_func=factors.__getitem__,
            placeholder="Choose a factor",
            key=_key("factor"),
        )
        cases = st.multiselect(
            "Cases to read (if none is chosen, the plan chooses)",
            list(names),
            format_func=names.__getitem__,
            max_selections=_MOST_CASES,
            placeholder="Choose a case",
            key=_key("case"),
        )
        columns = st.columns(5)
        minutes = columns[0].number_input("Minutes", 1, _MOST, step=15, key=_key("minutes"))
        people = columns[1].number_input("People", 1, _MOST, key=_key("people"))
        mode = columns[2].selectbox(
            "How you meet", list(sessions.MODES), format_func=sessions.MODES.__getitem__, key=_key("mode")
        )
        start = columns[3].time_input("Start", step=300, key=_key("start"))
        met = columns[4].selectbox(
            "How well they know each other", list(_MET), format_func=_MET.__getitem__, key=_key("met")
        )
    settings = Settings(
        difficulty=difficulty,
        factor=factor,
        cases=tuple(cases),
        minutes=int(minutes),
        people=int(people),
        mode=mode,
        start=f"{start:%H:%M}",
        met=met,
    )
    _remember(settings)
    return settings


def _key(slot: str) -> str:
    return f"session-{slot}"


def _restore(difficulties: Iterable[str], factors: Iterable[str], names: Iterable[str]) -> None:
    """Set each widget from the address, once; what the address cannot mean is left as usual."""
    given = st.query_params
    restored = {
        "difficulty": _among(given.get("difficulty"), difficulties, None),
        "factor": _among(given.get("factor"), factors, None),
        "case": [slug for slug in dict.fromkeys(given.get_all("case")) if slug in names][:_MOST_CASES],
        "minutes": _number(given.get("minutes"), _USUAL.minutes),
        "people": _number(given.get("people"), _USUAL.people),
        "mode": _among(given.get("mode"), sessions.MODES, _USUAL.mode),
        "start": _clock(given.get("start")),
        "met": given.get("met") == "true",
    }
    for slot, value in restored.items():
        if _key(slot) not in st.session_state:
            st.session_state[_key(slot)] = value


def _among(given: str | None, known: Iterable[str], usual: str | None) -> str | None:
    return given if given is not None and given in known else usual


def _number(given: str | None, usual: int) -> int:
    if given is None or not given.isascii() or not given.isdigit() or len(given) > len(str(_MOST)):
        return usual
    return max(1, int(given))


def _clock(given: str | None) -> time:
    try:
        return time.fromisoformat(given or _USUAL.start).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return time.fromisoformat(_USUAL.start)


def _remember(settings: Settings) -> None:
    """Write to the address what differs from the usual."""
    slots: Mapping[str, list[str]] = {
        "difficulty": [settings.difficulty] if settings.difficulty else [],
        "factor": [settings.factor] if settings.factor else [],
        "case": list(settings.cases),
        "minutes": _unusual(settings.minutes, _USUAL.minutes),
        "people": _unusual(settings.people, _USUAL.people),
        "mode": _unusual(settings.mode, _USUAL.mode),
        "start": _unusual(settings.start, _USUAL.start),
        "met": ["true"] if settings.met else [],
    }
    for slot, values in slots.items():
        if st.query_params.get_all(slot) != values:
            if values:
                st.query_params[slot] = values
            else:
                del st.query_params[slot]


def _unusual(value: object, usual: object) -> list[str]:
    return [] if value == usual else [str(value)]


def keep(plan: Plan) -> None:
    """Keep a plan, to show it again where the next one cannot be made."""
    st.session_state[_KEPT] = plan


def last_plan(fault: KgError) -> Plan | None:
    """Say why no plan can be made, and give the last one that could be."""
    kept: Plan | None = st.session_state.get(_KEPT)
    below = " Below is the last plan that could be made." if kept is not None else ""
    st.html(f'<p class="kg-lede" role="status">{escaped(fault)}{below}</p>')
    return kept


def downloads(plan: Plan) -> None:
    """Offer the plan as files."""
    name = "-".join(
        ["session", plan.settings.difficulty or plan.settings.factor or "open", str(plan.settings.minutes)]
    )
    with st.container(key="session-downloads", horizontal=True):
        st.download_button(
            "Web page to print", sessions.html(plan), f"{name}.html", "text/html", on_click="ignore"
        )
        st.download_button(
            "Markdown", sessions.markdown(plan), f"{name}.md", "text/markdown", on_click="ignore"
        )
        st.download_button(
            "Plan file", sessions.as_json(plan), f"{name}.json", "application/json", on_click="ignore"
        )


def draw(plan: Plan) -> str:
    """Draw a plan."""
    return (
        f'<div class="kg-session">{sessions.blocks_as_html(plan, told=statement.brief, linked=linked)}</div>'
    )
