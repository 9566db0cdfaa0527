"""Which ontology and data are taken, and the frozen collection that the tests take."""

import pytest

from kg.check import check
from kg.errors import MissingInput
from kg.graph.content import Content, bundled_content, content_of_environment
from tests import frozen


def test_the_frozen_collection_passes_the_check(content: Content) -> None:
    """A new rule is held against it too: bring `tests/collection` up to what the rule asks for."""
    assert [each for each in check(content).findings if each.severity == "violation"] == []


def test_tests_take_the_frozen_collection(content: Content) -> None:
    assert content == frozen.laid_out()
    assert sorted(path.stem for path in (content.data / "cases").glob("*.ttl")) == frozen.SLUGS


def test_content_is_what_the_environment_names(world: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CONTENT", f" {world.root} ")
    assert content_of_environment() == world
    monkeypatch.delenv("KG_CONTENT")
    assert content_of_environment() == bundled_content()


@pytest.mark.parametrize("name", ["nowhere", "data"])
def test_a_folder_without_content_is_told(name: str, world: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    named = world.root / name
    monkeypatch.setenv("KG_CONTENT", str(named))
    with pytest.raises(
        MissingInput, match=r"KG_CONTENT has to be a folder that holds ontology/core\.ttl and data"
    ):
        content_of_environment()
