"""Turtle in its one canonical form, and where in a file a thing is said."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rdflib import DCTERMS, FOAF, ORG, OWL, RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import Node

from kg.terms import SL, bound_graph, shorten

__all__ = ["canonical", "line_of"]

# The subject of a file stands first, what it is made of follows, its statements come last.
_CLASS_ORDER: tuple[Node, ...] = (
    OWL.Ontology,
    SKOS.ConceptScheme,
    SL.CaseStudy,
    SL.Source,
    SL.Section,
    SL.Place,
    ORG.Organization,
    ORG.Role,
    SL.Programme,
    FOAF.Group,
    FOAF.Person,
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    SKOS.Concept,
    SH.NodeShape,
    SH.PropertyShape,
    SL.Paragraph,
    SL.Sentence,
    SL.Claim,
)
_PREDICATE_ORDER: tuple[Node, ...] = (
    RDF.type,
    SKOS.prefLabel,
    SL.statement,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    SL.saidAs,
    DCTERMS.title,
    SKOS.definition,
    SKOS.scopeNote,
    SL.about,
    SL.subject,
    SL.relation,
    SL.object,
    SL.value,
    SL.passage,
)


def _natural(node: Node) -> tuple[tuple[int, str], ...]:
    """Sort text as a person would: claim 2 before claim 10."""
    parts = re.split(r"(\d+)", str(node))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


class _CanonicalSerializer(LongTurtleSerializer):
    """rdflib's long Turtle with our order of subjects and predicates."""

    def __init__(self, store: Graph) -> None:
        super().__init__(store)  # type: ignore[no-untyped-call]

    def orderSubjects(self) -> list[Node]:  # noqa: N802 - rdflib's name
        rank = {kind: place for place, kind in enumerate(_CLASS_ORDER)}
        graph: Graph = self.store

        def key(subject: Node) -> tuple[int, tuple[tuple[int, str], ...]]:
            places = [rank.get(kind, len(rank)) for kind in graph.objects(subject, RDF.type)]
            return min(places, default=len(rank)), _natural(subject)

        named = [subject for subject in set(graph.subjects()) if isinstance(subject, URIRef)]
        return sorted(named, key=key)

    def sortProperties(self, properties: Mapping[Node, list[Node]]) -> list[Node]:  # noqa: N802 - rdflib's name
        for objects in properties.values():
            objects.sort(key=_object_key)
        rank = {predicate: place for place, predicate in enumerate(_PREDICATE_ORDER)}
        return sorted(properties, key=lambda predicate: (rank.get(predicate, len(rank)), str(predicate)))


def _object_key(node: Node) -> tuple[int, tuple[tuple[int, str], ...], str]:
    language = (node.language or "") if isinstance(node, Literal) else ""
    return (0 if isinstance(node, URIRef) else 1, _natural(node), language)


def canonical(triples: Graph | Iterable[tuple[Node, Node, Node]]) -> str:
    """Write triples as Turtle in the one form that this repository uses.

    Args:
        triples: A graph without blank nodes other than lists.

    Returns:
        Turtle text: the prefixes that occur, in alphabetical order; the subject of the file
        first; one predicate a line; a final dot on a line of its own.
    """
    out = io.BytesIO()
    _CanonicalSerializer(bound_graph(triples)).serialize(out)
    text = out.getvalue().decode()
    return text.strip() + "\n"


@lru_cache(maxsize=256)
def line_of(text: str, subject: str, predicate: str | None = None) -> int | None:
    """Find the line at which a subject, or one of its predicates, is written.

    Args:
        text: The Turtle text of one file.
        subject: The IRI of the subject.
        predicate: The IRI of a predicate of this subject; the subject's own line if it is not there.

    Returns:
        A line number counted from 1, or None where the subject does not start a line.
    """
    lines, starts = _lines_of(text)
    start = next((starts[name] for name in (shorten(subject), f"<{subject}>") if name in starts), None)
    if start is None or predicate is None:
        return None if start is None else start + 1
    end = next((n for n in range(start, len(lines)) if lines[n].rstrip().endswith(".")), len(lines))
    names = ["a"] if predicate == str(RDF.type) else []
    found = _line_of_predicate(lines[start : end + 1], [*names, shorten(predicate), f"<{predicate}>"])
    return start + (found or 0) + 1


@lru_cache(maxsize=4)
def _lines_of(text: str) -> tuple[list[str], dict[str, int]]:
    """Give the lines of a file and, for each word that a line begins with, the first such line, from 0."""
    lines = text.splitlines()
    starts: dict[str, int] = {}
    for number, line in enumerate(lines):
        if line and not line[0].isspace():
            starts.setdefault(line.split(maxsplit=1)[0], number)
    return lines, starts


def _line_of_predicate(lines: Sequence[str], names: Sequence[str]) -> int | None:
    begins = tuple(name + space for name in names for space in " \t")
    within = re.compile("|".join(rf"(?:^|[;\s]){re.escape(name)}\s" for name in names))
    for number, line in enumerate(lines):
        text = line.strip()
        if text in names or text.startswith(begins) or within.search(text):
            return number
    return None
