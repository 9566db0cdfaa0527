"""The network as files that other programs open: GraphML and GEXF."""

import io
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

import networkx as nx

from kg.network.neighbourhood import Subnetwork
from kg.network.projections import Projection
from kg.network.ties import Network

__all__ = ["WRITERS", "as_gexf", "as_graphml", "of_part", "of_projection"]

_GEXF = "http://www.gexf.net/1.2draft"


def of_projection(network: Network, seen: Projection) -> "nx.Graph[str]":
    """Give a projection as a graph whose nodes and edges carry what a reader needs.

    Args:
        network: The network it is of.
        seen: The projection.
    """
    graph: nx.Graph[str] = nx.Graph(name=seen.title, edge=seen.edge, weight=seen.weight)
    for iri in seen.graph:
        graph.add_node(iri, label=network.things[iri].name, kind=network.things[iri].kind.slug)
    for one, other in seen.graph.edges:
        graph.add_edge(one, other, weight=seen.graph[one][other]["weight"])
    return graph


def of_part(part: Subnetwork, positions: Mapping[str, tuple[float, float]]) -> "nx.DiGraph[str]":
    """Give a part of the network as a graph, each edge with how it stands and what says so.

    Args:
        part: The part.
        positions: Where each thing is drawn, by IRI.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(name=", ".join(each.name for each in part.focus))
    for thing in part.things:
        x, y = positions[thing.iri]
        graph.add_node(thing.iri, label=thing.name, kind=thing.kind.slug, x=x, y=y)
    for line in part.lines:
        claims = dict.fromkeys(tie.claim for tie in line.ties)
        graph.add_edge(
            line.one.iri,
            line.other.iri,
            label=line.ties[0].relation,
            standing=line.standing.value,
            weight=len(claims),
            statements=" ".join(claims),
        )
    return graph


def as_graphml(graph: "nx.Graph[str]") -> bytes:
    """Write a graph as GraphML."""
    file = io.BytesIO()
    nx.write_graphml(graph, file, prettyprint=True, named_key_ids=True)
    return file.getvalue()


def as_gexf(graph: "nx.Graph[str]") -> bytes:
    """Write a graph as GEXF 1.2; the same graph gives the same bytes."""
    file = io.BytesIO()
    nx.write_gexf(graph, file)
    ElementTree.register_namespace("", _GEXF)
    ElementTree.register_namespace("viz", f"{_GEXF}/viz")
    root = ElementTree.fromstring(file.getvalue())  # noqa: S314 - written here, two lines above
    for meta in root.iter(f"{{{_GEXF}}}meta"):
        # The day of writing would make each copy of the same graph another file.
        meta.attrib.pop("lastmodifieddate", None)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


WRITERS: Mapping[str, Callable[["nx.Graph[str]"], bytes]] = {".graphml": as_graphml, ".gexf": as_gexf}
