"""Which documents count: all of them, or the one that the collection set out from."""

from collections.abc import Sequence

from rdflib import URIRef

from kg.engine import Engine
from kg.graph.named_graphs import COMMON_GRAPHS
from kg.queries.typed_rows import row_of, rows_as

__all__ = ["Graphs", "graphs_of_the_paper"]

# The graphs that a question is put to; None stands for all of them.
Graphs = Sequence[URIRef] | None


@row_of("paper-graphs")
class _GraphRow:
    graph: URIRef


def graphs_of_the_paper(engine: Engine) -> list[URIRef]:
    """Give the graphs to ask when only the source that the collection set out from is to count."""
    return [*COMMON_GRAPHS, *(row.graph for row in rows_as(_GraphRow, engine))]
