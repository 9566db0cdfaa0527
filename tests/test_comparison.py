"""Cases side by side: true to their own pages, the same in every order, honest where little is read."""

import dataclasses
import itertools
import re

import pytest
from markupsafe import escape

from app_pages.parts import comparison as drawn
from app_pages.parts import emailing
from kg import views, words
from kg.engine import Engine
from kg.queries.questions import rows
from kg.terms import PREFIXES
from tests.pages import HOSTILE, html, opened

TRIO = ("leeds", "canterbury", "uniting-care-cambridgeshire")


_cases: dict[tuple[str, bool], views.Case] = {}


def compared(engine: Engine, *slugs: str, graphs: views.Graphs = None) -> views.Comparison:
    for slug in slugs:
        if (slug, graphs is None) not in _cases:
            _cases[slug, graphs is None] = views.case(engine, slug, graphs)
    return views.comparison(engine, [_cases[slug, graphs is None] for slug in slugs], graphs)


def drawn_of(engine: Engine, *slugs: str, graphs: views.Graphs = None) -> str:
    found = compared(engine, *slugs, graphs=graphs)
    cases = [_cases[slug, graphs is None] for slug in slugs]
    return drawn.draw(found, cases, [views.story_of(engine, slug, graphs) for slug in slugs])


def holding(found: views.Comparison, place: int) -> set[str]:
    return {row.matter.name for section in found.sections for row in section.rows if row.cells[place].holds}


def test_order_of_the_cases_changes_nothing_but_the_order(engine: Engine) -> None:
    whole = compared(engine, *TRIO)
    for order in itertools.permutations(range(3)):
        other = compared(engine, *(TRIO[place] for place in order))
        assert (other.shared, other.matters) == (whole.shared, whole.matters)
        assert other.alone == tuple(whole.alone[place] for place in order)
        assert [section.none for section in other.sections] == [section.none for section in whole.sections]


def test_a_case_keeps_what_it_has_whatever_stands_beside_it(engine: Engine) -> None:
    assert holding(compared(engine, "leeds", "canterbury"), 0) == holding(compared(engine, *TRIO), 0)


def test_counts_are_those_of_the_rows(engine: Engine) -> None:
    found = compared(engine, *TRIO)
    one, two, three = [holding(found, place) for place in range(3)]
    assert found.matters == len(one | two | three)
    assert found.shared == len(one & two & three) > 0
    assert found.alone == (len(one - two - three), len(two - one - three), len(three - one - two))


def test_what_is_stated_agrees_with_the_shortcuts(engine: Engine) -> None:
    told = {(str(case), str(concept)) for case, concept in rows(engine, "case-concepts-stated").rows}
    found = compared(engine, *TRIO)
    for section in found.sections:
        for row in section.rows:
            assert row.cells != (views.Cell(),) * 3
            for slug, cell in zip(TRIO, row.cells, strict=True):
                for told_of in (*cell.stated, *cell.read):
                    assert f"case?id={slug}" in [each.address for each in told_of.topics.about]
    shortcuts = {
        str(concept).rsplit("/", 1)[-1] for case, concept in told if case == PREFIXES["case"] + "leeds"
    }
    in_cells = {
        (row.matter.address or "").rpartition("=")[2].rpartition("/")[2].rpartition("%2F")[2]
        for section in found.sections
        for row in section.rows
        if row.cells[0].stated
    }
    assert shortcuts <= in_cells


def test_leeds_in_the_paper_is_honestly_thin(engine: Engine) -> None:
    found = compared(engine, "leeds", "canterbury", graphs=views.graphs_of_the_paper(engine))
    assert found.read_whole == (True, True)
    reported = next(section for section in found.sections if section.heading == "What is reported")
    assert not any(row.cells[0].holds for row in reported.rows)
    text = drawn_of(engine, "leeds", "canterbury", graphs=views.graphs_of_the_paper(engine))
    assert drawn.silence(read_whole=True) in text
    assert drawn.silence(read_whole=False) not in text


def test_what_was_read_in_part_is_not_said_to_be_silent(engine: Engine) -> None:
    text = drawn_of(engine, "leeds", "salford")
    assert drawn.silence(read_whole=False) in text
    assert drawn.silence(read_whole=True) not in text
    assert "may be in the parts we have not read" in text


def test_every_sentence_and_every_entry_leads_to_its_statements(engine: Engine) -> None:
    text = drawn_of(engine, *TRIO)
    told = [
        sentence
        for slug in TRIO
        for part in views.story_of(engine, slug).parts
        for sentence in part.sentences
    ]
    cells = [
        cell for section in compared(engine, *TRIO).sections for row in section.rows for cell in row.cells
    ]
    entries = [said.slug for cell in cells for said in (*cell.stated, *cell.read, *cell.denied)]
    assert told and entries
    for sentence in told:
        assert escape(sentence.text) in text
    linked = set(re.findall(r'href="claim\?id=([\w-]+)"', text))
    assert linked >= {*entries, *(claim for sentence in told for claim in sentence.claims)}


def test_what_a_story_leaves_out_its_statements_say(engine: Engine) -> None:
    """That a story has no such part is no word on the place: what is stated of it stands there instead."""
    text = drawn_of(engine, "leeds", "salford")
    story = views.story_of(engine, "salford")
    assert "where-it-started" not in {part.slug for part in story.parts}
    row = text.split(">Where it started</th>")[1].split("</tr>")[0]
    (group,) = (group for group in _cases["salford", True].groups if group.slug == "situation")
    assert f"claim?id={group.parts[0][1][0].slug}" in row


def test_no_list_of_what_only_one_has_is_longer_than_it_says(engine: Engine) -> None:
    text = drawn_of(engine, *TRIO)
    found = compared(engine, *TRIO)
    for case, alone in zip(found.cases, found.alone, strict=True):
        told = text.split(f"<dt>Only {escape(case.label)}</dt>")[1].split("</div>")[0]
        more = re.search(r"and (\d+) more", told)
        assert told.count("<a ") + (int(more[1]) if more else 0) == alone


def test_a_comparison_leads_on_to_places_like_each(engine: Engine) -> None:
    text = drawn_of(engine, "leeds", "salford")
    for slug in ("leeds", "salford"):
        assert f'href="similar?case={slug}"' in text


@pytest.mark.parametrize("slugs", [[], ["leeds"], ["nowhere", "leeds"], [HOSTILE]])
def test_fewer_than_two_cases_are_no_comparison(slugs: list[str]) -> None:
    tester = opened("compare.py", case=slugs)
    assert [title.value for title in tester.title] == ["Compare"]
    assert "<script>" not in html(tester)
    assert drawn.too_few(slugs.count("leeds")) in html(tester)


def test_the_address_restores_a_comparison_of_four_at_most(engine: Engine) -> None:
    slugs = ["leeds", "salford", "devon", "canterbury", "wigan"]
    tester = opened("compare.py", case=slugs)
    found = compared(engine, *slugs[:4])
    assert tester.title[0].value.replace("\\", "") == drawn.title(found)
    assert f"{found.shared} of the {found.matters} topics" in html(tester)
    assert tester.code[0].value == words.compared(found)


def test_hostile_text_is_shown_as_text(engine: Engine) -> None:
    case = views.case(engine, "leeds")
    spoilt = dataclasses.replace(case, row=dataclasses.replace(case.row, label=HOSTILE))
    cases = [spoilt, views.case(engine, "salford")]
    stories = [views.story_of(engine, slug) for slug in ("leeds", "salford")]
    text = drawn.draw(views.comparison(engine, cases), cases, stories)
    assert "<script>" not in text
    assert escape(HOSTILE) in text


def test_an_email_says_what_the_page_counts_in_both_forms(engine: Engine) -> None:
    found = compared(engine, *TRIO)
    mail = emailing.comparison(found, "https://example.org/compare?case=leeds&case=b")
    assert words.compared(found) in mail.plain
    assert escape("https://example.org/compare?case=leeds&case=b") in mail.html
    lines = mail.plain.split("What they share\n")[1].split("\n\n")[0].splitlines()
    assert sum(len(line.split(": ", 1)[1].split("; ")) for line in lines) == found.shared
    for case, count in zip(found.cases, found.alone, strict=True):
        held = mail.plain.split(f"{case.label} alone\n")[1].split("\n\n")[0].splitlines()
        assert sum(len(line.split(": ", 1)[1].split("; ")) for line in held) == count
    assert all(escape(line.removeprefix("- ")) in mail.html for line in lines)


def test_what_is_only_read_is_called_so_in_an_email(engine: Engine) -> None:
    found = compared(engine, *TRIO)
    mail = emailing.comparison(found, "")
    for section in found.sections:
        for row in section.rows:
            if row.cases == len(TRIO):
                read = any(cell.holds and not cell.stated for cell in row.cells)
                assert (f"{row.matter.name} (in part our reading)" in mail.plain) == read


def test_a_case_that_is_not_there_is_named_until_others_are_chosen() -> None:
    tester = opened("compare.py", case=["leeds", "<b>nope"])
    assert "There is no case called “&lt;b&gt;nope” here, so the page leaves it out." in html(tester)
    tester.multiselect(key="case").set_value(["leeds", "devon"]).run()
    assert "There is no case" not in html(tester)
