"""What changed: found by release, told on the pages, sent as a feed, and counted nowhere else."""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import feedparser
import pytest
from rdflib import RDF, RDFS, Graph, URIRef
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kg import views
from kg.build.store import open_engine
from kg.check import check
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.queries import questions, results
from kg.service import ServedGraph
from kg.terms import BASE, SL
from kg.web import changes, description, linked_data

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "https://explorer.example:8443"
# What tells of changes, and what counts whatever stands in the graph and not what is told of a case.
OF_ALL_THINGS = {
    "addition-list",
    "class-counts",
    "class-things",
    "correction-list",
    "dataset-counts",
    "graph-sizes",
    "graph-triples",
    "property-counts",
    "property-ends",
    "property-values",
    "release-list",
    "statement-corrections",
    "thing-list",
    "thing-names",
    "thing-parts",
    "thing-properties",
    "thing-triples",
    "withdrawal-list",
}


def serving(engine: Engine) -> TestClient:
    def served() -> ServedGraph:
        return ServedGraph(engine, "v1")  # type: ignore[arg-type]

    routes = [*changes.routes(served), *linked_data.routes(served), *description.routes(served)]
    return TestClient(Starlette(routes=routes), base_url=HOST, follow_redirects=False)


@pytest.fixture(scope="module")
def client(world_engine: Engine) -> Iterator[TestClient]:
    with serving(world_engine) as client:
        yield client


def test_changes_belong_to_the_first_release_on_or_after_their_day(world_engine: Engine) -> None:
    later, second, first = views.changes(world_engine).periods
    assert later.release is None
    assert [each.slug for each in later.corrected] == ["river-town-1"]
    assert not later.added and not later.withdrawn
    assert second.release is not None and first.release is not None
    assert (second.release.version, second.release.day) == ("0.2.0", date(2020, 3, 1))
    assert [each.slug for each in second.added] == ["hill-county-1"]
    assert [each.slug for each in second.corrected] == ["river-town-3", "quiet-place-2"]
    assert [each.slug for each in second.withdrawn] == ["quiet-place-2"]
    assert (first.release.version, first.first, second.first, later.first) == ("0.1.0", True, False, False)
    assert not first.added and not first.corrected and not first.withdrawn


def test_change_on_the_day_of_a_release_is_part_of_it(own_world: Content) -> None:
    path = own_world.data / "releases.ttl"
    path.write_text(path.read_text().replace("2020-03-01", "2020-02-15"))
    later, second, _ = views.changes(open_engine(own_world)).periods
    assert [each.slug for each in later.added] == ["hill-county-1"]
    assert "river-town-3" in [each.slug for each in second.corrected]


def test_nothing_was_released_corrected_or_withdrawn_yet(engine: Engine) -> None:
    found = views.changes(engine)
    assert not found.periods and not found.releases
    assert not found.added and not found.corrected and not found.withdrawn


def test_correction_is_told_with_its_statement_and_with_no_other(world_engine: Engine) -> None:
    corrected = views.statement_page(world_engine, "river-town-1").corrected
    assert corrected == ((date(2020, 3, 15), "Every second Friday became every Friday."),)
    assert views.statement_page(world_engine, "river-town-2").corrected == ()


def test_withdrawn_statement_is_no_statement_and_says_why(world_engine: Engine) -> None:
    with pytest.raises(UnknownName):
        views.statement_page(world_engine, "quiet-place-2")
    found = views.withdrawal_of(world_engine, "quiet-place-2")
    assert found is not None
    assert (found.note, found.day) == ("The report speaks of another place.", date(2020, 2, 10))
    assert found.source.name == "Harbour report"
    assert found.instead == views.Link("Quiet Place is named and no more is told.", "claim?id=quiet-place-1")
    for slug in ("quiet-place-1", "quiet-place-9", "' } #", ""):
        assert views.withdrawal_of(world_engine, slug) is None


def test_withdrawn_statement_counts_nowhere(own_world: Content, world_engine: Engine) -> None:
    path = own_world.data / "cases" / "quiet-place.ttl"
    text = path.read_text()
    without = "\n\n".join(
        block
        for block in text.split("\n\n")
        if not re.match(r"(claim:quiet-place-2|change:quiet-place-2-\d)\b", block.strip())
    )
    assert len(without) < len(text)
    path.write_text(without)
    emptied = open_engine(own_world)
    asked = [each for each in questions.all_questions() if each.name not in OF_ALL_THINGS]
    assert len(asked) > 130
    for each in asked:
        text = each.text.replace("leeds", "quiet-place")
        told = [results.write_answer(engine.answer(text), "tsv") for engine in (world_engine, emptied)]
        assert told[0] == told[1], each.name


def test_claim_that_goes_without_a_trace_is_told_by_the_release(own_world: Content) -> None:
    path = own_world.data / "cases" / "river-town.ttl"
    text = path.read_text()
    start = text.index("claim:river-town-6\n")
    path.write_text((text[:start] + text[text.index("\n.\n", start) + 3 :]).rstrip() + "\n")
    found = [str(finding) for finding in check(own_world).findings]
    assert len([each for each in found if "release:0-" in each and "Found: “8”" in each]) == 2


def test_address_of_a_withdrawn_statement_answers_with_what_stays_of_it(client: TestClient) -> None:
    answer = client.get("/claim/quiet-place-2")
    assert answer.status_code == 200
    graph = Graph().parse(data=answer.text, format="turtle")
    claim = URIRef(f"{BASE}claim/quiet-place-2")
    assert set(graph.objects(claim, RDF.type)) == {SL.WithdrawnClaim}
    assert "The report speaks of another place." in answer.text
    assert not list(graph.objects(claim, SL.statement))
    page = client.get("/claim/quiet-place-2", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/claim?id=quiet-place-2")
    for path in ("/change/quiet-place-2-2", "/release/0-1-0", "/release/0-1-0.jsonld", "/def/WithdrawnClaim"):
        assert client.get(path).status_code == 200
    assert client.get("/release/9-9-9").status_code == 404


def test_withdrawn_claim_is_of_no_class_that_counts(engine: Engine) -> None:
    (found,) = (
        each for each in questions.ask(engine, "vocabulary-terms") if each["term"] == SL.WithdrawnClaim
    )
    assert SL.Claim not in found.values()
    answer = questions.rows(engine, "thing-triples", {"thing": [SL.WithdrawnClaim]})
    assert SL.Claim not in [row[2] for row in answer.rows if row[1] == RDFS.subClassOf]


def test_feed_is_atom_and_holds_every_change(client: TestClient) -> None:
    answer = client.get("/changes.atom")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert (read.bozo, read.version) == (False, "atom10")
    assert [entry.title for entry in read.entries] == [
        "Corrected: a statement about River Town",
        "Release 0.2.0 of 1 March 2020",
        "Corrected: a statement about River Town",
        "Withdrawn: a statement about Quiet Place",
        "Corrected: a statement about Quiet Place",
        "Release 0.1.0 of 10 January 2020",
    ]
    second = read.entries[1]
    assert "New statements: 1. Corrections: 2. Withdrawn statements: 1." in second.summary
    assert "Hill County hopes to do the same in its 11 villages." in second.summary
    assert "The first release: every statement is new." in read.entries[5].summary
    assert "Quiet Place is named and no more is told." in read.entries[3].summary
    assert read.feed.updated == "2020-03-15T00:00:00+00:00"
    assert [entry.updated for entry in read.entries] == sorted(
        (entry.updated for entry in read.entries), reverse=True
    )


def test_feed_has_what_rfc_4287_asks_of_it(client: TestClient, engine: Engine) -> None:
    with serving(engine) as empty:
        for text in (client.get("/changes.atom").content, empty.get("/changes.atom").content):
            feed = ElementTree.fromstring(text)
            assert feed.tag == f"{ATOM}feed"
            assert [len(feed.findall(ATOM + name)) for name in ("id", "title", "updated", "author")] == [
                1
            ] * 4
            entries = feed.findall(f"{ATOM}entry")
            for entry in entries:
                assert [len(entry.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1] * 3
            names = [each.text or "" for each in feed.iter(f"{ATOM}id")]
            assert len(set(names)) == len(names)
            assert all(name.startswith(BASE) for name in names)
            days = [each.text or "" for each in feed.iter(f"{ATOM}updated")]
            assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+00:00", day) for day in days)
            addresses = [each.attrib["href"] for each in feed.iter(f"{ATOM}link")]
            addresses += re.findall(
                r'href="([^"]+)"', "".join(each.text or "" for each in feed.iter(f"{ATOM}summary"))
            )
            assert all(address.startswith(f"{HOST}/") for address in addresses)
            (own,) = (
                link.attrib["href"] for link in feed.findall(f"{ATOM}link") if link.attrib["rel"] == "self"
            )
            assert own == f"{HOST}/changes.atom"


def test_feed_without_a_change_is_a_feed_and_stays_the_same(engine: Engine) -> None:
    with serving(engine) as client:
        first, second = (client.get("/changes.atom") for _ in range(2))
        assert first.text == second.text
        read = feedparser.parse(first.content)
        assert (read.bozo, read.entries) == (False, [])
        (begun,) = (each["day"] for each in questions.ask(engine, "collection-begun"))
        assert read.feed.updated == f"{begun}T00:00:00+00:00"


def test_feed_is_not_sent_twice_and_refuses_what_it_cannot_answer(client: TestClient) -> None:
    answer = client.get("/changes.atom")
    again = client.get("/changes.atom", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/changes.atom", headers={"accept": "text/csv"}).status_code == 406
    assert client.get("/changes.atom", headers={"accept": "text/html,*/*;q=0.1"}).status_code == 200
    assert client.get("/changes.atom", headers={"host": "a b/<x>"}).status_code == 400
    assert client.post("/changes.atom").status_code == 405


def test_texts_of_a_change_are_text_in_the_feed(own_world: Content) -> None:
    path = own_world.data / "cases" / "quiet-place.ttl"
    path.write_text(
        path.read_text().replace("The report speaks of another place.", "<script>x</script> & more.")
    )
    with serving(open_engine(own_world)) as client:
        answer = client.get("/changes.atom")
    summaries = [each.text or "" for each in ElementTree.fromstring(answer.content).iter(f"{ATOM}summary")]
    (told,) = (each for each in summaries if "more." in each)
    assert "&lt;script&gt;x&lt;/script&gt; &amp; more." in told
    assert "<script" not in answer.text


def test_every_page_names_the_feed_and_nothing_else_does() -> None:
    app = Starlette(
        routes=[
            Route("/page", lambda _: HTMLResponse("<p>x</p>", headers={"Link": "</x>; rel=canonical"})),
            Route("/text", lambda _: PlainTextResponse("x")),
        ],
        middleware=[Middleware(changes.FeedLink)],
    )
    with TestClient(app) as client:
        named = client.get("/page").headers.get_list("link")
        assert named[0] == "</x>; rel=canonical"
        assert named[1].startswith('</changes.atom>; rel="alternate"; type="application/atom+xml"')
        assert "link" not in client.get("/text").headers
