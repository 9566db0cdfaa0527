"""The one interface to whatever answers SPARQL: a query text goes in, an answer comes out."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rdflib import URIRef
from rdflib.term import Node

from kg.graph.oxigraph import Triple

__all__ = [
    "Answer",
    "AnswerStream",
    "Dataset",
    "Engine",
    "QueryForm",
    "QueryRequest",
    "ResultType",
    "Rows",
    "ServingEngine",
    "Triples",
    "Truth",
]


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


class QueryForm(StrEnum):
    """The four forms of a query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_triples(self) -> bool:
        """Whether its answer is a graph, and no table or truth value."""
        return self in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}


class ResultType(StrEnum):
    """The media types that answers are written in."""

    JSON = "application/sparql-results+json"
    XML = "application/sparql-results+xml"
    CSV = "text/csv"
    TSV = "text/tab-separated-values"
    TURTLE = "text/turtle"
    NTRIPLES = "application/n-triples"
    RDFXML = "application/rdf+xml"
    JSONLD = "application/ld+json"


@dataclass(frozen=True)
class Dataset:
    """The graphs that a request names beside its query; what it names goes before FROM.

    Attributes:
        default: Graphs that together stand as the default graph; None if none is named.
        named: Graphs that GRAPH can reach; None if none is named.
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None

    @classmethod
    def of(cls, graphs: Sequence[URIRef] | None) -> "Dataset":
        """Give the dataset of these graphs alone; None for all."""
        if graphs is None:
            return cls()
        names = tuple(str(graph) for graph in graphs)
        return cls(names, names)

    @property
    def is_named(self) -> bool:
        """Whether the request names any graph."""
        return self.default is not None or self.named is not None


@dataclass(frozen=True)
class QueryRequest:
    """A query as it came, and how its answer is to be written.

    Attributes:
        query: SPARQL 1.1 query text.
        form: Its form.
        type: The media type for the answer; one for graphs if the form gives triples.
        dataset: The graphs that the request names.
        names_dataset: Whether the query names its graphs itself, by FROM.
    """

    query: str
    form: QueryForm
    type: ResultType
    dataset: Dataset = Dataset()
    names_dataset: bool = False


class AnswerStream(Protocol):
    """An answer on its way.

    Attributes:
        first: Its first bytes.
        complete: Whether these are all.
    """

    first: bytes
    complete: bool

    def chunks(self) -> AsyncIterator[bytes]:
        """Give what follows `first`.

        Raises:
            TooCostly: If the answer broke off; what was given before is no whole answer.
            Unreachable: If the engine was lost.
        """
        ...

    async def close(self) -> None:
        """End the query if it still runs, and free what it holds."""
        ...


class Engine(Protocol):
    """Anything that holds the graph and answers SPARQL 1.1 queries."""

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query.

        Args:
            query: SPARQL 1.1 query text that declares its own prefixes.
            graphs: Named graphs that together stand as the default graph; None for all of them.

        Raises:
            BadQuery: If the query cannot be read or answered, with the place of the fault.
            TooCostly: If it needs more time or memory than it may.
            Busy: If too many queries are running.
            Unreachable: If the engine cannot be asked just now.
        """
        ...


class ServingEngine(Engine, Protocol):
    """An engine that also serves queries from outside, written in the media type they ask for."""

    async def stream(self, request: QueryRequest, client: str = "") -> AnswerStream:
        """Begin to answer a query.

        Args:
            request: The query.
            client: Who asks; the queries of one client never keep all others out.

        Returns:
            The answer, as soon as its first bytes, or its end, are there.

        Raises:
            BadQuery, TooCostly, Busy, Unreachable: As `Engine.answer` does.
        """
        ...

    @property
    def is_ready(self) -> bool:
        """Whether a query can be answered at once, as far as that is known without asking."""
        ...

    async def leave(self) -> None:
        """Free what is bound to the event loop that runs, before it ends."""
        ...

    def close(self) -> None:
        """Free what the engine holds; it answers no more."""
        ...
