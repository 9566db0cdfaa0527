"""The description of the dataset: every number is that of the data, and every way to have it is named."""

import pytest
from rdflib import DCAT, DCTERMS, PROV, RDF, VOID, BNode, Graph, Literal, URIRef
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.build.store import open_engine
from kg.engine import Engine, Rows
from kg.graph.content import Content
from kg.graph.named_graphs import DATASET
from kg.publish.dataset import describe_dataset
from kg.queries import questions
from kg.service import ServedGraph
from kg.terms import bound_graph
from kg.web import description

ADDRESS = "https://explorer.example"


@pytest.fixture(scope="module")
def graph(engine: Engine) -> Graph:
    return bound_graph(describe_dataset(engine, "abc123", ADDRESS))


def counted(engine: Engine, query: str) -> int:
    answer = engine.answer(query)
    assert isinstance(answer, Rows)
    return int(str(answer.rows[0][0]))


def client_of(engine: Engine) -> TestClient:
    served = ServedGraph(engine, "abc123")  # type: ignore[arg-type]
    return TestClient(Starlette(routes=description.routes(lambda: served)), base_url=ADDRESS)


def number(graph: Graph, subject: URIRef, predicate: URIRef) -> int:
    found = graph.value(subject, predicate)
    assert isinstance(found, Literal)
    return int(found)


def test_counts_are_those_of_the_graph(graph: Graph, engine: Engine) -> None:
    assert number(graph, DATASET, VOID.triples) == counted(
        engine, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o } }"
    )
    assert number(graph, DATASET, VOID.entities) == counted(
        engine, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"
    )


@pytest.mark.parametrize(
    ("partition", "of", "number_of", "query"),
    [
        (
            VOID.classPartition,
            VOID["class"],
            VOID.entities,
            "SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{0}> }}",
        ),
        (
            VOID.propertyPartition,
            VOID.property,
            VOID.triples,
            "SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT * {{ ?s <{0}> ?o }} }}",
        ),
    ],
)
def test_every_part_has_its_own_count(
    partition: URIRef, of: URIRef, number_of: URIRef, query: str, graph: Graph, engine: Engine
) -> None:
    parts = list(graph.objects(DATASET, partition))
    assert len(parts) > 20
    for part in parts:
        assert isinstance(part, URIRef)
        assert number(graph, part, number_of) == counted(engine, query.format(graph.value(part, of))) > 0


def test_named_graphs_are_parts_and_hold_all_of_it(graph: Graph, engine: Engine) -> None:
    graphs = [each for each in graph.objects(DATASET, VOID.subset) if isinstance(each, URIRef)]
    assert len(graphs) == len(questions.ask(engine, "graph-list")) > 170
    total = counted(engine, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert sum(number(graph, each, VOID.triples) for each in graphs) == total


def test_licence_sources_and_ways_to_have_it_are_named(graph: Graph, engine: Engine) -> None:
    assert str(graph.value(DATASET, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert graph.value(DATASET, VOID.sparqlEndpoint) == URIRef(f"{ADDRESS}/sparql")
    dumps = {URIRef(f"{ADDRESS}/download/graph.{ending}") for ending in ("trig", "nq")}
    assert set(graph.objects(DATASET, VOID.dataDump)) == dumps == set(graph.objects(None, DCAT.downloadURL))
    sources = set(graph.objects(DATASET, PROV.wasDerivedFrom))
    assert len(sources) == counted(
        engine,
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX sl: <https://w3id.org/system-leadership/def/> "
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?c a sl:Claim ; dcterms:source ?s }",
    )
    assert graph.value(DATASET, DCTERMS.source) in sources
    assert str(graph.value(DATASET, URIRef(str(DCAT) + "version"))).endswith("+abc123")


def test_nothing_that_is_not_known_is_claimed(graph: Graph) -> None:
    assert not {DCTERMS.issued, DCTERMS.modified, DCTERMS.creator} & set(graph.predicates(DATASET))
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_a_world_without_a_paper_is_described_too(world: Content) -> None:
    graph = bound_graph(describe_dataset(open_engine(world), "x", ADDRESS))
    assert (DATASET, RDF.type, DCAT.Dataset) in graph
    assert graph.value(DATASET, VOID.exampleResource) is not None


@pytest.mark.parametrize("path", ["/dataset", "/dataset.jsonld", "/.well-known/void"])
def test_it_is_served_with_the_address_it_was_asked_at(path: str, engine: Engine, graph: Graph) -> None:
    client = client_of(engine)
    answer = client.get(path)
    form = "json-ld" if path.endswith("jsonld") else "turtle"
    assert set(Graph().parse(data=answer.text, format=form)) == set(graph)
    elsewhere = client.get(path, headers={"host": "other.example:8600"})
    assert "https://other.example:8600/sparql" in elsewhere.text
    assert elsewhere.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize("host", ["a b", 'x"><script>', "x/y", "", "a@b", "x:99999999"])
def test_a_host_that_is_none_is_refused(host: str, engine: Engine) -> None:
    client = client_of(engine)
    assert client.get("/dataset", headers={"host": host}).status_code == 400
