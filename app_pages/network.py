"""How things are connected: round one thing, between two, and what stands out."""

import streamlit as st

from app_pages.parts import (
    faults,
    frame,
    network_list,
    network_measures,
    network_picture,
    network_ways,
    slots,
)
from app_pages.parts import network_state as state
from app_pages.parts.markup import counted, escaped
from kg.network import KINDS, MOST_DRAWN, Counting, NetworkThing
from kg.network.drawing import Drawing

ROUND, BETWEEN, MEASURES = state.VIEWS
COUNTINGS = {
    Counting.FACTS.value: "What sources state",
    Counting.READINGS.value: "Plus our readings",
    Counting.ALL.value: "Everything, including hopes",
}
ROOM_BESIDE = 640
_FOUND = "network-found"
PLACE = network_picture.PLACE

st.title("How are these connected?", anchor=False)
st.html(
    '<p class="kg-intro">Every line is made of statements that you can read. Two things that are joined were '
    "told of together; that one led to the other is not said.</p>"
)

state.begin_slot(state.VIEW, ROUND, lambda text: text if text in state.VIEWS else None)
state.begin_slot(state.COUNTING, Counting.READINGS.value, lambda text: text if text in COUNTINGS else None)
what, which = st.columns(2)
view = what.radio(
    "What do you want to see?",
    state.VIEWS,
    format_func=state.VIEWS.__getitem__,
    horizontal=True,
    key=state.VIEW,
)
which.radio(
    "Which statements count?",
    COUNTINGS,
    format_func=COUNTINGS.__getitem__,
    horizontal=True,
    key=state.COUNTING,
)
found = state.network()
names = {thing.path: thing.name for thing in found.things.values()}
of_kinds = {thing.path: thing.kind.name for thing in found.things.values()}


def choose(label: str, slot: str, options: list[str], empty: str | None = None) -> None:
    """Let one thing be chosen, by typing a part of its name."""
    st.selectbox(
        label,
        options,
        format_func=lambda each: f"{names[each]} ({of_kinds[each].lower()})" if each in names else each,
        key=slot,
        placeholder=empty,
    )


def joined() -> list[str]:
    """Give what can be started from: what some statement that counts ties to something, cases first."""
    tied = [thing for thing in found.things.values() if found.graph.degree(thing.iri)]
    order = {kind: place for place, kind in enumerate(KINDS)}
    tied.sort(key=lambda each: (order[each.kind], each.name.casefold()))
    return [each.path for each in tied]


def on_click() -> None:
    """Show the statements of what was clicked."""
    if clicked := network_picture.last_click("clicked"):
        st.session_state[state.AT] = clicked


def on_open() -> None:
    """Show what a thing is joined with that was double-clicked."""
    if opened := network_picture.last_click("opened"):
        open_up(opened)


def open_up(path: str) -> None:
    """Add what a thing is joined with to the picture."""
    st.query_params[state.OPEN] = [*state.opened_things(found), path]


def start_from(path: str) -> None:
    """Start the picture from another thing."""
    st.session_state[state.FOCUS] = path
    st.session_state[state.AT] = None
    st.query_params.pop(state.OPEN, None)


def rearrange() -> None:
    """Arrange the same things in another way."""
    st.query_params[state.SEED_SLOT] = str(state.seed() + 1)


def look_for() -> None:
    """Mark in the picture what was looked for."""
    st.session_state[_FOUND] = st.session_state[state.AT]


def filters() -> None:
    """Let kinds of things be chosen."""
    known = {kind.slug: kind.plural for kind in KINDS}
    if state.KINDS not in st.session_state:
        st.session_state[state.KINDS] = [each for each in state.slot_values(state.KINDS) if each in known]
    st.multiselect(
        "Only these kinds of things",
        list(known),
        format_func=known.__getitem__,
        key=state.KINDS,
        placeholder="All kinds",
    )
    state.remember_slot(state.KINDS, [])


def picture(drawn: Drawing, nothing: str) -> None:
    """Draw the picture with the statements beside it, and the same as a list below."""
    part = drawn.part
    keys = [thing.path for thing in part.things] + [line.key for line in part.lines]
    lines = {line.key: f"{line.one.name} {line.how} {line.other.name}" for line in part.lines}
    from_address = state.begin_slot(state.AT, None, lambda text: text)
    if st.session_state[state.AT] not in keys:
        if from_address:
            asked = escaped(str(st.session_state[state.AT])[:80])
            slots.note(f"“{asked}” is not in this picture, so nothing in it is chosen.")
        st.session_state[state.AT] = None
    if _FOUND not in st.session_state:
        st.session_state[_FOUND] = st.session_state[state.AT]
    with st.container(key="connections"):
        left, right = st.columns([2, 1])
    with left:
        network_picture.draw(drawn, st.session_state[_FOUND], on_click, on_open)
        faults.said(PLACE)
        st.button("Arrange it differently", on_click=faults.caught(rearrange, PLACE))
    with right:
        st.selectbox(
            "Find a thing or a line in the picture",
            keys,
            format_func=lambda each: lines.get(each) or f"{names[each]} ({of_kinds[each].lower()})",
            key=state.AT,
            index=None,
            placeholder="Choose, or click in the picture",
            on_change=faults.caught(look_for, PLACE),
        )
        at = st.session_state[state.AT] or part.focus[0].path
        thing = next((thing for thing in part.things if thing.path == at), None)
        if thing is not None:
            actions(thing, drawn)
        with st.container(height=ROOM_BESIDE, border=False, key="beside"):
            st.html(network_list.beside(part, at, state.statements(network_list.claims_of(part, at))))
    state.remember_slot(state.AT, None)
    st.html(f'<h2 id="list">The same as a list</h2><p class="kg-meta">{escaped(nothing)}</p>')
    st.html(network_list.list_of(part))
    st.html(network_list.table_of(part))
    st.html('<h2 id="keep">Keep it</h2>')
    network_picture.files(drawn)


def actions(thing: NetworkThing, drawn: Drawing) -> None:
    """Offer what a double click does, and more, to people who use a keyboard."""
    with st.container(horizontal=True):
        if thing not in drawn.part.focus:
            st.button("Start from here", on_click=faults.caught(start_from, PLACE), args=(thing.path,))
        if thing.path not in state.opened_things(found) and view == ROUND and thing not in drawn.part.focus:
            st.button(
                "Add what it is joined with", on_click=faults.caught(open_up, PLACE), args=(thing.path,)
            )


def round_one() -> None:
    """Show what lies round one thing."""
    state.begin_slot(state.STEPS, 1, lambda text: int(text) if text in {"1", "2", "3"} else None)
    one, two, three = st.columns([3, 1, 3])
    with one:
        choose("Start from", state.FOCUS, options)
    with two:
        st.selectbox("Steps", list(range(1, state.FURTHEST + 1)), key=state.STEPS)
    with three:
        filters()
    state.remember_slot(state.STEPS, 1)
    drawn = state.round_one()
    st.set_page_config(page_title=f"{drawn.title} – {frame.NAME}")
    told = f"{counted(len(drawn.spots), 'thing')}, {counted(len(drawn.part.lines), 'line')}."
    if drawn.part.hidden:
        st.html(
            f'<p class="kg-caveat">{drawn.part.hidden} more things would belong here. More than {MOST_DRAWN} '
            "are not drawn, and the nearest are kept. Go fewer steps, or choose kinds of things.</p>"
        )
    picture(drawn, told)


def between() -> None:
    """Tell the ways between two things."""
    state.begin_slot(state.TO, None, lambda text: state.path(found, text))
    one, two, three = st.columns([3, 3, 3])
    with one:
        choose("From", state.FOCUS, options)
    with two:
        choose("To", state.TO, options, "From a difficulty: to a place")
    with three:
        filters()
    state.remember_slot(state.TO, None)
    start, end = found.named(st.session_state[state.FOCUS]), st.session_state[state.TO]
    if end is None and start.kind.slug != "challenges":
        st.html('<p class="kg-lede">Choose where it should lead to.</p>')
    elif end == start.path:
        st.html('<p class="kg-lede">Choose two different things.</p>')
    else:
        told, drawn = state.between()
        if drawn is None:
            st.html(network_ways.none(start, None if end is None else found.named(end)))
        else:
            st.set_page_config(page_title=f"{drawn.title} – {frame.NAME}")
            st.html(network_ways.draw(told))
            picture(drawn, "What these ways lead through.")


options = joined()
common = state.common(found)
unknown = state.path(found, st.query_params.get(state.FOCUS, "")) is None
if state.begin_slot(state.FOCUS, common.path, lambda text: state.path(found, text)) and unknown:
    slots.note(f"The page starts with {escaped(common.name)} instead.")
if view != MEASURES and st.session_state[state.FOCUS] not in options:
    options.insert(0, st.session_state[state.FOCUS])
state.remember_slot(state.VIEW, ROUND)
state.remember_slot(state.COUNTING, Counting.READINGS.value)
if view == ROUND:
    round_one()
elif view == BETWEEN:
    between()
else:
    st.html(network_measures.draw(state.measures()))
if view != MEASURES:
    state.remember_slot(state.FOCUS, None)
st.html(
    f'<p class="kg-meta">Left out: {counted(found.denials, "statement")} that deny something, or found no '
    "effect. They join nothing.</p>"
)
