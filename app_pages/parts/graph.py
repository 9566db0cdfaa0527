"""The graph that pages draw, and what is kept of it as long as it stays the same."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from urllib.parse import urlencode

import streamlit as st

from kg import export, sessions, views
from kg.content import bundled
from kg.engine import Engine
from kg.engine.by_hand import gathered, gathered_now
from kg.errors import KgError, UnknownName
from kg.export import Manuscript
from kg.search import Answer, Finder, Finders, Found
from kg.service import Service, service_of_environment
from kg.similarity import Similarity
from kg.similarity import similarity as similarity_of

# The slot of an address, and the key of the switch, that ask for the paper alone.
SLOT = "paper"
# The slot that holds the shortlist: slugs of cases, with a full stop between them.
KEPT = "keep"
_LONGEST_KEPT = 1000
_SLUG = re.compile(r"[a-z0-9-]+")


@cache
def service() -> Service:
    """Give what keeps the graph open, for the pages and for everything else on the same port."""
    return service_of_environment(bundled())


@cache
def _finders() -> Finders:
    return Finders(bundled().root / "build")


# The event loop of the server, on which queries from outside run; none where there is no server.
_loops: list[asyncio.AbstractEventLoop] = []


def serve_on(loop: asyncio.AbstractEventLoop) -> None:
    """Name the event loop of the server."""
    _loops[:] = [loop]


def version() -> str:
    """Name the state of the content."""
    return service().current().version


def _graphs(paper: bool) -> views.Graphs:
    return views.graphs_of_the_paper(engine()) if paper else None


@st.cache_resource(max_entries=2, show_spinner=False)
def _names(state: str, paper: bool) -> dict[str, str]:
    return views.case_list(engine(), _graphs(paper))


@st.cache_resource(max_entries=200, show_spinner=False)
def _rows(state: str, slugs: tuple[str, ...], paper: bool) -> list[views.CaseRow]:
    found = {row.slug: row for row in views.case_rows(engine(), _graphs(paper), slugs)}
    return [found[slug] for slug in slugs if slug in found]


@st.cache_resource(max_entries=2, show_spinner=False)
def _collection(state: str, paper: bool) -> views.Collection:
    return views.collection(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _facets(state: str, paper: bool) -> views.Facets:
    return views.facets(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _similarity(state: str, paper: bool) -> Similarity:
    return similarity_of(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _countries(state: str, paper: bool) -> dict[str, str]:
    return views.case_countries(engine(), _graphs(paper))


@st.cache_resource(max_entries=12, show_spinner=False)
def _evidence_map(state: str, by: str, readings: bool, paper: bool) -> views.EvidenceMap:
    return views.evidence_map(engine(), by, _graphs(paper), readings=readings)


@st.cache_resource(max_entries=2, show_spinner=False)
def _places(state: str, paper: bool) -> dict[str, str]:
    return views.smaller_places(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _coverage(state: str, paper: bool) -> views.Coverage:
    return views.coverage(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _made(state: str, paper: bool) -> views.Made:
    return views.made(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _changes(state: str, paper: bool) -> views.Changes:
    return views.changes(engine(), _graphs(paper))


# A plan becomes overdue by the mere passing of days, so a page is drawn anew at least each hour.
@st.cache_resource(max_entries=500, ttl=3600, show_spinner=False)
def _case(state: str, slug: str, paper: bool) -> views.Case:
    return views.case(engine(), slug, _graphs(paper))


@st.cache_resource(max_entries=100, ttl=3600, show_spinner=False)
def _comparison(state: str, slugs: tuple[str, ...], paper: bool) -> views.Comparison:
    return views.comparison(engine(), [_case(state, slug, paper) for slug in slugs], _graphs(paper))


# As of a case, a plan may become overdue by the mere passing of days.
@st.cache_resource(max_entries=50, ttl=3600, show_spinner=False)
def _chronology(state: str, slugs: tuple[str, ...], paper: bool) -> views.Chronology:
    named = _names(state, paper)
    return views.chronology(engine(), {slug: named[slug] for slug in slugs}, _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _locations(state: str, paper: bool) -> views.Locations:
    return views.locations(engine(), _graphs(paper))


@st.cache_resource(max_entries=200, ttl=3600, show_spinner=False)
def _thing(state: str, path: str, paper: bool) -> views.Thing:
    return views.thing(engine(), path, _graphs(paper))


@st.cache_resource(max_entries=500, ttl=3600, show_spinner=False)
def _entry(state: str, path: str, paper: bool) -> views.Entry:
    return views.entry(engine(), path, _graphs(paper))


@st.cache_resource(max_entries=30, show_spinner=False)
def _terms(state: str, scheme: str, paper: bool) -> views.Terms:
    return views.terms(engine(), scheme, _graphs(paper))


@st.cache_resource(max_entries=1, show_spinner=False)
def _background(state: str) -> views.Background:
    return views.background(engine(), _graphs(True))


@st.cache_resource(max_entries=200, ttl=3600, show_spinner=False)
def _document(state: str, slug: str, paper: bool) -> views.Document:
    return views.document(engine(), slug, _graphs(paper))


@st.cache_resource(max_entries=500, ttl=3600, show_spinner=False)
def _told(state: str, slug: str, paper: bool) -> views.Told:
    return views.told(engine(), slug, _graphs(paper))


@st.cache_resource(max_entries=10, ttl=3600, show_spinner=False)
def _factor(state: str, slug: str, paper: bool) -> views.Factor:
    return views.factor(engine(), slug, _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _factors(state: str, paper: bool) -> tuple[views.FactorSummary, ...]:
    return views.factors(engine(), _graphs(paper))


@st.cache_resource(max_entries=2, show_spinner=False)
def _held(state: str, paper: bool) -> views.Held:
    return views.held(engine(), _graphs(paper))


@st.cache_resource(max_entries=200, ttl=3600, show_spinner=False)
def _plan(state: str, settings: sessions.Settings, paper: bool) -> sessions.Plan:
    return sessions.plan(engine(), settings, _graphs(paper))


@st.cache_resource(max_entries=200, ttl=3600, show_spinner=False)
def _plan_of_blocks(
    state: str, settings: sessions.Settings, blocks: tuple[sessions.Placed, ...], paper: bool
) -> sessions.Plan:
    return sessions.built(engine(), settings, blocks, _graphs(paper))


@st.cache_resource(max_entries=1, show_spinner=False)
def _ready_made(state: str) -> tuple[sessions.ReadyMade, ...]:
    return sessions.ready_made(engine())


@st.cache_resource(max_entries=200, show_spinner=False)
def _preferred(state: str, settings: sessions.Settings, paper: bool) -> tuple[str, ...]:
    return sessions.preferred(engine(), settings, _graphs(paper))


@st.cache_resource(max_entries=1, show_spinner=False)
def _material(state: str) -> sessions.Material:
    return sessions.material(engine())


@st.cache_resource(max_entries=4, show_spinner=False)
def _offered(state: str, scheme: str) -> dict[str, str]:
    return sessions.offered(engine(), scheme)


@st.cache_resource(max_entries=1, show_spinner=False)
def _vocabulary(state: str) -> views.Vocabulary:
    return views.vocabulary(engine())


def warm() -> None:
    """Read what every visitor needs before the first one comes; the page that meets a fault tells it."""
    with suppress(KgError):
        state = version()
        for kept in (_names, _collection, _facets, _similarity, _factors, _coverage):
            kept(state, False)
        # What was built is read at once; where nothing was, the first search makes its index.
        if _finders().is_built(state):
            _finders().finder(engine(), state)


def found(words: str, without: Sequence[str] = ()) -> Answer:
    """Give what helps with a question in everyday words, parts of it left out."""
    return _finder().find(words, without)


def difficulties_near(words: str) -> tuple[Found, ...]:
    """Give the difficulties that are nearest to what is said in everyday words."""
    return sessions.difficulties_near(_finder(), words)


def _finder() -> Finder:
    return _finders().finder(engine(), version(), chosen_graphs())


def read_first(answer: Answer) -> views.Reading:
    """Give what to read first of what was found."""
    return views.read_first(engine(), answer, chosen_graphs())


def brief_for_a_meeting(answer: Answer, reading: views.Reading) -> Callable[[], Manuscript]:
    """Give what writes a one-page brief of what was found; it may run outside a page."""
    engine_, state, graphs = engine(), version(), chosen_graphs()
    return lambda: export.brief_for_a_meeting(engine_, views.brief(engine_, answer, reading, state, graphs))


def brief_of(slugs: Sequence[str]) -> Callable[[], Manuscript]:
    """Give what writes a one-page brief of a case, or of cases side by side; it may run outside a page."""
    engine_, state, graphs = engine(), version(), chosen_graphs()
    return lambda: export.brief_of_cases(engine_, slugs, state, graphs)


def cards(plan: sessions.Plan) -> Callable[[], Sequence[export.Card]]:
    """Give what makes the cards of a session; it may run outside a page."""
    engine_, graphs = engine(), chosen_graphs()
    return lambda: export.cards_of(engine_, plan, graphs)


def engine() -> Engine:
    """Give the engine that holds the graph of the content as it is now."""
    return service().current().engine


def is_reachable() -> bool:
    """Whether the graph can be asked just now."""
    try:
        service().current()
    except KgError:
        return False
    return True


def paper_alone() -> bool:
    """Whether what the paper says, and nothing else, is asked for."""
    return bool(st.session_state.get(SLOT, False))


def show_all_documents() -> None:
    """Turn the switch to the paper alone off."""
    st.session_state[SLOT] = False


def kept() -> tuple[str, ...]:
    """Give what stands on the shortlist, as the address has it: a stranger may have written it."""
    held = str(st.session_state.get(KEPT) or "")[:_LONGEST_KEPT]
    return tuple(dict.fromkeys(each for each in held.split(".") if _SLUG.fullmatch(each)))


def keep(slugs: Sequence[str]) -> None:
    """Put cases on the shortlist in place of those that were on it."""
    st.session_state[KEPT] = ".".join(slugs)


def _carried() -> dict[str, str]:
    paper = {SLOT: "true"} if paper_alone() else {}
    return {**paper, KEPT: ".".join(kept())} if kept() else paper


def address(**slots: str) -> dict[str, str]:
    """Give the slots of a link to a page, so that the choice of documents and the shortlist go along."""
    return {**slots, **_carried()}


def with_choice(address: str) -> str:
    """Give the address of a page of ours, so that the choice of documents and the shortlist go along."""
    carried = urlencode(_carried())
    return address + ("&" if "?" in address else "?") + carried if carried else address


def names() -> dict[str, str]:
    """Give the name of every case by its slug."""
    return _names(version(), paper_alone())


def all_names() -> dict[str, str]:
    """Give the name of every case of all documents, whatever the address asks for."""
    return _names(version(), False)


def rows(slugs: Sequence[str]) -> list[views.CaseRow]:
    """Give cases as the index shows them, in this order."""
    return _rows(version(), tuple(slugs), paper_alone())


def collection() -> views.Collection:
    """Give what the cases are taken from."""
    return _collection(version(), paper_alone())


def facets() -> views.Facets:
    """Give what the list of cases can be narrowed by."""
    return _facets(version(), paper_alone())


def similarity() -> Similarity:
    """Give what finds places that are alike."""
    return _similarity(version(), paper_alone())


def countries() -> dict[str, str]:
    """Give the country of each case, by its slug."""
    return _countries(version(), paper_alone())


def evidence_map(by: str, readings: bool) -> views.EvidenceMap:
    """Give what is known and not, by what leaders did, by difficulty or by factor."""
    return _evidence_map(version(), by, readings, paper_alone())


def evidence_of(cell: views.EvidenceCell) -> Mapping[str, views.Statement]:
    """Give the statements of a cell of that map."""
    return views.evidence_of(engine(), cell, chosen_graphs())


def smaller_places() -> dict[str, str]:
    """Give the case that speaks of each smaller place, by the name of the place."""
    return _places(version(), paper_alone())


def case(slug: str) -> views.Case:
    """Give one case as its page shows it."""
    return _case(version(), slug, paper_alone())


def comparison(slugs: Sequence[str]) -> views.Comparison:
    """Give cases side by side, in this order."""
    return _comparison(version(), tuple(slugs), paper_alone())


def chronology(slugs: Sequence[str]) -> views.Chronology:
    """Give cases in order of time."""
    return _chronology(version(), tuple(slugs), paper_alone())


def locations() -> views.Locations:
    """Give where cases lie."""
    return _locations(version(), paper_alone())


def plan(settings: sessions.Settings) -> sessions.Plan:
    """Plan a session.

    Raises:
        KgError: If it cannot be planned as it is asked for, with the reason in one sentence.
    """
    return _plan(version(), settings, paper_alone())


def plan_of_blocks(settings: sessions.Settings, blocks: tuple[sessions.Placed, ...]) -> sessions.Plan:
    """Make a plan of blocks that were chosen by hand, without the words that a person wrote to them.

    Raises:
        KgError: If they do not hold together, with the reason in one sentence.
    """
    return _plan_of_blocks(version(), settings, blocks, paper_alone())


def ready_made() -> tuple[sessions.ReadyMade, ...]:
    """Give the sessions that are ready-made, in the order of the factors."""
    return _ready_made(version())


def preferred(settings: sessions.Settings) -> tuple[str, ...]:
    """Give slugs of activities that speak to what a session is about, the nearest first."""
    return _preferred(version(), settings, paper_alone())


def material() -> sessions.Material:
    """Give what sessions are made of."""
    return _material(version())


def offered(scheme: str) -> dict[str, str]:
    """Give what a session can be about, such as difficulties: names by slug."""
    return _offered(version(), scheme)


def coverage() -> views.Coverage:
    """Give what the collection holds and lacks."""
    return _coverage(version(), paper_alone())


def made() -> views.Made:
    """Give how the collection was made, in numbers."""
    return _made(version(), paper_alone())


def changes() -> views.Changes:
    """Give what changed, by release."""
    return _changes(version(), paper_alone())


def withdrawal(slug: str) -> views.Withdrawal | None:
    """Give the withdrawal of a statement of any document; None if it stands, or never was."""
    return views.withdrawal_of(engine(), slug)


def thing(path: str) -> views.Thing:
    """Give any thing as its page shows it."""
    return _thing(version(), path, paper_alone())


def entry(path: str) -> views.Entry:
    """Give a term, a body or a place as its page shows it."""
    return _entry(version(), path, paper_alone())


def terms(scheme: str) -> views.Terms:
    """Give the terms of a list."""
    return _terms(version(), scheme, paper_alone())


def background() -> views.Background:
    """Return what the paper says beside its cases and factors, whichever documents count."""
    return _background(version())


def document(slug: str) -> views.Document:
    """Give one document as its page shows it."""
    return _document(version(), slug, paper_alone())


def told(slug: str) -> views.Told:
    """Give one statement as its page shows it."""
    return _told(version(), slug, paper_alone())


def is_told(slug: str) -> bool:
    """Whether any document holds a statement, whatever is asked for."""
    try:
        _told(version(), slug, False)
    except UnknownName:
        return False
    return True


def factor(slug: str) -> views.Factor:
    """Give one of the five factors as its page shows it."""
    return _factor(version(), slug, paper_alone())


def factors() -> tuple[views.FactorSummary, ...]:
    """Give the five factors in their order."""
    return _factors(version(), paper_alone())


def nearest(room: str, wanted: str) -> tuple[views.Link, ...]:
    """Give the things whose name is most like what was asked for; of all documents, whatever is asked."""
    return views.nearest(engine(), room, wanted)


def vocabulary() -> views.Vocabulary:
    """Give the vocabulary, with how all documents use it."""
    return _vocabulary(version())


def held() -> views.Held:
    """Give what the graph holds, in the terms that a query uses."""
    return _held(version(), paper_alone())


def chosen_graphs() -> views.Graphs:
    """Give the graphs that are asked; None for all of them."""
    return _graphs(paper_alone())


def asked_by_hand(query: str) -> views.Shown:
    """Answer a query that a person has typed, among those from outside and under their limits.

    Raises:
        KgError: If it cannot be answered, with the reason in one sentence.
    """
    asked = service().current().engine, query, chosen_graphs()
    if not _loops or not _loops[0].is_running():
        return views.shown(gathered_now(*asked))
    return views.shown(asyncio.run_coroutine_threadsafe(gathered(*asked), _loops[0]).result())
