"""The graph that pages draw, and what is kept of it as long as it stays the same."""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, update_wrapper
from typing import Concatenate, Generic, ParamSpec, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from kg import export, sessions, views
from kg.engine import Engine
from kg.engine.interactive import collect, collect_sync
from kg.errors import KgError, TooCostly, UnknownName
from kg.export import Manuscript
from kg.graph.content import content_of_environment
from kg.search import Finder, Finders, SearchAnswer, SearchResult
from kg.service import ServedGraph, Service, service_of_environment
from kg.similarity import Similarity
from kg.similarity import similarity as similarity_of

# The slot of an address that asks for the paper alone.
SLOT = "paper"
# The slot that holds the shortlist: slugs of cases, with a full stop between them.
KEPT = "keep"
_SERVED = "state of the graph"
_LONGEST_KEPT = 1000
_SLUG = re.compile(r"[a-z0-9-]+")
# A plan becomes overdue by the mere passing of days, so a page is drawn anew at least each hour.
_HOUR = 3600
# The longest that a query which someone typed may take with all its waiting.
_LONGEST_QUERY = 120.0
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """What an address asks for beside its page, and what links carry on.

    Attributes:
        paper: Whether the paper alone is asked.
        kept: Slugs on the shortlist, as a stranger may have written them.
        served: The state of the graph to ask; the latest if None.
    """

    paper: bool = False
    kept: tuple[str, ...] = ()
    served: ServedGraph | None = None

    @classmethod
    def of(cls, slot: Callable[[str], str | None], served: ServedGraph | None = None) -> "Choice":
        """Read the choice from an address.

        Args:
            slot: Returns the value of a slot of the address; None where it has none.
            served: The state of the graph to ask.
        """
        held = (slot(KEPT) or "")[:_LONGEST_KEPT]
        kept = tuple(dict.fromkeys(part for part in held.split(".") if _SLUG.fullmatch(part)))
        return cls(slot(SLOT) == "true", kept, served)


# Set where a page is drawn outside a session of Streamlit.
_outside: ContextVar[Choice | None] = ContextVar("choice", default=None)


@contextmanager
def chosen(choice: Choice) -> Iterator[None]:
    """Draw what follows for one choice, outside a session of Streamlit."""
    before = _outside.set(choice)
    try:
        yield
    finally:
        _outside.reset(before)


def choice() -> Choice:
    """Return what the open address asks for."""
    return _outside.get() or Choice.of(st.query_params.get)


@cache
def service() -> Service:
    """Give what keeps the graph open, for the pages and for everything else on the same port."""
    return service_of_environment(content_of_environment())


@cache
def _finders() -> Finders:
    return Finders(content_of_environment().root / "build")


# The event loop of the server, on which queries from outside run; none where there is no server.
_loops: list[asyncio.AbstractEventLoop] = []


def serve_on(loop: asyncio.AbstractEventLoop) -> None:
    """Name the event loop of the server."""
    _loops[:] = [loop]


def begin_run() -> None:
    """Let this run of a page draw the graph as it is now, and the same one until its end."""
    st.session_state.pop(_SERVED, None)


def served() -> ServedGraph:
    """Give the state of the graph that this run of a page draws.

    It is chosen once, so a page never mixes two states, nor does what is drawn anew of it alone.

    Raises:
        KgError: If the graph cannot be asked, with the reason.
    """
    outside = _outside.get()
    if outside is not None and outside.served is not None:
        return outside.served
    if get_script_run_ctx(suppress_warning=True) is None:
        return service().current()
    if _SERVED not in st.session_state:
        st.session_state[_SERVED] = service().current()
    chosen: ServedGraph = st.session_state[_SERVED]
    return chosen


def version() -> str:
    """Name the state of the content."""
    return served().version


@dataclass(frozen=True)
class State:
    """What is asked: one state of the graph, whole or the paper alone."""

    served: ServedGraph
    paper: bool

    @property
    def engine(self) -> Engine:
        """What answers."""
        return self.served.engine

    @property
    def graphs(self) -> views.Graphs:
        """The graphs to ask; None for all of them."""
        return _graphs_of_the_paper(self.served) if self.paper else None

    @property
    def key(self) -> tuple[str, bool]:
        """What tells it from every other."""
        return self.served.version, self.paper


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={ServedGraph: lambda served: served.version})
def _graphs_of_the_paper(served: ServedGraph) -> views.Graphs:
    return views.graphs_of_the_paper(served.engine)


class CachedView(Generic[P, T]):
    """A view of the graph, made once for each state of it and each set of arguments.

    Args:
        view: Makes the view.
        entries: How many are kept.
        seconds: How long each is kept; None for as long as the state is asked.
        whole: Whether it is always made of all documents, whatever is chosen.
    """

    def __init__(
        self, view: Callable[Concatenate[State, P], T], entries: int, seconds: int | None, whole: bool
    ) -> None:
        self._whole = whole
        keep = st.cache_resource(
            max_entries=entries, ttl=seconds, show_spinner=False, hash_funcs={State: lambda at: at.key}
        )
        self._kept: Callable[Concatenate[State, P], T] = keep(view)

    def __call__(self, *given: P.args, **named: P.kwargs) -> T:
        """Give the view of what this run of a page asks."""
        return self.at(State(served(), paper_alone() and not self._whole), *given, **named)

    def of_all_documents(self, *given: P.args, **named: P.kwargs) -> T:
        """Give the view of all documents, whatever is chosen."""
        return self.at(State(served(), False), *given, **named)

    def at(self, state: State, *given: P.args, **named: P.kwargs) -> T:
        """Give the view of one state."""
        return self._kept(state, *given, **named)


def of_the_graph(
    entries: int = 2, *, seconds: int | None = None, whole: bool = False
) -> Callable[[Callable[Concatenate[State, P], T]], CachedView[P, T]]:
    """Keep a view of the graph as long as the graph stays the same; see `CachedView`."""

    def decorate(view: Callable[Concatenate[State, P], T]) -> CachedView[P, T]:
        kept = CachedView(view, entries, seconds, whole)
        update_wrapper(kept, view)
        return kept

    return decorate


def warm() -> None:
    """Read what every visitor needs before the first one comes; the page that meets a fault tells it."""
    with suppress(KgError):
        now = State(service().current(), paper=False)
        for each in (names, collection, facets, overview, similarity, factors, coverage):
            each.at(now)
        # What was built is read at once; where nothing was, the first search makes its index.
        if _finders().has_index(now.served.version):
            _finders().finder(now.engine, now.served.version)


def search(words: str, without: Sequence[str] = ()) -> SearchAnswer:
    """Give what helps with a question in everyday words, parts of it left out."""
    return _finder().find(words, without)


def difficulties_near(words: str) -> tuple[SearchResult, ...]:
    """Give the difficulties that are nearest to what is said in everyday words."""
    return sessions.difficulties_near(_finder(), words)


def _finder() -> Finder:
    return _finders().finder(engine(), version(), chosen_graphs())


def read_first(answer: SearchAnswer) -> views.ReadingList:
    """Give what to read first of what was found."""
    return views.read_first(engine(), answer, chosen_graphs())


def brief_for_a_meeting(answer: SearchAnswer, reading: views.ReadingList) -> Callable[[], Manuscript]:
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
    """Give the engine that holds the state of the graph that this run of a page draws."""
    return served().engine


def is_reachable() -> bool:
    """Whether the graph can be asked just now."""
    try:
        service().current()
    except KgError:
        return False
    return True


def paper_alone() -> bool:
    """Whether what the paper says, and nothing else, is asked for."""
    return choice().paper


def shortlisted() -> tuple[str, ...]:
    """Return the slugs on the shortlist, as the address has them: a stranger may have written it."""
    return choice().kept


def _carried(paper: bool, kept: Sequence[str]) -> dict[str, str]:
    return {**({SLOT: "true"} if paper else {}), **({KEPT: ".".join(kept)} if kept else {})}


def address(**slots: str) -> dict[str, str]:
    """Return the slots of a link to a page, so that the choice of documents and the shortlist go along."""
    return {**slots, **_carried(paper_alone(), shortlisted())}


def with_choice(address: str) -> str:
    """Return the address of a page of ours, so that the choice of documents and the shortlist go along."""
    return _joined(address, paper_alone(), shortlisted())


def with_documents(address: str, paper: bool) -> str:
    """Return the address of a page for the paper alone, or for all documents."""
    return _joined(address, paper, shortlisted())


def with_kept(address: str, kept: Sequence[str]) -> str:
    """Return the address of a page with these cases on the shortlist."""
    return _joined(address, paper_alone(), kept)


def _joined(address: str, paper: bool, kept: Sequence[str]) -> str:
    path, hash_, place = address.partition("#")
    carried = urlencode(_carried(paper, kept))
    return path + (("&" if "?" in path else "?") + carried if carried else "") + hash_ + place


def all_names() -> dict[str, str]:
    """Give the name of every case of all documents, whatever the address asks for."""
    return names.of_all_documents()


@of_the_graph()
def names(at: State) -> dict[str, str]:
    """Give the name of every case by its slug."""
    return views.case_list(at.engine, at.graphs)


@of_the_graph(200)
def _rows(at: State, slugs: tuple[str, ...]) -> list[views.CaseRow]:
    found = {row.slug: row for row in views.case_rows(at.engine, at.graphs, slugs)}
    return [found[slug] for slug in slugs if slug in found]


def rows(slugs: Sequence[str]) -> list[views.CaseRow]:
    """Give cases as the index shows them, in this order."""
    return _rows(tuple(slugs))


@of_the_graph()
def collection(at: State) -> views.Collection:
    """Give what the cases are taken from."""
    return views.collection(at.engine, at.graphs)


@of_the_graph()
def facets(at: State) -> views.Facets:
    """Give what the list of cases can be narrowed by."""
    return views.facets(at.engine, at.graphs)


@of_the_graph()
def overview(at: State) -> views.Overview:
    """Return every case at a glance."""
    return views.overview(at.engine, at.graphs)


@of_the_graph()
def similarity(at: State) -> Similarity:
    """Give what finds places that are alike."""
    return similarity_of(at.engine, at.graphs)


@of_the_graph()
def countries(at: State) -> dict[str, str]:
    """Give the country of each case, by its slug."""
    return views.case_countries(at.engine, at.graphs)


@of_the_graph(12)
def evidence_map(at: State, by: str, readings: bool) -> views.EvidenceMap:
    """Give what is known and not, by what leaders did, by difficulty or by factor."""
    return views.evidence_map(at.engine, by, at.graphs, readings=readings)


def evidence_of(cell: views.EvidenceCell) -> Mapping[str, views.Statement]:
    """Give the statements of a cell of that map."""
    return views.evidence_of(engine(), cell, chosen_graphs())


@of_the_graph()
def smaller_places(at: State) -> dict[str, str]:
    """Give the case that speaks of each smaller place, by the name of the place."""
    return views.smaller_places(at.engine, at.graphs)


@of_the_graph(500, seconds=_HOUR)
def case(at: State, slug: str) -> views.Case:
    """Give one case as its page shows it."""
    return views.case(at.engine, slug, at.graphs)


@of_the_graph(500, seconds=_HOUR)
def story(at: State, slug: str) -> views.Story:
    """Return the story of one case."""
    return views.story_of(at.engine, slug, at.graphs)


@of_the_graph(100, seconds=_HOUR)
def _comparison(at: State, slugs: tuple[str, ...]) -> views.Comparison:
    return views.comparison(at.engine, [case.at(at, slug) for slug in slugs], at.graphs)


def comparison(slugs: Sequence[str]) -> views.Comparison:
    """Give cases side by side, in this order."""
    return _comparison(tuple(slugs))


@of_the_graph(50, seconds=_HOUR)
def _chronology(at: State, slugs: tuple[str, ...]) -> views.Chronology:
    named = names.at(at)
    return views.chronology(at.engine, {slug: named[slug] for slug in slugs}, at.graphs)


def chronology(slugs: Sequence[str]) -> views.Chronology:
    """Give cases in order of time."""
    return _chronology(tuple(slugs))


@of_the_graph()
def locations(at: State) -> views.Locations:
    """Give where cases lie."""
    return views.locations(at.engine, at.graphs)


@of_the_graph(200, seconds=_HOUR)
def plan(at: State, settings: sessions.Settings) -> sessions.Plan:
    """Plan a session.

    Raises:
        KgError: If it cannot be planned as it is asked for, with the reason in one sentence.
    """
    return sessions.plan(at.engine, settings, at.graphs)


@of_the_graph(200, seconds=_HOUR)
def plan_of_blocks(
    at: State, settings: sessions.Settings, blocks: tuple[sessions.BlockChoice, ...]
) -> sessions.Plan:
    """Make a plan of blocks that were chosen by hand, without the words that a person wrote to them.

    Raises:
        KgError: If they do not hold together, with the reason in one sentence.
    """
    return sessions.plan_from_blocks(at.engine, settings, blocks, at.graphs)


@of_the_graph(1, whole=True)
def ready_made(at: State) -> tuple[sessions.ReadyMade, ...]:
    """Give the sessions that are ready-made, in the order of the factors."""
    return sessions.ready_made(at.engine)


@of_the_graph(200)
def preferred_activities(at: State, settings: sessions.Settings) -> tuple[str, ...]:
    """Give slugs of activities that speak to what a session is about, the nearest first."""
    return sessions.preferred_activities(at.engine, settings, at.graphs)


@of_the_graph(1, whole=True)
def material(at: State) -> sessions.Material:
    """Give what sessions are made of."""
    return sessions.material(at.engine)


@of_the_graph(4, whole=True)
def session_choices(at: State, scheme: str) -> dict[str, str]:
    """Give what a session can be about, such as difficulties: names by slug."""
    return sessions.choices_in(at.engine, scheme)


@of_the_graph()
def coverage(at: State) -> views.Coverage:
    """Give what the collection holds and lacks."""
    return views.coverage(at.engine, at.graphs)


@of_the_graph()
def collection_stats(at: State) -> views.CollectionStats:
    """Give how the collection was made, in numbers."""
    return views.collection_stats(at.engine, at.graphs)


@of_the_graph()
def changes(at: State) -> views.Changes:
    """Give what changed, by release."""
    return views.changes(at.engine, at.graphs)


def withdrawal(slug: str) -> views.Withdrawal | None:
    """Give the withdrawal of a statement of any document; None if it stands, or never was."""
    return views.withdrawal_of(engine(), slug)


@of_the_graph(200, seconds=_HOUR)
def thing(at: State, path: str) -> views.Thing:
    """Give any thing as its page shows it."""
    return views.thing(at.engine, path, at.graphs)


@of_the_graph(500, seconds=_HOUR)
def entry(at: State, path: str) -> views.Entry:
    """Give a term, a body or a place as its page shows it."""
    return views.entry(at.engine, path, at.graphs)


@of_the_graph(100)
def name_of(at: State, path: str) -> str | None:
    """Return what a thing is called, whichever documents speak of it; None if there is no such thing."""
    return views.name_of(at.engine, path)


@of_the_graph(30)
def terms(at: State, scheme: str) -> views.Terms:
    """Give the terms of a list."""
    return views.terms(at.engine, scheme, at.graphs)


@of_the_graph(1, whole=True)
def background(at: State) -> views.Background:
    """Return what the paper says beside its cases and factors, whichever documents count."""
    return views.background(at.engine, State(at.served, paper=True).graphs)


@of_the_graph()
def documents(at: State) -> tuple[views.ListedDocument, ...]:
    """Return all documents, by kind and name."""
    return views.document_list(at.engine, at.graphs)


@of_the_graph(200, seconds=_HOUR)
def document(at: State, slug: str) -> views.Document:
    """Give one document as its page shows it."""
    return views.document(at.engine, slug, at.graphs)


@of_the_graph(500, seconds=_HOUR)
def statement_page(at: State, slug: str) -> views.StatementPage:
    """Give one statement as its page shows it."""
    return views.statement_page(at.engine, slug, at.graphs)


def is_told(slug: str) -> bool:
    """Whether any document holds a statement, whatever is asked for."""
    try:
        statement_page.of_all_documents(slug)
    except UnknownName:
        return False
    return True


@of_the_graph(10, seconds=_HOUR)
def factor(at: State, slug: str) -> views.Factor:
    """Give one of the five factors as its page shows it."""
    return views.factor(at.engine, slug, at.graphs)


@of_the_graph()
def factors(at: State) -> tuple[views.FactorSummary, ...]:
    """Give the five factors in their order."""
    return views.factors(at.engine, at.graphs)


def nearest(room: str, wanted: str) -> tuple[views.Link, ...]:
    """Give the things whose name is most like what was asked for; of all documents, whatever is asked."""
    return views.nearest(engine(), room, wanted)


@of_the_graph(1, whole=True)
def vocabulary(at: State) -> views.Vocabulary:
    """Give the vocabulary, with how all documents use it."""
    return views.vocabulary(at.engine)


@of_the_graph()
def graph_summary(at: State) -> views.GraphSummary:
    """Give what the graph holds, in the terms that a query uses."""
    return views.graph_summary(at.engine, at.graphs)


def chosen_graphs() -> views.Graphs:
    """Give the graphs that are asked; None for all of them."""
    return State(served(), paper_alone()).graphs


def answer_of(query: str) -> views.AnswerView:
    """Answer a query that a person has typed, among those from outside and under their limits.

    Raises:
        KgError: If it cannot be answered, with the reason in one sentence.
    """
    asked = served().engine, query, chosen_graphs()
    if not _loops or not _loops[0].is_running():
        return views.answer_view(collect_sync(*asked))
    answer = asyncio.run_coroutine_threadsafe(collect(*asked), _loops[0])
    try:
        return views.answer_view(answer.result(_LONGEST_QUERY))
    except TimeoutError as error:
        answer.cancel()
        raise TooCostly("The query was not answered in time; ask for less, or try again.") from error
