"""The endpoint, asked by clients that no one here wrote."""

import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import SKOS, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper

from kg.build.store import graph_with_version
from kg.engine.embedded import EmbeddedEngine
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from kg.terms import SL, expand
from tests.serving import Fixed, served

CASES = f"SELECT ?case {{ ?case a <{SL.CaseStudy}> }} ORDER BY ?case"
LEEDS = expand("case:leeds")
OF_LEEDS = f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ <{LEEDS}> }} ?s ?p ?o }}"
ROOT = Path(__file__).parent
VENV = ROOT.parent / ".venv"


@pytest.fixture(scope="module")
def slugs(content: Content) -> list[str]:
    return sorted(path.stem for path in (content.data / "cases").glob("*.ttl"))


@pytest.fixture(scope="module")
def endpoint(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    graph = tmp_path_factory.mktemp("clients") / "graph.nq"
    graph.write_bytes(write_nquads(graph_with_version(content)))
    engine = EmbeddedEngine(graph)
    with served(Fixed(engine)) as address:
        yield address
    engine.close()


def answered(client: SPARQLWrapper) -> Any:
    return client.queryAndConvert()


def slugs_of(addresses: list[str]) -> list[str]:
    return [address.rpartition("/")[2] for address in addresses]


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_each_of_its_ways(
    method: str, way: str, endpoint: str, slugs: list[str]
) -> None:
    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(CASES)
    client.setReturnFormat(JSON)
    rows = answered(client)["results"]["bindings"]
    assert slugs_of([row["case"]["value"] for row in rows]) == slugs
    client.setReturnFormat(XML)
    assert answered(client).toxml().count("<result>") == len(slugs)
    client.setReturnFormat(CSV)
    assert answered(client).decode().count("\r\n") == len(slugs) + 1
    client.setQuery("ASK { ?s ?p ?o }")
    client.setReturnFormat(JSON)
    assert answered(client)["boolean"] is True
    for query in (OF_LEEDS, f"DESCRIBE <{LEEDS}>"):
        client.setQuery(query)
        client.setReturnFormat(TURTLE)
        graph = Graph().parse(data=answered(client), format="turtle")
        assert list(graph.objects(URIRef(LEEDS), SKOS.prefLabel))


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_through_its_store(method: str, endpoint: str, slugs: list[str]) -> None:
    store = SPARQLStore(endpoint, method=method, returnFormat="json")
    graph = Graph(store)
    assert slugs_of([str(row[0]) for row in graph.query(CASES)]) == slugs  # type: ignore[index]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    labels = list(graph.objects(URIRef(LEEDS), SKOS.prefLabel))
    assert [label for label in labels if isinstance(label, Literal) and label.startswith("Leeds")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        store.close()


def test_curl_asks_in_every_way(endpoint: str, slugs: list[str]) -> None:
    if shutil.which("curl") is None:
        assert not os.environ.get("CI"), "curl was not found"
        pytest.skip("curl was not found")
    curl = ["curl", "--silent", "--show-error", "--fail", "--compressed", "--header", "Accept: text/csv"]
    for arguments in (
        ["--get", "--data-urlencode", f"query={CASES}"],
        ["--data-urlencode", f"query={CASES}"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", CASES],
    ):
        ran = subprocess.run(
            [*curl, *arguments, endpoint],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert slugs_of(ran.stdout.split()[1:]) == slugs


def test_comunica_asks_in_every_form(endpoint: str, slugs: list[str]) -> None:
    home, node = VENV / "clients", Path(sys.executable).with_name("node")
    if not (home / "node_modules").is_dir():
        assert not os.environ.get("CI"), "make test installs Comunica"
        pytest.skip("Comunica is not installed: make test does that")
    ran = subprocess.run(
        [
            str(node),
            str(ROOT / "clients" / "ask.mjs"),
            str(home),
            endpoint,
            CASES,
            "ASK { ?s ?p ?o }",
            OF_LEEDS,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert slugs_of(told["rows"]) == slugs
    assert told["truth"] is True
    assert told["triples"] > 5


def test_lock_of_the_client_names_no_address_to_load_from() -> None:
    lock = json.loads((ROOT / "clients" / "package-lock.json").read_text())
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert len(packages) > 100
    assert all("integrity" in entry and "resolved" not in entry for entry in packages)
