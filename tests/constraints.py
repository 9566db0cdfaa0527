"""The constraints of the shapes, one by one."""

from pathlib import Path

from rdflib import SH, Graph

from kg.graph.content import Content
from kg.graph.oxigraph import parse_turtle
from kg.terms import bound_graph, shorten

__all__ = ["COMPONENTS", "LISTED", "constraints", "shapes_of"]

LISTED = Path(__file__).parent / "shapes" / "constraints.tsv"


def shapes_of(content: Content) -> Graph:
    return bound_graph(
        triple
        for name in ("shapes.ttl", "house.ttl")
        for triple in parse_turtle((content.ontology / name).read_text())
    )


def constraints(shapes: Graph) -> set[tuple[str, str]]:
    """Give each constraint as shape and parameter, those of targeted node shapes alone."""
    found: set[tuple[str, str]] = set()
    for node in shapes.subjects(SH.targetClass):
        for shape in shapes.objects(node, SH.property):
            found.update(
                (shorten(str(shape)), shorten(str(parameter)))
                for parameter in shapes.predicates(shape)
                if parameter in COMPONENTS
            )
    return found


COMPONENTS = {
    SH["class"]: SH.ClassConstraintComponent,
    SH.datatype: SH.DatatypeConstraintComponent,
    SH.languageIn: SH.LanguageInConstraintComponent,
    SH.maxCount: SH.MaxCountConstraintComponent,
    SH.maxInclusive: SH.MaxInclusiveConstraintComponent,
    SH.maxLength: SH.MaxLengthConstraintComponent,
    SH.minCount: SH.MinCountConstraintComponent,
    SH.minInclusive: SH.MinInclusiveConstraintComponent,
    SH.minLength: SH.MinLengthConstraintComponent,
    SH.node: SH.NodeConstraintComponent,
    SH.nodeKind: SH.NodeKindConstraintComponent,
    SH["or"]: SH.OrConstraintComponent,
    SH.pattern: SH.PatternConstraintComponent,
    SH.uniqueLang: SH.UniqueLangConstraintComponent,
}
