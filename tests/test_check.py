"""The check as a whole: what it looks at, and what it does with the text of a source."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.check import check
from kg.check.source_text import copied_runs, cut_by_anchors, plain_words, word_runs
from kg.errors import BadContent, UnknownName
from kg.graph.content import Content

HERE = Path(__file__).parent
TEXT = (HERE / "world" / "harbour-report.txt").read_text()
REPORT = "harbour-report"


def told(content: Content) -> list[str]:
    """Give what is found in the data; of the ontology, which takes longer, no test here changes anything."""
    report = check(content, [content.data], source_texts={REPORT: TEXT})
    return [str(finding) for finding in report.findings]


def change(content: Content, name: str, old: str, new: str) -> None:
    path = content.root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_invented_world_is_without_fault(world: Content) -> None:
    report = check(world, source_texts={REPORT: TEXT})
    assert report.findings == ()
    assert report.counts.cases == 3
    assert report.counts.claims == 9


def test_counts_are_of_what_was_looked_at(world: Content) -> None:
    counts = check(world, [world.data / "cases" / "river-town.ttl"]).counts
    assert (counts.files, counts.cases, counts.claims, counts.sources) == (1, 1, 6, 0)


def test_check_of_nothing_is_refused(own_world: Content) -> None:
    shutil.rmtree(own_world.data)
    own_world.data.mkdir()
    assert any("There is nothing to check" in message for message in told_without_text(own_world))


def told_without_text(content: Content) -> list[str]:
    return [finding.message for finding in check(content).findings]


def test_check_without_rules_is_refused(own_world: Content) -> None:
    shutil.rmtree(own_world.ontology / "rules")
    with pytest.raises(BadContent, match="no rules to check by"):
        check(own_world, [own_world.data])


def test_rule_without_message_is_refused(own_world: Content) -> None:
    change(own_world, "ontology/rules/broader-or-top.rq", "#+ message:", "#+ remark:")
    with pytest.raises(BadContent, match="broader-or-top has no message"):
        check(own_world, [own_world.data])


def test_number_that_the_paragraph_does_not_have_is_refused(own_world: Content) -> None:
    change(own_world, "data/cases/river-town.ttl", "for 3 years", "for 4 years")
    assert any("claim:river-town-1: “4” does not occur" in each for each in told(own_world))


def test_number_word_counts_as_its_digits(own_world: Content) -> None:
    change(own_world, "data/cases/river-town.ttl", "for 3 years", "for three years")
    assert told(own_world) == []


def test_name_that_the_paragraph_does_not_have_is_refused(own_world: Content) -> None:
    change(own_world, "data/cases/river-town.ttl", "The clinic had", "The clinic of Manchester had")
    assert any("“Manchester” does not occur" in each for each in told(own_world))


def test_name_of_the_case_is_its_own(own_world: Content) -> None:
    change(own_world, "data/cases/river-town.ttl", "There were old", "In River Town, there were old")
    assert told(own_world) == []


def test_eight_words_of_the_source_in_a_row_are_refused(own_world: Content) -> None:
    change(
        own_world,
        "data/cases/hill-county.ttl",
        "Hill County hopes to do",
        "Villages have found a hall that is large enough; it hopes to do",
    )
    assert any("Eight words in a row" in each for each in told(own_world))


def test_quotation_marks_hold_words_of_the_source_or_the_name_of_a_thing(own_world: Content) -> None:
    change(
        own_world,
        "data/cases/hill-county.ttl",
        "Hill County hopes",
        "“In our wildest dreams”, Hill County hopes",
    )
    change(own_world, "data/cases/river-town.ttl", "There were old", "In “River Town” there were old")
    found = [each for each in told(own_world) if "Quotation marks" in each]
    assert len(found) == 1
    assert "Found: “In our wildest dreams”" in found[0]


def test_passage_that_the_text_does_not_have_is_refused(own_world: Content) -> None:
    change(own_world, "data/sources/harbour-report.ttl", '"Hill County hopes"@en', '"Hill County wishes"@en')
    assert any("do not stand in the text" in each for each in told(own_world))


def test_sentence_said_to_cite_a_work_names_its_authors(own_world: Content) -> None:
    change(
        own_world,
        "data/cases/river-town.ttl",
        "sl:object source:tide-2018 ;\n    sl:passage passage:H1-p1.s2",
        "sl:object source:tide-2018 ;\n    sl:passage passage:H1-p1.s1",
    )
    assert any("The sentence does not name “tide” of Tide 2018" in each for each in told(own_world))


def test_sentence_said_to_cite_a_work_names_its_year(own_world: Content) -> None:
    change(own_world, "data/sources/harbour-report.ttl", '"Tide 2018"@en', '"Tide 2017"@en')
    assert any("does not name “2017” of Tide 2017" in each for each in told(own_world))


def test_text_of_an_unknown_source_is_refused(world: Content) -> None:
    with pytest.raises(UnknownName, match="harbour-report"):
        check(world, [world.data], source_texts={"harbor-report": TEXT})


def test_form_is_compared(own_world: Content) -> None:
    change(own_world, "data/cases/quiet-place.ttl", "    a sl:CaseStudy ;", "  a sl:CaseStudy ;")
    assert any("run kg format" in each for each in told(own_world))


def test_comment_that_would_be_lost_is_refused(own_world: Content) -> None:
    change(
        own_world, "data/cases/quiet-place.ttl", "case:quiet-place\n", "# mind the gap\ncase:quiet-place\n"
    )
    assert any("A comment would be lost" in each for each in told(own_world))


def test_file_is_called_after_its_case(own_world: Content) -> None:
    folder = own_world.data / "cases"
    (folder / "quiet-place.ttl").rename(folder / "silent-place.ttl")
    assert any("has to describe case:silent-place" in each for each in told(own_world))


def test_every_step_is_announced(world: Content) -> None:
    steps: list[str] = []
    check(world, [world.data], source_texts={REPORT: TEXT}, progress=steps.append)
    assert steps == ["reading", "shapes of shapes.ttl", "shapes of house.ttl", "rules", f"text of {REPORT}"]


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "Two", "it's"]), max_size=30))
def test_a_text_shares_every_run_with_itself(spoken: list[str]) -> None:
    text = " ".join(spoken)
    runs = word_runs(text, 4)
    assert len(copied_runs(text, runs)) == max(0, len(spoken) - 3)


@given(st.text(), st.text())
def test_words_of_two_texts_are_the_words_of_both(one: str, other: str) -> None:
    assert plain_words(f"{one} {other}") == plain_words(one) + plain_words(other)


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=40))
def test_cut_passages_hold_every_word_once(spoken: list[str]) -> None:
    first, last = spoken[0], spoken[-1]
    pieces, lost = cut_by_anchors(spoken, [("one", [first]), ("two", [last])])
    joined = [word for piece in pieces.values() for word in piece]
    assert joined == spoken
    assert lost == ([] if "two" in pieces else ["two"])


def test_a_name_may_be_longer_than_a_run() -> None:
    name = "Prize of the Town for the Best of All Its Many Bridges"
    assert copied_runs(f"They won the {name}.", word_runs(name)) != []
    assert copied_runs(f"They won the {name}.", word_runs(name), [name]) == []
