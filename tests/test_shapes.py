"""Shapes and rules, each shown to refuse a fixture with one fault, and none without such a fixture."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from rdflib import SH, URIRef

from kg.check import check
from kg.check.findings import Finding
from kg.check.rules import rules_of
from kg.graph.content import Content
from kg.graph.oxigraph import parse_turtle

HERE = Path(__file__).parent
VALID = sorted((HERE / "shapes" / "valid").glob("*.ttl"))
INVALID = sorted((HERE / "shapes" / "invalid").glob("*.ttl"))
LIMITS = sorted((HERE / "limits").glob("*.ttl"))
FIXTURES = [*INVALID, *LIMITS]


def apart(paths: Iterable[Path]) -> list[list[Path]]:
    """Put fixtures into groups in which none describes what another describes or names.

    Each group is checked in one go: to read all of the rest takes longer than to check a fixture.
    """
    alone: list[list[Path]] = []
    groups: list[tuple[set[URIRef], set[URIRef], list[Path]]] = []
    for path in paths:
        triples = parse_turtle(renamed(path.read_text(), path))
        described = {s for s, _, _ in triples if isinstance(s, URIRef)}
        named = described | {o for _, _, o in triples if isinstance(o, URIRef)}
        # A release counts whatever there is.
        if any("/release/" in subject for subject in described):
            alone.append([path])
            continue
        for group in groups:
            if not (described & group[1] or named & group[0]):
                group[0].update(described)
                group[1].update(named)
                group[2].append(path)
                break
        else:
            groups.append((described, named, [path]))
    return [*alone, *(found for _, _, found in groups)]


def renamed(text: str, path: Path) -> str:
    """Give samples a name of this fixture's own, so that many can be checked together."""
    number = FIXTURES.index(path)
    own = chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
    text = re.sub(r"\b(sam(?=-\d)|[Ss]ample|harbour-gazette|source:other)", rf"\1{own}", text)
    text = re.sub(r"\bSAM(?=-\d)", f"SAM{own.upper()}", text)
    return re.sub(r"\bO1\b", f"O{number + 2}", text)


def grouped(paths: Iterable[Path]) -> list[object]:
    """Give fixtures as parameters of a test, those of one group to one worker."""
    return [
        pytest.param(path, group, id=path.stem, marks=pytest.mark.xdist_group(f"{path.parent.name}-{number}"))
        for number, group in enumerate(apart(paths))
        for path in group
    ]


Findings = Callable[[Content, Path, Sequence[Path]], list[Finding]]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Tell the faults of a fixture that is checked together with its group."""

    @cache
    def of_group(root: Path, group: tuple[Path, ...]) -> tuple[Finding, ...]:
        return check(Content(root), [copied(path) for path in group]).findings

    @cache
    def copied(path: Path) -> Path:
        copy = tmp_path_factory.mktemp(path.stem) / path.name
        copy.write_text(renamed(path.read_text(), path))
        return copy

    def of(content: Content, path: Path, group: Sequence[Path]) -> list[Finding]:
        name = content.name_of(copied(path))
        return [each for each in of_group(content.root, tuple(group)) if each.file == name]

    return of


def expected(path: Path) -> str:
    first = path.read_text().splitlines()[0]
    assert first.startswith("# expects: "), f"{path.name} does not say what it expects"
    return first.removeprefix("# expects: ")


def following(path: Path) -> list[str]:
    """What a fault brings with it, named in the fixture."""
    lines = path.read_text().splitlines()
    return [line.removeprefix("# follows: ") for line in lines if line.startswith("# follows: ")]


def messages(content: Content, path: Path) -> list[str]:
    return [finding.message for finding in check(content, [path]).findings]


def test_there_are_fixtures() -> None:
    assert len(VALID) >= 5
    assert len(INVALID) >= 100
    assert len(LIMITS) >= 11


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


@pytest.mark.parametrize(("path", "group"), grouped(LIMITS))
def test_what_the_paper_does_not_say_is_refused(
    path: Path, group: list[Path], content: Content, findings: Findings
) -> None:
    assert any(expected(path) in finding.message for finding in findings(content, path, group))


def test_every_message_of_a_shape_is_provoked_by_some_fixture(content: Content) -> None:
    provoked = [expected(path) for path in INVALID]
    silent = []
    for name in ("shapes.ttl", "house.ttl"):
        for subject, predicate, message in parse_turtle((content.ontology / name).read_text()):
            if predicate == SH.message and not any(part in str(message) for part in provoked):
                silent.append(f"{subject}: {message}")
    assert silent == []


def test_every_rule_is_provoked_by_some_fixture(content: Content) -> None:
    provoked = [expected(path) for path in (*INVALID, *LIMITS)]
    silent = [
        rule.name
        for rule in rules_of(content)
        if not any(part in rule.header["message"] for part in provoked)
    ]
    assert silent == []


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
