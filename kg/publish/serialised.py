"""Triples written in the formats of linked data."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.graph.oxigraph import Triple
from kg.publish import jsonld
from kg.terms import bound_graph

__all__ = ["FORMATS", "Format", "serialise"]


@dataclass(frozen=True)
class Format:
    """A format of RDF.

    Attributes:
        name: What people call it.
        suffix: The ending of an address that asks for it, without the dot.
        media_type: What a client asks for by Accept.
        iri: Its name among the formats of W3C.
    """

    name: str
    suffix: str
    media_type: str
    iri: URIRef


_W3C = "http://www.w3.org/ns/formats/"
# Our own preference first.
FORMATS = (
    Format("Turtle", "ttl", "text/turtle", URIRef(_W3C + "Turtle")),
    Format("JSON-LD", "jsonld", "application/ld+json", URIRef(_W3C + "JSON-LD")),
    Format("N-Triples", "nt", "application/n-triples", URIRef(_W3C + "N-Triples")),
    Format("RDF/XML", "rdf", "application/rdf+xml", URIRef(_W3C + "RDF_XML")),
)
_BY_RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml"}


def serialise(
    triples: Sequence[Triple], form: Format, context: jsonld.Context, first: URIRef | None = None
) -> str:
    """Write triples.

    Args:
        triples: What to write.
        form: One of `FORMATS`.
        context: Short names for JSON-LD.
        first: The thing that the document is about; JSON-LD names it first.
    """
    if form.suffix == "jsonld":
        return jsonld.as_jsonld(triples, context, first)
    return bound_graph(triples).serialize(format=_BY_RDFLIB[form.suffix])
