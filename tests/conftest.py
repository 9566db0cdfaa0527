"""What many tests share: the frozen collection, the live one, and a world of three invented places."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import streamlit as st
from rdflib import DCTERMS, URIRef

from app_pages.parts import graph
from kg.build.pipeline import BUILD_FOLDER, build
from kg.build.store import open_engine, version_of
from kg.engine import Answer, Engine
from kg.graph.content import Content, bundled_content, content_of_environment
from kg.graph.oxigraph import parse_turtle
from kg.graph.turtle import canonical
from kg.search import Finder, Finders
from kg.views import graphs_of_the_paper
from tests import frozen
from tests.faulty import Findings, told_together

HERE = Path(__file__).parent


def pytest_configure() -> None:
    """Let everything that is tested, commands and servers included, take the frozen collection."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        frozen.built(content := frozen.laid_out())
        os.environ["KG_CONTENT"] = str(content.root)


@pytest.fixture(scope="session")
def content() -> Content:
    """The frozen collection, which no change of the data changes."""
    return content_of_environment()


@pytest.fixture(scope="session")
def live_content() -> Content:
    """The collection as it is published."""
    return bundled_content()


@pytest.fixture(scope="session")
def live_engine(live_content: Content) -> Engine:
    return open_engine(live_content)


@pytest.fixture(scope="session")
def live_paper(live_engine: Engine) -> Engine:
    return OfThePaper(live_engine)


@pytest.fixture(scope="session")
def engine(content: Content) -> Engine:
    return open_engine(content)


@pytest.fixture(scope="session")
def finder() -> Finder:
    """The finder of the pages; its index takes seconds to make, so ask for it in the group "search"."""
    return graph._finders().finder(graph.engine(), graph.version())


@pytest.fixture(scope="session")
def live_finder(live_content: Content, live_engine: Engine) -> Finder:
    """The finder of what is published; without a build its index takes a minute to make."""
    return Finders(live_content.root / BUILD_FOLDER).finder(live_engine, version_of(live_content))


class OfThePaper:
    """A graph, asked for what the paper says and nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.graphs = graphs_of_the_paper(engine)

    def answer(self, text: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        return self._engine.answer(text, self.graphs if graphs is None else graphs)


@pytest.fixture(scope="session")
def paper(engine: Engine) -> Engine:
    return OfThePaper(engine)


@pytest.fixture(scope="session")
def world(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The real ontology with the data of three invented places."""
    root = tmp_path_factory.mktemp("world")
    # Everyday sentences serve search alone, and are a good part of all that is read.
    shutil.copytree(content.ontology, root / "ontology", ignore=shutil.ignore_patterns("everyday"))
    for path in (root / "ontology" / "schemes").glob("*.ttl"):
        # The real definitions rest on passages of the real paper, which the invented world does not hold.
        triples = [each for each in parse_turtle(path.read_text()) if each[1] != DCTERMS.source]
        path.write_text(canonical(triples))
    shutil.copytree(HERE / "world" / "data", root / "data")
    return Content(root)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test change what the graph answers, and let no other test see it."""
    st.cache_resource.clear()
    yield monkeypatch
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Tell the faults of a fixture that is checked together with its group."""
    return told_together(tmp_path_factory)


@pytest.fixture
def own_world(world: Content, tmp_path: Path) -> Content:
    """A copy of the invented world that a test may change."""
    return Content(shutil.copytree(world.root, tmp_path / "own"))


@pytest.fixture
def with_activities(own_world: Content, content: Content) -> Content:
    """A copy of the invented world with what a brief takes its questions from."""
    shutil.copytree(content.data / "activities", own_world.data / "activities")
    return own_world


@pytest.fixture(scope="session")
def built_world(world: Content, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The invented world with a build of it, to be copied; its index is of words alone."""
    content = Content(shutil.copytree(world.root, tmp_path_factory.mktemp("built") / "world"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.build.pipeline.installed_model", lambda: None)
        report, _ = build(content, content.root / BUILD_FOLDER)
    assert report.ok, report.findings
    return content


@pytest.fixture(scope="session")
def world_engine(world: Content) -> Engine:
    return open_engine(world)
