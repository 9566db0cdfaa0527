"""Ways between things, told as sentences: each step a statement, with where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from math import log

import networkx as nx
from rdflib import URIRef

from kg import words
from kg.engine import Engine
from kg.errors import BadQuery
from kg.network.kinds import CASE, kind_named
from kg.network.ties import Network, NetworkThing, Tie, TieCertainty
from kg.queries.typed_rows import row_of, rows_as
from kg.views import Statement
from kg.views.statements import recorded_statements

__all__ = ["MOST", "Leg", "PathStep", "Way", "leading", "legs_between", "told_paths", "ways"]

MOST = 5
_DIFFICULTY = kind_named("challenges")
# One step more always outweighs these two: of ways of the same length, the one over surer statements comes
# first, then the one over things that fewer others are tied to, which say more.
_LESS_SURE = 0.01
_COMMON = 0.001
# How a statement leads to a concept that it does not name, by how sure the reading is.
_FILED = {
    1: "It names",
    2: "Our reading, strong: it is an example of",
    3: "Our reading, medium: it is an example of",
    4: "Our reading, weak: it may be an example of",
}


@dataclass(frozen=True)
class Leg:
    """One step before its statements are fetched.

    Attributes:
        start: Where it begins.
        end: Where it leads.
        ties: The ties between the two, surest first.
    """

    start: NetworkThing
    end: NetworkThing
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class PathStep:
    """One step of a way, told.

    Attributes:
        start: Where it begins.
        end: Where it leads.
        sentence: What ties the two, with all that has to be said of it.
        link: How the first statement leads to what it does not name; "" where it names it.
        statements: The statements that people read of it, surest first; the sentence is of the first. There
            is none where a document ties the two only by how it is arranged.
        claims: IRIs of all claims that tie the two.
        standing: How the first stands in its source.
        where: The document, and where in it the first stands.
        passages: IRIs of the places where the first stands.
    """

    start: NetworkThing
    end: NetworkThing
    sentence: str
    link: str
    statements: tuple[Statement, ...]
    claims: tuple[str, ...]
    standing: TieCertainty
    where: str
    passages: tuple[str, ...]


Way = tuple[PathStep, ...]


def ways(network: Network, start: NetworkThing, end: NetworkThing, most: int = MOST) -> list[tuple[Leg, ...]]:
    """Find the ways between two things that pass no thing twice, the shortest first.

    Args:
        network: The network.
        start: Where to begin.
        end: Where to lead.
        most: How many at most.

    Returns:
        Ways in steps, none if nothing joins the two. Of equally short ways, first those over surer
        statements, then those over what fewer things are tied to.

    Raises:
        BadQuery: If both are the same.
    """
    if start == end:
        raise BadQuery(f"“{start.name}” is connected with itself; name two different things.")
    graph = _costed(network)
    try:
        found = list(islice(nx.shortest_simple_paths(graph, start.iri, end.iri, weight="cost"), most))
    except nx.NetworkXNoPath:
        return []
    return [tuple(legs_between(network, each)) for each in found]


def leading(network: Network, difficulty: NetworkThing, most: int = MOST) -> list[tuple[Leg, ...]]:
    """Find what leads from a difficulty to what leaders did against it, and to a case where it was done.

    Args:
        network: The network.
        difficulty: The difficulty.
        most: How many ways at most.

    Returns:
        Ways of two steps, surest first: what is offered against the difficulty, and a case in which it is
        found. That it helped there is not said.

    Raises:
        BadQuery: If it is no difficulty.
    """
    if difficulty.kind is not _DIFFICULTY:
        raise BadQuery(
            f"“{difficulty.name}” is not a difficulty: {difficulty.kind.name.lower()}. Name two things."
        )
    graph = network.graph
    found: list[tuple[tuple[float, str, str], tuple[Leg, ...]]] = []
    for practice in graph[difficulty.iri]:
        offered = tuple(tie for tie in graph[difficulty.iri][practice]["ties"] if tie.relation == "answers")
        if not offered:
            continue
        of = network.things[practice]
        for case in graph[practice]:
            place = network.things[case]
            shown = tuple(tie for tie in graph[practice][case]["ties"] if tie.found)
            if place.kind is CASE and shown:
                legs = Leg(difficulty, of, offered), Leg(of, place, shown)
                found.append(((sum(_doubt(leg.ties[0]) for leg in legs), of.name, place.name), legs))
    return [legs for _, legs in sorted(found, key=lambda each: each[0])[:most]]


def legs_between(network: Network, iris: Sequence[str]) -> Iterator[Leg]:
    """Give the legs of a way through these things."""
    for one, other in pairwise(iris):
        yield Leg(network.things[one], network.things[other], network.graph[one][other]["ties"])


def told_paths(
    engine: Engine, found: Sequence[Sequence[Leg]], graphs: Sequence[URIRef] | None = None
) -> list[Way]:
    """Tell ways as sentences.

    Args:
        engine: Where to ask.
        found: The ways, from `ways` or `leading`.
        graphs: Graphs to ask; all of them if None.
    """
    claims = list(dict.fromkeys(tie.claim for legs in found for leg in legs for tie in leg.ties))
    if not claims:
        return []
    told = [tie.told for legs in found for leg in legs for tie in leg.ties if tie.told is not None]
    statements = recorded_statements(engine, [*claims, *told], graphs)
    passages: dict[str, dict[str, None]] = {}
    for row in rows_as(_PassageRow, engine, graphs, claim=[URIRef(claim) for claim in claims]):
        passages.setdefault(row.claim, {})[row.passage] = None
    return [tuple(_step(leg, statements, passages) for leg in legs) for legs in found]


@row_of("statement-places")
class _PassageRow:
    claim: str
    passage: str


def _step(leg: Leg, statements: dict[str, Statement], passages: dict[str, dict[str, None]]) -> PathStep:
    told = tuple(dict.fromkeys(tie.told for tie in leg.ties if tie.told is not None))
    first = next((tie for tie in leg.ties if tie.told is not None), leg.ties[0])
    said, link = statements[first.told or first.claim], _link(leg, first)
    sentence = " ".join(each for each in (said.text, link, *words.how(said)) if each)
    return PathStep(
        leg.start,
        leg.end,
        sentence if told else _arranged(leg, first),
        link,
        tuple(statements[claim] for claim in told),
        tuple(dict.fromkeys(tie.claim for tie in leg.ties)),
        first.standing,
        words.where(said),
        tuple(passages[first.claim]),
    )


def _arranged(leg: Leg, tie: Tie) -> str:
    """Say that a document sets one thing out under another, which is all that it says of the two."""
    one, other = (leg.start, leg.end) if tie.start == leg.start.iri else (leg.end, leg.start)
    return f"“{one.name}” is set out in the section on “{other.name}”."


def _link(leg: Leg, tie: Tie) -> str:
    concept = leg.end if tie.end == leg.end.iri else leg.start
    if tie.part == "filed":
        if tie.found:
            return f"{_FILED[tie.strength]} “{concept.name}”."
        what = "It tells of a difficulty with" if tie.is_hard(concept.kind.slug) else "It speaks of"
        return f"{what} “{concept.name}”; that this was done or met there is not said."
    return f"It tells of a set-back: {concept.name.lower()}." if tie.part == "setback" else ""


@lru_cache(maxsize=4)
def _costed(network: Network) -> "nx.Graph[str]":
    graph = network.graph
    costed: nx.Graph[str] = nx.Graph()
    degree = dict(graph.degree)
    for one, other in graph.edges:
        ties: tuple[Tie, ...] = graph[one][other]["ties"]
        common = log(max(degree[one], 1)) + log(max(degree[other], 1))
        costed.add_edge(one, other, cost=1 + _LESS_SURE * _doubt(ties[0]) + _COMMON * common / 2)
    costed.add_nodes_from(graph)
    return costed


def _doubt(tie: Tie) -> float:
    """How unsure a tie is: 0 if stated as fact, up to 1 for a hint or what is only hoped for."""
    return list(TieCertainty).index(tie.standing) / 2
