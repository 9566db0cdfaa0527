"""The blocks of a plan at a glance, and what changes them: move, swap, lengthen, remove, add, undo."""

from collections.abc import Callable, Sequence

import streamlit as st

from app_pages.parts import faults, graph
from app_pages.parts.markup import label
from app_pages.parts.notes import note
from kg.errors import NoPlan
from kg.sessions import Activity, BlockChoice, Plan, Settings, editing

Blocks = tuple[BlockChoice, ...]
_PLACE = _BLOCKS = "session-blocks"
_EARLIER_BLOCKS = "session-undo"
_STATUS = "session-said"
_SELECTED = "session-at"
_PENDING_RISK = "session-doubt"
_LENGTH, _SWAP, _ADD = "session-length", "session-swap", "session-add"
_MOST_UNDONE = 50
_READ = "read-a-case"


def by_hand() -> Blocks | None:
    """Give the blocks as they were changed by hand; None where nothing was."""
    blocks: Blocks | None = st.session_state.get(_BLOCKS)
    return blocks


def begin_with(blocks: Blocks | None) -> None:
    """Take blocks as they come from an address or a file; what was undone before is forgotten."""
    st.session_state[_BLOCKS] = blocks
    st.session_state[_EARLIER_BLOCKS] = []
    st.session_state[_PENDING_RISK] = None


def change(blocks: Blocks, done: str) -> None:
    """Take other blocks; undoing brings back those that were."""
    _put(blocks, done)


def drop(why: str) -> None:
    """Plan anew; what was changed by hand comes back by undoing."""
    _put(None, why)


def refit(settings: Settings, blocks: Blocks) -> None:
    """Stretch or shorten blocks to the minutes that are asked for, or say why they cannot be."""
    done = f"The blocks were fitted to {settings.minutes} minutes."
    _try(lambda: editing.fit_to_minutes(graph.material(), blocks, settings), done)


def draw(plan: Plan, cases: dict[str, str]) -> int:
    """Draw the blocks at a glance, and beside them what can be done with the one that is chosen.

    Args:
        plan: The plan as it is.
        cases: Names of the cases that could be read, by slug.

    Returns:
        The place of the block that is chosen.
    """
    places = range(len(plan.blocks))
    st.session_state[_SELECTED] = min(st.session_state.get(_SELECTED, 1), places[-1])
    with st.container(key="session-blocks"):
        glance, panel = st.columns([3, 2], gap="medium")
        with glance:
            at = st.radio(
                "The plan at a glance: choose a block to change it",
                places,
                format_func=lambda place: _line(plan, place),
                key=_SELECTED,
            )
            note(f"{plan.blocks[-1].end} End · {plan.minutes} minutes")
            _whole(plan)
            faults.said(_PLACE)
            if said := st.session_state.pop(_STATUS, ""):
                note(said, look="kg-said", role="status")
        with panel:
            _panel(plan, at, cases)
    return int(at)


def _line(plan: Plan, place: int) -> str:
    block = plan.blocks[place]
    return f"{block.start} · {block.minutes} min · {label(block.name)}"


def _whole(plan: Plan) -> None:
    """Offer what changes the plan as a whole."""
    with st.container(key="session-whole", horizontal=True):
        if plan.minutes != plan.settings.minutes:
            st.button(
                f"Fit to {plan.settings.minutes} minutes",
                on_click=faults.caught(refit, _PLACE),
                args=(plan.settings, plan.placed),
                type="primary",
            )
        if st.session_state.get(_EARLIER_BLOCKS):
            st.button("Undo", on_click=faults.caught(_undo, _PLACE))
        if by_hand() is not None:
            st.button("Plan anew", on_click=faults.caught(drop, _PLACE), args=("The plan is as we make it.",))


def _panel(plan: Plan, at: int, cases: dict[str, str]) -> None:
    block, blocks = plan.blocks[at], plan.placed
    inside = 0 < at < len(blocks) - 1
    st.subheader(f"Change “{label(block.name)}”", anchor=False)
    st.session_state[_LENGTH] = block.minutes
    st.number_input(
        "Minutes for it",
        0,
        120,
        step=5,
        key=_LENGTH,
        on_change=faults.caught(_resize, _PLACE),
        args=(blocks, at),
    )
    with st.container(key="session-move", horizontal=True):
        for name, by, possible in (("Earlier", -1, at > 1), ("Later", 1, at < len(blocks) - 2)):
            st.button(
                name,
                on_click=faults.caught(_move, _PLACE),
                args=(plan, at, by),
                disabled=not (inside and possible),
                key=f"move{by}",
            )
        st.button("Remove", on_click=faults.caught(_remove, _PLACE), args=(plan, at), disabled=not inside)
    choices = _choices(plan, cases)
    st.session_state[_SWAP] = st.session_state[_ADD] = None
    if inside:
        _chooser("Swap it for", _SWAP, choices, plan, at)
    _chooser("Add after it", _ADD, choices, plan, min(at, len(blocks) - 2))
    _ask_about_doubt(plan)


def _choices(plan: Plan, cases: dict[str, str]) -> dict[str, tuple[BlockChoice, str]]:
    """Give what can come into a plan: activities, what speaks to the matter first, then cases."""
    found, blocks = graph.material(), plan.placed
    listed = {
        activity.slug: (editing.block_of(found, activity.slug), _told(activity))
        for activity in editing.unused_activities(found, blocks, graph.preferred_activities(plan.settings))
    }
    for slug in editing.unread_parts(blocks, list(cases)):
        read = editing.block_of(found, _READ, slug)
        listed[f"{_READ}.{slug}"] = read, f"{found.frame[_READ].name}: {cases[slug]} · {read.minutes} min"
    return listed


def _told(activity: Activity) -> str:
    risk = f" · {activity.risk.level} risk" if activity.risk.level != "low" else ""
    return f"{activity.name} · {activity.timing.usual} min{risk}"


def _is_doubtful(activity: Activity, settings: Settings) -> bool:
    return activity.risk.level == "high" and not settings.met


def _chooser(name: str, key: str, choices: dict[str, tuple[BlockChoice, str]], plan: Plan, at: int) -> None:
    st.selectbox(
        name,
        list(choices),
        index=None,
        format_func=lambda slug: choices[slug][1],
        placeholder="Choose a block",
        key=key,
        on_change=faults.caught(_bring_in, _PLACE),
        args=(key, plan, at, {slug: placed for slug, (placed, _) in choices.items()}),
    )


def _bring_in(key: str, plan: Plan, at: int, choices: dict[str, BlockChoice]) -> None:
    new = choices.get(st.session_state[key])
    if new is None:
        return
    activity = graph.material().activities.get(new.activity)
    if activity is not None and _is_doubtful(activity, plan.settings):
        st.session_state[_PENDING_RISK] = key, at, new
    else:
        _place(key, plan, at, new)


def _ask_about_doubt(plan: Plan) -> None:
    """Ask again before strangers are given a block of high risk."""
    if not (doubt := st.session_state.get(_PENDING_RISK)):
        return
    key, at, new = doubt
    activity = graph.material().activities[new.activity]
    note(
        activity.risk.note,
        first=f"“{activity.name}” is of high risk, and most people have not met before.",
        look="kg-note",
        role="alert",
    )
    with st.container(key="session-doubt-answer", horizontal=True):
        st.button("Leave it out", on_click=faults.caught(_leave, _PLACE), type="primary")
        st.button("Put it in all the same", on_click=faults.caught(_place, _PLACE), args=(key, plan, at, new))


def _leave() -> None:
    st.session_state[_PENDING_RISK] = None


def _place(key: str, plan: Plan, at: int, new: BlockChoice) -> None:
    st.session_state[_PENDING_RISK] = None
    found, blocks = graph.material(), plan.placed
    if key == _SWAP:
        _try(lambda: editing.replace_block(found, blocks, at, new), f"“{plan.blocks[at].name}” was swapped.")
    elif _try(lambda: editing.insert_block(found, blocks, at, new), "A block was added."):
        st.session_state[_SELECTED] = at + 1


def _resize(blocks: Blocks, at: int) -> None:
    minutes = int(st.session_state[_LENGTH])
    _try(
        lambda: editing.resize_block(graph.material(), blocks, at, minutes),
        f"It now takes {minutes} minutes.",
    )


def _move(plan: Plan, at: int, by: int) -> None:
    way = "later" if by > 0 else "earlier"
    done = f"“{plan.blocks[at].name}” now comes {way}."
    if _try(lambda: editing.move_block(graph.material(), plan.placed, at, by), done):
        st.session_state[_SELECTED] = at + by


def _remove(plan: Plan, at: int) -> None:
    done = f"“{plan.blocks[at].name}” was removed."
    _try(lambda: editing.remove_block(graph.material(), plan.placed, at), done)


def _try(change: Callable[[], Sequence[BlockChoice]], done: str) -> bool:
    """Make a change, or keep the plan and say in a sentence why it cannot be made."""
    try:
        blocks = tuple(change())
    except NoPlan as fault:
        st.session_state[_STATUS] = str(fault)
        return False
    _put(blocks, done)
    return True


def _put(blocks: Blocks | None, done: str) -> None:
    earlier = [*st.session_state.get(_EARLIER_BLOCKS, []), by_hand()]
    st.session_state[_EARLIER_BLOCKS] = earlier[-_MOST_UNDONE:]
    st.session_state[_BLOCKS] = blocks
    st.session_state[_STATUS] = done


def _undo() -> None:
    st.session_state[_BLOCKS] = st.session_state[_EARLIER_BLOCKS].pop()
    st.session_state[_STATUS] = "The last change was undone."
