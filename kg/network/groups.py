"""Groups of cases that are alike (communities), with two checks: do they hold, and are they more than chance?

Groups are found by the method of Louvain (Blondel and others 2008, doi:10.1088/1742-5468/2008/10/P10008), as
NetworkX has it. The method begins at random, so it is begun many times; what always falls together is called
a group. The same is done with tables in which the findings are shuffled, each case keeping how many it has
and each concept in how many cases it is found, by curveball trades (Strona and others 2014,
doi:10.1038/ncomms5114).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from kg.network.betweenness import Table
from kg.network.measures import MeasureResult
from kg.network.projections import ALIKE_BY, alike_rows, alikeness, found_in
from kg.network.ties import Network, NetworkThing

__all__ = ["FEWEST_FOR_GROUPS", "Groups", "groups", "partitions", "shuffle_table"]

FEWEST_FOR_GROUPS = 12
SEEDS = 50
SHUFFLES = 50
# How often it is tried, and on how many shuffled tables, up to a number of cases: a minute has to be enough.
_TRIES = ((100, SEEDS, SHUFFLES), (1_000, 10, 20))
_TRIES_IF_LARGE = (5, 0)
# Groups as clear as these by chance more often than this are no finding.
_BY_CHANCE = 0.05
# So many of all pairs of cases have to fall the same way each time for the groups to hold.
_HOLDING = 0.9

_Groups = list[set[int]]


@dataclass(frozen=True)
class Groups:
    """Groups of cases that are alike.

    Attributes:
        together: Cases that fell into one group each time, largest first; those that stayed with no other
        left out. settled: The share of all pairs of cases that fell together each time, or apart each time.
        runs: How often it was tried. clearness: Of the groups, on average (modularity). as_clear: In how many
        shuffled tables groups were as clear; None if none was tried. shuffles: How many shuffled tables were
        tried.
    """

    together: tuple[tuple[NetworkThing, ...], ...]
    settled: float
    runs: int
    clearness: float
    as_clear: int | None
    shuffles: int

    @property
    def holds(self) -> bool:
        """Whether the groups hold from run to run and are clearer than chance makes them."""
        by_chance = self.as_clear is not None and self.as_clear > _BY_CHANCE * self.shuffles
        return bool(self.together) and self.settled >= _HOLDING and not by_chance

    @property
    def sentence(self) -> str:
        """What was found, in words."""
        told = (
            f"In {self.runs} tries, {self.settled:.0%} of all pairs of cases fell the same way every time"
            + (
                ""
                if self.as_clear is None
                else f"; {self.as_clear} of {self.shuffles} shuffled tables gave groups as clear"
            )
            + ". "
        )
        if not self.holds:
            return told + "These cases do not fall into groups that hold."
        named = "; ".join(", ".join(each.name for each in group) for group in self.together)
        return told + f"These fell together every time: {named}."


def groups(network: Network) -> MeasureResult[Groups]:
    """Tell whether the cases fall into groups that are alike in what was met and done."""
    cases, first, second, alike = alikeness(network)
    question = "Do the cases fall into groups?"
    reading = (
        "Cases are put together that are more alike in what was met and done than with the rest. It is tried "
        "from many beginnings; named are the cases that fell together every time. The same is tried with the "
        "findings shuffled among the cases: where that gives groups as clear, they are no finding."
    )
    limits = (
        "A group is no type of place. Cases are alike as far as we read about them, and a short account is "
        "like few others."
    )
    graph = _graph(len(cases), first, second, alike)
    size = f"{len(cases)} cases, {graph.number_of_edges()} pairs that are alike."
    if len(cases) < FEWEST_FOR_GROUPS:
        told = f"Too small to say: it takes {FEWEST_FOR_GROUPS} cases, and there are {len(cases) or 'none'}."
        return MeasureResult(question, reading, limits, size, too_small=told)
    runs, shuffles = next((tries for most, *tries in _TRIES if len(cases) <= most), _TRIES_IF_LARGE)
    found = partitions(graph, range(runs))
    clearness = _clearness(graph, found)
    as_clear = _as_clear(network, clearness, shuffles) if shuffles else None
    together, settled = _settled(found, len(cases))
    rows = Groups(
        tuple(tuple(cases[each] for each in group) for group in together),
        settled,
        runs,
        clearness,
        as_clear,
        shuffles,
    )
    sampled = None
    if runs < SEEDS:
        against = f"held against {shuffles} shuffled tables" if shuffles else "not held against chance"
        sampled = f"So many cases were tried from {runs} beginnings only, and {against}."
    return MeasureResult(question, reading, limits, size, (rows,), sampled=sampled)


def _graph(
    nodes: int,
    first: npt.NDArray[np.int64],
    second: npt.NDArray[np.int64],
    alike: npt.NDArray[np.float64],
) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from(zip(first.tolist(), second.tolist(), alike.tolist(), strict=True))
    return graph


def partitions(graph: "nx.Graph[int]", seeds: Sequence[int]) -> list[_Groups]:
    """Find groups once for each seed."""
    return [
        [set(group) for group in nx.community.louvain_communities(graph, weight="weight", seed=seed)]
        for seed in seeds
    ]


def _clearness(graph: "nx.Graph[int]", found: list[_Groups]) -> float:
    if not graph.number_of_edges():
        return 0.0
    return float(np.mean([nx.community.modularity(graph, each, weight="weight") for each in found]))


def _settled(found: list[_Groups], cases: int) -> tuple[list[list[int]], float]:
    """Give what always fell together, and the share of pairs that always fell the same way."""
    label = np.zeros((len(found), cases), dtype=np.int64)
    for run, each in enumerate(found):
        for number, group in enumerate(sorted(each, key=min)):
            label[run, list(group)] = number
    # Cases that always fall together have the same labels in every run.
    _, kind = np.unique(label, axis=1, return_inverse=True)
    members: dict[int, list[int]] = {}
    for case, of in enumerate(kind.ravel().tolist()):
        members.setdefault(of, []).append(case)
    together = sorted(
        (group for group in members.values() if len(group) > 1), key=lambda each: (-len(each), each)
    )
    runs, settled = len(found), 0
    for case in range(cases):
        times = (label[:, [case]] == label[:, case + 1 :]).sum(axis=0)
        settled += int(((times == 0) | (times == runs)).sum())
    pairs = cases * (cases - 1) // 2
    return together, settled / pairs if pairs else 1.0


def _as_clear(network: Network, clearness: float, shuffles: int) -> int:
    table = found_in(network, ALIKE_BY).table
    count = 0
    for seed in range(shuffles):
        mixed = shuffle_table(table, seed)
        graph = _graph(table.shape[0], *alike_rows(mixed))
        count += _clearness(graph, partitions(graph, [seed])) >= clearness
    return count


def shuffle_table(table: Table, seed: int) -> Table:
    """Shuffle what is found among cases; no case comes to have more or fewer, no concept more or fewer cases.

    Args:
        table: 1 where a concept (column) is found in a case (row).
        seed: Seed of the chance that is used.
    """
    chance = np.random.default_rng(seed)
    rows = [
        set(table.indices[table.indptr[at] : table.indptr[at + 1]].tolist()) for at in range(table.shape[0])
    ]
    for _ in range(10 * len(rows)):
        one, other = chance.choice(len(rows), 2, replace=False)
        alone = sorted(rows[one] - rows[other]), sorted(rows[other] - rows[one])
        both = rows[one] & rows[other]
        traded = chance.permutation(alone[0] + alone[1]).tolist()
        rows[one], rows[other] = both | set(traded[: len(alone[0])]), both | set(traded[len(alone[0]) :])
    at = [(row, column) for row, columns in enumerate(rows) for column in sorted(columns)]
    places = np.array(at, dtype=np.int64).reshape(-1, 2)
    return csr_array((np.ones(len(at)), (places[:, 0], places[:, 1])), shape=table.shape)
