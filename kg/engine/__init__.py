"""The one interface to whatever answers SPARQL: a query text goes in, an answer comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rdflib import URIRef
from rdflib.term import Node

from kg.oxigraph import Triple

__all__ = ["Answer", "Engine", "Rows", "Triples", "Truth"]


@dataclass(frozen=True)
class Rows:
    """The answer to SELECT.

    Attributes:
        variables: Names of the columns, without question marks.
        rows: One tuple a row, as wide as `variables`; None where a variable is unbound.
    """

    variables: tuple[str, ...]
    rows: Sequence[tuple[Node | None, ...]]


@dataclass(frozen=True)
class Truth:
    """The answer to ASK."""

    value: bool


@dataclass(frozen=True)
class Triples:
    """The answer to CONSTRUCT or DESCRIBE."""

    triples: list[Triple]


Answer = Rows | Truth | Triples


class Engine(Protocol):
    """Anything that holds the graph and answers SPARQL 1.1 queries."""

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query.

        Args:
            query: SPARQL 1.1 query text that declares its own prefixes.
            graphs: Named graphs that together stand as the default graph; None for all of them.

        Raises:
            BadQuery: If the query cannot be read or answered, with the place of the fault.
        """
        ...
