"""`kg path` and `kg network`: exit codes, JSON, sentences and files."""

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.engine import Engine
from kg.graph.content import Content
from kg.network import read_network
from kg.network.kinds import WORK
from tests.command import Ran


def test_path_gives_json_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "path", "leeds", "canterbury", "--json", "--most", 2)
    document = json.loads(ran.out)
    assert ran.code == 0
    assert document["from"].endswith("/case/leeds")
    assert document["to"].endswith("/case/canterbury")
    assert len(document["paths"]) == 2
    for way in document["paths"]:
        assert way[-1]["iri"] == document["to"]
        for step in way:
            assert {"iri", "label", "sentence", "passages"} <= set(step)
            assert all("/passage/" in passage for passage in step["passages"])
            assert step["passages"]


def test_path_tells_sentences_and_where_they_stand(
    capsys: pytest.CaptureFixture[str], world: Content
) -> None:
    ran = Ran(capsys, "path", "river clinic", "persistent-conflict", "--content", world.root)
    assert ran.code == 0
    assert ran.out.startswith("1. River Clinic – River Town – ")
    assert "look for “" in ran.out


@pytest.mark.parametrize(
    ("work", "end", "between"),
    [
        ("Timmins 2015", "canterbury", "Walking in others' shoes"),
        ("salford", "hardin-1968", "Tragedy of the commons"),
    ],
)
def test_a_cited_work_can_be_an_end(
    work: str, end: str, between: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Ran(capsys, "path", work, end, "--paper-alone", "--json", "--most", 1)
    (way,) = json.loads(ran.out)["paths"]
    assert between in {step["label"] for step in way}
    assert all(step["passages"] for step in way)


def test_a_cited_work_is_drawn_in_no_picture(engine: Engine) -> None:
    drawn = read_network(engine)
    ends = read_network(engine, works=True)
    assert {each.kind for each in ends.things.values()} - {each.kind for each in drawn.things.values()} == {
        WORK
    }
    assert sum(each.kind is WORK for each in ends.things.values()) == 17


def test_path_says_that_nothing_leads_there(capsys: pytest.CaptureFixture[str], world: Content) -> None:
    ran = Ran(capsys, "path", "persistent-conflict", "--content", world.root)
    assert ran.code == 0
    assert ran.out.startswith("Nothing that counts leads from “")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("river-town", "river-twon"), "did you mean"),
        (("river-town", "case/river-town"), "name two different things"),
        (("river-town",), "is not a difficulty"),
    ],
)
def test_path_says_what_is_wrong(
    arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str], world: Content
) -> None:
    ran = Ran(capsys, "path", *arguments, "--content", world.root)
    assert ran.code == 2
    assert ran.out == ""
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def test_network_tells_measures_with_their_limits(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "network", "--json", "--counting", "facts")
    document = json.loads(ran.out)
    assert ran.code == 0
    assert set(document["measures"]) == {"shared", "bridges", "groups", "added", "advised", "unanswered"}
    for measured in document["measures"].values():
        assert measured["question"].endswith("?")
        assert measured["reading"] and measured["limits"] and measured["size"]
        assert all(row["sentence"] for row in measured["rows"])
        assert measured["rows"]


def test_network_says_in_words_that_it_is_too_small_to_say(
    capsys: pytest.CaptureFixture[str], world: Content
) -> None:
    ran = Ran(capsys, "network", "--measure", "groups", "--content", world.root)
    assert ran.code == 0
    assert "Too small to say" in ran.out


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_network_writes_files_that_open(
    ending: str, capsys: pytest.CaptureFixture[str], world: Content, tmp_path: Path
) -> None:
    file = tmp_path / f"cases.{ending}"
    ran = Ran(capsys, "network", "--projection", "case-concept", "-o", file, "--content", world.root)
    assert ran.code == 0
    graph = nx.read_graphml(file) if ending == "graphml" else nx.read_gexf(file)
    assert f"{graph.number_of_nodes()} things, {graph.number_of_edges()} lines" in ran.out


@pytest.mark.parametrize("ending", ["png", "svg", "html", "graphml", "gexf"])
def test_picture_writes_a_file_by_its_ending(
    ending: str, capsys: pytest.CaptureFixture[str], world: Content, tmp_path: Path
) -> None:
    file = tmp_path / f"river.{ending}"
    ran = Ran(capsys, "picture", "river-town", "--steps", 2, "-o", file, "--content", world.root)
    assert ran.code == 0
    assert "6 things, 6 lines" in ran.out
    assert file.stat().st_size > 500


def test_picture_draws_ways(capsys: pytest.CaptureFixture[str], world: Content, tmp_path: Path) -> None:
    file = tmp_path / "ways.svg"
    ran = Ran(capsys, "picture", "river clinic", "persistent-conflict", "-o", file, "--content", world.root)
    assert ran.code == 0
    assert "How River Clinic and" in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("river-town", "-o", "town.docx"), "ends otherwise"),
        (("river-town", "hill-county", "-o", "ways.svg"), "No statement that counts connects"),
        (("river-town", "-o", "town.svg", "--kind", "practice"), 'did you mean "practices"'),
        (("river-town", "-o", "no/such/folder/town.svg"), "cannot be written"),
    ],
)
def test_picture_says_what_is_wrong(
    arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str], world: Content
) -> None:
    ran = Ran(capsys, "picture", *arguments, "--content", world.root)
    assert ran.code == 2
    assert sentence in ran.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--projection", "bodies"), "Give both"),
        (("--projection", "bodies", "-o", "bodies.docx"), "ends otherwise"),
        (("--measure", "pagerank"), "pagerank"),
    ],
)
def test_network_says_what_is_wrong_with_a_call(
    arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Ran(capsys, "network", *arguments)
    assert ran.code == 2
    assert sentence in ran.err
