"""Shapes (SHACL) held against the data, with findings in place of a report."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import pyshacl
from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.errors import BadContent
from kg.terms import bound_graph, shorten

__all__ = ["LONGEST_SHOWN", "shape_findings", "short_term"]

LONGEST_SHOWN = 80
# These look at what other files describe, and say nothing while one of these cannot be read.
_NEEDS_OTHER_FILES = {
    SH.ClassConstraintComponent,
    SH.NodeConstraintComponent,
    SH.OrConstraintComponent,
}


def short_term(value: Node) -> str:
    """Write a term for a finding: with its prefix, and never longer than a line."""
    text = shorten(str(value)) if isinstance(value, URIRef) else f"“{value}”"
    text = " ".join(text[: 4 * LONGEST_SHOWN].split())
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def shape_findings(
    data: Graph,
    shapes: Graph,
    documents: Sequence[TurtleFile],
    checked: Iterable[TurtleFile],
    *,
    complete: bool,
) -> list[Finding]:
    """Hold shapes against data.

    Args:
        data: Everything that was read, so that references can be followed.
        shapes: Node and property shapes, each with a message for people.
        documents: All files that were read; they tell where a thing is described.
        checked: The files whose subjects are looked at.
        complete: Whether all files could be read; if not, references are left alone.

    Returns:
        One finding for each fault.

    Raises:
        BadContent: If pySHACL cannot run the shapes.
    """
    homes = {(s, p): document for document in documents for s, p, _ in document.triples}
    focus = {s for document in checked for s, *_ in document.triples}
    if not focus:
        return []
    _, report, text = pyshacl.validate(data, shacl_graph=_aimed(shapes, data, focus), inplace=True)
    if not isinstance(report, Graph):
        raise BadContent(f"The shapes cannot be run: {text}")
    findings = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        component = report.value(result, SH.sourceConstraintComponent)
        if node not in focus or (not complete and component in _NEEDS_OTHER_FILES):
            continue
        path = report.value(result, SH.resultPath)
        home = homes[node, path if path is not None and (node, path) in homes else RDF.type]
        findings.add(
            Finding(
                home.name, home.line(str(node), str(path) if path else None), _told(report, result, shapes)
            )
        )
    return sorted(findings, key=lambda finding: (finding.file, finding.line or 0, finding.message))


def _aimed(shapes: Graph, data: Graph, focus: Iterable[Node]) -> Graph:
    """Aim shapes at these things alone, each by the class it is a member of.

    pySHACL's own `focus_nodes` (RDFLib/pySHACL, pull request 249) also leaves out what sh:node and sh:or look
    at, so that such constraints pass unseen; no issue there tells of it yet. A test says when it is mended.
    """
    aimed = bound_graph(triple for triple in shapes if triple[1] != SH.targetClass)
    members: dict[Node, list[Node]] = {}
    for node in focus:
        for kind in data.objects(node, RDF.type):
            members.setdefault(kind, []).append(node)
    for shape, kind in shapes.subject_objects(SH.targetClass):
        for node in members.get(kind, []):
            aimed.add((shape, SH.targetNode, node))
    return aimed


def _told(report: Graph, result: Node, shapes: Graph) -> str:
    node = report.value(result, SH.focusNode)
    shape = report.value(result, SH.sourceShape)
    message = str(shapes.value(shape, SH.message) or report.value(result, SH.resultMessage))
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    parts = [f"{short_term(node)}: {message}" if node is not None else message]
    if report.value(result, SH.sourceConstraintComponent) == SH.ClosedConstraintComponent:
        allowed = [shorten(str(p)) for p in _allowed_paths(shapes, shape)]
        name = shorten(str(path))
        near = get_close_matches(name, allowed, n=1, cutoff=0.6)
        parts.append(f"Found: {name}" + (f"; did you mean {near[0]}?" if near else "."))
    elif value is not None:
        parts.append(f"Found: {short_term(value)}.")
    return " ".join(parts)


def _allowed_paths(shapes: Graph, shape: Node | None) -> list[Node]:
    paths = [path for each in shapes.objects(shape, SH.property) for path in shapes.objects(each, SH.path)]
    ignored = shapes.value(shape, SH.ignoredProperties)
    return [*paths, *(Collection(shapes, ignored) if ignored is not None else [])]
