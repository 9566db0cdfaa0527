"""What is added on the way out for tools that infer nothing, and statements as nanopublications."""

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, Graph, Literal, URIRef
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.cli import main
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.graph.oxigraph import from_oxigraph
from kg.publish.additions import declared, with_additions
from kg.publish.downloads import files
from kg.publish.nanopublications import nanopublication, nanopublications
from kg.service import ServedGraph
from kg.terms import NP, OA, PREFIXES, SL, expand
from kg.web import linked_data
from kg.web import nanopublications as served_nanopublications

PASSAGE = URIRef(expand("passage:sample-1"))
SOURCE = URIRef(expand("source:sample"))
QUOTATION = URIRef(f"{PASSAGE}#quotation")
SCHEME, CONCEPT = URIRef(expand("scheme:factors")), URIRef(expand("factor:sample"))
ILLUSTRATION = URIRef(expand("illustration:sample-1-1"))


def file_of(engine: Engine, name: str) -> str:
    return next(file for file in files(engine) if file.name == name).make().decode()


@pytest.mark.parametrize(
    ("said", "added"),
    [
        (
            (CONCEPT, SKOS.prefLabel, Literal("x", lang="en")),
            {(CONCEPT, RDFS.label, Literal("x", lang="en"))},
        ),
        ((CONCEPT, SKOS.topConceptOf, SCHEME), {(SCHEME, SKOS.hasTopConcept, CONCEPT)}),
        (
            (ILLUSTRATION, RDF.type, SL.Illustration),
            {(ILLUSTRATION, RDF.type, OA.Annotation), (ILLUSTRATION, OA.motivatedBy, OA.classifying)},
        ),
        ((PASSAGE, RDF.type, SL.Excerpt), {(PASSAGE, RDF.type, OA.SpecificResource)}),
        ((PASSAGE, DCTERMS.isPartOf, SOURCE), {(PASSAGE, OA.hasSource, SOURCE)}),
        (
            (PASSAGE, SL.anchor, Literal("By then waits were", lang="en")),
            {
                (PASSAGE, OA.hasSelector, QUOTATION),
                (QUOTATION, RDF.type, OA.TextQuoteSelector),
                (QUOTATION, OA.exact, Literal("By then waits were")),
            },
        ),
        ((URIRef(str(SL)), OWL.versionInfo, Literal("1")), {(URIRef(str(SL)), OWL.versionIRI, SL["1"])}),
        ((SOURCE, DCTERMS.title, Literal("x")), set()),
        ((SOURCE, DCTERMS.isPartOf, SCHEME), set()),
    ],
)
def test_each_addition_follows_from_one_triple(
    said: tuple[URIRef, URIRef, URIRef | Literal], added: set[tuple[URIRef, URIRef, URIRef | Literal]]
) -> None:
    assert set(with_additions([said])) == {said} | added


@pytest.mark.parametrize("name", ["ontology.ttl", "alignment.ttl"])
def test_files_of_the_vocabulary_declare_every_term_that_they_use(name: str, engine: Engine) -> None:
    graph = Graph().parse(data=file_of(engine, name), format="turtle")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    stated = {s: [o for o in graph.objects(s, RDF.type) if o in kinds] for s in graph.subjects()}
    built_in = tuple(str(space) for space in (OWL, RDF, RDFS))
    for term in {*graph.predicates(), *graph.objects(None, RDF.type), *graph.objects(None, RDFS.subClassOf)}:
        if not str(term).startswith(built_in):
            assert len(stated.get(term, [])) == 1, term
    for prop, parent in graph.subject_objects(RDFS.subPropertyOf):
        assert stated[prop] == stated[parent]


def test_what_is_declared_here_is_not_declared_again() -> None:
    core = [(SL.x, RDF.type, OWL.Class), (SL.x, RDFS.subClassOf, PROV.Entity)]
    assert declared(core) == [(PROV.Entity, RDF.type, OWL.Class)]


def test_the_graph_itself_holds_no_addition(engine: Engine) -> None:
    text = file_of(engine, "graph.nq")
    assert str(SKOS.prefLabel) in text
    assert not [
        term for term in (RDFS.label, OA.exact, SKOS.hasTopConcept, OWL.versionIRI) if str(term) in text
    ]


def test_a_case_file_carries_quotations_no_longer_than_what_is_recorded(engine: Engine) -> None:
    graph = Graph().parse(data=file_of(engine, "case/leeds.ttl"), format="turtle")
    quoted = {(s, str(o)) for s, o in graph.subject_objects(OA.exact)}
    assert quoted
    assert {words for _, words in quoted} <= {str(anchor) for anchor in graph.objects(None, SL.anchor)}
    for quotation, _ in quoted:
        (passage,) = graph.subjects(OA.hasSelector, quotation)
        assert graph.value(passage, OA.hasSource) == graph.value(passage, DCTERMS.isPartOf)


@pytest.fixture(scope="module")
def client(engine: Engine) -> TestClient:
    def serving() -> ServedGraph:
        return ServedGraph(engine, "v1")  # type: ignore[arg-type]

    routes = [*served_nanopublications.routes(serving), *linked_data.routes(serving)]
    return TestClient(Starlette(routes=routes), follow_redirects=False)


def test_a_statement_can_be_had_as_a_nanopublication(client: TestClient, engine: Engine) -> None:
    answer = client.get("/claim/leeds-1.nanopub.trig")
    assert answer.headers["content-type"].startswith("application/trig")
    assert (
        client.get(
            "/claim/leeds-1.nanopub.trig", headers={"If-None-Match": answer.headers["etag"]}
        ).status_code
        == 304
    )
    graphs: dict[str, Graph] = {}
    for quad in ox.parse(answer.content, format=ox.RdfFormat.TRIG):
        name = quad.graph_name.value
        subject, predicate, obj = map(from_oxigraph, (quad.subject, quad.predicate, quad.object))
        graphs.setdefault(name, Graph(identifier=URIRef(name))).add((subject, predicate, obj))
    claim = URIRef(PREFIXES["claim"] + "leeds-1")
    whole = URIRef(f"{claim}.nanopub")
    head, assertion, provenance, publication = (
        graphs.pop(f"{whole}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    assert graphs == {}
    assert set(head) == {
        (whole, RDF.type, NP.Nanopublication),
        (whole, NP.hasAssertion, assertion.identifier),
        (whole, NP.hasProvenance, provenance.identifier),
        (whole, NP.hasPublicationInfo, publication.identifier),
    }
    assert {SL.statement, SL.modality, SL.polarity, SL.relation} <= set(assertion.predicates(claim))
    assert set(assertion.subjects()) == {claim}
    passages = set(provenance.objects(claim, SL.passage))
    assert passages
    assert set(provenance.objects(assertion.identifier, PROV.wasDerivedFrom)) == passages
    assert provenance.value(assertion.identifier, PROV.hadPrimarySource) == provenance.value(
        claim, DCTERMS.source
    )
    assert (whole, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in publication
    # Nothing of the statement is lost between the four.
    told = client.get("/claim/leeds-1.nt").text
    mine = {(p, o) for s, p, o in Graph().parse(data=told, format="nt") if s == claim and p != RDF.type}
    assert mine <= {(p, o) for part in (assertion, provenance, publication) for _, p, o in part}


def test_each_statement_has_one_and_what_is_none_has_none(engine: Engine, client: TestClient) -> None:
    quads = list(ox.parse(nanopublications(engine), format=ox.RdfFormat.TRIG))
    wholes = {q.subject for q in quads if q.object == ox.NamedNode(str(NP.Nanopublication))}
    claims = {q.subject for q in quads if q.object == ox.NamedNode(str(SL.Claim))}
    assert {f"{claim.value}.nanopub" for claim in claims} == {whole.value for whole in wholes}
    assert len({q.graph_name for q in quads}) == 4 * len(wholes) > 400
    with pytest.raises(UnknownName):
        nanopublication(engine, "leeds-0")
    answer = client.get("/claim/leeds-0.nanopub.trig")
    assert answer.status_code == 404
    assert "leeds-" in answer.text


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/trig", "application/trig"),
        ("text/turtle;q=0.4, application/trig", "application/trig"),
        ("application/trig;q=0.4, text/turtle", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("*/*", "text/turtle"),
    ],
)
def test_a_statement_is_a_nanopublication_for_those_that_ask(
    client: TestClient, accept: str, given: str
) -> None:
    answer = client.get("/claim/leeds-1", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == given
    assert answer.headers["vary"] == "Accept"
    if given == "application/trig":
        assert answer.headers["content-location"] == "/claim/leeds-1.nanopub.trig"
        assert answer.content == client.get("/claim/leeds-1.nanopub.trig").content
        held = {"Accept": accept, "If-None-Match": answer.headers["etag"]}
        assert client.get("/claim/leeds-1", headers=held).status_code == 304
    else:
        trig = '</claim/leeds-1.nanopub.trig>; rel="alternate"; type="application/trig"'
        assert trig in answer.headers["link"]


def test_the_name_of_a_nanopublication_leads_to_it_and_people_to_the_statement(client: TestClient) -> None:
    answer = client.get("/claim/leeds-1.nanopub")
    assert answer.content == client.get("/claim/leeds-1.nanopub.trig").content
    page = client.get("/claim/leeds-1.nanopub", headers={"Accept": "text/html, */*;q=0.1"})
    assert (page.status_code, page.headers["location"]) == (303, "/claim/leeds-1")
    assert client.get("/claim/leeds-1.nanopub", headers={"Accept": "text/turtle"}).status_code == 406
    assert client.get("/claim/leeds-0.nanopub").status_code == 404


def test_what_is_no_statement_is_no_nanopublication(client: TestClient) -> None:
    answer = client.get("/case/leeds", headers={"Accept": "application/trig"})
    assert answer.status_code == 406
    assert "application/trig" not in answer.text
    assert "application/trig" in client.get("/claim/leeds-1", headers={"Accept": "image/png"}).text


def test_a_withdrawn_statement_is_no_nanopublication(
    own_world: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own_world.data / "cases" / "river-town.ttl"
    text = path.read_text().replace(
        "claim:river-town-6\n    a sl:Claim", "claim:river-town-6\n    a sl:WithdrawnClaim"
    )
    assert text != path.read_text()
    path.write_text(text)
    for name, code in (("river-town-6", 2), ("river-town-1", 0)):
        with pytest.raises(SystemExit) as ended:
            main(["nanopublication", name, "--content", str(own_world.root)])
        assert ended.value.code == code
    assert "river-town-1.nanopub" in capsys.readouterr().out


def test_one_statement_or_all_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["leeds-1", "--all"]):
        with pytest.raises(SystemExit) as ended:
            main(["nanopublication", *arguments])
        assert ended.value.code == 2
    assert "or give --all" in capsys.readouterr().err


@pytest.mark.parametrize(("version", "current"), [("0.1.0", "/def/"), ("alignment/0.1.0", "/def/alignment")])
def test_the_address_of_a_version_leads_to_the_vocabulary(
    version: str, current: str, client: TestClient
) -> None:
    answer = client.get(f"/def/{version}")
    assert (answer.status_code, answer.headers["location"]) == (303, current)
    said = Graph().parse(data=client.get(f"{current}.nt").text, format="nt")
    assert SL[version] in set(said.objects(None, OWL.versionIRI))
    assert client.get("/def/9.9.9").status_code == 404
