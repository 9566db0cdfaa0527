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
from app_pages.parts.notes import note
from app_pages.parts.templates import render
from kg.language import gettext as _
from kg.language import ngettext
from kg.network import KINDS, MOST_DRAWN, Counting, NetworkThing
from kg.network.drawing import Drawing

ROUND, BETWEEN, MEASURES = state.VIEWS
COUNTINGS = {
    Counting.FACTS.value: _("What sources state"),
    Counting.READINGS.value: _("Plus our readings"),
    Counting.ALL.value: _("Everything, including hopes"),
}
ROOM_BESIDE = 640
_FOUND = "network-found"
PLACE = network_picture.PLACE

st.html(render("tools/network_nav.html"))
st.title(_("Connections"), anchor=False)
st.html(render("tools/introduction.html", page="network"))

state.begin_slot(state.VIEW, ROUND, lambda text: text if text in state.VIEWS else None)
state.begin_slot(state.COUNTING, Counting.READINGS.value, lambda text: text if text in COUNTINGS else None)
what, which = st.columns(2)
view = what.radio(
    _("What do you want to see?"),
    list(state.VIEWS),
    format_func=state.VIEWS.__getitem__,
    horizontal=True,
    key=state.VIEW,
)
which.radio(
    _("Which statements count?"),
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
        _("Only these kinds of things"),
        list(known),
        format_func=known.__getitem__,
        key=state.KINDS,
        placeholder=_("All kinds"),
    )
    state.remember_slot(state.KINDS, [])


def picture(drawn: Drawing) -> None:
    """Draw the picture with the statements beside it, and the same as a list below."""
    part = drawn.part
    keys = [thing.path for thing in part.things] + [line.key for line in part.lines]
    lines = {line.key: f"{line.one.name} {line.how} {line.other.name}" for line in part.lines}
    from_address = state.begin_slot(state.AT, None, lambda text: text)
    if st.session_state[state.AT] not in keys:
        if from_address:
            asked = str(st.session_state[state.AT])[:80]
            slots.note(_("“%(name)s” is not in this picture, so nothing in it is chosen.", name=asked))
        st.session_state[state.AT] = None
    if _FOUND not in st.session_state:
        st.session_state[_FOUND] = st.session_state[state.AT]
    with st.container(key="connections"):
        left, right = st.columns([2, 1])
    with left:
        network_picture.draw(drawn, st.session_state[_FOUND], on_click, on_open)
        faults.said(PLACE)
        st.button(_("Arrange it differently"), on_click=faults.caught(rearrange, PLACE))
    with right:
        st.selectbox(
            _("Find a thing or a line in the picture"),
            keys,
            format_func=lambda each: lines.get(each) or f"{names[each]} ({of_kinds[each].lower()})",
            key=state.AT,
            index=None,
            placeholder=_("Choose, or click in the picture"),
            on_change=faults.caught(look_for, PLACE),
        )
        at = st.session_state[state.AT] or part.focus[0].path
        thing = next((thing for thing in part.things if thing.path == at), None)
        if thing is not None:
            actions(thing, drawn)
        with st.container(height=ROOM_BESIDE, border=False, key="beside"):
            st.html(network_list.beside(part, at, state.statements(network_list.claims_of(part, at))))
    state.remember_slot(state.AT, None)
    st.html(network_list.list_of(part))
    network_picture.files(drawn)


def actions(thing: NetworkThing, drawn: Drawing) -> None:
    """Offer what a double click does, and more, to people who use a keyboard."""
    with st.container(horizontal=True):
        if thing not in drawn.part.focus:
            st.button(_("Start from here"), on_click=faults.caught(start_from, PLACE), args=(thing.path,))
        if thing.path not in state.opened_things(found) and view == ROUND and thing not in drawn.part.focus:
            st.button(
                _("Add what it is joined with"), on_click=faults.caught(open_up, PLACE), args=(thing.path,)
            )


def round_one() -> None:
    """Show what lies round one thing."""
    state.begin_slot(state.STEPS, 1, lambda text: int(text) if text in {"1", "2", "3"} else None)
    one, two, three = st.columns([3, 1, 3])
    with one:
        choose(_("Start from"), state.FOCUS, options)
    with two:
        st.selectbox(_("Steps"), list(range(1, state.FURTHEST + 1)), key=state.STEPS)
    with three:
        filters()
    state.remember_slot(state.STEPS, 1)
    drawn = state.round_one()
    st.set_page_config(page_title=f"{drawn.title} – {frame.NAME}")
    if drawn.part.hidden:
        note(
            _(
                "%(num)s more things would belong here. We draw %(most)s at most, the nearest first. "
                "Take fewer steps, or choose kinds of things.",
                num=drawn.part.hidden,
                most=MOST_DRAWN,
            ),
            look="kg-caveat",
        )
    picture(drawn)


def between() -> None:
    """Tell the ways between two things."""
    state.begin_slot(state.TO, None, lambda text: state.path(found, text))
    one, two, three = st.columns([3, 3, 3])
    with one:
        choose(_("From"), state.FOCUS, options)
    with two:
        choose(_("To"), state.TO, options, _("From a difficulty: to a place"))
    with three:
        filters()
    state.remember_slot(state.TO, None)
    start, end = found.named(st.session_state[state.FOCUS]), st.session_state[state.TO]
    if end is None and start.kind.slug != "challenges":
        note(_("Choose where it should lead to."), look="kg-lede")
    elif end == start.path:
        note(_("Choose two different things."), look="kg-lede")
    else:
        told, drawn = state.between()
        if drawn is None:
            note(network_ways.none(start, None if end is None else found.named(end)), look="kg-lede")
        else:
            st.set_page_config(page_title=f"{drawn.title} – {frame.NAME}")
            st.html(network_ways.draw(told))
            picture(drawn)


options = joined()
common = state.common(found)
unknown = state.path(found, st.query_params.get(state.FOCUS, "")) is None
if state.begin_slot(state.FOCUS, common.path, lambda text: state.path(found, text)) and unknown:
    slots.note(_("The page starts with %(name)s instead.", name=common.name))
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
note(
    ngettext(
        "Left out: %(num)s statement that denies something, or found no effect. It joins nothing.",
        "Left out: %(num)s statements that deny something, or found no effect. They join nothing.",
        found.denials,
    ),
    look="kg-meta",
)
