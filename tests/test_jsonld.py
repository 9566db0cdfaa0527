"""JSON-LD that loses nothing, whatever the triples are and whichever names it is given."""

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg.graph.oxigraph import Triple
from kg.publish import jsonld
from kg.publish.jsonld import Use
from kg.terms import BASE, SL, bound_graph

if TYPE_CHECKING:
    from rdflib.term import Node

THINGS = st.sampled_from([URIRef(f"{BASE}case/{name}") for name in ("leeds", "devon", "x%20y")])
PROPERTIES = st.sampled_from(
    [SL.about, SL.subject, DCTERMS.subject, SKOS.prefLabel, SL.value, URIRef("http://elsewhere.example/p-q")]
)
LITERALS = st.one_of(
    st.builds(Literal, st.text('ab"\\\n<é”', max_size=8)),
    st.builds(Literal, st.text("ab", max_size=4), lang=st.sampled_from(["en", "de", "en-gb"])),
    st.builds(Literal, st.integers(-99, 99).map(str), datatype=st.just(XSD.integer)),
    st.builds(Literal, st.sampled_from(["true", "false"]), datatype=st.just(XSD.boolean)),
    st.builds(Literal, st.sampled_from(["2015", "1999"]), datatype=st.just(XSD.gYear)),
)
TRIPLES = st.lists(
    st.one_of(
        st.tuples(THINGS, PROPERTIES, st.one_of(THINGS, LITERALS)),
        st.tuples(THINGS, st.just(RDF.type), st.sampled_from([SL.Claim, SKOS.Concept, SL.Source])),
    ),
    min_size=1,
    max_size=12,
)


def read(document: str) -> Graph:
    return Graph().parse(data=document, format="json-ld")


@settings(max_examples=120, deadline=None)
@given(TRIPLES, TRIPLES)
def test_what_is_written_reads_back_as_it_was(triples: list[Triple], others: list[Triple]) -> None:
    """Also where the names were made for other triples, as those of one thing are for the whole graph."""
    for named_for in (triples, others, [*triples, *others]):
        context = jsonld.context_of(jsonld.uses_in(named_for))
        assert set(read(jsonld.as_jsonld(triples, context))) == set(triples)


def test_lists_are_written_as_lists() -> None:
    first, second = BNode(), BNode()
    shape = URIRef(BASE + "shape/x")
    triples: list[tuple[Node, Node, Node]] = [
        (shape, SL.about, first),
        (first, RDF.first, SL.Claim),
        (first, RDF.rest, second),
        (second, RDF.first, Literal("en")),
        (second, RDF.rest, RDF.nil),
    ]
    written = jsonld.as_jsonld(triples, jsonld.context_of(jsonld.uses_in(triples)))
    assert json.loads(written)["@graph"][0]["about"]["@list"][0] == str(SL.Claim)
    assert isomorphic(read(written), bound_graph(triples))


def test_a_name_in_common_is_ours() -> None:
    context = jsonld.context_of([Use(str(DCTERMS.subject), "address"), Use(str(SL.subject), "address")])
    assert context["subject"] == {"@id": "sl:subject", "@type": "@id"}
    assert context["dcterms:subject"] == {"@id": "dcterms:subject", "@type": "@id"}


def test_a_text_in_two_languages_keeps_them() -> None:
    uses = [Use(str(SKOS.prefLabel), "text", "en"), Use(str(SKOS.prefLabel), "text", "de")]
    assert jsonld.context_of(uses)["prefLabel"] == "skos:prefLabel"
    assert jsonld.context_of(uses[:1])["prefLabel"] == {"@id": "skos:prefLabel", "@language": "en"}


def test_the_document_carries_no_more_of_the_context_than_it_needs() -> None:
    triples: list[Triple] = [(URIRef(BASE + "case/leeds"), SL.about, URIRef(BASE + "case/devon"))]
    context = jsonld.context_of([*jsonld.uses_in(triples), Use(str(SKOS.prefLabel), "text", "en")])
    carried = json.loads(jsonld.as_jsonld(triples, context))["@context"]
    assert set(carried) == {"id", "type", "about", "sl"}
