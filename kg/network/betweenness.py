"""Betweenness of what cases share, by Brandes' algorithm in sparse matrices.

Source: U. Brandes, “A faster algorithm for betweenness centrality”, Journal of Mathematical Sociology 25
(2001); the same sums, for many sources at once. It equals `networkx.betweenness_centrality_subset` between
the cases (tested) and is what makes the exact figure possible for thousands of cases: see
benchmarks/README.md.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

__all__ = ["Table", "betweenness", "column_counts"]

# 1 where what a column stands for is found in what a row stands for.
Table = csr_array[np.float64]
_Numbers = npt.NDArray[np.float64]

# So many sources at once: as many as keep the tables of one round within some hundred megabytes.
_AT_ONCE = 128


def betweenness(table: Table, sources: Sequence[int] | None = None) -> npt.NDArray[np.float64]:
    """Tell how many pairs of cases each concept lies between, on the shortest ways from case to case.

    Where several ways are equally short, each counts for its share of the pair.

    Args:
        table: 1 where a concept (column) is found in a case (row).
        sources: Rows from which ways are counted; all of them if None. With fewer, the result is an
            estimate, scaled up.

    Returns:
        A number for each column.
    """
    cases, concepts = table.shape
    forth, back = table, csr_array(table.T)
    starts = np.arange(cases) if sources is None else np.asarray(sources, dtype=np.int64)
    lies_between = np.zeros(concepts)
    for first in range(0, len(starts), _AT_ONCE):
        lies_between += _from(forth, back, starts[first : first + _AT_ONCE])
    # Each pair was seen from both its ends.
    return lies_between / 2 * (cases / len(starts) if len(starts) else 1)


def column_counts(table: Table) -> npt.NDArray[np.int64]:
    """Give how many rows have something in each column."""
    return np.bincount(table.indices, minlength=table.shape[1]).astype(np.int64)


def _from(forth: Table, back: Table, starts: npt.NDArray[np.int64]) -> _Numbers:
    cases, concepts = forth.shape
    # A level holds, for each start, the number of shortest ways to what lies that far; cases and concepts
    # take turns.
    ways = np.zeros((cases, len(starts)))
    ways[starts, np.arange(len(starts))] = 1
    seen = [ways > 0, np.zeros((concepts, len(starts)), dtype=bool)]
    levels = [ways]
    while levels[-1].any():
        side = len(levels) % 2
        ways = _times(back if side else forth, levels[-1])
        ways[seen[side]] = 0
        seen[side] |= ways > 0
        levels.append(ways)
        # Where every case is reached, no way between cases goes any further.
        if seen[0].all():
            break
    shares = np.zeros(concepts)
    beyond = np.zeros_like(levels[-1])
    for depth in range(len(levels) - 1, 0, -1):
        at_cases = depth % 2 == 0
        reached = levels[depth] > 0
        told = np.divide(
            beyond + (1.0 if at_cases else 0.0), levels[depth], out=np.zeros_like(beyond), where=reached
        )
        beyond = levels[depth - 1] * _times(back if at_cases else forth, told)
        if at_cases:
            shares += beyond.sum(axis=1)
    return shares


def _times(table: Table, numbers: _Numbers) -> _Numbers:
    return np.asarray(table @ numbers, dtype=np.float64)
