"""Where things are drawn: the same for the same part and seed, and so that no name hides another."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

import networkx as nx
import numpy as np
import numpy.typing as npt

from kg.network.neighbourhood import Subnetwork

__all__ = ["SEED", "Positions", "positions"]

SEED = 1
Positions = Mapping[str, tuple[float, float]]
# Springs take too long for more than this; then things stand in rings round the focus, by steps.
_MOST_BY_SPRINGS = 300
_ROUNDS = 300
_ROOM_OF_A_THING = 105.0
_BETWEEN_RINGS = 260.0

_Places = npt.NDArray[np.float64]


def positions(part: Subnetwork, sizes: Mapping[str, tuple[float, float]], seed: int = SEED) -> Positions:
    """Place the things of a part.

    Args:
        part: The part.
        sizes: Width and height that each thing takes with its name, by IRI.
        seed: Another seed gives another arrangement.

    Returns:
        The middle of each thing, by IRI.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(thing.iri for thing in part.things)
    graph.add_edges_from((line.one.iri, line.other.iri) for line in part.lines)
    names = list(graph)
    if len(names) > _MOST_BY_SPRINGS:
        placed = _in_rings(graph, part.focus[0].iri, seed)
    elif len(part.focus) == 1:
        placed = _by_springs(graph, seed)
    else:
        placed = _in_columns(graph, part.focus[0].iri, seed)
    half = np.array([sizes[name] for name in names]) / 2
    places = np.array([placed[name] for name in names])
    if len(names) <= _MOST_BY_SPRINGS:
        places = _apart(places, half)
    return {
        name: (round(float(x), 1), round(float(y), 1)) for name, (x, y) in zip(names, places, strict=True)
    }


def _by_springs(graph: "nx.Graph[str]", seed: int) -> Mapping[str, Sequence[float]]:
    size = max(len(graph), 1)
    placed = nx.spring_layout(graph, seed=seed, iterations=120, k=2.2 / size**0.5)
    places = np.array([placed[name] for name in graph])
    # Turned so that the picture is wider than high, as pages and names are.
    *_, axes = np.linalg.svd(places - places.mean(axis=0))
    turned = (places - places.mean(axis=0)) @ axes.T * (_ROOM_OF_A_THING * size**0.5 / 2)
    return {name: (1.5 * float(x), float(y)) for name, (x, y) in zip(graph, turned, strict=True)}


def _steps(graph: "nx.Graph[str]", focus: str) -> list[list[str]]:
    """Give what is no step away, one step and so on, each beside what it was reached from; the rest last."""
    steps, order = [[focus]], {focus: 0.0}
    while steps[-1]:
        reached: dict[str, float] = {}
        for name in steps[-1]:
            for other in sorted(graph[name]):
                if other not in order:
                    reached.setdefault(other, order[name])
        steps.append(sorted(reached, key=lambda name: (reached[name], name)))
        order |= {name: number / len(reached) for number, name in enumerate(steps[-1])}
    steps[-1] = sorted(name for name in graph if name not in order)
    return [step for step in steps if step]


def _in_columns(graph: "nx.Graph[str]", focus: str, seed: int) -> Mapping[str, Sequence[float]]:
    """Put each thing as far to the right as it is steps away."""
    chance = np.random.default_rng(seed)
    placed = {}
    for column, names in enumerate(_steps(graph, focus)):
        for number, name in enumerate(chance.permutation(names).tolist()):
            placed[name] = (column * _BETWEEN_RINGS, (number - (len(names) - 1) / 2) * _ROOM_OF_A_THING)
    return placed


def _in_rings(graph: "nx.Graph[str]", focus: str, seed: int) -> Mapping[str, Sequence[float]]:
    """Put each thing as far out as it is steps away; where many are as far, in several rings."""
    turn = float(np.random.default_rng(seed).random())
    placed, radius = {focus: (0.0, 0.0)}, _BETWEEN_RINGS
    for names in _steps(graph, focus)[1:]:
        # So many rings that what stands beside each other in one has room.
        rings = 1
        while len(names) * _ROOM_OF_A_THING > rings * 2 * pi * (radius + (rings - 1) * _ROOM_OF_A_THING / 2):
            rings += 1
        for number, name in enumerate(names):
            angle = 2 * pi * (turn + number / len(names))
            out = radius + number % rings * _ROOM_OF_A_THING
            # Pages are wider than high, and so are names.
            placed[name] = (1.5 * out * cos(angle), out * sin(angle))
        radius += (rings - 1) * _ROOM_OF_A_THING + _BETWEEN_RINGS
    return placed


def _apart(places: _Places, half: _Places) -> _Places:
    """Push apart what overlaps, a little at a time, until nothing does or enough was tried."""
    need_x = half[:, None, 0] + half[None, :, 0]
    need_y = half[:, None, 1] + half[None, :, 1]
    for _ in range(_ROUNDS):
        away_x = places[:, None, 0] - places[None, :, 0]
        away_y = places[:, None, 1] - places[None, :, 1]
        over_x, over_y = need_x - np.abs(away_x), need_y - np.abs(away_y)
        over = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(over, False)
        if not over.any():
            break
        # The shorter way out is taken; of two in the very same place, the first goes up or left.
        sideways = over & (over_x < over_y)
        upwards = over & ~sideways
        first = np.where(np.arange(len(places))[:, None] < np.arange(len(places))[None, :], -1.0, 1.0)
        push_x = np.where(away_x == 0, first, np.sign(away_x)) * over_x * sideways / 2
        push_y = np.where(away_y == 0, first, np.sign(away_y)) * over_y * upwards / 2
        places = places + np.column_stack((push_x.sum(axis=1), push_y.sum(axis=1))) * 0.6
    return places
