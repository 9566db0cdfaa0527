"""What similar places are looked for by: a place or a situation of one's own, kept in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from app_pages.parts import faults, graph
from app_pages.parts.notes import note
from kg.similarity import KINDS, Answer, Feature, Features, Lens
from kg.terms import PREFIXES
from kg.words import LENSES

CASE, LENS, READINGS, SHOWN = "case", "lens", "readings", "show"
_AT_FIRST, _MOST = 10, 100
_OWN = "A situation of our own"
# What is asked for each kind, where a situation of one's own is described.
_ASKED = {
    "difficulty": "Difficulties you face",
    "part": "Who has a part",
    "history": "What went before, or went wrong",
    "practice": "What you did, or plan to do",
    "service": "What services did, or plan to do",
}


@dataclass(frozen=True)
class SituationChoice:
    """What is looked for.

    Attributes:
        case: The slug of the place to start from; None for a situation of one's own.
        picked: The features of that situation.
        lens: What is meant by similar.
        readings: Whether our readings count.
        most: Most places to show.
    """

    case: str | None
    picked: tuple[Feature, ...]
    lens: Lens
    readings: bool
    most: int


def situation_choice() -> SituationChoice:
    """Draw what is looked for, as the address has it, and write choices back to the address."""
    names, features = graph.names(), graph.similarity().features
    _restore(names, features)
    with st.container(key="situation"):
        case = st.selectbox(
            "Start from",
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=_OWN,
            key=_key(CASE),
        )
        picked = [] if case else _picked(features)
        lens = Lens(
            st.radio(
                "What similar means here",
                [each.value for each in Lens],
                format_func=lambda value: LENSES[Lens(value)],
                horizontal=True,
                key=_key(LENS),
            )
        )
        # The few words that are recorded of a document seldom are a concept's own: without our readings
        # hardly two places can be compared.
        readings = st.toggle(
            "Count our readings too, not only what sources state",
            value=True,
            key=READINGS,
            bind="query-params",
        )
    _remember(case, picked, lens)
    return SituationChoice(case, tuple(picked), lens, readings, int(st.session_state[_key(SHOWN)]))


def similar_places(asked: SituationChoice) -> Answer | None:
    """Find places that are alike; None where nothing is picked."""
    finder = graph.similarity()
    if asked.case is not None:
        iri = PREFIXES["case"] + asked.case
        return finder.to_place(iri, asked.lens, readings=asked.readings, most=asked.most)
    if not asked.picked:
        return None
    picked = [each.iri for each in asked.picked]
    return finder.to_picks(picked, asked.lens, readings=asked.readings, most=asked.most)


def more(answer: Answer) -> None:
    """Offer more places, where there are more than are shown."""
    if len(answer.results) < answer.comparable and len(answer.results) < _MOST:
        st.button(
            f"Show more of the {answer.comparable} places that can be compared",
            on_click=faults.caught(_show_more),
        )


def _key(slot: str) -> str:
    return f"similar-{slot}"


def _picked(features: Features) -> list[Feature]:
    """Draw a list for each kind of feature; the number tells of how many places it is told."""
    told_of = features.told_of(readings=_readings())
    by_kind: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    known: dict[tuple[str, str], Feature] = {}
    for number, feature in enumerate(features.features):
        by_kind[feature.kind][feature.slug] = f"{feature.label} ({told_of[number]})"
        known[feature.kind, feature.slug] = feature
    note(
        "Choose at least three things that are true of your place. Numbers show how many of our places "
        "match. The last two lists matter where approaches are compared.",
        look="kg-meta",
    )
    picked = []
    columns = [st.container(), *st.columns(2), *st.columns(2)]
    for column, (kind, names) in zip(columns, by_kind.items(), strict=True):
        chosen = column.multiselect(
            _ASKED[kind],
            list(names),
            format_func=names.__getitem__,
            placeholder="Choose",
            key=_key(kind),
        )
        picked += [known[kind, slug] for slug in chosen]
    return picked


def _readings() -> bool:
    return bool(st.session_state.get(READINGS, st.query_params.get(READINGS) != "false"))


def _restore(names: Mapping[str, str], features: Features) -> None:
    """Set each widget from the address, once; what the address cannot mean is left as usual."""
    given, state = st.query_params, st.session_state
    if _key(CASE) not in state or state[_key(CASE)] not in names:
        state[_key(CASE)] = _among(given.get(CASE), names)
    slugs: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for feature in features.features:
        slugs[feature.kind].add(feature.slug)
    for kind in KINDS:
        if _key(kind) not in state:
            state[_key(kind)] = [each for each in dict.fromkeys(given.get_all(kind)) if each in slugs[kind]]
    if _key(LENS) not in state:
        usual = Lens.CONTRAST if state[_key(CASE)] else Lens.SITUATION
        state[_key(LENS)] = _among(given.get(LENS), [each.value for each in Lens]) or usual.value
    if _key(SHOWN) not in state:
        state[_key(SHOWN)] = _number(given.get(SHOWN, ""))


def _among(given: str | None, known: Iterable[str]) -> str | None:
    return given if given is not None and given in known else None


def _number(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(_MOST))):
        return _AT_FIRST
    return max(_AT_FIRST, min(_MOST, int(given)))


def _remember(case: str | None, picked: Iterable[Feature], lens: Lens) -> None:
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for feature in picked:
        by_kind[feature.kind].append(feature.slug)
    shown = int(st.session_state[_key(SHOWN)])
    slots: dict[str, list[str]] = {
        **by_kind,
        LENS: [lens.value],
        SHOWN: [str(shown)] if shown > _AT_FIRST else [],
    }
    if case:
        slots[CASE] = [case]
    elif any(by_kind.values()):
        slots[CASE] = []
    for slot, values in slots.items():
        if st.query_params.get_all(slot) != values:
            if values:
                st.query_params[slot] = values
            else:
                del st.query_params[slot]


def _show_more() -> None:
    st.session_state[_key(SHOWN)] = min(_MOST, int(st.session_state[_key(SHOWN)]) + _AT_FIRST)
