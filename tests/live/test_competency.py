"""The questions that the paper has to answer, each through a named query."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rdflib import SKOS, URIRef

from kg.build.store import derive, read_files
from kg.engine import Engine, Rows
from kg.engine.in_process import InProcessEngine
from kg.graph.content import Content
from kg.graph.oxigraph import Quad
from kg.graph.placement import quads_of_files
from kg.queries import questions
from kg.queries.binding import bound
from kg.terms import PREFIXES, SL
from tests.answering import answered, plain
from tests.conftest import OfThePaper

FOLDER = Path(__file__).parent / "competency"


def expected(name: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in json.loads((FOLDER / name).read_text())}


EXPECTED = expected("questions.json")
ASKED: dict[str, dict[str, Any]] = json.loads((FOLDER / "asked.json").read_text())
# What a director, a facilitator and an analyst ask beside these thirty.
SECOND = expected("questions-second.json")
ASKED_SECOND: dict[str, dict[str, Any]] = json.loads((FOLDER / "asked-second.json").read_text())
# Empty is the right answer: there is nothing to take away, so something false is added instead.
EMPTY = {name for name, each in EXPECTED.items() if not each["expected"]}


def test_every_question_has_a_query() -> None:
    assert len(EXPECTED) == len(SECOND) == 30
    assert set(ASKED) == set(EXPECTED)
    assert set(ASKED_SECOND) == set(SECOND)
    texts = [each["question"] for each in (*EXPECTED.values(), *SECOND.values())]
    assert len(set(texts)) == 60


@pytest.mark.parametrize("name", sorted({*EXPECTED, *SECOND}))
def test_answer_is_the_expected_one(name: str, live_paper: Engine) -> None:
    wanted = (EXPECTED | SECOND)[name]["expected"]
    assert answered(live_paper, (ASKED | ASKED_SECOND)[name]) == {plain(label) for label in wanted}


@pytest.mark.parametrize("name", sorted({*EXPECTED, *SECOND}))
def test_no_part_of_the_answer_stands_in_the_query(name: str, live_paper: Engine) -> None:
    spec = (ASKED | ASKED_SECOND)[name]
    asked = questions.question(spec["question"])
    body = re.sub(
        r"VALUES \?\w+ \{[^}]*\}", "", re.sub(r"^(#.*|PREFIX .*)$", "", asked.text, flags=re.MULTILINE)
    )
    result = questions.rows(live_paper, asked.name, questions.given_terms(asked.name, spec.get("given", {})))
    for row in result.rows:
        for term in row:
            assert f'"{term}"' not in body
            assert f":{str(term).rsplit('/', 1)[-1]} " not in body
            assert f"<{term}>" not in body


@pytest.fixture(scope="module")
def quads(live_content: Content) -> tuple[list[Quad], list[Path]]:
    content = live_content
    return quads_of_files(read_files(content)), sorted((content.ontology / "derive").glob("*.rq"))


def changed(quads: Sequence[Quad], derivations: Sequence[Path]) -> Engine:
    return OfThePaper(InProcessEngine([*quads, *derive(quads, derivations)]))


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - EMPTY))
def test_without_its_claims_the_answer_changes(
    name: str, live_paper: Engine, quads: tuple[list[Quad], list[Path]]
) -> None:
    """Only the claims that speak of the answer are taken away; labels and everything else stay."""
    all_quads, derivations = quads
    spec = ASKED[name]
    given = questions.given_terms(spec["question"], spec.get("given", {}))
    result = questions.rows(live_paper, spec["question"], given)
    answer_terms = {term for row in result.rows for term in row} - {
        each for terms in given.values() for each in terms
    }
    things = answer_terms | {s for s, p, o, _ in all_quads if o in answer_terms and p == SKOS.prefLabel}
    parts = {SL.subject, SL.object, SL.value, SL.attribution}
    claims = {s for s, p, o, _ in all_quads if str(s).startswith(PREFIXES["claim"])}
    supporting = {s for s, p, o, _ in all_quads if s in claims and p in parts and o in things}
    if "rests_on" in spec:  # nothing is the answer: what rules the others out is taken away
        supporting = {
            s for s, p, o, _ in all_quads if p == SL.relation and str(o).endswith(f"/{spec['rests_on']}")
        }
    if not supporting:  # a number is the answer: the claims that were counted are those of what is given
        supporting = {s for s, p, o, _ in all_quads if s in claims and p in parts and [o] in given.values()}
    assert 0 < len(supporting) < len(claims)
    without = changed([quad for quad in all_quads if quad[0] not in supporting], derivations)
    assert answered(without, spec) != {plain(label) for label in EXPECTED[name]["expected"]}


@pytest.mark.parametrize(
    ("name", "case", "outcome"), [("CQ49", "leeds", "assumptions-unravelled"), ("CQ53", "devon", "money")]
)
def test_with_a_false_claim_the_empty_answer_is_no_longer_empty(
    name: str, case: str, outcome: str, quads: tuple[list[Quad], list[Path]]
) -> None:
    all_quads, derivations = quads
    true = next(s for s, p, o, _ in all_quads if p == SL.relation and str(o).endswith("/reports"))
    false = URIRef(f"{PREFIXES['claim']}{case}-900")
    told = {SL.subject: URIRef(PREFIXES["case"] + case), SL.object: URIRef(PREFIXES["outcome"] + outcome)}
    added = [(false, p, told.get(URIRef(str(p)), o), g) for s, p, o, g in all_quads if s == true]
    assert answered(changed([*all_quads, *added], derivations), ASKED[name]) != set()


def test_binding_is_what_decides_the_answer(live_paper: Engine) -> None:
    """The same file answers another case when another case is given."""
    asked = questions.question("case-outcomes")
    terms = questions.given_terms("case-outcomes", {"case": ["leeds"]})
    result = live_paper.answer(bound(asked.text, terms))
    assert isinstance(result, Rows)
    assert result.rows == []
