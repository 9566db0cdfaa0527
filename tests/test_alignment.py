"""The alignment: our terms placed among those of other vocabularies, in a graph of its own, and true."""

import re

import pytest
from rdflib import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS
from rdflib.namespace import DefinedNamespace

from kg.engine import Engine
from kg.graph.content import Content
from kg.graph.named_graphs import ALIGNMENT_GRAPH
from kg.graph.oxigraph import Triple, parse_turtle
from kg.publish.downloads import files
from kg.queries.questions import rows
from kg.terms import CITO, OA, OBO, SL
from tests.standard import dir_of

# As their owners publish them: w3c/web-annotation admin/ns/oa.ttl of 2016-10-07; SPAROntologies/cito
# docs/2026-06-22/cito.ttl; monarch-initiative/SEPIO-ontology sepio-base.owl of 2023-02-19 (assertion).
READ_IN_THEIR_FILES = {OA.SpecificResource, OA.Annotation, CITO.disagreesWith, OBO.SEPIO_0000001}
CLOSED: tuple[type[DefinedNamespace], ...] = (DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS)
PARENTS = {RDFS.subClassOf, RDFS.subPropertyOf}


@pytest.fixture(scope="module")
def alignment(content: Content) -> list[Triple]:
    return parse_turtle((content.ontology / "alignment.ttl").read_text())


def test_every_term_of_another_vocabulary_exists(alignment: list[Triple]) -> None:
    known = {term for space in CLOSED for term in dir_of(space)} | READ_IN_THEIR_FILES
    foreign = {o for _, p, o in alignment if p in {*PARENTS, RDFS.seeAlso} and not str(o).startswith(str(SL))}
    assert len(foreign) >= 12
    assert foreign - known == set()


def test_only_our_own_terms_are_placed_and_each_is_described_in_the_core(
    content: Content, alignment: list[Triple]
) -> None:
    core = {s for s, p, _ in parse_turtle((content.ontology / "core.ttl").read_text()) if p == RDF.type}
    placed = {s for s, p, _ in alignment if p in PARENTS}
    assert placed
    assert placed - core == set()


def test_a_class_has_classes_above_it_and_a_property_properties(
    content: Content, alignment: list[Triple]
) -> None:
    kinds = {s: o for s, p, o in parse_turtle((content.ontology / "core.ttl").read_text()) if p == RDF.type}
    for subject, predicate, parent in alignment:
        if predicate in PARENTS:
            is_class = kinds[subject] == OWL.Class
            assert (predicate == RDFS.subClassOf) == is_class
            assert re.split("[/#]", str(parent))[-1][0].isupper() == is_class


def test_nothing_is_claimed_that_the_data_denies(engine: Engine, alignment: list[Triple]) -> None:
    """No agent of PROV comes about, and what is derived from a passage is an entity, as PROV has it."""
    parents = {(s, o) for s, p, o in alignment if p in PARENTS}
    assert (SL.attribution, PROV.wasAttributedTo) not in parents, "a claim is attributed to works as well"
    assert (SL.competesWith, CITO.disagreesWith) not in parents, "one of the two need not cite the other"
    assert (SL.Programme, ORG.OrganizationalCollaboration) not in parents, "some programmes are plans"
    above = {s for s, o in parents if o == PROV.Entity}
    for prop, end in ((SL.passage, 0), (SL.passage, 2)):
        ends = rows(engine, "property-ends").rows
        kinds = {row[1 if end == 0 else 2] for row in ends if row[0] == prop}
        assert kinds
        passages = {SL.Sentence, SL.Excerpt, SL.Section, SL.Paragraph}
        assert {SL.Passage if kind in passages else kind for kind in kinds} <= above


def test_it_lies_in_a_graph_and_a_file_of_its_own(engine: Engine, alignment: list[Triple]) -> None:
    found = {(s, p, o) for _, s, p, o in rows(engine, "graph-triples", {"graph": [ALIGNMENT_GRAPH]}).rows}
    assert found == set(alignment)
    (file,) = (file for file in files(engine) if file.name == "alignment.ttl")
    assert set(parse_turtle(file.make().decode())) >= set(alignment)
