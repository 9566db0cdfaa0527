"""Every thing of the graph that has an address of ours, and what is said of it, as triples."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rdflib import URIRef
from rdflib.term import Node

from kg.check.requirements import Requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.oxigraph import Triple
from kg.queries.questions import rows
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import BASE, PREFIXES, ROOMS

__all__ = ["READING_SCHEMES", "TERMS", "Things", "describe_thing", "page_of", "things"]

# The room of the vocabulary, beside those of the data.
TERMS = "def"
_ROOMS = (*ROOMS, TERMS)
_GRAPHS = "graph"
# Rooms whose things have a page of their kind, called like the room.
_PAGES = {"body", "case", "claim", "place", "source"}
_PAGES_OF_SCHEMES = {"factors": "factor", "practices": "practice"}
# Lists of terms that a leader reads, each term on a page; the others say how the data is made.
READING_SCHEMES = (
    "bodies",
    "challenges",
    "conditions",
    "facilitator-practices",
    "goals",
    "outcomes",
    "parties",
    "principles",
    "qualities",
    "service-actions",
    "setbacks",
)
_WHAT = {TERMS: "term", "scheme": "concept or scheme"}


def page_of(thing: str) -> str:
    """Give the address of the page that shows a thing of ours, without a slash before it.

    >>> page_of(BASE + "case/leeds"), page_of(BASE + "claim/leeds-1"), page_of(BASE + "def/Claim")
    ('case?id=leeds', 'claim?id=leeds-1', 'vocabulary?term=Claim')
    >>> page_of(BASE + "scheme/practices/pool-budgets"), page_of(BASE + "scheme/challenges/earthquakes")
    ('practice?id=pool-budgets', 'concept?id=challenges/earthquakes')
    >>> page_of(BASE + "scheme/practices"), page_of(BASE + "scheme/factors")
    ('concept?id=practices', 'factors')
    >>> page_of(BASE + "scheme/bases/explicit")
    'thing?id=scheme/bases/explicit'
    """
    path = thing.removeprefix(BASE)
    room, _, slug = path.partition("/")
    scheme, _, concept = slug.partition("/")
    if room in _PAGES:
        return _address(room, id=slug)
    if room == TERMS:
        return _address("vocabulary", term=slug) if slug else "vocabulary"
    if room == "scheme" and concept and scheme in _PAGES_OF_SCHEMES:
        return _address(_PAGES_OF_SCHEMES[scheme], id=concept)
    if path == "scheme/factors":
        return "factors"
    if room == "scheme" and scheme in (*READING_SCHEMES, "practices"):
        return _address("concept", id=slug)
    return _address("thing", id=path)


def _address(page: str, **slots: str) -> str:
    return f"{page}?{urlencode(slots, safe='/')}"


@dataclass(frozen=True)
class Things:
    """The addresses of ours that something stands at.

    Attributes:
        slugs: The last part of each address, by room; in the room `scheme` also `scheme/concept`.
    """

    slugs: Mapping[str, frozenset[str]]

    def named(self, room: str, slug: str) -> URIRef:
        """Give the IRI of a thing.

        Args:
            room: The first part of its address, such as `case`.
            slug: The rest of it, which may be anything that a stranger wrote.

        Raises:
            UnknownName: If there is no such thing; the nearest name is offered.
        """
        known = self.slugs.get(room, frozenset())
        if slug not in known:
            raise UnknownName(_WHAT.get(room, room), " ".join(slug[:100].split()), known)
        return URIRef(f"{BASE}{room}/{slug}")


@row_of("class-counts")
class _ClassRow:
    class_: URIRef


@row_of("class-things")
class _InstanceRow:
    thing: str


@row_of("graph-list")
class _GraphRow:
    graph: str


def things(engine: Engine, requirements: Requirements) -> Things:
    """List the things that have an address.

    Args:
        engine: Where to ask.
        requirements: The shapes, which the graph does not hold.
    """
    classes = [row.class_ for row in rows_as(_ClassRow, engine)]
    found = [row.thing for row in rows_as(_InstanceRow, engine, class_=classes)]
    found += [row.graph for row in rows_as(_GraphRow, engine)]
    found += map(str, requirements.names)
    by_room: dict[str, set[str]] = {room: set() for room in _ROOMS}
    for each in found:
        # Part of a document is found in the document.
        room, slash, slug = each.partition("#")[0].removeprefix(BASE).partition("/")
        if slash and room in by_room:
            by_room[room].add(slug)
    return Things({room: frozenset(slugs) for room, slugs in by_room.items()})


def describe_thing(
    engine: Engine,
    thing: URIRef,
    requirements: Requirements,
    graphs: Sequence[URIRef] | None = None,
) -> list[Triple]:
    """Say of a thing what the graph says of it.

    Args:
        engine: Where to ask.
        thing: A thing that `things` lists.
        requirements: The shapes, which the graph does not hold.
        graphs: Graphs to ask; all of them if None.

    Returns:
        Its own triples, those that point to it, what joins it to concepts or statements as an
        illustration, and kind and name of each thing referred to. Of a named graph: what it holds.
    """
    if thing.startswith(PREFIXES[_GRAPHS]):
        return _triples(rows(engine, "graph-triples", {"graph": [thing]}).rows)
    given = {"thing": [thing]}
    found = [
        triple
        for name in ("thing-triples", "thing-names", "thing-illustrations")
        for triple in _triples(rows(engine, name, given, graphs).rows)
    ]
    return list(dict.fromkeys([*found, *requirements.touching(thing)]))


def _triples(found: Iterable[tuple[Node | None, ...]]) -> list[Triple]:
    return [
        (subject, predicate, obj)
        for *_, subject, predicate, obj in found
        if subject is not None and predicate is not None and obj is not None
    ]
