"""The endpoint over HTTP, on each engine: our own workers, an Oxigraph server and OpenLink Virtuoso."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from rdflib import Graph, URIRef

from kg import tables
from kg.build.store import graph_with_version
from kg.engine import Rows, ServingEngine, Triples
from kg.engine.embedded import EmbeddedEngine
from kg.engine.in_process import InProcessEngine
from kg.engine.remote import Endpoint, RemoteEngine
from kg.graph.content import Content
from kg.graph.named_graphs import source_graph
from kg.graph.oxigraph import write_nquads
from kg.queries import questions
from kg.queries.binding import bound
from kg.terms import SL, expand
from kg.views import graphs_of_the_paper
from tests.serving import UNION, Fixed, oxigraph, served, virtuoso

PAPER = str(source_graph(URIRef(expand("source:leading-across-the-health-and-care-system"))))
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
IN_PAPER = f"SELECT (COUNT(*) AS ?n) FROM <{PAPER}> {{ ?s ?p ?o }}"
ENGINES = [
    pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ("embedded", "oxigraph", "virtuoso")
]


@pytest.fixture(scope="session")
def built(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "graph.nq"
    path.write_bytes(write_nquads(graph_with_version(content)))
    return path


@pytest.fixture(scope="session", params=ENGINES)
def serving(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServingEngine]:
    match request.param:
        case "embedded":
            engine: ServingEngine = EmbeddedEngine(built)
            yield engine
            engine.close()
        case "oxigraph":
            with oxigraph(built) as address:
                engine = RemoteEngine(Endpoint(address))
                yield engine
                engine.close()
        case "virtuoso":
            with virtuoso(built, tmp_path_factory.mktemp("virtuoso")) as address:
                engine = RemoteEngine(Endpoint(address, union=UNION))
                yield engine
                engine.close()


@pytest.fixture(scope="session")
def endpoint(serving: ServingEngine) -> Iterator[str]:
    with served(Fixed(serving)) as address:
        yield address


@pytest.fixture(scope="session")
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=30, trust_env=False) as client:
        yield client


def number(response: httpx2.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_every_question_is_answered_alike_by_every_engine(serving: ServingEngine, content: Content) -> None:
    engine = InProcessEngine(graph_with_version(content))
    cases = [row[0] for row in questions.rows(engine, "case-list").rows]
    for question in questions.all_questions():
        texts = [question.text]
        if question.given == ("case",):
            texts += [bound(question.text, {"case": [case]}) for case in cases[::9] if case is not None]
        for text in texts:
            here, there = engine.answer(text), serving.answer(text)
            if isinstance(here, Triples) and isinstance(there, Triples):
                assert sorted(here.triples) == sorted(there.triples), question.name
            else:
                assert as_texts(here) == as_texts(there), question.name


def as_texts(answer: object) -> object:
    assert isinstance(answer, Rows)
    return sorted(answer.variables), [
        sorted(
            (name, cell.n3()) for name, cell in zip(answer.variables, row, strict=True) if cell is not None
        )
        for row in answer.rows
    ]


def test_get_form_and_direct_post_give_the_same(endpoint: str, client: httpx2.Client) -> None:
    count = number(client.get(endpoint, params={"query": COUNT}))
    assert count > 20_000
    assert number(client.post(endpoint, data={"query": COUNT})) == count
    direct = {"Content-Type": "application/sparql-query"}
    assert number(client.post(endpoint, content=COUNT.encode(), headers=direct)) == count


def test_default_graph_is_a_set(serving: ServingEngine, content: Content) -> None:
    """Whether the default graph is a union or a graph of its own, and whether graphs are named or not."""
    prefix = f"PREFIX sl: <{SL}>\n"
    pattern = "{ ?c a sl:CaseStudy ; sl:usesPractice ?p }"
    for graphs in (None, graphs_of_the_paper(InProcessEngine(graph_with_version(content)))):
        counted = serving.answer(f"{prefix}SELECT (COUNT(*) AS ?n) {pattern}", graphs)
        once = serving.answer(
            f"{prefix}SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?c ?p {pattern} }}", graphs
        )
        assert isinstance(counted, Rows)
        assert isinstance(once, Rows)
        assert counted.rows == once.rows
        assert int(str(counted.rows[0][0])) > 20


def test_text_comes_back_as_it_went(endpoint: str, client: httpx2.Client) -> None:
    text = "100 % + ü & “x” = ?"
    query = f'SELECT ("{text}" AS ?n) {{}}'
    for response in (
        client.get(endpoint, params={"query": query}),
        client.post(endpoint, data={"query": query}),
        client.post(endpoint, content=query.encode(), headers={"Content-Type": "application/sparql-query"}),
    ):
        assert response.json()["results"]["bindings"][0]["n"]["value"] == text


@pytest.mark.parametrize("way", ["from", "default-graph-uri in the address", "default-graph-uri in the form"])
def test_a_graph_that_is_named_stands_alone(way: str, endpoint: str, client: httpx2.Client) -> None:
    match way:
        case "from":
            response = client.get(endpoint, params={"query": IN_PAPER})
        case "default-graph-uri in the address":
            response = client.post(
                endpoint,
                params={"default-graph-uri": PAPER},
                content=COUNT.encode(),
                headers={"Content-Type": "application/sparql-query"},
            )
        case _:
            response = client.post(endpoint, data={"query": COUNT, "default-graph-uri": PAPER})
    inside = client.get(
        endpoint, params={"query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{PAPER}> {{ ?s ?p ?o }} }}"}
    )
    assert 1_000 < number(response) == number(inside)


def test_the_request_goes_before_from_and_unknown_graphs_are_empty(
    endpoint: str, client: httpx2.Client
) -> None:
    other = expand("graph:collection")
    asked = {"query": IN_PAPER, "default-graph-uri": other}
    assert number(client.get(endpoint, params=asked)) != number(
        client.get(endpoint, params={"query": IN_PAPER})
    )
    for unknown in ("http://127.0.0.1:9/graph", "file:///etc/passwd", "urn:none"):
        assert number(client.get(endpoint, params={"query": COUNT, "default-graph-uri": unknown})) == 0
        assert (
            number(client.get(endpoint, params={"query": COUNT.replace("{", f"FROM <{unknown}> {{", 1)})) == 0
        )


def test_named_graphs_are_reached_by_graph_alone(endpoint: str, client: httpx2.Client) -> None:
    named = {"named-graph-uri": PAPER}
    assert number(client.get(endpoint, params={"query": COUNT, **named})) == 0
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(client.get(endpoint, params={"query": graphs, **named})) == 1


def test_every_format_of_rows_says_the_same(endpoint: str, client: httpx2.Client) -> None:
    query = "SELECT ?label {{ <{}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label }}".format(
        expand("case:leeds")
    )
    for kind, part in (
        ("application/sparql-results+json", '"Leeds ('),
        ("application/sparql-results+xml", ">Leeds ("),
        ("text/csv", "label\r\nLeeds ("),
        ("text/tab-separated-values", '?label\n"Leeds ('),
    ):
        response = client.get(endpoint, params={"query": query}, headers={"Accept": kind})
        assert response.headers["content-type"].partition(";")[0] == kind
        assert part in response.text


def test_ask_is_answered_in_every_format(endpoint: str, client: httpx2.Client) -> None:
    for query, truth in (("ASK { ?s ?p ?o }", "true"), ("ASK { <http://a/> ?p ?o }", "false")):
        assert client.get(endpoint, params={"query": query}).json()["boolean"] is (truth == "true")
        for name in ("xml", "csv", "tsv"):
            assert truth in client.get(endpoint, params={"query": query, "format": name}).text


def test_every_format_of_triples_says_the_same(endpoint: str, client: httpx2.Client) -> None:
    query = "CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ <{}> }} ?s ?p ?o }}".format(expand("case:leeds"))
    graphs = []
    for kind, parser in (
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ):
        response = client.get(endpoint, params={"query": query}, headers={"Accept": kind})
        assert response.headers["content-type"].partition(";")[0] == kind
        graphs.append(set(Graph().parse(data=response.text, format=parser)))
    assert len(graphs[0]) > 5
    assert all(graph == graphs[0] for graph in graphs)


def test_describe_gives_triples(endpoint: str, client: httpx2.Client) -> None:
    response = client.get(endpoint, params={"query": f"DESCRIBE <{expand('case:leeds')}>", "format": "nt"})
    assert "Leeds" in response.text


@pytest.mark.parametrize(
    ("query", "place"), [("SELEC", "line 1, column 6"), ("SELECT ?x {\n ?x a 1 2 }", "line 2, column 12")]
)
def test_a_fault_in_a_query_is_one_sentence_with_its_place(
    query: str, place: str, endpoint: str, client: httpx2.Client
) -> None:
    response = client.get(endpoint, params={"query": query})
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert place in response.text
    assert response.text.count("\n") == 1


def test_what_other_dialects_understand_is_refused_alike(endpoint: str, client: httpx2.Client) -> None:
    for query in (
        "DEFINE get:soft 'replace' SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } OPTION (transitive)",
        "SELECT * { ?s ?p `bif:now()` }",
    ):
        assert client.get(endpoint, params={"query": query}).status_code == 400


def test_methods_and_preflight(endpoint: str, client: httpx2.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        response = client.request(method, endpoint, params={"query": COUNT})
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    preflight = client.options(
        endpoint,
        headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    assert preflight.headers["allow"]


def test_head_gives_the_headers_of_get_and_no_body(endpoint: str, client: httpx2.Client) -> None:
    get = client.get(endpoint, params={"query": COUNT})
    head = client.head(endpoint, params={"query": COUNT})
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "vary", "access-control-allow-origin"):
        assert head.headers[name] == get.headers[name]


def test_an_answer_that_is_held_is_not_sent_again(endpoint: str, client: httpx2.Client) -> None:
    first = client.get(endpoint, params={"query": COUNT})
    tag = first.headers["etag"]
    assert "Accept" in first.headers["vary"]
    again = client.get(endpoint, params={"query": COUNT}, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    csv = client.get(endpoint, params={"query": COUNT}, headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert csv.status_code == 200
    changing = client.get(endpoint, params={"query": "SELECT (RAND() AS ?n) {}"})
    assert "etag" not in changing.headers
    assert changing.headers["cache-control"] == "no-store"
    assert changing.text != client.get(endpoint, params={"query": "SELECT (RAND() AS ?n) {}"}).text


def test_an_answer_is_compressed_for_who_asks(endpoint: str, client: httpx2.Client) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 500"
    plain = client.get(endpoint, params={"query": query}, headers={"Accept-Encoding": "identity"})
    packed = client.get(endpoint, params={"query": query}, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["vary"]
    assert len(packed.json()["results"]["bindings"]) == len(plain.json()["results"]["bindings"]) == 500


def test_a_large_answer_arrives_whole(endpoint: str, client: httpx2.Client) -> None:
    response = client.get(endpoint, params={"query": "SELECT * { ?s ?p ?o }", "format": "csv"})
    assert response.text.count("\r\n") == number(client.get(endpoint, params={"query": COUNT})) + 1


def test_the_service_describes_itself(endpoint: str, client: httpx2.Client) -> None:
    response = client.get(endpoint)
    assert response.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=response.text, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    service = URIRef(endpoint)
    assert (service, URIRef(sd + "endpoint"), service) in graph
    assert (service, URIRef(sd + "supportedLanguage"), URIRef(sd + "SPARQL11Query")) in graph
    assert (service, URIRef(sd + "feature"), URIRef(sd + "UnionDefaultGraph")) in graph
    assert len(list(graph.objects(service, URIRef(sd + "resultFormat")))) == 8
    assert URIRef(PAPER) in set(graph.objects(None, URIRef(sd + "name")))
    for name, parser in (("jsonld", "json-ld"), ("rdf", "xml"), ("nt", "nt")):
        other = client.get(endpoint, params={"format": name})
        assert len(Graph().parse(data=other.text, format=parser)) == len(graph)
    assert client.get(endpoint, headers={"Accept": "text/html"}).headers["location"] == "/query"
    assert client.get(endpoint, headers={"Accept": "image/png"}).status_code == 406


def test_errors_are_open_to_scripts_of_other_pages(endpoint: str, client: httpx2.Client) -> None:
    for response in (
        client.get(endpoint, params={"query": "SELEC"}),
        client.get(endpoint, params={"query": COUNT}, headers={"Accept": "image/png"}),
        client.post(endpoint, content=b"x", headers={"Content-Type": "text/plain"}),
    ):
        assert 400 <= response.status_code < 500
        assert response.headers["access-control-allow-origin"] == "*"
        assert re.fullmatch(r"[^\n]+\.\n", response.text)


def test_json_is_that_of_the_standard(endpoint: str, client: httpx2.Client) -> None:
    query = 'SELECT ("x"@en AS ?a) (1 AS ?b) (<http://a/> AS ?c) ?e {}'
    row = json.loads(client.get(endpoint, params={"query": query}).text)["results"]["bindings"][0]
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert row == {
        "a": {"type": "literal", "value": "x", "xml:lang": "en"},
        "b": {"type": "literal", "value": "1", "datatype": xsd + "integer"},
        "c": {"type": "uri", "value": "http://a/"},
    }


def test_a_table_is_the_same_to_the_byte_from_every_engine(serving: ServingEngine, content: Content) -> None:
    name = "practice-evidence"
    ours = tables.as_csv(tables.Tables(InProcessEngine(graph_with_version(content))), name)
    assert tables.as_csv(tables.Tables(serving), name) == ours
