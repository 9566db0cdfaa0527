"""A shortcut leads back to the statements that give it."""

from typing import TYPE_CHECKING

from rdflib import PROV, URIRef

from kg.build.store import graph_of
from kg.engine.in_process import InProcessEngine
from kg.graph.content import Content
from kg.graph.named_graphs import PROVENANCE_GRAPH
from kg.queries.questions import rows

if TYPE_CHECKING:
    from rdflib.term import Node


def test_every_shortcut_has_statements_of_just_the_sources_of_its_graph(content: Content) -> None:
    """What rules derive and what the question finds are worked out apart, and agree on every shortcut."""
    quads = graph_of(content)
    engine = InProcessEngine(quads)
    sources: dict[Node, set[Node]] = {}
    for graph, predicate, source, home in quads:
        if home == PROVENANCE_GRAPH and predicate == PROV.wasDerivedFrom:
            sources.setdefault(graph, set()).add(source)
    shortcuts = {(s, p, o): sources[g] for s, p, o, g in quads if g in sources}
    assert len(shortcuts) > 100
    given = {
        name: sorted({triple[place] for triple in shortcuts}, key=str)
        for place, name in enumerate(("subject", "shortcut", "object"))
    }
    found: dict[tuple[Node, Node, Node], set[Node]] = {}
    for subject, shortcut, obj, claim, given_by in rows(engine, "shortcut-claims", given).rows:
        assert isinstance(claim, URIRef)
        assert subject is not None and shortcut is not None and obj is not None and given_by is not None
        found.setdefault((subject, shortcut, obj), set()).add(given_by)
    assert found == shortcuts
