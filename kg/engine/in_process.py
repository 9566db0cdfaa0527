"""An engine inside this process, for our own queries only: to derive, to check, to answer commands."""

from collections.abc import Iterable, Sequence

import pyoxigraph as ox
from rdflib import URIRef

from kg.engine import Answer, Dataset
from kg.engine.evaluation import answer_of, evaluate
from kg.engine.outline import outline_of
from kg.graph.oxigraph import Quad, oxigraph_quads

__all__ = ["InProcessEngine"]


class InProcessEngine:
    """A graph in memory that answers queries in this process.

    It has no deadline, no limit on memory, and follows SERVICE: give it queries of this project, never
    of strangers.

    Args:
        quads: The statements to hold, each in its named graph.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._store = ox.Store()
        self._store.bulk_extend(oxigraph_quads(quads))

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query; see `Engine.answer`."""
        dataset = Dataset.of(graphs)
        return answer_of(evaluate(self._store, query, dataset, outline_of(query).names_dataset))
