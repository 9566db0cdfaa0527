"""Where a session starts from: what is going on in the room, in everyday words."""

import streamlit as st

from app_pages.parts import faults, graph, session
from app_pages.parts.markup import label
from app_pages.parts.notes import note

_PLACE = "session-opening"
_WORDS = "session-words"
_FOUND = "session-found"
_READY = "session-ready"
_LONGEST = 500


def draw() -> None:
    """Draw a box for everyday words; the nearest difficulty is taken, and others near it are offered."""
    with st.container(key="session-opening"):
        with st.form("session-words-form", border=False):
            st.text_input(
                "What is going wrong, in your own words (don’t name people or organisations)",
                key=_WORDS,
                max_chars=_LONGEST,
                placeholder="For instance: everyone agrees in the meeting and nothing happens",
            )
            st.form_submit_button("Plan for this", on_click=faults.caught(_look_for, _PLACE))
        faults.said(_PLACE)
        _offer()
        ready = {each.slug: each for each in graph.ready_made()}
        factors = {
            slug: place for place, slug in enumerate(dict.fromkeys(r.factor for r in ready.values()), 1)
        }
        st.session_state[_READY] = None
        st.selectbox(
            "Or begin with a ready-made session, three for each factor",
            list(ready),
            format_func=lambda slug: (
                f"Factor {factors[ready[slug].factor]} · {ready[slug].name}. {ready[slug].text}"
            ),
            placeholder="Choose a ready-made session",
            index=None,
            key=_READY,
            on_change=faults.caught(_begin, _PLACE),
        )


def _begin() -> None:
    chosen = next((each for each in graph.ready_made() if each.slug == st.session_state[_READY]), None)
    if chosen is not None:
        session.take(chosen.settings, None, "")


def _look_for() -> None:
    words = " ".join(st.session_state[_WORDS].split())
    found = graph.difficulties_near(words) if words else ()
    st.session_state[_FOUND] = (
        [(each.iri.rpartition("/")[2], each.label, str(each.why)) for each in found] if words else None
    )
    if found:
        _take(found[0].iri.rpartition("/")[2])


def _take(slug: str) -> None:
    st.session_state[session.DIFFICULTY] = slug


def _offer() -> None:
    found: list[tuple[str, str, str]] | None = st.session_state.get(_FOUND)
    if found is None:
        return
    if not found:
        note(
            "We found no difficulty that fits these words. Choose one from the list, or a factor, or say "
            "what people do.",
            role="status",
        )
        return
    chosen = st.session_state.get(session.DIFFICULTY)
    taken = next((each for each in found if each[0] == chosen), None)
    if taken is not None:
        near = " Near it too:" if len(found) > 1 else ""
        note(f"{taken[2]}{near}", first=f"Planned for {taken[1]}.", role="status")
    else:
        note("Near your words:")
    with st.container(key="session-near", horizontal=True):
        for slug, name, why in found:
            if slug != chosen:
                st.button(
                    label(name),
                    key=f"near-{slug}",
                    help=label(why),
                    on_click=faults.caught(_take, _PLACE),
                    args=(slug,),
                )
