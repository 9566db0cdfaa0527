"""What the facilitator writes: a title and notes, in the plan file alone; that file saved and opened."""

from functools import partial

import streamlit as st

from app_pages.parts import faults, graph, saving, session, session_blocks
from app_pages.parts.markup import label
from app_pages.parts.notes import note
from kg import sessions
from kg.errors import KgError
from kg.sessions import LARGEST_FILE, LONGEST_NOTE, LONGEST_TITLE, NOTICE, Plan, editing

_PLACE = "session-own-words"
_TITLE, _NOTE, _FILE = "session-title", "session-note", "session-file"
_SAID = "session-words-said"
_KILOBYTE = 1000


def draw(plan: Plan, at: int) -> None:
    """Draw the fields for own words, and what saves and opens them.

    Args:
        plan: The plan as it is.
        at: The block that is chosen.
    """
    block = plan.blocks[at]
    with st.container(key="session-own-words"), st.expander("Your own words, and your plan file"):
        note(
            "They stay with this visit and in the plan file, and never enter the address: a link to this "
            f"page restores the plan without them. {NOTICE}"
        )
        if not faults.waits(_PLACE):
            # What a fault kept from being taken over stays in its field.
            st.session_state[_TITLE], st.session_state[_NOTE] = session.own_title(), block.note
        st.text_input(
            "Title of the session",
            key=_TITLE,
            max_chars=LONGEST_TITLE,
            on_change=faults.caught(_entitle, _PLACE),
        )
        st.text_area(
            f"Your note to “{label(block.name)}”, the block chosen above",
            key=_NOTE,
            max_chars=LONGEST_NOTE,
            on_change=faults.caught(_note, _PLACE),
            args=(plan, at),
        )
        saving.button(
            "Save the plan file",
            partial(sessions.as_json, plan),
            f"session-plan-{plan.minutes}.json",
            "application/json",
            key="session-save",
        )
        st.file_uploader("Open a plan file", "json", key=_FILE, on_change=faults.caught(_open, _PLACE))
        faults.said(_PLACE)
        if said := st.session_state.pop(_SAID, ""):
            note(said, look="kg-said", role="status")
        if plan.own_title or any(block.note for block in plan.blocks):
            st.button(
                "Start from a copy without my words", on_click=faults.caught(_copy, _PLACE), args=(plan,)
            )


def _entitle() -> None:
    session.entitle(" ".join(st.session_state[_TITLE].split()))


def _note(plan: Plan, at: int) -> None:
    session_blocks.change(
        editing.annotate_block(plan.placed, at, st.session_state[_NOTE].strip()), "Your note is kept."
    )


def _copy(plan: Plan) -> None:
    blocks = plan.placed
    for at in range(len(blocks)):
        blocks = editing.annotate_block(blocks, at, "")
    session.entitle("")
    session_blocks.change(blocks, "This is a copy, without your words.")


def _open() -> None:
    """Open the file that was given; if it is none of ours, say so and keep the plan."""
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        if file.size > LARGEST_FILE:
            st.session_state[_SAID] = f"A plan file has at most {LARGEST_FILE // _KILOBYTE} kilobytes."
            return
        settings, blocks, title = sessions.in_file(file.getvalue().decode())
        graph.plan_of_blocks(settings, tuple(editing.without_notes(blocks)))
    except UnicodeDecodeError:
        st.session_state[_SAID] = "The plan file cannot be read; open a plan that this explorer has written."
    except KgError as fault:
        st.session_state[_SAID] = f"{fault} Your plan stays as it was."
    else:
        session.take(settings, blocks, title)
        st.session_state[_SAID] = "The plan file was opened."
