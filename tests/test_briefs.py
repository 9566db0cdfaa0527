"""Briefs: one sheet each, honest where little is known, every statement with where it stands."""

import dataclasses
import re
from pathlib import Path

import pytest

from kg import cli, export, views, words
from kg.engine import Engine
from kg.errors import NoBrief, UnknownName
from kg.evidence import Direction
from kg.export import FORMS, Manuscript, briefs
from kg.export.as_pdf import pages_of
from kg.export.manuscript import Heading, Listing
from tests.asking import listed
from tests.frozen import SLUGS
from tests.manuscripts import SPITEFUL, Shown, pdf_text, squeezed, texts, under
from tests.pages import case_of, downloads, html, opened, read_page


def told(manuscript: Manuscript) -> list[tuple[str, str]]:
    """Each statement of a brief with where it stands."""
    return [
        (item[0][0].text, item[-1][-1].text)
        for part in manuscript.parts
        if isinstance(part, Listing)
        for item in part.items
        if len(item) == 2
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_brief_fits_one_sheet_and_says_no_more_than_the_statements(engine: Engine, slug: str) -> None:
    brief = export.brief_of_cases(engine, [slug], "abc")
    assert pages_of(brief) == 1
    case = case_of(engine, slug)
    held = {each.text: each for group in case.groups for _, members in group.parts for each in members}
    shown = told(brief)
    assert shown
    assert len(shown) == len(set(shown))
    for text, where in shown:
        assert words.where(held[text]) in where
    headings = [each.text.partition(" (")[0] for each in brief.parts if isinstance(each, Heading)]
    assert headings[-1] == "Three questions to ask"
    assert {"What happened, and who says so", words.NOT_KNOWN[case.read_whole]} <= {*headings}
    assert {"What leaders did", "What leaders did or wrote down"} & {*headings}
    (questions,) = [each for each in brief.parts if isinstance(each, Listing) and each.numbered]
    assert len({item[0][0].text for item in questions.items}) == 3


@pytest.mark.parametrize(
    "slugs",
    [
        ["leeds", "salford"],
        ["canterbury", "leeds", "wigan"],
        ["canterbury", "greater-manchester", "torbay", "jonkoping"],
        [
            "canterbury",
            "city-of-manchester",
            "uniting-care-cambridgeshire",
            "stroke-services-in-london-and-greater-manchester",
        ],
    ],
)
def test_cases_side_by_side_fit_one_sheet(engine: Engine, slugs: list[str]) -> None:
    brief = export.brief_of_cases(engine, slugs, "abc")
    assert pages_of(brief) == 1
    names = [case_of(engine, slug).row.label for slug in slugs]
    assert [each.text for each in brief.parts if isinstance(each, Heading)][1:-1] == names
    assert len(told(brief)) >= len(slugs)
    # A set-back gives way to nothing but a fourth place.
    shown = {text for text, _ in told(brief)}
    setbacks = [
        [each.text for _, found in case_of(engine, slug).setbacks for each in found] for slug in slugs
    ]
    if len(slugs) < 4:
        assert all(shown & {*texts} for texts in setbacks if texts)


def test_every_result_has_its_mark_and_no_direction_is_hidden(engine: Engine) -> None:
    """Of the ways in which results went, none is left out for want of room before each was told once."""
    case = case_of(engine, "canterbury")
    results = [
        each
        for group in case.groups
        if group.slug == "what-is-reported"
        for _, members in group.parts
        for each in members
        if each.result is not None
    ]
    directions = {each.result and each.result.direction for each in results}
    assert len(directions) > 2
    ordered = list(briefs._fairly(results))
    assert {each.result and each.result.direction for each in ordered[: len(directions)]} == directions
    assert sorted(each.slug for each in ordered) == sorted(each.slug for each in results)
    text = under(export.brief_of_cases(engine, ["canterbury"], "abc"), "What happened")
    # What the paper calls independent was found to be research by those involved.
    assert words.STANDINGS[views.Standing.EVALUATED] not in text
    assert words.DIRECTIONS[Direction.NO_CHANGE] in text


def test_notes_for_editors_are_in_no_brief(engine: Engine) -> None:
    notes = listed(
        engine, "SELECT ?case ?note WHERE { ?c sl:about ?case ; sl:passage/skos:editorialNote ?note }"
    )
    assert len(notes) > 5
    for case, note in notes:
        if "/case/" in case:
            assert note not in str(export.brief_of_cases(engine, [case.rsplit("/", 1)[-1]], "abc")), case


def test_what_is_only_written_down_is_not_told_as_done(engine: Engine) -> None:
    brief = export.brief_of_cases(engine, ["leeds"], "abc")
    told = under(brief, "What leaders did or wrote down")
    assert "high challenge" in told and told.count(briefs.WRITTEN) >= 1


def test_a_thin_case_has_an_honest_brief(engine: Engine) -> None:
    brief = export.brief_of_cases(engine, ["leeds"], "abc", views.graphs_of_the_paper(engine))
    assert under(brief, "What happened") == "We found no result."
    assert under(brief, "What is not known").startswith("The paper reports no result on:")
    assert "We found no result." in under(brief, "Three questions")
    assert "One phrase is all the paper says about Leeds." in under(brief, "What leaders did")
    without = export.brief_of_cases(engine, ["uniting-care-cambridgeshire"], "abc")
    assert under(without, "What leaders did") == "We found nothing on what leaders did there."


def test_a_plan_for_a_time_reads_the_same_on_every_day(engine: Engine) -> None:
    statement = next(
        each
        for slug in SLUGS
        for group in case_of(engine, slug).groups
        for _, members in group.parts
        for each in members
        if each.time.planned and not each.related.later
    )
    assert any(words.HOLD_NOTHING in mark for mark in words.marks(statement))
    time = dataclasses.replace(statement.time, overdue=not statement.time.overdue)
    assert words.marks(dataclasses.replace(statement, time=time)) == words.marks(statement)


@pytest.mark.parametrize("text", SPITEFUL[:4])
def test_a_hostile_case_title_stays_text(engine: Engine, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(engine, "wigan")
    spoilt = dataclasses.replace(case, row=dataclasses.replace(case.row, label=text, question=text))
    monkeypatch.setattr("kg.views.case", lambda *_: spoilt)
    brief = export.brief_of_cases(engine, ["wigan"], "abc")
    page = Shown(export.as_html(brief))
    assert page.text.count(text) == 3
    assert not page.elements & {"img", "script"}
    assert text in texts(export.as_docx(brief))
    assert squeezed(text) in squeezed(pdf_text(export.as_pdf(brief)))


def test_a_brief_of_nothing_or_of_too_many_is_refused(engine: Engine) -> None:
    for wrong in ([], SLUGS[:5]):
        with pytest.raises(NoBrief, match="named"):
            export.brief_of_cases(engine, wrong, "abc")
    with pytest.raises(UnknownName):
        export.brief_of_cases(engine, ["leds"], "abc")


@pytest.mark.parametrize("ending", FORMS)
def test_the_command_writes_each_form(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"brief.{ending}"
    with pytest.raises(SystemExit) as ended:
        cli.main(["brief", "wigan", "-o", str(out)])
    assert ended.value.code == 0
    assert "Wigan" in capsys.readouterr().out
    assert out.stat().st_size > 1000


@pytest.mark.parametrize("wrong", [["leeds", "-o", "x.odt"], ["leds", "-o", "x.pdf"], ["-o", "x.pdf"]])
def test_the_command_refuses_in_a_sentence(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["brief", *wrong])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_pages_hand_out_briefs() -> None:
    tester = opened("compare.py", case=["leeds", "salford"])
    assert downloads(tester) == [f"One-page brief as {form.name}" for form in FORMS.values()]
    linked = re.findall(r'href="brief/leeds\.(\w+)"', read_page("case", id="leeds").html)
    assert linked == ["pdf", "docx"]


def test_a_brief_is_shown_on_its_page_when_asked_for() -> None:
    tester = opened("compare.py", case=["leeds", "salford"])
    assert "kg-sheet" not in html(tester)
    tester.toggle(key="show-brief-leeds-salford").set_value(True).run()
    sheet = html(tester).split('class="kg-sheet"')[1]
    assert "<h2>" in sheet and "<h1>" not in sheet
    assert "Not in what we have read" in sheet
