"""The one place where rdflib's terms and Oxigraph's are turned into each other."""

import io
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

__all__ = [
    "Quad",
    "Triple",
    "TurtleFault",
    "as_trig",
    "from_oxigraph",
    "ntriples",
    "parse_turtle",
    "to_oxigraph",
    "write_nquads",
]

_ours = threading.local()
# An ill-typed literal is a finding, or what someone asked for; rdflib would log a traceback for each that we
# make. What others in this process make is logged as before.
logging.getLogger("rdflib.term").addFilter(lambda _: not getattr(_ours, "is_made", False))

Triple = tuple[Node, Node, Node]
Quad = tuple[Node, Node, Node, URIRef]


class TurtleFault(Exception):  # noqa: N818 - a fault in a text, told with its place
    """Why a text is not Turtle, and where.

    Attributes:
        message: What is wrong.
        line: Line of the fault, from 1.
        column: Column of the fault, from 1.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def from_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Turn an Oxigraph term into rdflib's; lexical forms are kept as they come."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        kind = term.datatype.value
        _ours.is_made = True
        try:
            return Literal(
                term.value, datatype=None if kind == str(XSD.string) else URIRef(kind), normalize=False
            )
        finally:
            _ours.is_made = False
    raise TypeError("A triple inside a triple is not used here.")


def to_oxigraph(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn an rdflib term into Oxigraph's."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        if term.datatype is None or term.datatype == RDF.langString:
            return ox.Literal(str(term))
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    raise TypeError(f"Not a term of RDF: {term!r}")


def ntriples(term: Node) -> str:
    r"""Write one term as N-Triples does, which SPARQL reads as well.

    Raises:
        ValueError: If an IRI or a language tag is not one.

    >>> print(ntriples(Literal('a "b"', lang="en")))
    "a \"b\""@en
    """
    return str(to_oxigraph(term))


def parse_turtle(text: str) -> list[Triple]:
    """Read Turtle.

    Args:
        text: The whole text of one file.

    Returns:
        Its triples, with lexical forms as written.

    Raises:
        TurtleFault: If the text is not Turtle, with line and column.
    """
    return list(_parsed(text) if len(text) <= _REMEMBERED else _parsed.__wrapped__(text))


# Longer texts are read anew each time: files of the content are shorter, and what is not may be huge.
_REMEMBERED = 500_000


@lru_cache(maxsize=1024)
def _parsed(text: str) -> tuple[Triple, ...]:
    """Read Turtle; blank nodes keep their names from one call to the next with the same text."""
    try:
        quads = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, without_named_graphs=True))
    except SyntaxError as error:
        raise TurtleFault(str(error.msg), error.lineno or 1, error.offset or 1) from error
    except MemoryError as error:
        # The parser keeps one term or text in a buffer of 16 MiB.
        line = max(enumerate(text.splitlines(), 1), key=lambda pair: len(pair[1]))[0]
        raise TurtleFault("a text or a name is longer than 16 MB.", line, 1) from error
    try:
        return tuple(
            (from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object))
            for quad in quads
        )
    except TypeError as error:
        line = next((n for n, each in enumerate(text.splitlines(), 1) if "<<" in each), 1)
        raise TurtleFault(str(error), line, 1) from error


def oxigraph_quads(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    """Turn quads of rdflib's terms into Oxigraph's."""
    for subject, predicate, obj, graph in quads:
        start = to_oxigraph(subject)
        if isinstance(start, ox.Literal):
            raise TypeError(f"A literal cannot be a subject: {subject!r}")
        yield ox.Quad(start, ox.NamedNode(str(predicate)), to_oxigraph(obj), ox.NamedNode(str(graph)))


def write_nquads(quads: Iterable[Quad]) -> bytes:
    """Write quads as N-Quads, sorted, so that the same graph gives the same bytes."""
    out = io.BytesIO()
    ox.serialize(oxigraph_quads(quads), out, format=ox.RdfFormat.N_QUADS)
    return b"\n".join(sorted(set(out.getvalue().splitlines()))) + b"\n"


def as_trig(nquads: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Write N-Quads anew as TriG, graph by graph; sorted lines give the same bytes each time."""
    out = io.BytesIO()
    quads = sorted(ox.parse(nquads, format=ox.RdfFormat.N_QUADS), key=lambda quad: str(quad.graph_name))
    ox.serialize(quads, out, format=ox.RdfFormat.TRIG, prefixes=dict(prefixes))
    return out.getvalue()
