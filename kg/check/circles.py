"""Things that are part of themselves, found in one pass: a query that follows them would not end."""

import re
from collections.abc import Collection, Iterable, Sequence

import networkx as nx
from rdflib import DCTERMS, RDFS, SKOS, URIRef
from rdflib.term import Node

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.check.shapes import short_term
from kg.terms import SL, shorten

__all__ = ["ORDERED", "circle_findings", "follows"]

# What relates a thing to one above or after it, so that no way along it may come back.
ORDERED = (
    SKOS.broader,
    DCTERMS.isPartOf,
    DCTERMS.isVersionOf,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SL.followedUpBy,
)
# Ours are five deep. A chain of thousands costs a query that starts at each of its members millions of steps.
_DEEPEST = 50
_NAMED = 3


def circle_findings(documents: Sequence[TurtleFile]) -> dict[URIRef, list[Finding]]:
    """Find circles, and chains that are too long to follow.

    Takes time that grows with the number of triples, whatever they say.

    Args:
        documents: All files that were read.

    Returns:
        Findings by relation, for those relations alone that no query should follow: one for each circle, or
        one for the longest chain.
    """
    found = {}
    for relation in ORDERED:
        homes: dict[tuple[Node, Node], TurtleFile] = {}
        for document in documents:
            homes.update({(s, o): document for s, p, o in document.triples if p == relation})
        steps: nx.DiGraph[Node] = nx.DiGraph(list(homes))
        circles = [
            component for component in nx.strongly_connected_components(steps) if _is_circle(steps, component)
        ]
        if circles:
            found[relation] = [_circle(relation, steps, circle, homes) for circle in circles]
        elif len(chain := nx.dag_longest_path(steps)) - 1 > _DEEPEST:
            found[relation] = [_chain(relation, chain, homes)]
    return found


def follows(query: str, relations: Iterable[URIRef]) -> bool:
    """Whether a query follows one of these relations over any number of steps."""
    return any(re.search(rf"{re.escape(shorten(str(relation)))}\s*[+*]", query) for relation in relations)


def _is_circle(steps: "nx.DiGraph[Node]", members: Collection[Node]) -> bool:
    return len(members) > 1 or any(steps.has_edge(member, member) for member in members)


def _circle(
    relation: URIRef,
    steps: "nx.DiGraph[Node]",
    members: Collection[Node],
    homes: dict[tuple[Node, Node], TurtleFile],
) -> Finding:
    first = min(members, key=str)
    after = next(each for each in sorted(steps[first], key=str) if each in members)
    way = nx.shortest_path(steps.subgraph(members), after, first)
    named = [short_term(each) for each in (first, *way[:-1])]
    more = len(members) - len(named[:_NAMED])
    circle = ", ".join(named[:_NAMED]) + (f" and {more} more" if more else "")
    return _finding(
        relation,
        (first, after),
        homes,
        f"This is above itself, by a circle ({shorten(relation)}): {circle}. Take one of these steps out.",
    )


def _chain(relation: URIRef, chain: Sequence[Node], homes: dict[tuple[Node, Node], TurtleFile]) -> Finding:
    return _finding(
        relation,
        (chain[0], chain[1]),
        homes,
        f"From here {len(chain) - 1:,} steps lead up ({shorten(relation)}): "
        f"{', '.join(map(short_term, chain[:_NAMED]))} and so on. At most {_DEEPEST} may; shorten it.",
    )


def _finding(
    relation: URIRef, step: tuple[Node, Node], homes: dict[tuple[Node, Node], TurtleFile], message: str
) -> Finding:
    home = homes[step]
    return Finding(home.name, home.line(str(step[0]), str(relation)), f"{short_term(step[0])}: {message}")
