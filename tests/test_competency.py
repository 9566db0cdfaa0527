"""The questions that the paper has to answer, each through a named query."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from rdflib.term import Node

from kg import questions
from kg.binding import bound
from kg.content import bundled
from kg.engine import Engine, Rows
from kg.engine.embedded import EmbeddedEngine
from kg.oxigraph import Quad
from kg.store import derived, read_files, stated
from kg.terms import SL

FOLDER = Path(__file__).parent / "competency"
EXPECTED: dict[str, dict[str, Any]] = {
    each["id"]: each for each in json.loads((FOLDER / "questions.json").read_text())
}
ASKED: dict[str, dict[str, Any]] = json.loads((FOLDER / "asked.json").read_text())
# Empty is the right answer: there is nothing to take away, so something false is added instead.
EMPTY = {name for name, each in EXPECTED.items() if not each["expected"]}


def answered(engine: Engine, spec: Mapping[str, Any]) -> set[str]:
    """Ask one question and write its answer as the expected answers are written."""
    result = questions.rows(
        engine, spec["question"], questions.given_terms(spec["question"], spec.get("given", {}))
    )
    return written(result, spec["columns"], spec.get("written", "cell"))


def written(result: Rows, columns: Sequence[str], how: str) -> set[str]:
    places = [result.variables.index(column) for column in columns]
    found = set()
    for row in result.rows:
        cells = [plain(row[place]) for place in places]
        if how == "first: second":
            found.add(f"{cells[0]}: {cells[1]}")
        elif how == "column: cell":
            found.update(f"{column.casefold()}: {cell}" for column, cell in zip(columns, cells, strict=True))
        else:
            found.update(cells)
    return found


def plain(term: Node | str | None) -> str:
    return re.sub(r"[‘’]", "'", str(term)).casefold()


def test_every_question_has_a_query() -> None:
    assert len(EXPECTED) == 30
    assert set(ASKED) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_answer_is_the_expected_one(name: str, engine: Engine) -> None:
    assert answered(engine, ASKED[name]) == {plain(label) for label in EXPECTED[name]["expected"]}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_part_of_the_answer_stands_in_the_query(name: str, engine: Engine) -> None:
    asked = questions.question(ASKED[name]["question"])
    body = re.sub(
        r"VALUES \?\w+ \{[^}]*\}", "", re.sub(r"^(#.*|PREFIX .*)$", "", asked.text, flags=re.MULTILINE)
    )
    result = questions.rows(
        engine, asked.name, questions.given_terms(asked.name, ASKED[name].get("given", {}))
    )
    for row in result.rows:
        for term in row:
            assert f'"{term}"' not in body
            assert f":{str(term).rsplit('/', 1)[-1]} " not in body
            assert f"<{term}>" not in body


@pytest.fixture(scope="module")
def quads() -> tuple[list[Quad], list[Path]]:
    content = bundled()
    return stated(read_files(content)), sorted((content.ontology / "derive").glob("*.rq"))


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - EMPTY))
def test_without_its_claims_the_answer_changes(name: str, quads: tuple[list[Quad], list[Path]]) -> None:
    all_quads, derivations = quads
    kept = [quad for quad in all_quads if not str(quad[0]).startswith(str(SL).replace("/def/", "/claim/"))]
    assert len(kept) < len(all_quads)
    without = EmbeddedEngine([*kept, *derived(kept, derivations)])
    assert answered(without, ASKED[name]) != {plain(label) for label in EXPECTED[name]["expected"]}


def test_binding_is_what_decides_the_answer(engine: Engine) -> None:
    """The same file answers another case when another case is given."""
    asked = questions.question("case-outcomes")
    terms = questions.given_terms("case-outcomes", {"case": ["leeds"]})
    result = engine.answer(bound(asked.text, terms))
    assert isinstance(result, Rows)
    assert result.rows == []
