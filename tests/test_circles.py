"""Content that means harm to whoever checks it: circles, endless chains, and what is too large to look at."""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.build.pipeline import build
from kg.check import check
from kg.check.circles import ORDERED
from kg.graph.content import Content
from kg.terms import shorten
from tests.command import Ran

PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX passage: <https://w3id.org/system-leadership/passage/>
PREFIX practice: <https://w3id.org/system-leadership/scheme/practices/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX scheme: <https://w3id.org/system-leadership/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sl: <https://w3id.org/system-leadership/def/>
"""


@pytest.fixture
def own_world(world: Content, tmp_path: Path) -> Content:
    """The invented places, to be spoilt."""
    shutil.copytree(world.root, tmp_path / "own")
    return Content(tmp_path / "own")


def added(content: Content, blocks: Iterable[str]) -> Path:
    path = content.data / "spoilt.ttl"
    path.write_text(PREFIXES + "".join(f"\n{each}" for each in blocks))
    return path


def practices(steps: Iterable[tuple[int, int]]) -> Iterator[str]:
    for one, above in steps:
        yield (
            f'practice:p-{one}\n    a skos:Concept ;\n    skos:prefLabel "Do {one}"@en ;\n'
            f'    skos:definition "Leaders do {one}."@en ;\n    skos:inScheme scheme:practices ;\n'
            f"    skos:broader practice:p-{above} ;\n.\n"
        )


def found(content: Content, what: str) -> list[str]:
    return [str(each) for each in check(content).findings if what in each.message]


def test_a_circle_of_a_thousand_is_told_once_with_its_place_and_nothing_is_built(
    own_world: Content, tmp_path: Path
) -> None:
    added(own_world, practices((n, (n + 1) % 1000) for n in range(1000)))
    report, manifest = build(own_world, tmp_path / "build", with_index=False)
    assert manifest is None
    assert not (tmp_path / "build").exists()
    assert [str(each) for each in report.findings if "circle" in each.message] == [
        "data/spoilt.ttl:14: practice:p-0: This is above itself, by a circle (skos:broader): "
        "practice:p-0, practice:p-1, practice:p-2 and 997 more. Take one of these steps out."
    ]


def test_a_circle_is_found_for_every_relation_that_has_an_order(own_world: Content) -> None:
    def of_three(relation: str) -> list[str]:
        kind = relation.partition(":")[2]
        return [f"passage:{kind}-{n}\n    {relation} passage:{kind}-{(n + 1) % 3} ;\n.\n" for n in range(3)]

    relations = [shorten(str(each)) for each in ORDERED]
    path = added(own_world, (block for relation in relations for block in of_three(relation)))
    lines = path.read_text().splitlines()
    told = []
    for relation in relations:
        members = [f"passage:{relation.partition(':')[2]}-{n}" for n in range(3)]
        told.append(
            f"data/spoilt.ttl:{lines.index(members[0]) + 2}: {members[0]}: This is above itself, by a circle "
            f"({relation}): {', '.join(members)}. Take one of these steps out."
        )
    assert told[0].startswith("data/spoilt.ttl:10: ")
    assert found(own_world, "circle") == told


def test_every_circle_is_told_and_a_thing_above_itself_is_one_of_one(own_world: Content) -> None:
    added(own_world, practices([(1, 2), (2, 1), (3, 4), (4, 3), (5, 5)]))
    *_, alone = told = found(own_world, "circle")
    assert len(told) == 3
    assert "(skos:broader): practice:p-5. Take" in alone


def test_a_circle_elsewhere_is_told_with_the_file_that_is_checked(own_world: Content) -> None:
    added(own_world, practices([(1, 2), (2, 1)]))
    report = check(own_world, [own_world.data / "cases" / "river-town.ttl"])
    assert [each.file for each in report.findings] == ["data/spoilt.ttl"]
    assert not report.ok


def test_a_chain_too_long_to_follow_is_told(own_world: Content) -> None:
    added(own_world, practices((n, n + 1) for n in range(1000)))
    (told,) = found(own_world, "steps lead up")
    assert told.startswith("data/spoilt.ttl:14: practice:p-0: From here 1,000 steps lead up (skos:broader)")


def test_a_chain_that_can_be_followed_is_no_fault(own_world: Content) -> None:
    added(own_world, practices((n, n + 1) for n in range(40)))
    assert found(own_world, "steps lead up") == []


def test_a_thing_with_more_values_than_anyone_reads_is_told(
    own_world: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    related = "".join(f"    skos:related practice:r-{n} ;\n" for n in range(20_000))
    path = added(own_world, [f"practice:p-1\n    a skos:Concept ;\n{related}.\n"])
    ran = Ran(capsys, "check", path, "--content", own_world.root)
    assert ran.code == 1
    first = ran.out.splitlines()[0]
    assert first.endswith(":9: practice:p-1: This has 20,001 values, and 5,000 are the most; split it.")


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (1_000_000, "This has 1,000,000 characters, and 100,000 are the most; shorten it."),
        (20_000_000, "This is not Turtle, at column 1: a text or a name is longer than 16 MB."),
    ],
)
def test_a_text_too_long_to_read_is_told(own_world: Content, length: int, told: str) -> None:
    added(own_world, [f'practice:p-1\n    skos:scopeNote "{"x" * length}"@en ;\n.\n'])
    (said,) = found(own_world, told)
    assert said.startswith("data/spoilt.ttl:10: ")


def test_no_query_follows_a_relation_that_is_not_looked_at(content: Content) -> None:
    known = "|".join(re.escape(shorten(str(each))) for each in ORDERED)
    package = Path(__file__).resolve().parent.parent / "kg"
    for path in (each for root in (content.ontology, content.data, package) for each in root.rglob("*.rq")):
        # What stands in quotation marks is a pattern for texts, and COUNT(*) counts.
        text = re.sub(r'"[^"\n]*"|\(\s*\*\s*\)|SELECT (DISTINCT )?\*|^#.*$', "", path.read_text(), flags=re.M)
        left = re.sub(rf"(?:{known})[+*]", "", text)
        assert not re.search(r"[\w)>][+*]", left), path
