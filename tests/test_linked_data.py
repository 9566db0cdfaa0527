"""Every address of ours gives a page to people and RDF to programs, whatever a stranger writes."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.compare import isomorphic
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.check.requirements import requirements
from kg.engine import Engine, Rows
from kg.errors import BadContent
from kg.graph.content import SHAPE_FILES, Content
from kg.graph.oxigraph import parse_turtle
from kg.publish.additions import with_additions
from kg.publish.serialised import FORMATS
from kg.service import ServedGraph
from kg.terms import BASE, OA, PREFIXES, ROOMS, SL, bound_graph
from kg.things import describe_thing, things
from kg.web import description, linked_data, nanopublications

DOCS = (Path(__file__).parent.parent / "docs" / "linked-data.md").read_text()
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
THINGS = (
    "case/leeds",
    "claim/salford-9",
    "passage/F4-p3.s1",
    "source/abel-et-al-2018",
    "body/canterbury-district-health-board",
    "place/devon",
    "illustration/canterbury-105-1",
    "omission/dev-21",
    "graph/ardern-2019",
    "shape/Claim-about",
    "shape/Claim-object",
    "def/",
    "def/about",
    "scheme/practices",
    "scheme/bases/inferred-medium",
)


def serving(engine: Engine, version: str = "v1") -> TestClient:
    def served() -> ServedGraph:
        return ServedGraph(engine, version)  # type: ignore[arg-type]

    routes = [*nanopublications.routes(served), *linked_data.routes(served), *description.routes(served)]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with serving(engine) as client:
        yield client


def ours(engine: Engine, content: Content) -> set[str]:
    """Every IRI of ours that is named anywhere: in the graph, as the name of a graph, in the shapes."""
    found: set[str] = set()
    for query in (
        "SELECT DISTINCT ?n { { ?n ?p ?o } UNION { ?s ?n ?o } UNION { ?s ?p ?n } FILTER(ISIRI(?n)) }",
        "SELECT DISTINCT ?n { GRAPH ?n { ?s ?p ?o } }",
    ):
        answer = engine.answer(query)
        assert isinstance(answer, Rows)
        found |= {str(row[0]) for row in answer.rows}
    for name in SHAPE_FILES:
        for triple in parse_turtle((content.ontology / name).read_text()):
            found |= {str(term) for term in triple if isinstance(term, URIRef)}
    return {iri for iri in found if iri.startswith(BASE)}


def test_every_iri_that_is_named_anywhere_resolves(
    client: TestClient, engine: Engine, content: Content
) -> None:
    named = ours(engine, content)
    rooms = {iri.removeprefix(BASE).partition("/")[0] for iri in named}
    # Nothing was released yet, so that there is no release, and nothing to correct since.
    assert rooms - {"dataset"} == {*ROOMS, "def"} - {"change", "release"}
    assert len(named) > 2800
    # A client that holds whatever there is gets 304 where there is something, and nothing is written.
    held = {"if-none-match": "*"}
    paths = {iri: "/" + iri.removeprefix(BASE) for iri in named}
    statuses = {iri: client.get(path, headers=held).status_code for iri, path in paths.items()}
    assert {iri for iri, status in statuses.items() if status != 304} == set()
    required = requirements(content)
    untold = []
    parts = [iri for iri in sorted(named) if "#" in iri]
    assert parts
    for iri in [*parts, *sorted(named)[::5]]:
        told = describe_thing(engine, URIRef(iri.partition("#")[0]), required)
        if not told or (
            ("#" in iri or "/graph/" not in iri) and not any(subject == URIRef(iri) for subject, _, _ in told)
        ):
            untold.append(iri)
    assert untold == []


def test_an_iri_that_is_not_there_does_not_resolve(client: TestClient) -> None:
    answer = client.get("/claim/leds-1")
    assert answer.status_code == 404
    assert answer.text == 'There is no claim "leds-1"; did you mean "leeds-1"?\n'
    assert answer.headers["content-type"].startswith("text/plain")
    assert client.get("/claim/leds-1", headers={"accept": BROWSER}).status_code == 404


@pytest.mark.parametrize("path", THINGS)
def test_all_formats_say_the_same(path: str, client: TestClient) -> None:
    graphs = [
        Graph().parse(data=client.get(f"/{path}.{suffix}").text, format=parser)
        for suffix, parser in PARSERS.items()
    ]
    assert len(graphs[0]) > 2
    assert all(isomorphic(graphs[0], other) for other in graphs[1:])


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/turtle;q=0.4, application/rdf+xml;q=0.5", "application/rdf+xml"),
        ("application/*", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1", "application/ld+json"),
        ("text/turtle, text/html;q=0.9", "text/turtle"),
    ],
)
def test_format_is_the_one_that_is_asked_for(accept: str | None, given: str, client: TestClient) -> None:
    headers = {"accept": accept} if accept is not None else {}
    if accept is None:
        del client.headers["accept"]
    answer = client.get("/case/leeds", headers=headers)
    client.headers["accept"] = "*/*"
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == given
    assert answer.headers["vary"] == "Accept"
    parser = next(PARSERS[form.suffix] for form in FORMATS if form.media_type == given)
    assert (URIRef(BASE + "case/leeds"), RDF.type, SL.CaseStudy) in Graph().parse(
        data=answer.text, format=parser
    )


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/case/leeds", "/case?id=leeds"),
        ("/claim/leeds-1", "/claim?id=leeds-1"),
        ("/def/about", "/vocabulary?term=about"),
        ("/def/", "/vocabulary"),
        ("/scheme/practices", "/concept?id=practices"),
        ("/scheme/factors/surface-and-resolve-conflicts", "/factor?id=surface-and-resolve-conflicts"),
        ("/scheme/practices/make-challenge-safe", "/practice?id=make-challenge-safe"),
        ("/scheme/challenges/rising-demand", "/concept?id=challenges/rising-demand"),
        ("/scheme/bases", "/thing?id=scheme/bases"),
        ("/scheme/bases/explicit", "/thing?id=scheme/bases/explicit"),
        ("/source/bruce-2013", "/source?id=bruce-2013"),
        ("/body/kings-fund", "/body?id=kings-fund"),
        ("/place/torbay", "/place?id=torbay"),
        ("/dataset", "/about"),
        ("/.well-known/void", "/about"),
    ],
)
def test_people_are_led_to_the_page(path: str, page: str, client: TestClient) -> None:
    answer = client.get(path, headers={"accept": BROWSER})
    assert (answer.status_code, answer.headers["location"], answer.headers["vary"]) == (303, page, "Accept")
    if not path.endswith(("/", "void")):
        assert client.get(f"{path}.html").headers["location"] == page


def test_what_is_not_on_offer_is_refused_with_what_is(client: TestClient) -> None:
    answer = client.get("/case/leeds", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert answer.headers["vary"] == "Accept"
    assert all(form.media_type in answer.text for form in FORMATS)


def test_only_reading_is_possible_and_scripts_of_any_page_may_read(client: TestClient) -> None:
    for path in ("/case/leeds", "/claim/nothing", "/dataset", "/context.jsonld"):
        for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND"):
            refused = client.request(method, path)
            assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
        asked = client.options(path)
        assert (asked.status_code, asked.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
        assert asked.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert client.get(path).headers["access-control-allow-origin"] == "*"


def test_head_says_what_get_says_without_the_body(client: TestClient) -> None:
    got, headed = client.get("/case/leeds"), client.head("/case/leeds")
    assert headed.content == b""
    assert headed.headers == got.headers
    assert int(headed.headers["content-length"]) == len(got.content)


def test_what_a_client_holds_is_not_sent_again(client: TestClient, engine: Engine) -> None:
    first = client.get("/case/leeds")
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for said in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get("/case/leeds", headers={"if-none-match": said})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/case/leeds", headers={"if-none-match": 'W/"x"'}).status_code == 200
    others = [
        client.get("/case/leeds.nt"),
        client.get("/case/devon"),
        serving(engine, "v2").get("/case/leeds"),
    ]
    assert tag not in {other.headers["etag"] for other in others}
    assert client.get("/case/leeds.ttl").headers["etag"] == tag


def test_other_forms_and_the_lasting_name_are_linked(client: TestClient) -> None:
    answer = client.get("/claim/leeds-1")
    links = answer.headers["link"]
    assert f'<{BASE}claim/leeds-1>; rel="canonical"' in links
    assert answer.headers["content-location"] == "/claim/leeds-1.ttl"
    others = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', links)
    assert len(others) == 6
    for address, kind in others:
        found = client.get(address) if kind != "text/html" else None
        assert found is None or found.headers["content-type"].split(";")[0] == kind


@settings(max_examples=150, deadline=None)
@given(
    room=st.sampled_from([*ROOMS, "def"]),
    slug=st.text(max_size=60),
    ending=st.sampled_from(["", ".ttl", ".html", ".x", ".nanopub", ".nanopub.trig"]),
)
def test_nothing_that_a_stranger_writes_breaks_it(
    room: str, slug: str, ending: str, client: TestClient
) -> None:
    path = f"/{room}/{quote(slug, safe='')}{ending}"
    answer = client.get(path, headers={"accept": "text/turtle, */*;q=0.1"})
    assert answer.status_code in {200, 303, 404}
    assert answer.status_code != 404 or answer.text.startswith("There is no ")


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_thing_in_any_format_is_what_is_said_of_it(
    client: TestClient, engine: Engine, content: Content, data: st.DataObject
) -> None:
    required = requirements(content)
    rooms = [(room, slugs) for room, slugs in things(engine, required).slugs.items() if slugs]
    room, slugs = data.draw(st.sampled_from(sorted(rooms)))
    slug = data.draw(st.sampled_from(sorted(slugs)))
    found = describe_thing(engine, URIRef(f"{BASE}{room}/{slug}"), required)
    said = bound_graph(found if room == "graph" else with_additions(found))
    suffix = data.draw(st.sampled_from(sorted(PARSERS)))
    written = Graph().parse(data=client.get(f"/{room}/{slug}.{suffix}").text, format=PARSERS[suffix])
    assert len(said) > 0
    assert len(written) == len(said)
    assert len(said) > 300 or isomorphic(written, said)


@pytest.mark.parametrize(
    "path",
    [
        "/case/a/b",
        "/claim/%2e%2e%2fx",
        "/claim/a%2Fb",
        "/claim/a%0Ab",
        "/claim/%00",
        "/claim/%ff%fe",
        "/scheme/practices/",
        "/scheme/",
        "/claim/",
        "/case/leeds.ttl.ttl",
        "/claim/leeds-1/",
        "/source/<script>alert(1)</script>",
        '/body/x">',
        "/shape/" + "x" * 20_000,
    ],
)
def test_an_address_that_leads_nowhere_is_a_real_404(path: str, client: TestClient) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text) < 400


def test_pages_keep_their_addresses(client: TestClient) -> None:
    for page in ("/case", "/case?id=leeds", "/thing", "/vocabulary", "/about", "/"):
        assert client.get(page).text == "Not Found"
    led = client.get("/case/?id=leeds")
    assert (led.status_code, led.headers["location"]) == (303, "/case?id=leeds")


def test_a_case_comes_with_its_statements_by_name(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/case/leeds.ttl").text, format="turtle")
    claims = set(graph.subjects(SL.about, URIRef(BASE + "case/leeds")))
    assert len(claims) > 40
    assert claims <= set(graph.subjects(SL.statement))
    used = set(graph.objects(URIRef(BASE + "case/leeds"), SL.usesPractice))
    assert used and used <= set(graph.subjects(SKOS.prefLabel))


def test_a_statement_comes_with_what_it_illustrates(client: TestClient) -> None:
    graph = Graph().parse(data=client.get("/claim/canterbury-105.ttl").text, format="turtle")
    readings = set(graph.subjects(OA.hasTarget, URIRef(BASE + "claim/canterbury-105")))
    assert readings
    for reading in readings:
        assert graph.value(reading, SL.inference)
        assert graph.value(graph.value(reading, OA.hasBody), SKOS.prefLabel)


def test_a_named_graph_gives_what_it_holds(client: TestClient, engine: Engine) -> None:
    graph = Graph().parse(data=client.get("/graph/ardern-2019.ttl").text, format="turtle")
    answer = engine.answer(f"SELECT * {{ GRAPH <{BASE}graph/ardern-2019> {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Rows)
    assert len(graph) == len(answer.rows) > 50


def test_json_ld_reads_as_plain_json(client: TestClient) -> None:
    document = json.loads(client.get("/claim/leeds-1.jsonld").text)
    first = document["@graph"][0]
    assert first["id"] == BASE + "claim/leeds-1"
    assert first["type"] == "Claim"
    assert first["about"] == BASE + "case/leeds"
    assert first["statement"].startswith("“The Leeds pound”")
    assert isinstance(document["@context"], dict)
    assert document["@context"]["about"] == {"@id": "sl:about", "@type": "@id"}
    whole = json.loads(client.get("/context.jsonld").text)["@context"]
    assert document["@context"].items() <= whole.items()
    assert client.get("/context.jsonld").headers["content-type"] == "application/ld+json"


def test_changed_content_is_shown_once_its_version_changes(engine: Engine, world_engine: Engine) -> None:
    now = [ServedGraph(world_engine, "before")]  # type: ignore[arg-type]
    client = TestClient(Starlette(routes=linked_data.routes(lambda: now[0])))
    assert client.get("/case/river-town").status_code == 200
    assert client.get("/case/leeds").status_code == 404
    now[0] = ServedGraph(engine, "after")  # type: ignore[arg-type]
    assert client.get("/case/leeds").status_code == 200
    assert client.get("/case/river-town").status_code == 404


def test_content_that_cannot_be_opened_is_told_in_a_sentence() -> None:
    def broken() -> ServedGraph:
        raise BadContent("data/cases/leeds.ttl:3: a dot is missing.")

    answer = TestClient(Starlette(routes=linked_data.routes(broken))).get("/case/leeds")
    assert (answer.status_code, answer.text) == (503, "data/cases/leeds.ttl:3: a dot is missing.\n")


def commands() -> list[list[str]]:
    blocks = re.findall(r"^```sh\n(.*?)^```", DOCS, flags=re.DOTALL | re.MULTILINE)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.startswith("curl ")]


@pytest.mark.parametrize("command", commands(), ids=lambda command: command[-1])
def test_the_commands_that_are_shown_work(command: list[str], client: TestClient) -> None:
    headers = dict(
        command[place + 1].split(": ", 1) for place, word in enumerate(command) if word in {"-H", "-sH"}
    )
    address = re.sub(r"^localhost:\d+", "", command[-1])
    assert address.startswith("/")
    answer = client.get(address, headers=headers)
    assert answer.status_code in {200, 303}


def test_commands_are_shown() -> None:
    assert len(commands()) >= 4
    assert PREFIXES["case"] in DOCS
