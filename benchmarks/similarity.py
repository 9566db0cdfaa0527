"""Processor time of finding places that are alike, beside one pass over the table of features.

Run as `python -m benchmarks.similarity`, after `kg build`.
"""

import statistics
import time
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from benchmarks.report import table, write
from benchmarks.servers import HOME
from benchmarks.synthetic import ties
from kg.build.pipeline import GRAPH_FILE
from kg.similarity import KINDS, Feature, Features, Lens, Similarity

if TYPE_CHECKING:
    from collections.abc import Callable

_KIND_OF = {scheme: kind for kind, schemes in KINDS.items() for scheme in schemes}
# Places that are asked about in turn, and how often each step is timed.
_ASKED, _TIMES = 20, 60


@click.command()
@click.option("--cases", "sizes", default=[17, 10_000, 100_000], multiple=True, show_default=True)
@click.option("--ties", "each", default=30, show_default=True, help="Ties of each case to concepts.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def main(sizes: tuple[int, ...], each: int, out: Path | None) -> None:
    """Time answers by every lens beside one product of the table with a vector, in turn."""
    rows = [row for cases in sizes for row in _measured(cases, each)]
    click.echo(table(rows))
    if out:
        write(out, {"similarity": rows})


def _measured(cases: int, each: int) -> list[dict[str, object]]:
    features = _features(cases, each)
    begun = time.process_time()
    similarity = Similarity(features)
    made = time.process_time() - begun
    marks = features.weights()
    asked = cycle([features.places[number * cases // _ASKED][0] for number in range(_ASKED)])
    steps: dict[str, Callable[[], object]] = {"one pass": lambda: features.sums(marks)}
    for lens in Lens:
        steps[lens.value] = lambda lens=lens: similarity.to_place(next(asked), lens)  # type: ignore[misc]
    took: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(_TIMES):
        for name, step in steps.items():
            begun = time.process_time()
            step()
            took[name].append(1000 * (time.process_time() - begun))
    one_pass = statistics.median(took["one pass"])
    entries = int(features.sums(np.ones(len(features.features))).sum())
    return [
        {
            "places": cases,
            "entries": entries,
            "made in, ms": 1000 * made,
            "step": name,
            "median, ms": statistics.median(times),
            "slowest, ms": max(times),
            "passes": statistics.median(times) / one_pass,
        }
        for name, times in took.items()
    ]


def _features(cases: int, each: int) -> Features:
    column: dict[str, int] = {}
    pairs = [
        (case, column.setdefault(concept, len(column)))
        for case, concept in ties(HOME / "build" / GRAPH_FILE, cases, each)
        if concept.rsplit("/", 2)[1] in _KIND_OF
    ]
    named = [Feature(iri, iri.rsplit("/", 1)[1], _KIND_OF[iri.rsplit("/", 2)[1]]) for iri in column]
    return Features([(f"case/{number}", f"Case {number}") for number in range(cases)], named, pairs)


if __name__ == "__main__":
    main()
