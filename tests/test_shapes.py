"""Shapes and rules, each shown to refuse a fixture with one fault, and none without such a fixture."""

import re
from pathlib import Path

import pytest
from rdflib import SH

from kg.check import check
from kg.graph.content import Content
from kg.graph.oxigraph import parse_turtle
from tests.faulty import INVALID, Findings, expected, following, grouped, silent

HERE = Path(__file__).parent
VALID = sorted((HERE / "shapes" / "valid").glob("*.ttl"))


def messages(content: Content, path: Path) -> list[str]:
    return [finding.message for finding in check(content, [path]).findings]


def test_there_are_fixtures() -> None:
    assert len(VALID) >= 5
    assert len(INVALID) >= 100


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_fixture_is_accepted(path: Path, world: Content) -> None:
    assert messages(world, path) == []


@pytest.mark.parametrize(("path", "group"), grouped(INVALID))
def test_fault_is_refused_with_its_message(
    path: Path, group: list[Path], world: Content, findings: Findings
) -> None:
    found = findings(world, path, group)
    assert any(expected(path) in finding.message for finding in found)
    assert all(finding.line for finding in found), "a fault has a line"
    allowed = [expected(path), *following(path)]
    assert [
        finding.message for finding in found if not any(part in finding.message for part in allowed)
    ] == [], "a fixture has one fault"


def test_every_message_of_a_shape_is_provoked_by_some_fixture(content: Content) -> None:
    provoked = [expected(path) for path in INVALID]
    silent = []
    for name in ("shapes.ttl", "house.ttl"):
        for subject, predicate, message in parse_turtle((content.ontology / name).read_text()):
            if predicate == SH.message and not any(part in str(message) for part in provoked):
                silent.append(f"{subject}: {message}")
    assert silent == []


def test_every_rule_is_provoked_by_some_fixture(world: Content) -> None:
    assert silent(world, INVALID) == []


def test_a_misspelt_property_is_offered_its_right_name(world: Content) -> None:
    found = messages(world, HERE / "shapes" / "invalid" / "claim-property-misspelt.ttl")
    assert any("did you mean sl:caveat?" in message for message in found)


def test_an_unknown_practice_is_offered_the_nearest_one(world: Content) -> None:
    found = messages(world, HERE / "shapes" / "invalid" / "practice-unknown.ttl")
    assert any("did you mean practice:meet-face-to-face-often?" in message for message in found)


def test_every_property_shape_has_a_message(content: Content) -> None:
    for name in ("shapes.ttl", "house.ttl"):
        text = (content.ontology / name).read_text()
        blocks = re.split(r"\n\n", text)
        closed = [block for block in blocks if "sh:closed true" in block or "sh:path" in block]
        assert closed
        named = [block for block in closed if not re.match(r"shape:In\w+-scheme\b", block.strip())]
        assert [block.strip().splitlines()[0] for block in named if "sh:message" not in block] == []
