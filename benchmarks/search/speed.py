"""How long the search index takes to make and a search to answer, among many synthetic cases.

Run as `python -m benchmarks.search.speed CASES [CLAIMS]`, after `kg build`.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pyoxigraph as ox

from benchmarks.search.quality import questions
from benchmarks.synthetic import write_graph
from kg.build.pipeline import GRAPH_FILE
from kg.engine import Answer, Dataset
from kg.engine.evaluation import answer_of, evaluate
from kg.engine.outline import outline_of
from kg.search import Finder, installed_model, read_corpus, read_index, write_index

HOME = Path(__file__).parents[2]
_Made = TypeVar("_Made")


class Loaded:
    """An engine that holds the graph of a file."""

    def __init__(self, graph: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)

    def answer(self, query: str, graphs: None = None) -> Answer:
        """Answer a query; see `kg.engine.Engine`."""
        return answer_of(evaluate(self._store, query, Dataset.of(graphs), outline_of(query).names_dataset))


def _timed(what: str, make: Callable[[], _Made]) -> _Made:
    begun = time.perf_counter()
    made = make()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{what}: {time.perf_counter() - begun:.1f} s, {peak:,.0f} MB at most so far\n")
    sys.stdout.flush()
    return made


def main() -> None:
    """Make the index of so many cases, read it again, and ask it every question."""
    cases = int(sys.argv[1])
    claims = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    model = installed_model()
    with TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.nq"
        write_graph(HOME / "build" / GRAPH_FILE, graph, cases, claims, keep=True)
        engine = _timed("graph loaded", lambda: Loaded(graph))
        corpus = _timed("asked", lambda: read_corpus(engine))
        texts = len({statement.text for statement in corpus.statements})
        sys.stdout.write(f"{len(corpus.statements):,} statements, {texts:,} of them different\n")
        _timed("index made and written", lambda: write_index(corpus, model, Path(folder), "one"))
        _timed("made again, nothing changed", lambda: write_index(corpus, model, Path(folder), "two"))
        index = _timed("read", lambda: read_index(Path(folder), "two", model))
        if index is None:
            raise SystemExit("The index was not read.")
        finder = _timed("finder", lambda: Finder(index, model))
        took = []
        for question in questions("questions"):
            begun = time.perf_counter()
            finder.find(question.query)
            took.append(time.perf_counter() - begun)
        took.sort()
        sys.stdout.write(
            f"{len(took)} searches: median {took[len(took) // 2]:.3f} s, slowest {took[-1]:.3f} s\n"
        )


if __name__ == "__main__":
    main()
