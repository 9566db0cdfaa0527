"""What things are called on the screen, with a link to the page of each."""

from collections.abc import Iterable, Mapping, Sequence

from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.graph.oxigraph import Triple
from kg.language import label_language
from kg.queries.typed_rows import rows_as
from kg.terms import OA, PREFIXES, SL, shorten
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.statements import PassageRow, place_of

__all__ = ["Link", "link_to", "names_of"]

_NAMING = (SKOS.prefLabel, SL.statement, SL.sentence, DCTERMS.title, RDF.value)


def names_of(engine: Engine, triples: Sequence[Triple]) -> Mapping[Node, str]:
    """Name every thing in these triples that has a name, a place in words or an opening to find it by."""
    names = _openings(triples) | _places(engine, triples)
    for languages in ((None, "en"), (label_language(),)):
        names |= {
            subject: str(obj)
            for subject, predicate, obj in triples
            if predicate in _NAMING and getattr(obj, "language", None) in languages
        }
    ends = {
        (subject, predicate): obj
        for subject, predicate, obj in triples
        if predicate in (OA.hasTarget, OA.hasBody)
    }
    for (reading, end), target in ends.items():
        body = ends.get((reading, OA.hasBody))
        if end == OA.hasTarget and target in names and body in names:
            names[reading] = f"{names[body]}: {names[target]}"
    return names


def _openings(triples: Iterable[Triple]) -> dict[Node, str]:
    """Give what finds a thing that has no name: an identifier, words to look for, or its prefixed name."""
    openings: dict[Node, str] = {}
    for subject, predicate, obj in triples:
        if predicate == SL.anchor:
            openings[subject] = f"the words “{obj}”"
        elif predicate == DCTERMS.identifier:
            openings.setdefault(subject, str(obj))
        elif str(subject).startswith(PREFIXES["shape"]):
            openings[subject] = shorten(str(subject))
    return openings


def _places(engine: Engine, triples: Iterable[Triple]) -> dict[Node, str]:
    """Give the place in words of every passage in these triples that stands in a section."""
    passages = {
        node
        for subject, _, obj in triples
        for node in (subject, obj)
        if isinstance(node, URIRef) and node.startswith(PREFIXES["passage"])
    }
    if not passages:
        return {}
    rows = rows_as(PassageRow, engine, passage=sorted(passages))
    return {row.passage: place_of(row).where for row in rows}


def link_to(node: Node, names: Mapping[Node, str]) -> Link:
    """Give the name of a thing or a value, with the page that shows it where there is one."""
    if isinstance(node, Literal):
        return Link({"true": "yes", "false": "no"}.get(str(node), str(node)))
    address = str(node)
    name = names.get(node) or shorten(address)
    return Link(name, address) if name == address else link_of(address, name)
