"""Every single constraint of every shape, shown to fire: a message may hide several of them."""

import csv

import pyshacl
import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.content import Content
from kg.terms import PREFIXES, SL, shorten
from tests.constraints import COMPONENTS, LISTED, constraints, shapes_of

# Values of which each breaks some constraint, whatever the property is for.
BAD_VALUES: tuple[Node, ...] = (
    Literal(True),
    Literal(""),
    Literal("~"),
    Literal("x" * 1_000, lang="xx"),
    Literal("y" * 1_000, lang="xx"),
    Literal("-5", datatype=XSD.integer),
    Literal("-999.55", datatype=XSD.decimal),
    Literal("999.55", datatype=XSD.decimal),
    SL.field,
)


@pytest.fixture(scope="module")
def fired(content: Content) -> set[tuple[str, str]]:
    """What pySHACL reports of things that break everything at once."""
    shapes = shapes_of(content)
    data = Graph()
    for number, (node, kind) in enumerate(sorted(shapes.subject_objects(SH.targetClass))):
        bare = URIRef(f"{PREFIXES['body']}bare-{number}")
        spoilt = URIRef(f"{PREFIXES['body']}spoilt-{number}")
        data.add((bare, RDF.type, kind))
        data.add((spoilt, RDF.type, kind))
        for shape in shapes.objects(node, SH.property):
            for path in shapes.objects(shape, SH.path):
                for value in BAD_VALUES:
                    data.add((spoilt, path, value))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    parameters: dict[Node | None, URIRef] = {each: parameter for parameter, each in COMPONENTS.items()}
    return {
        (
            shorten(str(report.value(result, SH.sourceShape))),
            shorten(str(parameters[component])),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for component in [report.value(result, SH.sourceConstraintComponent)]
        if component in parameters
    }


def test_every_constraint_fires(content: Content, fired: set[tuple[str, str]]) -> None:
    assert sorted(constraints(shapes_of(content)) - fired) == []


def test_no_constraint_is_taken_away_unseen(content: Content) -> None:
    with LISTED.open() as file:
        listed = {(shape, parameter) for shape, parameter in csv.reader(file, delimiter="\t")}
    assert len(listed) > 250
    assert constraints(shapes_of(content)) == listed


def test_the_choice_of_things_that_pyshacl_offers_still_hides_faults() -> None:
    """Tell when the way round it in `kg.check.shapes` can go: then this fails."""
    shapes = Graph().parse(
        data="""
        PREFIX sh: <http://www.w3.org/ns/shacl#>
        PREFIX ex: <http://example.org/>
        ex:Outer a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Outer-part .
        ex:Outer-part a sh:PropertyShape ; sh:path ex:part ; sh:node ex:Inner .
        ex:Inner a sh:NodeShape ; sh:property ex:Inner-name .
        ex:Inner-name a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 .
        """,
        format="turtle",
    )
    data = Graph().parse(
        data="PREFIX ex: <http://example.org/> ex:one a ex:Thing ; ex:part ex:nameless .", format="turtle"
    )
    whole, *_ = pyshacl.validate(data, shacl_graph=shapes)
    chosen, *_ = pyshacl.validate(data, shacl_graph=shapes, focus_nodes=["http://example.org/one"])
    assert not whole
    assert chosen
