"""The one interface to whatever answers SPARQL: a query text goes in, an answer comes out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rdflib import URIRef
from rdflib.term import Node

from kg.oxigraph import Triple

__all__ = ["Answer", "Engine", "Rows", "Triples", "Truth", "names_dataset"]


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


_STRINGS_AND_COMMENTS = re.compile(r"""\"(?:[^"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*""")
_FROM = re.compile(r"(?<![?$:\w-])FROM\b", re.IGNORECASE)


def names_dataset(query: str) -> bool:
    """Say whether a query names its graphs itself, with FROM or FROM NAMED.

    >>> names_dataset("SELECT ?s FROM <http://a/> { ?s ?p 'FROM' }"), names_dataset("ASK { ?from ?p 'FROM' }")
    (True, False)
    """
    return bool(_FROM.search(_STRINGS_AND_COMMENTS.sub(" ", query)))


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
