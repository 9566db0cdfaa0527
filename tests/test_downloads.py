"""Downloads: every file at its address, whole, described, and not sent twice."""

import csv
import io
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg import tables
from kg.build.store import graph_of
from kg.engine import Engine, Rows
from kg.graph.content import Content
from kg.publish.downloads import BuiltDownload, downloads_in, files, write_downloads
from kg.service import ServedGraph
from kg.terms import OA, PREFIXES, SL
from kg.web import downloads

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def serving(
    engine: Engine, version: str = "v1", ready: Callable[[str], Mapping[str, BuiltDownload]] = lambda _: {}
) -> TestClient:
    def served() -> ServedGraph:
        return ServedGraph(engine, version)  # type: ignore[arg-type]

    return TestClient(Starlette(routes=downloads.routes(served, ready)), follow_redirects=False)


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with serving(engine) as client:
        yield client


@pytest.fixture(scope="module")
def names(engine: Engine) -> list[str]:
    return [file.name for file in files(engine)]


@pytest.fixture(scope="module")
def written(world_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, BuiltDownload]:
    """The files of the invented world, as a build writes them."""
    folder = tmp_path_factory.mktemp("download")
    return downloads_in(folder, write_downloads(world_engine, folder))


def test_what_was_built_is_what_would_be_made(
    world_engine: Engine, written: Mapping[str, BuiltDownload]
) -> None:
    assert list(written) == [file.name for file in files(world_engine)]
    with (
        serving(world_engine) as client,
        serving(world_engine, ready=lambda version: written if version == "v1" else {}) as ready,
    ):
        for name in written:
            made = client.get(f"/download/{name}")
            for encoding in ("gzip", "identity"):
                given = ready.get(f"/download/{name}", headers={"Accept-Encoding": encoding})
                assert given.content == made.content, name
                for header in ("content-type", "etag", "content-disposition", "link", "cache-control"):
                    assert given.headers.get(header) == made.headers.get(header), name
        compressed = ready.get("/download/claims.csv", headers={"Accept-Encoding": "gzip"})
        assert compressed.headers["content-encoding"] == "gzip"
        assert compressed.headers["vary"] == "Accept-Encoding"
        tag = compressed.headers["etag"]
        assert ready.get("/download/claims.csv", headers={"If-None-Match": tag}).status_code == 304
        head = ready.head("/download/claims.csv", headers={"Accept-Encoding": "identity"})
        assert head.content == b""
        assert int(head.headers["content-length"]) == written["claims.csv"].size


def test_a_case_has_the_same_bytes_in_whatever_order_the_engine_answers(
    engine: Engine, client: TestClient
) -> None:
    class Reversed:
        def answer(self, query: str, graphs: object = None) -> object:
            answer = engine.answer(query)
            return replace(answer, rows=answer.rows[::-1]) if isinstance(answer, Rows) else answer

    for file in files(Reversed()):  # type: ignore[arg-type]
        if file.name.startswith("case/frome."):
            assert file.make() == client.get(f"/download/{file.name}").content, file.name


def test_a_part_of_a_built_file_can_be_had(
    world_engine: Engine, written: Mapping[str, BuiltDownload]
) -> None:
    with serving(world_engine, ready=lambda _: written) as ready:
        part = ready.get("/download/graph.nq", headers={"Range": "bytes=10-19"})
        assert part.status_code == 206
        assert part.content == written["graph.nq"].path.read_bytes()[10:20]
        # A weak validator does not say that the bytes are the same (RFC 9110, section 13.1.5).
        said = {"Range": "bytes=10-19", "If-Range": part.headers["etag"]}
        assert ready.get("/download/graph.nq", headers=said).status_code == 200


def test_what_was_built_and_is_gone_is_made(
    world_engine: Engine, written: Mapping[str, BuiltDownload], tmp_path: Path
) -> None:
    gone = {name: replace(each, path=tmp_path / name) for name, each in written.items()}
    with serving(world_engine, ready=lambda _: gone) as ready:
        answer = ready.get("/download/cases.csv")
        assert answer.content == written["cases.csv"].path.read_bytes()


def test_a_file_that_was_cut_is_not_given_out(world_engine: Engine, tmp_path: Path) -> None:
    sizes = write_downloads(world_engine, tmp_path)
    assert downloads_in(tmp_path, sizes)
    (tmp_path / "graph.nq").write_bytes(b"cut")
    assert downloads_in(tmp_path, sizes) == {}


class Counting:
    """An engine that remembers what it was asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.asked: list[str] = []

    def answer(self, query: str, graphs: object = None) -> object:
        self.asked.append(query)
        return self.engine.answer(query)


def test_the_list_makes_no_file(engine: Engine) -> None:
    counting = Counting(engine)
    with serving(counting) as client:  # type: ignore[arg-type]
        listed = client.get("/download/").json()
    assert len(counting.asked) == 1
    assert not any("bytes" in each for each in listed)


def test_files_that_were_not_built_are_made_one_at_a_time(
    world_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [file.name for file in files(world_engine)]
    busy = threading.Lock()

    def watched(make: Callable[[], bytes]) -> bytes:
        assert busy.acquire(blocking=False)
        try:
            return make()
        finally:
            busy.release()

    monkeypatch.setattr(
        downloads, "files", lambda engine: [replace(f, make=partial(watched, f.make)) for f in files(engine)]
    )
    with serving(world_engine) as client, ThreadPoolExecutor(len(names)) as visitors:
        answers = list(visitors.map(lambda name: client.get(f"/download/{name}"), names))
    assert {each.status_code for each in answers} == {200}


def test_programs_and_people_are_shown_every_file_with_its_size(
    world_engine: Engine, written: Mapping[str, BuiltDownload]
) -> None:
    with serving(world_engine, ready=lambda _: written) as client:
        shown_every_file(client, list(written))


def shown_every_file(client: TestClient, names: list[str]) -> None:
    listed = client.get("/download/").json()
    assert [each["address"] for each in listed] == [f"/download/{name}" for name in names]
    sizes = {each["address"]: each["bytes"] for each in listed if "bytes" in each}
    assert sizes["/download/claims.csv"] == len(client.get("/download/claims.csv").content)
    assert {f"/download/{each.name}.csv" for each in tables.all_tables()} <= sizes.keys()
    assert all(each["holds"].endswith(".") for each in listed)
    # People are shown the same as a page that loads nothing.
    answer = client.get("/download/", headers={"Accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept" in answer.headers["vary"]
    assert "<script" not in answer.text
    assert "src=" not in answer.text
    for name in names:
        assert f'href="/download/{name}"' in answer.text, name
    assert client.get("/download").headers["location"].endswith("/download/")


def test_the_whole_graph_is_there_in_both_forms(client: TestClient, content: Content) -> None:
    held = {tuple(map(str, quad)) for quad in graph_of(content)}
    for name, form in (("graph.nq", ox.RdfFormat.N_QUADS), ("graph.trig", ox.RdfFormat.TRIG)):
        raw = client.get(f"/download/{name}").content
        read = list(ox.parse(raw, format=form))
        assert len(read) == len(set(read))
        assert {quad.graph_name.value for quad in read} == {each[3] for each in held}
        assert len(read) == len(held)
        assert sum(quad.graph_name.value.endswith("-derived") for quad in read) > 100


def test_the_vocabulary_and_the_shapes_are_there(client: TestClient, content: Content) -> None:
    ontology = Graph().parse(data=client.get("/download/ontology.ttl").text, format="turtle")
    assert (SL.Claim, RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class")) in ontology
    assert (URIRef(PREFIXES["basis"] + "explicit"), None, None) in ontology
    shapes = client.get("/download/shapes.ttl").text
    assert shapes == (content.ontology / "shapes.ttl").read_text()


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_a_case_comes_with_all_that_a_reader_needs(suffix: str, client: TestClient) -> None:
    answer = client.get(f"/download/case/frome.{suffix}")
    form = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}[suffix]
    found = set(Graph().parse(data=answer.text, format=form))
    subjects = {s for s, _, _ in found}
    claims = {s for s, p, o in found if p == RDF.type and o == SL.Claim}
    about = {s for s, p, o in found if p == SL.about and o == URIRef(PREFIXES["case"] + "frome")}
    assert len(about) > 3
    assert about <= claims
    needed = {o for s, _, o in found if s in claims and isinstance(o, URIRef)}
    assert needed - subjects == set()
    readings = {s for s, p, o in found if p == OA.hasTarget and o in about}
    assert readings
    assert {o for s, p, o in found if s in readings and p == OA.hasBody} <= subjects


def test_every_case_is_there_and_every_form_says_the_same(client: TestClient, names: list[str]) -> None:
    slugs = {name.split("/")[1].split(".")[0] for name in names if name.startswith("case/")}
    assert len(slugs) == 17
    turtle = Graph().parse(data=client.get("/download/case/wigan.ttl").text, format="turtle")
    triples = Graph().parse(data=client.get("/download/case/wigan.nt").text, format="nt")
    assert set(turtle) == set(triples)


@pytest.mark.parametrize("name", [each.name for each in tables.all_tables()])
def test_a_table_is_csv_and_says_where_it_is_described(name: str, client: TestClient) -> None:
    answer = client.get(f"/download/{name}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    assert answer.headers["access-control-allow-origin"] == "*"
    link = f'</download/{name}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    assert answer.headers["link"] == link
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    described = client.get(f"/download/{name}.csv-metadata.json")
    assert described.headers["content-type"] == "application/csvm+json"
    columns = described.json()["tables"][0]["tableSchema"]["columns"]
    assert rows[0] == [column["titles"] for column in columns]
    assert {len(row) for row in rows} == {len(columns)}


def test_a_file_that_is_held_is_not_sent_again(client: TestClient, engine: Engine) -> None:
    answer = client.get("/download/claims.csv")
    tag = answer.headers["etag"]
    assert tag.startswith('W/"')
    for said in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get("/download/claims.csv", headers={"If-None-Match": said})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get("/download/cases.csv", headers={"If-None-Match": tag}).status_code == 200
    with serving(engine, "v2") as changed:
        assert changed.get("/download/claims.csv", headers={"If-None-Match": tag}).status_code == 200


def test_head_gives_the_headers_alone(client: TestClient) -> None:
    answer = client.head("/download/claims.csv")
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 100_000


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "FETCH"])
def test_nothing_can_be_written(method: str, client: TestClient) -> None:
    for address in ("/download/claims.csv", "/download/nothing", "/download/"):
        answer = client.request(method, address)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_unknown_files_are_told_in_one_sentence(client: TestClient) -> None:
    answer = client.get("/download/claim.csv")
    assert answer.status_code == 404
    assert (
        answer.text == 'There is no file "claim.csv"; did you mean "claims.csv"? /download/ lists them all.\n'
    )


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_no_address_below_falls_through_or_breaks(client: TestClient, engine: Engine, text: str) -> None:
    from urllib.parse import quote

    offered = {file.name for file in files(engine)}
    answer = client.get(f"/download/{quote(text, safe='')}")
    assert answer.status_code == (200 if text in offered else 404)
    assert text in offered or answer.text.count("\n") == 1


def test_the_graph_is_read_once_for_each_state(engine: Engine) -> None:
    counting = Counting(engine)
    with serving(counting) as client:  # type: ignore[arg-type]
        first = client.get("/download/claims.csv").content
        made = len(counting.asked)
        assert client.get("/download/claims.csv").content == first
        assert json.loads(client.get("/download/claims.csv-metadata.json").text)
        assert len(counting.asked) <= made + 2
