"""What each page reads from its address, and a sentence for everything there that it cannot use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

import streamlit as st

from app_pages.parts import (
    asking,
    choosing,
    graph,
    network_state,
    session,
    shortlist,
    situation,
)
from app_pages.parts.templates import render
from app_pages.reading import case_list, outlines, paging, places
from kg import sessions
from kg.network import KINDS, Counting, Network
from kg.queries import questions
from kg.similarity import KINDS as KINDS_OF_FEATURES
from kg.similarity import Lens
from kg.views import BY, MOST, Link
from kg.views.facets import HEADINGS
from kg.words import counted

__all__ = ["ANYWHERE", "PAGES", "AddressReading", "Slot", "Unused", "address", "begin", "note", "unused"]

_SAID, _READING = "address-said", "address-reading"
_SHOWN = 80
_MOST_SAID = 6
_LIKE = 0.5
# Programs that pass a link on put these behind it; they ask nothing of a page.
_OF_OTHERS = ("utm_", "fbclid", "gclid", "mc_")

Names = Mapping[str, str]
# The values of each slot of an address, as a stranger may have written them.
Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Slot:
    """A part of an address that a page reads.

    Attributes:
        what: What stands in it, such as “case”.
        known: Gives the names that can stand in it, by value, beside the rest of the address; None where it
            takes something else.
        fits: Whether a page can use a value; None where it takes names, or any text.
        takes: What it takes instead, in words.
        elsewhere: Gives names that only documents beside the paper know.
        most: How many values are used.
        split: What stands between values, where several stand in one.
        on_page: Whether the page itself says what it cannot find, such as its subject.
    """

    what: str
    known: Callable[[Given], Names] | None = None
    fits: Callable[[str, Given], bool] | None = None
    takes: str = ""
    elsewhere: Callable[[], Names] | None = None
    most: int = 1
    split: str = ""
    on_page: bool = False

    def values(self, given: Sequence[str]) -> list[str]:
        """Return the values that an address gives, each once, without empty ones."""
        parts = [part for each in given for part in (each.split(self.split) if self.split else [each])]
        return [part for part in dict.fromkeys(parts) if part]

    def is_usable(self, value: str, given: Given) -> bool:
        """Whether a page can use a value, beside the rest of the address."""
        if self.on_page:
            return True
        if self.fits is not None:
            return self.fits(value, given)
        return self.known is None or value in self.known(given)


@dataclass(frozen=True)
class Unused:
    """What is said of a part of an address that a page cannot use.

    Attributes:
        sentence: What it is.
        near: The nearest that the page can use, with the address that asks for it; None where there is none.
    """

    sentence: str
    near: Link | None = None


_MANY = 1000
_SUBJECT = Slot("name", on_page=True)


def _switch(what: str) -> Slot:
    return Slot(what, fits=lambda value, _: value in {"true", "false"}, takes="true or false")


def _number(what: str, least: int, most: int) -> Slot:
    return Slot(
        what,
        fits=lambda value, _: value.isascii() and value.isdigit() and least <= int(value[:9]) <= most,
        takes=f"a number from {least} to {most}",
    )


def _among(what: str, values: Sequence[str]) -> Slot:
    return Slot(what, known=lambda _: dict(zip(values, values, strict=True)), takes=" or ".join(values))


def _cases(most: int = _MANY) -> Slot:
    return Slot("case", known=lambda _: graph.names(), elsewhere=graph.all_names, most=most)


def _facet(slot: str) -> Slot:
    def known(_: Given) -> Names:
        facets = graph.facets()
        options = next(facet.options for facet in facets.narrowed({}).facets if facet.slot == slot)
        named = {option.value: option.label for option in options}
        return {value: named.get(value, value) for value in facets.values()[slot]}

    return Slot(f"choice under “{HEADINGS[slot]}”", known=known, most=_MANY)


def _feature(kind: str) -> Slot:
    def known(_: Given) -> Names:
        features = graph.similarity().features.features
        return {feature.slug: feature.label for feature in features if feature.kind == kind}

    return Slot(kind, known=known, most=_MANY)


def _setting(slot: str, what: str, takes: str) -> Slot:
    """Return a slot of a session that holds no name of the graph."""

    def fits(value: str, _: Given) -> bool:
        return not sessions.settings_in(lambda name: [value] if name == slot else [], (), (), ())[1]

    return Slot(what, fits=fits, takes=takes)


def _network(given: Given) -> Network:
    return network_state.network_of(next(iter(given.get(network_state.COUNTING, ())), ""))


def _things(given: Given) -> Names:
    return {thing.path: thing.name for thing in _network(given).things.values()}


def _is_thing(value: str, given: Given) -> bool:
    return network_state.path(_network(given), value) is not None


def _thing(what: str, most: int = 1) -> Slot:
    return Slot(what, known=_things, fits=_is_thing, most=most)


def _matters(given: Given) -> Names:
    by = next((each for each in given.get("by", ()) if each in BY), next(iter(BY)))
    rows = graph.evidence_map(by, "true" in given.get("readings", ())).rows
    return {row.slug: row.matter.name for row in rows}


def _areas(_: Given) -> Names:
    return {slug: name.name for slug, name in graph.evidence_map(next(iter(BY)), False).areas}


def _questions(_: Given) -> Names:
    return {question.name: question.header["summary"] for question in questions.all_questions()}


_PAGE = Slot(
    "page number",
    fits=lambda value, _: value.isascii() and value.isdigit() and int(value[:9]) > 0,
    takes="a number from 1",
)

# Slots that every page reads.
ANYWHERE: Mapping[str, Slot] = {
    graph.SLOT: _switch("choice of documents"),
    graph.KEPT: Slot("case", known=lambda _: graph.all_names(), most=shortlist.LONGEST, split="."),
}
# The slots of each page, by its address; none where only those above are read.
PAGES: Mapping[str, Mapping[str, Slot]] = {
    "": {
        **{slot: _facet(slot) for slot in HEADINGS},
        case_list.STATED: _switch("choice to leave out our readings"),
        case_list.SORT: _among("order of the list", list(case_list.SORTED_BY)),
        paging.SLOT: _PAGE,
    },
    "about": {},
    "body": {"id": _SUBJECT},
    "case": {"id": _SUBJECT},
    "claim": {"id": _SUBJECT},
    "compare": {"case": _cases(MOST)},
    "concept": {"id": _SUBJECT},
    "factor": {"id": _SUBJECT},
    "background": {},
    "factors": {},
    "find": {asking.SLOT: Slot("question")},
    "known": {
        "by": _among("choice of rows", list(BY)),
        "readings": _switch("choice of readings"),
        paging.SLOT: _PAGE,
        "matter": Slot("row", known=_matters),
        "area": Slot("column", known=_areas),
    },
    "missing": {"address": Slot("address")},
    "network": {
        network_state.VIEW: _among("view", list(network_state.VIEWS)),
        network_state.COUNTING: _among("choice of statements", [each.value for each in Counting]),
        network_state.FOCUS: _thing("case, term or body"),
        network_state.TO: _thing("case, term or body"),
        network_state.STEPS: _number("number of steps", 1, network_state.FURTHEST),
        network_state.KINDS: Slot(
            "kind of thing", known=lambda _: {kind.slug: kind.plural for kind in KINDS}, most=_MANY
        ),
        network_state.SEED_SLOT: _number("arrangement", 0, 999_999),
        network_state.OPEN: _thing("case, term or body", _MANY),
        network_state.AT: Slot("thing or line in the picture", on_page=True),
    },
    "place": {"id": _SUBJECT},
    "places": {
        choosing.SLOT: _cases(),
        paging.SLOT: _PAGE,
        "at": Slot(
            "middle of the map",
            fits=lambda value, _: places.point(value) is not None,
            takes="degrees north and east, such as 53.5,-2.3",
        ),
        "zoom": _number("level of the map", outlines.FURTHEST, outlines.CLOSEST),
    },
    "practice": {"id": _SUBJECT},
    "query": {
        "example": Slot("question", known=_questions),
        "query": Slot("query"),
    },
    "session": {
        "difficulty": Slot("difficulty", known=lambda _: graph.session_choices("challenges")),
        "factor": Slot("factor", known=lambda _: graph.session_choices("factors")),
        "case": _cases(session.MOST_CASES),
        "minutes": _setting("minutes", "number of minutes", "a number of up to three digits"),
        "people": _setting("people", "number of people", "a number of up to three digits"),
        "mode": _among("way to meet", list(sessions.MODES)),
        "start": _setting("start", "start", "a time such as 09:30"),
        "met": _switch("choice of how well people know each other"),
        "blocks": Slot("plan", on_page=True),
    },
    "similar": {
        situation.CASE: _cases(),
        situation.LENS: _among("meaning of similar", [each.value for each in Lens]),
        situation.READINGS: _switch("choice of readings"),
        situation.SHOWN: _number("number of places", 1, 100),
        **{kind: _feature(kind) for kind in KINDS_OF_FEATURES},
    },
    "source": {"id": _SUBJECT, "cited": _switch("choice of cited works")},
    "thing": {"id": _SUBJECT},
    "timeline": {
        choosing.SLOT: _cases(),
        "documents": _switch("choice of documents"),
        paging.SLOT: _PAGE,
    },
    "vocabulary": {"term": _SUBJECT},
}


def unused(page: str, given: Given) -> list[Unused]:
    """Return what is said of each part of an address that a page cannot use.

    Args:
        page: The address of the page, "" for the list of cases.
        given: The address.
    """
    slots = {**ANYWHERE, **PAGES[page]}
    said: list[Unused] = []
    for name, written in given.items():
        slot = slots.get(name)
        if slot is None:
            if not name.startswith(_OF_OTHERS):
                said.append(_no_slot(name, slots))
            continue
        values = slot.values(written)
        usable = [each for each in values if slot.is_usable(each, given)]
        said += [_unknown(page, given, name, slot, each) for each in values if each not in usable]
        if len(usable) > slot.most == 1:
            said.append(Unused(f"The address has “{name}” more than once. The page uses only one."))
        elif len(usable) > slot.most:
            number = counted(len(usable), slot.what)
            said.append(Unused(f"The address names {number}. The page uses the first {slot.most}."))
    rest = len(said) - _MOST_SAID
    if rest > 0:
        said[_MOST_SAID:] = [Unused(f"{counted(rest, 'more part')} of the address could not be used.")]
    return said


def _no_slot(name: str, slots: Mapping[str, Slot]) -> Unused:
    near = get_close_matches(name, slots, n=1, cutoff=_LIKE)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return Unused(f"The address has a part called “{_short(name)}”, which this page does not use.{hint}")


def _unknown(page: str, given: Given, name: str, slot: Slot, value: str) -> Unused:
    """Say that a value cannot be used; a name gets the nearest that exists."""
    if slot.known is None:
        return Unused(f"The address has “{_short(value)}” for the {slot.what}. It has to be {slot.takes}.")
    if slot.elsewhere is not None and (elsewhere := slot.elsewhere().get(value)):
        return Unused(f"The paper does not speak of {elsewhere}, so the page leaves it out.")
    said = f"There is no {slot.what} called “{_short(value)}” here, so the page leaves it out."
    names = slot.known(given)
    near = _nearest(value, names)
    if near is None:
        return Unused(f"{said} It can be {slot.takes}." if slot.takes else said)
    other = {
        each: [slot.split.join(near if part == value else part for part in slot.values(values))]
        if each == name and slot.split
        else [near if each == name and part == value else part for part in values]
        for each, values in given.items()
        if each not in ANYWHERE or each == name
    }
    # An empty address would be that of the open page.
    address = f"{page or './'}?{urlencode(other, doseq=True)}"
    return Unused(said, Link(names[near], address))


def _nearest(value: str, names: Names) -> str | None:
    known = {name.casefold(): each for each, name in names.items()}
    known |= {name.rpartition("/")[2]: name for name in names} | {name: name for name in names}
    near = get_close_matches(value[:_SHOWN].casefold(), known, n=1, cutoff=_LIKE)
    return known[near[0]] if near else None


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class AddressReading:
    """One run of a page, with what its address holds that it cannot use.

    Pages write to the address what they show, and so drop what they could not use. The sentences stay
    until the visitor changes what the page shows, or leaves it.

    Args:
        page: The address of the page.
        given: The address as it was before anything was drawn: a switch drops what it cannot mean.
    """

    def __init__(self, page: str, given: Given) -> None:
        self._place = st.empty()
        self._page = page
        self._given = given
        before: dict[str, object] = st.session_state.get(_SAID, {})
        same = before.get("page") == page
        self._repeated = same and before.get("drawn") is True and before.get("address") == self._given
        # A run that another one overtook has said nothing yet.
        waiting = before.get("said", []) if same and (self._repeated or not before.get("drawn")) else []
        found = unused(page, self._given)
        self._unused = list(dict.fromkeys([*waiting, *found]))  # type: ignore[misc]
        self._keep(drawn=False)

    def note(self, sentence: str) -> None:
        """Add a sentence on what only the page itself could find out."""
        if (said := Unused(sentence)) not in self._unused:
            self._unused.append(said)
            self._keep(drawn=False)

    def draw(self) -> None:
        """Draw the sentences above the page, unless the visitor has gone on since they were first drawn."""
        if self._repeated and address() != self._given:
            self._unused = []
        if self._unused:
            self._place.html(render("tools/address.html", unused=self._unused))
        self._keep(drawn=True)

    def _keep(self, *, drawn: bool) -> None:
        st.session_state[_SAID] = {
            "page": self._page,
            "address": address() if drawn else self._given,
            "said": self._unused,
            "drawn": drawn,
        }
        st.session_state[_READING] = self


def begin(page: str, given: Given) -> AddressReading:
    """Read the address of a page, as `address` gave it before anything was drawn."""
    return AddressReading(page, given)


def note(sentence: str) -> None:
    """Say something about the address of the open page."""
    reading: AddressReading = st.session_state[_READING]
    reading.note(sentence)


def address() -> dict[str, list[str]]:
    """Return the values of each slot of the open page."""
    return {name: st.query_params.get_all(name) for name in st.query_params}
