"""Projections: the network seen from one side, each with what its edges and their weights mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from kg.errors import UnknownName
from kg.network.betweenness import Table, column_counts
from kg.network.kinds import BODY, CASE, ThingKind, kind_named
from kg.network.ties import Network, NetworkThing
from kg.similarity import FEWEST_SHARED, ratios, weights

__all__ = [
    "ALIKE_BY",
    "FOUND",
    "PROJECTIONS",
    "Incidence",
    "Projection",
    "alike_rows",
    "alikeness",
    "found_in",
    "projection",
]

# The kinds of concept that are found in cases.
FOUND = tuple(
    kind_named(slug)
    for slug in (
        "practices",
        "challenges",
        "outcomes",
        "factors",
        "service-actions",
        "parties",
        "principles",
        "qualities",
        "setbacks",
    )
)
_PRACTICES, _OUTCOMES, _FACTORS = (kind_named(slug) for slug in ("practices", "outcomes", "factors"))
# What cases are alike by: not results, which depend on what was measured, nor factors, which nearly all
# share.
ALIKE_BY = tuple(
    kind_named(slug) for slug in ("challenges", "practices", "service-actions", "parties", "setbacks")
)
# Of each case only the cases most like it are joined, so that a large collection stays a network.
_MOST_ALIKE = 10
_ROWS_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Incidence:
    """Which concept is found in which case.

    Attributes:
        cases: The rows: every case in which something is found, by name.
        concepts: The columns: every concept found in a case, by name.
        statements: How many statements say so.
    """

    cases: tuple[NetworkThing, ...]
    concepts: tuple[NetworkThing, ...]
    statements: Table

    @property
    def table(self) -> Table:
        """1 where a concept is found in a case."""
        entries = self.statements
        return csr_array((np.ones(entries.nnz), entries.indices, entries.indptr), shape=entries.shape)

    def cases_of(self, concept: int) -> tuple[NetworkThing, ...]:
        """The cases in which a concept is found, by its column."""
        column = self.statements[:, [concept]].tocoo()
        return tuple(self.cases[row] for row in sorted(column.coords[0]))


@dataclass(frozen=True, eq=False)
class Projection:
    """The network seen from one side.

    Attributes:
        name: What it is called on the command line and in addresses.
        title: What it is about, in words.
        edge: What it means that two things are joined.
        weight: What the weight of an edge counts.
        graph: Nodes are IRIs; edges have a `weight`.
    """

    name: str
    title: str
    edge: str
    weight: str
    graph: "nx.Graph[str]"


def found_in(network: Network, kinds: tuple[ThingKind, ...] = FOUND) -> Incidence:
    """Tell which concepts of these kinds are found in which case: see `Tie.found`."""
    wanted = set(kinds)
    claims: dict[tuple[str, str], set[str]] = {}
    for tie in network.ties:
        start, end = network.things[tie.start], network.things[tie.end]
        if start.kind is CASE and end.kind in wanted and tie.found:
            claims.setdefault((tie.start, tie.end), set()).add(tie.told or tie.claim)
    cases = _by_name(network, {case for case, _ in claims})
    concepts = _by_name(network, {concept for _, concept in claims})
    row = {each.iri: place for place, each in enumerate(cases)}
    column = {each.iri: place for place, each in enumerate(concepts)}
    counts = np.array([len(claim) for claim in claims.values()], dtype=np.float64)
    at = np.array([(row[case], column[concept]) for case, concept in claims], dtype=np.int64).reshape(-1, 2)
    table = csr_array((counts, (at[:, 0], at[:, 1])), shape=(len(cases), len(concepts)))
    return Incidence(cases, concepts, table)


def _by_name(network: Network, iris: set[str]) -> tuple[NetworkThing, ...]:
    return tuple(
        sorted((network.things[iri] for iri in iris), key=lambda each: (each.name.casefold(), each.iri))
    )


def _case_concept(network: Network) -> Projection:
    found = found_in(network)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((case.iri for case in found.cases), bipartite=0)
    graph.add_nodes_from((concept.iri for concept in found.concepts), bipartite=1)
    entries = found.statements.tocoo()
    for row, column, count in zip(*entries.coords, entries.data, strict=True):
        graph.add_edge(found.cases[row].iri, found.concepts[column].iri, weight=int(count))
    return Projection(
        "case-concept",
        "Cases, and what is found in them",
        "A statement about the case says, or is read to say, that this was met, done or reported there.",
        "How many statements say so.",
        graph,
    )


def _practice_pairs(network: Network) -> Projection:
    found = found_in(network, (_PRACTICES,))
    together = (found.table.T @ found.table).tocoo()
    return Projection(
        "practice-pairs",
        "What leaders did in the same cases",
        "Both are found in at least one case. That one goes with the other is not said.",
        "In how many cases both are found.",
        _pairs(found.concepts, together.row.astype(np.int64), together.col.astype(np.int64), together.data),
    )


def _case_similarity(network: Network) -> Projection:
    cases, first, second, alike = alikeness(network)
    return Projection(
        "case-similarity",
        "Cases that are alike in what was met and done",
        f"Each case is joined to the {_MOST_ALIKE} most like it that share at least {FEWEST_SHARED} things.",
        "What is found in both, as a share of what is found in either; what fewer cases have weighs more.",
        _pairs(cases, first, second, alike),
    )


def alikeness(
    network: Network,
) -> tuple[tuple[NetworkThing, ...], npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Say how alike cases are, by the weights and the ratio of `kg.similarity`.

    Returns:
        The cases, and for each pair of them that counts: the row of the one, of the other, and how alike.
    """
    found = found_in(network, ALIKE_BY)
    return (found.cases, *alike_rows(found.table))


def alike_rows(
    table: Table,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Say how alike the rows of a table are: each with those most like it that share enough to compare."""
    weight = weights(column_counts(table))
    total = np.asarray(table @ weight, dtype=np.float64)
    found = table.toarray()
    firsts, seconds, values = [], [], []
    for begin in range(0, len(found), _ROWS_AT_ONCE):
        rows = found[begin : begin + _ROWS_AT_ONCE]
        shared, count = (rows * weight) @ found.T, rows @ found.T
        for at, row in enumerate(range(begin, begin + len(rows))):
            value = np.where(count[at] >= FEWEST_SHARED, ratios(shared[at], float(total[row]), total), 0.0)
            value[row] = 0.0
            best = _largest(value, _MOST_ALIKE)
            firsts.append(np.full(len(best), row))
            seconds.append(best)
            values.append(value[best])
    if not firsts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    return (
        np.concatenate(firsts).astype(np.int64),
        np.concatenate(seconds).astype(np.int64),
        np.concatenate(values).astype(np.float64),
    )


def _largest(values: npt.NDArray[np.float64], most: int) -> npt.NDArray[np.int64]:
    """Give the places of the largest values above 0, the largest first; of equal ones the first."""
    least = np.partition(values, -most)[-most] if len(values) > most else 0.0
    candidates = np.flatnonzero((values >= least) & (values > 0))
    return candidates[np.lexsort((candidates, -values[candidates]))][:most]


def _practice_factor_outcome(network: Network) -> Projection:
    graph: nx.Graph[str] = nx.Graph()
    claims: dict[tuple[str, str], set[str]] = {}
    for tie in network.ties:
        if tie.relation == "serves" and network.things[tie.start].kind is _PRACTICES:
            claims.setdefault((tie.start, tie.end), set()).add(tie.claim)
    for (practice, factor), told in sorted(claims.items()):
        graph.add_edge(practice, factor, weight=len(told))
    did, reported = found_in(network, (_PRACTICES,)), found_in(network, (_OUTCOMES,))
    row = {each.iri: place for place, each in enumerate(reported.cases)}
    both = [(place, row[each.iri]) for place, each in enumerate(did.cases) if each.iri in row]
    if both:
        left, right = zip(*both, strict=True)
        together = (did.table[list(left), :].T @ reported.table[list(right), :]).tocoo()
        for practice_at, outcome_at, cases in zip(*together.coords, together.data, strict=True):
            graph.add_edge(
                did.concepts[practice_at].iri, reported.concepts[outcome_at].iri, weight=int(cases)
            )
    return Projection(
        "practice-factor-outcome",
        "What leaders did, the factors it belongs to, and the results told of the same cases",
        "To a factor: a statement says that it belongs there. To a result: both are told of one case, which "
        "does not say that the one has to do with the other.",
        "To a factor: how many statements. To a result: how many cases tell of both.",
        graph,
    )


def _bodies(network: Network) -> Projection:
    part = network.of_kinds((CASE, BODY))
    graph: nx.Graph[str] = nx.Graph()
    for one, other in part.graph.edges:
        if BODY in {part.things[one].kind, part.things[other].kind}:
            told = {tie.claim for tie in part.graph[one][other]["ties"]}
            graph.add_edge(one, other, weight=len(told))
    return Projection(
        "bodies",
        "Bodies and people, and the cases that tell of them",
        "A statement names both, or is about the case and speaks of the body or person.",
        "How many statements do.",
        graph,
    )


def _pairs(
    things: tuple[NetworkThing, ...],
    first: npt.NDArray[np.int64],
    second: npt.NDArray[np.int64],
    values: npt.NDArray[np.int64] | npt.NDArray[np.float64],
) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(thing.iri for thing in things)
    graph.add_edges_from(
        (things[one].iri, things[other].iri, {"weight": value})
        for one, other, value in zip(first.tolist(), second.tolist(), values.tolist(), strict=True)
        if one != other
    )
    return graph


PROJECTIONS: Mapping[str, Callable[[Network], Projection]] = {
    "case-concept": _case_concept,
    "practice-pairs": _practice_pairs,
    "case-similarity": _case_similarity,
    "practice-factor-outcome": _practice_factor_outcome,
    "bodies": _bodies,
}


def projection(network: Network, name: str) -> Projection:
    """See the network from one side.

    Args:
        network: The network.
        name: One of `PROJECTIONS`.

    Raises:
        UnknownName: If there is no such projection.
    """
    if name not in PROJECTIONS:
        raise UnknownName("projection", name[:100], PROJECTIONS)
    return PROJECTIONS[name](network)
