"""What the page of connections shows, as its address says: every view has one that restores it."""

from collections.abc import Callable, Collection
from typing import Any

import streamlit as st

from app_pages.parts import graph
from kg.language import N_, WordTable
from kg.network import (
    Counting,
    MeasureResult,
    Network,
    NetworkThing,
    Way,
    advised_nowhere,
    bridges,
    groups,
    leading,
    neighbourhood,
    read_network,
    shared_concepts,
    subnetwork_along,
    told_paths,
    unanswered_difficulties,
    unique_contributions,
    ways,
)
from kg.network.drawing import Drawing, drawing
from kg.network.kinds import kind_named
from kg.network.layout import SEED
from kg.terms import BASE
from kg.views import Statement
from kg.views.statements import statements_of

__all__ = [
    "AT",
    "COUNTING",
    "FOCUS",
    "FURTHEST",
    "KINDS",
    "OPEN",
    "SEED_SLOT",
    "STEPS",
    "TO",
    "VIEW",
    "VIEWS",
    "begin_slot",
    "between",
    "common",
    "is_connected",
    "measures",
    "network",
    "network_of",
    "opened_things",
    "path",
    "remember_slot",
    "round_one",
    "seed",
    "slot_values",
    "statements",
]

# The slots of the address.
VIEW, FOCUS, TO, STEPS, KINDS, COUNTING, SEED_SLOT, OPEN, AT = (
    "view",
    "focus",
    "to",
    "steps",
    "kind",
    "counting",
    "seed",
    "open",
    "at",
)
VIEWS = WordTable({"round": N_("Start from one"), "between": N_("Link two"), "measures": N_("Patterns")})
FURTHEST = 3
_MOST_OPENED = 30
_LONGEST_SEED = 6
_HOUR = 3600


@graph.of_the_graph(6)
def _network(at: graph.State, counting: str) -> Network:
    return read_network(at.engine, Counting(counting), at.graphs)


@graph.of_the_graph(100)
def _round(
    at: graph.State,
    counting: str,
    focus: str,
    steps: int,
    kinds: tuple[str, ...],
    opened: tuple[str, ...],
    seed: int,
) -> Drawing:
    found = _network.at(at, counting)
    wanted = {kind_named(kind) for kind in kinds} or None
    expanded = [found.named(each) for each in opened]
    return drawing(neighbourhood(found, found.named(focus), steps, wanted, expanded), seed)


@graph.of_the_graph(100, seconds=_HOUR)
def _between(
    at: graph.State, counting: str, focus: str, to: str, kinds: tuple[str, ...], seed: int
) -> tuple[list[Way], Drawing | None]:
    found = _network.at(at, counting)
    wanted = {kind_named(kind) for kind in kinds}
    start, end = found.named(focus), found.named(to) if to else None
    if wanted:
        found = found.of_kinds(wanted | {start.kind} | ({end.kind} if end else set()))
    legs = leading(found, start) if end is None else ways(found, start, end)
    told_ways = told_paths(at.engine, legs, at.graphs)
    return told_ways, drawing(subnetwork_along(found, legs), seed) if legs else None


@graph.of_the_graph(6)
def _measures(at: graph.State, counting: str) -> tuple[MeasureResult[Any], ...]:
    found = _network.at(at, counting)
    return (
        shared_concepts(found),
        bridges(found),
        unique_contributions(found),
        groups(found),
        advised_nowhere(at.engine, found, at.graphs),
        unanswered_difficulties(at.engine, found, at.graphs),
    )


def network() -> Network:
    """Give the network of the statements that count."""
    return _network(st.session_state[COUNTING])


def network_of(counting: str) -> Network:
    """Give the network of the statements that an address lets count; as usual if it says nothing of use."""
    known = {each.value for each in Counting}
    usual = Counting.READINGS.value
    return _network(counting if counting in known else usual)


@graph.of_the_graph()
def _connected(at: graph.State) -> frozenset[str]:
    found = _network.at(at, Counting.READINGS.value)
    return frozenset(thing.path for thing in found.things.values())


def is_connected(path: str) -> bool:
    """Whether a thing stands in the network as an address without choices shows it."""
    return path in _connected()


def round_one() -> Drawing:
    """Give the picture round the thing that was chosen."""
    return _round(
        st.session_state[COUNTING],
        st.session_state[FOCUS],
        st.session_state[STEPS],
        tuple(st.session_state[KINDS]),
        opened_things(network()),
        seed(),
    )


def between() -> tuple[list[Way], Drawing | None]:
    """Give the ways between the two things that were chosen, told, and their picture if there are any."""
    return _between(
        st.session_state[COUNTING],
        st.session_state[FOCUS],
        st.session_state[TO] or "",
        tuple(st.session_state[KINDS]),
        seed(),
    )


def measures() -> tuple[MeasureResult[Any], ...]:
    """Give what stands out."""
    return _measures(st.session_state[COUNTING])


def statements(claims: Collection[str]) -> dict[str, Statement]:
    """Give statements by their IRIs."""
    return statements_of(graph.engine(), list(claims), graph.chosen_graphs())


def common(found: Network) -> NetworkThing:
    """Give the case that most is tied to: where a visitor begins who has chosen nothing."""
    return max(found.cases, key=lambda case: (found.graph.degree(case.iri), case.iri))


def begin_slot(slot: str, default: str | int | None, known: Callable[[str], str | int | None]) -> bool:
    """Give a widget the value that the address holds, before it is drawn for the first time.

    Args:
        slot: The slot of the address, and the key of the widget.
        default: Its value where the address holds none.
        known: Reads what a stranger wrote into the slot; None for what is no value.

    Returns:
        Whether the address was read just now.
    """
    if slot in st.session_state:
        return False
    read = known(st.query_params[slot]) if slot in st.query_params else None
    st.session_state[slot] = default if read is None else read
    return slot in st.query_params


def remember_slot(slot: str, default: object) -> None:
    """Keep the value of a widget in the address, unless it is the default."""
    value = st.session_state[slot]
    if value == default or value is None or value == []:
        st.query_params.pop(slot, None)
    elif isinstance(value, list):
        if st.query_params.get_all(slot) != value:
            st.query_params[slot] = value
    elif st.query_params.get(slot) != str(value):
        st.query_params[slot] = str(value)


def slot_values(slot: str) -> list[str]:
    """Give all values that the address holds in a slot."""
    return st.query_params.get_all(slot)


def path(found: Network, text: str) -> str | None:
    """Read the path of a thing of the network, or the last part of it if that can only mean one thing.

    A case comes before anything else of the same name. None if there is no such thing.
    """
    if BASE + text in found.things:
        return text
    ending = f"/{text}"
    same = [thing.path for thing in found.things.values() if thing.path.endswith(ending)] if text else []
    cases = [each for each in same if each.startswith("case/")]
    return same[0] if len(same) == 1 else cases[0] if len(cases) == 1 else None


def opened_things(found: Network) -> tuple[str, ...]:
    """Give the paths of the things that were opened in the picture."""
    known = (each for wanted in slot_values(OPEN) if (each := path(found, wanted)))
    return tuple(dict.fromkeys(known))[:_MOST_OPENED]


def seed() -> int:
    """Give the seed of the arrangement."""
    text = st.query_params.get(SEED_SLOT, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= _LONGEST_SEED else SEED
