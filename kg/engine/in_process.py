"""The engine inside this process: Oxigraph, in memory, for our own queries."""

import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox
from rdflib import URIRef

from kg.engine import Answer, Rows, Triples, Truth, names_dataset
from kg.errors import BadQuery
from kg.oxigraph import Quad, from_oxigraph, oxigraph_quads

__all__ = ["EmbeddedEngine"]


_GRAMMAR = re.compile(r"^error at (\d+):(\d+): expected ")


def _place(reason: str) -> str:
    """Tell line and column in place of all that the grammar would take there."""
    match = _GRAMMAR.match(reason)
    if not match:
        return reason
    return f"at line {match.group(1)}, column {match.group(2)}, something else has to stand."


class EmbeddedEngine:
    """A graph in memory that answers queries in this process.

    It has no deadline and no limit on memory: give it queries of this project, not of strangers.

    Args:
        quads: The statements to hold, each in its named graph.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._store = ox.Store()
        self._store.bulk_extend(oxigraph_quads(quads))

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query; see `Engine.answer`."""
        try:
            result = self._store.query(
                query,
                # Oxigraph's union would override the query's own FROM.
                use_default_graph_as_union=graphs is None and not names_dataset(query),
                default_graph=None if graphs is None else [ox.NamedNode(str(graph)) for graph in graphs],
            )
            if isinstance(result, ox.QuerySolutions):
                variables = tuple(variable.value for variable in result.variables)
                return Rows(
                    variables,
                    [tuple(None if term is None else from_oxigraph(term) for term in row) for row in result],
                )
            if isinstance(result, ox.QueryBoolean):
                return Truth(bool(result))
            return Triples(
                [
                    (from_oxigraph(t.subject), from_oxigraph(t.predicate), from_oxigraph(t.object))
                    for t in result
                ]
            )
        except SyntaxError as error:
            raise BadQuery(f"The query cannot be read: {_place(str(error.msg))}") from error
        except RuntimeError as error:
            raise BadQuery(f"The query cannot be answered: {error}") from error
