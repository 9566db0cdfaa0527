"""Plain English: what is warned of, what is refused, and the list of what is hardest to read."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.check import check, style_report
from kg.check.findings import Finding
from kg.check.style import Style, style_of
from kg.errors import BadContent
from kg.graph.content import Content
from tests.command import Ran

RIVER_TOWN = "data/cases/river-town.ttl"


def reworded(content: Content, statement: str) -> list[Finding]:
    """Give what is found once another statement stands in place of one of the world's."""
    path = content.root / RIVER_TOWN
    text = path.read_text()
    assert "Waits were shorter by 2019." in text
    path.write_text(text.replace("Waits were shorter by 2019.", statement))
    return [finding for finding in check(content, [path]).findings if "river-town-3" in finding.message]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("They waited less by 2019.", "Begin with who or what is meant, not with “They”."),
        ("The group waited less by 2019.", "not with “The group”"),
        ("Our reading: it waited less by 2019.", None),
        ("Theyton waited less by 2019.", None),
        ("Waits were shorter by way of meetings by 2019.", "“by way of” makes a reader stumble"),
        ("Waits of the organization were shorter by 2019.", "“organization” is spelt “organisation”"),
        ("Waits were shorter by 2019" + " and shorter" * 12 + ".", "A sentence of 29 words is hard to read"),
        ("Waits were shorter by 2019" + " and shorter" * 11 + ".", None),
    ],
)
def test_statement_that_makes_a_reader_stumble_is_warned_of(
    own_world: Content, statement: str, message: str | None
) -> None:
    style = [each for each in reworded(own_world, statement) if each.severity == "warning"]
    if message is None:
        assert style == []
        return
    assert [message in each.message for each in style] == [True]
    assert style[0].file == RIVER_TOWN
    line = (own_world.root / RIVER_TOWN).read_text().splitlines()[(style[0].line or 0) - 1]
    assert statement in line


def test_warnings_refuse_nothing(own_world: Content) -> None:
    reworded(own_world, "They waited less by 2019.")
    assert check(own_world).ok


def test_editor_adds_an_idiom_without_a_programmer(own_world: Content) -> None:
    with (own_world.ontology / "style" / "idioms.tsv").open("a") as file:
        file.write("were shorter\t“fell”\n")
    messages = [finding.message for finding in reworded(own_world, "Waits were shorter by 2019.")]
    assert messages == ["claim:river-town-3: “were shorter” makes a reader stumble; write “fell”."]


def test_idiom_without_what_to_write_instead_is_refused_with_its_line(own_world: Content) -> None:
    (own_world.ontology / "style" / "idioms.tsv").write_text("as to\tabout\ncomes of\n")
    with pytest.raises(BadContent, match=r"ontology/style/idioms.tsv:2: Write the phrase, a tab"):
        style_of(own_world)


@pytest.mark.parametrize("label", ["risk in share", "Risks in share", "Risk in Shares"])
def test_two_labels_that_differ_by_case_or_plural_are_refused(own_world: Content, label: str) -> None:
    path = own_world.ontology / "schemes" / "setbacks.ttl"
    first, second = "Risk in share", label
    old = labels_of(path)[:2]
    path.write_text(path.read_text().replace(f'"{old[0]}"@en', f'"{first}"@en'))
    path.write_text(path.read_text().replace(f'"{old[1]}"@en', f'"{second}"@en'))
    refused = [each for each in check(own_world, [path]).findings if "by case or plural only" in each.message]
    assert len(refused) == 2
    assert {each.severity for each in refused} == {"violation"}
    assert f"“{first}” differs from “{second}”" in refused[0].message


def labels_of(path: Path) -> list[str]:
    labels = [line.split('"')[1] for line in path.read_text().splitlines() if "skos:prefLabel" in line]
    # The first is that of the scheme.
    return labels[1:]


def test_worst_texts_come_first_with_their_measure(
    own_world: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    reworded(own_world, "They waited less by way of meetings by 2019.")
    texts = style_report(own_world)
    assert texts[0].thing == "claim:river-town-3"
    assert texts[0].measure == 20
    assert [text.measure for text in texts] == sorted((text.measure for text in texts), reverse=True)
    called = Ran(capsys, "check", "--style", "--content", own_world.root)
    assert called.code == 0
    first, second, third = called.out.splitlines()[:3]
    assert first.startswith(f" 20  {RIVER_TOWN}:")
    assert "They" in second
    assert "by way of" in third
    as_json = json.loads(Ran(capsys, "check", "--style", "--json", "--content", own_world.root).out)
    assert len(as_json) == 50
    assert (as_json[0]["measure"], as_json[0]["thing"]) == (20, "claim:river-town-3")


def test_file_that_is_no_turtle_has_no_style(own_world: Content) -> None:
    (own_world.root / RIVER_TOWN).write_text("no Turtle")
    with pytest.raises(BadContent, match=RIVER_TOWN):
        style_report(own_world)


WORDS = st.text(alphabet="abcdefghij ", min_size=1, max_size=40)


@given(text=WORDS, phrase=WORDS.filter(str.strip))
def test_phrase_is_found_only_as_whole_words(text: str, phrase: str) -> None:
    phrase = phrase.strip()
    found = Style(idioms={phrase: "less"}).marks(text, opening=False)
    assert bool(found) == (f" {phrase} " in f" {text} ")


def test_style_without_lists_marks_nothing() -> None:
    assert Style().marks("They stand, as to this, in the light of that.", opening=True) == ()
