"""What a session is planned from, kept in the address, and the plan as it is taken away."""

from datetime import time

import streamlit as st

from app_pages.parts import files, graph, session_blocks
from app_pages.parts.notes import note
from kg import sessions
from kg.errors import KgError
from kg.sessions import BlockChoice, Plan, Settings, editing

DIFFICULTY = "session-difficulty"
_MOST = 999
MOST_CASES = 8
_KEPT = "session-kept-plan"
_AIM = "session-aim"
_MINUTES = "session-minutes-before"
_UNREAD = "session-unread"
_TITLE = "session-own-title"
_MET = {False: "Most have not met before", True: "Most have met before"}


def session_settings() -> Settings:
    """Draw what a plan is asked for, as the address has it."""
    names = graph.names()
    difficulties, factors = graph.session_choices("challenges"), graph.session_choices("factors")
    with st.container(key="session-aim-chosen"):
        first, second = st.columns(2)
        difficulty = first.selectbox(
            "The difficulty in the room",
            list(difficulties),
            index=None,
            format_func=difficulties.__getitem__,
            placeholder="Choose a difficulty",
            key=DIFFICULTY,
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
            max_selections=MOST_CASES,
            placeholder="Choose a case",
            key=_key("case"),
        )
    with st.container(key="session-settings"):
        columns = st.columns(5)
        minutes = columns[0].number_input("Minutes", 0, _MOST, step=15, key=_key("minutes"))
        people = columns[1].number_input("People", 0, _MOST, key=_key("people"))
        mode = columns[2].selectbox(
            "How you meet", list(sessions.MODES), format_func=sessions.MODES.__getitem__, key=_key("mode")
        )
        start = columns[3].time_input("Start", step=300, key=_key("start"))
        met = columns[4].selectbox(
            "How well they know each other", list(_MET), format_func=_MET.__getitem__, key=_key("met")
        )
    return Settings(
        difficulty=difficulty,
        factor=factor,
        cases=tuple(cases),
        minutes=int(minutes),
        people=int(people),
        mode=mode,
        start=f"{start:%H:%M}",
        met=met,
    )


def _key(slot: str) -> str:
    return f"session-{slot}"


def restore() -> None:
    """Set each widget, when the page is come to: from the address, or as it was left if that says nothing.

    What the address cannot mean is left as usual.
    """
    if DIFFICULTY in st.session_state:
        return
    kept: Plan | None = st.session_state.get(_KEPT)
    if kept is not None and not any(st.query_params.get_all(slot) for slot in sessions.slots(Settings())):
        choose(kept.settings)
        return
    settings, _ = sessions.settings_in(
        st.query_params.get_all,
        graph.session_choices("challenges"),
        graph.session_choices("factors"),
        graph.names(),
    )
    blocks = None
    if given := st.query_params.get_all("blocks"):
        try:
            blocks = sessions.blocks_in(given[-1])
            graph.plan_of_blocks(settings, blocks)
        except KgError as fault:
            blocks = None
            st.session_state[_UNREAD] = f"The plan in the address cannot be used. {fault}"
    take(settings, blocks, "")


def take(settings: Settings, blocks: tuple[BlockChoice, ...] | None, title: str) -> None:
    """Go on with another plan: from an address, from a file, or a ready-made one."""
    choose(settings)
    session_blocks.begin_with(blocks)
    entitle(title)
    st.session_state.pop(_AIM, None)
    st.session_state.pop(_MINUTES, None)


def entitle(title: str) -> None:
    """Call the session something, in the facilitator's own words."""
    st.session_state[_TITLE] = title


def own_title() -> str:
    """Give what the facilitator calls the session; "" if nothing."""
    return str(st.session_state.get(_TITLE, ""))


def choose(settings: Settings) -> None:
    """Put settings into the widgets."""
    values = {
        "difficulty": settings.difficulty,
        "factor": settings.factor,
        "case": list(settings.cases)[:MOST_CASES],
        "minutes": min(settings.minutes, _MOST),
        "people": min(settings.people, _MOST),
        "mode": settings.mode,
        "start": time.fromisoformat(settings.start),
        "met": settings.met,
    }
    for slot, value in values.items():
        st.session_state[_key(slot)] = value


def unread() -> str:
    """Return why the blocks in the address cannot be used, once; "" if they can."""
    return str(st.session_state.pop(_UNREAD, ""))


def follow(settings: Settings) -> None:
    """Let blocks that were changed by hand follow what is asked for.

    Another difficulty, factor or case is another plan; other minutes stretch or shorten the one there is.
    """
    aim = settings.difficulty, settings.factor, settings.cases, graph.paper_alone()
    before = st.session_state.get(_AIM, aim)
    minutes = st.session_state.get(_MINUTES, settings.minutes)
    st.session_state[_AIM], st.session_state[_MINUTES] = aim, settings.minutes
    blocks = session_blocks.by_hand()
    if blocks is None:
        return
    if aim != before:
        session_blocks.drop("This is a new plan, for what you have chosen now.")
    elif minutes != settings.minutes:
        session_blocks.refit(settings, blocks)


def plan(settings: Settings) -> Plan | None:
    """Make the plan; where it cannot be made, say why and give the last one that could be."""
    blocks = session_blocks.by_hand()
    try:
        made = (
            graph.plan(settings)
            if blocks is None
            else graph.plan_of_blocks(settings, editing.without_notes(blocks))
        )
    except KgError as fault:
        kept: Plan | None = st.session_state.get(_KEPT)
        below = " Below is the last plan that could be made." if kept is not None else ""
        note(f"{fault}{below}", look="kg-lede", role="status")
        return kept
    made = sessions.with_words(made, own_title(), [each.note for each in blocks or made.placed])
    st.session_state[_KEPT] = made
    return made


def remember(settings: Settings, blocks: tuple[BlockChoice, ...] | None) -> None:
    """Write to the address what differs from the usual; no word that was typed is among it."""
    for slot, values in sessions.slots(settings, blocks).items():
        if st.query_params.get_all(slot) != values:
            if values:
                st.query_params[slot] = values
            else:
                del st.query_params[slot]


def downloads(plan: Plan) -> None:
    """Offer the plan as files: slides, guide, handout, cards, and the plan itself."""
    name = "-".join(
        ["session", plan.settings.difficulty or plan.settings.factor or "open", str(plan.minutes)]
    )
    with st.container(key="session-downloads"):
        files.of_a_session(plan, name, graph.cards(plan))
