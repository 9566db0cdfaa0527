"""The named graphs of the collection, and how those of a source are called."""

import hashlib
from collections.abc import Iterable

from rdflib import URIRef
from rdflib.term import Node

from kg.terms import BASE, PREFIXES

__all__ = [
    "ALIGNMENT_GRAPH",
    "COLLECTION_GRAPH",
    "COMMON_GRAPHS",
    "DATASET",
    "FURTHER_COLLECTION_GRAPH",
    "FURTHER_ONTOLOGY_GRAPH",
    "ONTOLOGY_GRAPH",
    "PROVENANCE_GRAPH",
    "STORIES_GRAPH",
    "derived_graph",
    "source_graph",
]

_GRAPH = PREFIXES["graph"]
ONTOLOGY_GRAPH = URIRef(_GRAPH + "ontology")
# What our terms are by those of other vocabularies: apart, for whoever wants ours alone.
ALIGNMENT_GRAPH = URIRef(_GRAPH + "alignment")
COLLECTION_GRAPH = URIRef(_GRAPH + "collection")
# Concepts and things of which no statement of the starting point speaks, only those of further documents.
FURTHER_ONTOLOGY_GRAPH = URIRef(_GRAPH + "ontology-further")
FURTHER_COLLECTION_GRAPH = URIRef(_GRAPH + "collection-further")
# From which sources each graph comes.
PROVENANCE_GRAPH = URIRef(_GRAPH + "provenance")
# Stories that rest on several sources; that of one source lies in the graph of this source.
STORIES_GRAPH = URIRef(_GRAPH + "stories")
# What every choice of sources needs beside the graphs of these sources.
COMMON_GRAPHS = (ONTOLOGY_GRAPH, ALIGNMENT_GRAPH, COLLECTION_GRAPH)
DATASET = URIRef(BASE + "dataset")


def source_graph(source: Node) -> URIRef:
    """Give the graph of what a source states: its claims."""
    return URIRef(_GRAPH + str(source).rsplit("/", 1)[-1])


def derived_graph(sources: Iterable[Node]) -> URIRef:
    """Return the graph of the shortcuts that follow from the claims of each of these sources, and no other.

    A shortcut that several sources give lies in one graph of theirs together: in graphs of their own it would
    count twice wherever a query asks their union.
    """
    names = sorted(str(source).rsplit("/", 1)[-1] for source in sources)
    if len(names) == 1:
        return URIRef(f"{_GRAPH}{names[0]}-derived")
    return URIRef(f"{_GRAPH}derived-{hashlib.sha256(' '.join(names).encode()).hexdigest()[:10]}")
