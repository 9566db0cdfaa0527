"""What the data and its terms must have: the shapes, which are held against the graph and no part of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import RDF, BNode, URIRef
from rdflib.term import Node

from kg.graph.content import SHAPE_FILES, Content
from kg.graph.oxigraph import Triple, parse_turtle
from kg.storage.files import text_of
from kg.terms import PREFIXES

__all__ = ["Requirements", "requirements"]


@dataclass(frozen=True)
class Requirements:
    """The shapes of some content.

    Attributes:
        triples: All that they say.
    """

    triples: tuple[Triple, ...] = ()

    @property
    def names(self) -> set[URIRef]:
        """The shapes that have an address."""
        return {
            subject
            for subject, predicate, _ in self.triples
            if predicate == RDF.type and isinstance(subject, URIRef) and subject.startswith(PREFIXES["shape"])
        }

    @cached_property
    def _from(self) -> Mapping[Node, list[Triple]]:
        return self._by(0)

    @cached_property
    def _to(self) -> Mapping[Node, list[Triple]]:
        return self._by(2)

    def _by(self, place: int) -> Mapping[Node, list[Triple]]:
        found: dict[Node, list[Triple]] = {}
        for triple in self.triples:
            found.setdefault(triple[place], []).append(triple)
        return found

    def touching(self, thing: URIRef) -> list[Triple]:
        """Give what the shapes say of a thing, and which of them name it, lists included.

        Args:
            thing: A shape, or a class or property that shapes speak of.

        Returns:
            Triples in which the thing stands, with the whole of every list among them.
        """
        found: dict[Triple, None] = {}

        def down(triple: Triple) -> None:
            if triple not in found:
                found[triple] = None
                if isinstance(triple[2], BNode):
                    for below in self._from.get(triple[2], []):
                        down(below)

        def up(node: Node) -> None:
            for triple in self._to.get(node, []):
                if isinstance(triple[0], BNode):
                    up(triple[0])
                else:
                    down(triple)

        for triple in self._from.get(thing, []):
            down(triple)
        up(thing)
        return list(found)


def requirements(content: Content) -> Requirements:
    """Read the shapes of the content.

    Raises:
        BadContent: If a file cannot be read.
        TurtleFault: If a file is not Turtle.
    """
    return Requirements(
        tuple(triple for name in SHAPE_FILES for triple in parse_turtle(text_of(content.ontology / name)))
    )
