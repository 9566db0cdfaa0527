"""Which documents count: all of them, or the one that the collection set out from."""

from collections.abc import Sequence

from rdflib import URIRef

from kg.engine import Engine
from kg.questions import ask
from kg.store import graphs_of_sources

__all__ = ["Graphs", "graphs_of_the_paper"]

# The graphs that a question is put to; None stands for all of them.
Graphs = Sequence[URIRef] | None


def graphs_of_the_paper(engine: Engine) -> list[URIRef]:
    """Give the graphs to ask when only the source that the collection set out from is to count."""
    found = [record["source"] for record in ask(engine, "source-starting-point")]
    return graphs_of_sources(source for source in found if source is not None)
