"""Cases in order of time: true to their own pages, hopes set apart, nothing on top of another."""

import dataclasses
import doctest
import itertools
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from app_pages.parts import graph
from app_pages.reading import timeline
from app_pages.reading.timeline import MOST_YEARS, Axis
from kg import views, words
from kg.engine import Engine
from kg.evidence import Basis, Modality, Polarity, Voice
from kg.queries import questions
from kg.views import DatedStatement, Evidence, Link, Statement
from tests.pages import HOSTILE, html, opened, read_page, targets

SPANS = st.lists(st.tuples(st.integers(1980, 2030), st.integers(0, 30)), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def found(engine: Engine) -> views.Chronology:
    return views.chronology(engine, views.case_list(engine))


def of_case(found: views.Chronology, slug: str) -> views.Dates:
    (case,) = [each for each in found.cases if each.slug == slug]
    return case


PLAIN = Evidence(Basis.EXPLICIT, Modality.FACT, Polarity.AFFIRMED)


def told(slug: str, text: str = "They met.", planned: bool = False, evidence: Evidence = PLAIN) -> Statement:
    document = Link("A report", "source?id=a-report")
    return Statement(
        slug=slug,
        text=text,
        evidence=evidence,
        attribution=views.Attribution(Voice.NOT_ESTABLISHED),
        time=views.StatementTime("2016", planned),
        source=views.Citation(document, "Report", "2016", views.Origin.PAPER, ()),
        relation=views.Relation("did"),
        topics=views.Topics(),
    )


def dated(number: int, first: int, last: int) -> DatedStatement:
    return DatedStatement(told(f"harbour-town-{number}"), str(first), first, last)


def line(*members: DatedStatement, name: str = "Harbour Town") -> views.Chronology:
    return views.Chronology((views.Dates("harbour-town", Link(name, "case?id=x"), members, (), ()),))


@pytest.fixture
def harbour(changed: pytest.MonkeyPatch) -> Callable[..., str]:
    """Draws the page of a case that is not in the graph."""

    def drawn(*members: DatedStatement, name: str = "Harbour Town") -> str:
        changed.setattr(graph, "names", lambda: {"harbour-town": name})
        changed.setattr(graph, "chronology", lambda slugs: line(*members, name=name))
        with graph.chosen(graph.Choice()):
            return timeline.page({"documents": ["true"]}).html

    return drawn


def addresses(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', text)]


def marks_of(text: str) -> list[str]:
    """Give the classes of each mark on the lines."""
    return re.findall(r'<a class="kg-event ([^"]*)"', text)


def test_examples_of_the_axis_hold() -> None:
    result = doctest.testmod(timeline)
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize("slug", ["canterbury", "devon", "leeds", "unnamed-leadership-group"])
def test_a_case_has_the_statements_of_its_own_page(
    slug: str, engine: Engine, found: views.Chronology
) -> None:
    page, case = views.case(engine, slug), of_case(found, slug)
    assert tuple(each.statement for each in case.dated) == page.timeline
    assert len(case.dated) + len(case.undated) == page.row.statements
    assert {each.document.address for each in case.documents} == {
        f"source?id={source.slug}" for source in page.row.sources
    }


def test_a_statement_about_two_cases_is_counted_once(engine: Engine, found: views.Chronology) -> None:
    everything = len(found.statements) + found.undated
    summed = sum(len(each.dated) + len(each.undated) for each in found.cases)
    assert everything < summed == sum(row.statements for row in views.case_rows(engine))


def test_statements_stand_in_order_of_time_and_years_are_those_in_words(found: views.Chronology) -> None:
    times = [each.time for each in found.statements]
    assert len(times) > 100 and times == sorted(times)
    for each in found.statements:
        years = [int(year) for year in re.findall(r"\b\d{4}\b", each.statement.time.span or "")]
        assert {each.first, each.last} == set(years)


def test_the_paper_alone_has_its_own_statements(paper: Engine) -> None:
    found = views.chronology(paper, views.case_list(paper))
    assert {each.statement.source.origin for each in found.statements} == {views.Origin.PAPER}


def test_no_case_is_no_time(engine: Engine) -> None:
    assert views.chronology(engine, {}) == views.Chronology(())


@given(spans=SPANS)
def test_each_year_has_a_column_in_order(spans: list[tuple[int, int]]) -> None:
    years = [year for first, length in spans for year in (first, first + length)]
    axis = timeline.axis_of(years)
    assert axis is not None and axis.columns <= MOST_YEARS + 1
    columns = [axis.column(year) for year in sorted(years)]
    assert columns == sorted(columns)
    assert columns[0] == 1 and columns[-1] == axis.columns
    for year in years:
        assert axis.name(axis.column(year)) == (str(year) if year >= axis.first else f"before {axis.first}")


@given(spans=SPANS)
def test_no_mark_lies_on_another_and_each_stands_at_its_years(spans: list[tuple[int, int]]) -> None:
    members = [
        dated(number, first, first + length) for number, (first, length) in enumerate(sorted(spans), 1)
    ]
    axis = timeline.axis_of(year for each in members for year in (each.first, each.last))
    assert axis is not None
    marks = timeline.laid_out(members, axis)
    taken = [{(mark.row, column) for column in range(mark.left, mark.right + 1)} for mark in marks]
    assert all(not one & other for one, other in itertools.combinations(taken, 2))
    for mark, each in zip(marks, members, strict=True):
        begins, last = axis.column(each.first), axis.column(each.last)
        assert 1 <= mark.left <= begins <= last <= mark.right <= axis.columns
        assert (mark.right == last) if mark.ends else (mark.left == begins)
        assert mark.bar == round(100 * (last - begins + 1) / (mark.right - mark.left + 1))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("They met.", "They met."),
        ("In 2016 the board met.", "The board met."),
        ("In May 2016, they met.", "They met."),
        ("By 2016 they had met.", "By 2016 they had met."),
        (
            "They met and talked about money, staff and everything else.",
            "They met and talked about money, staff and…",
        ),
    ],
)
def test_a_mark_says_in_words_how_its_statement_begins(text: str, label: str) -> None:
    (mark,) = timeline.laid_out(
        [DatedStatement(told("harbour-town-1", text), "2016", 2016, 2016)], Axis(2016, 2016, False)
    )
    assert mark.label == label


def test_a_result_or_what_went_wrong_names_its_mark(found: views.Chronology) -> None:
    labels = {mark.statement.slug: mark.label for mark in marks_in(found)}
    for each in found.statements:
        told_of = each.statement
        if told_of.result is not None and told_of.relation.object is not None:
            assert labels[told_of.slug].startswith(told_of.relation.object.link.name)
        elif told_of.topics.setbacks:
            assert labels[told_of.slug] == told_of.topics.setbacks[0]
    assert all(labels.values())


def marks_in(found: views.Chronology) -> list[timeline.Mark]:
    axis = timeline.axis_of(year for each in found.statements for year in (each.first, each.last))
    assert axis is not None
    return [mark for case in found.cases for mark in timeline.laid_out(case.dated, axis)]


@pytest.mark.parametrize(
    ("evidence", "planned", "look"),
    [
        ({}, False, "told"),
        ({"modality": Modality.HOPE}, False, "ahead"),
        ({"modality": Modality.INTENTION}, False, "ahead"),
        ({"modality": Modality.NORMATIVE}, False, "ahead"),
        ({}, True, "ahead"),
        ({"polarity": Polarity.DENIED}, False, "denied"),
        ({"basis": Basis.INFERRED_WEAK}, False, "told kg-event-read"),
    ],
)
def test_what_was_hoped_for_or_denied_never_looks_like_what_is_told(
    evidence: dict[str, Any], planned: bool, look: str, harbour: Callable[..., str]
) -> None:
    statement = told("harbour-town-1", planned=planned, evidence=dataclasses.replace(PLAIN, **evidence))
    text = harbour(DatedStatement(statement, "2016", 2016, 2016))
    assert marks_of(text) == [f"kg-event-{look}"]
    key = text.partition('class="kg-key"')[2].partition("</ul>")[0]
    assert ("not a result" in key) == (look == "ahead")
    assert ("the source says this was not so" in key) == (look == "denied")
    assert ("our reading" in key) == (look.endswith("read"))


def test_page_has_a_mark_and_an_entry_for_each_statement(found: views.Chronology) -> None:
    text = html(opened("timeline.py"))
    first, last = min(each.first for each in found.statements), max(each.last for each in found.statements)
    assert f"We found {len(found.statements)} dated statements, from {first} to {last}." in text
    assert f"{found.undated} statements give no date." in text
    listed = text.partition('id="list"')[2]
    for each in found.statements:
        slug, marks = each.statement.slug, words.marks(each.statement)
        assert f"{escape(words.when(each.statement))}: {escape(each.statement.text)}" in text
        entry = listed.partition(f'href="claim?id={slug}">')[2].partition("</div>")[0]
        assert entry.startswith(str(escape(each.statement.text)))
        assert all(escape(mark) in entry for mark in marks)
    assert len(marks_of(text)) == sum(len(each.dated) for each in found.cases)
    assert 'class="kg-issued"' not in text
    silent = {each.case.name for each in found.cases if not each.dated}
    beside = text.partition("We found no dated statement about:")[2].partition("</p>")[0]
    assert silent and all(escape(name) in beside for name in silent)


def test_years_of_documents_are_squares_and_never_marks(found: views.Chronology) -> None:
    text = html(opened("timeline.py", case="leeds", documents="true"))
    leeds = of_case(found, "leeds")
    squares = re.findall(r'<li class="kg-issued".*?href="#documents-leeds".*?>(\d+)<', text)
    assert sum(map(int, squares)) == sum(each.year is not None for each in leeds.documents) > 5
    listed = text.partition('id="documents-leeds"')[2]
    assert listed.count("source?id=") == len(leeds.documents)
    assert "Year not stated" in listed
    assert len(marks_of(text)) == len(leeds.dated)


def test_address_chooses_cases_and_keeps_the_choice_of_documents() -> None:
    text = html(opened("timeline.py", case=["canterbury", "leeds", HOSTILE, "nowhere"], paper="true"))
    assert "<script>" not in text
    assert "case?id=leeds&amp;paper=true" in text and "case?id=devon" not in text
    found = addresses(text)
    assert "timeline?case=leeds&paper=true" in found
    assert "timeline?paper=true" in found
    assert "timeline?case=canterbury&case=leeds&documents=true&paper=true" in found


def test_the_shortlist_can_be_shown_alone() -> None:
    found = addresses(html(opened("timeline.py", keep="leeds.devon")))
    assert "timeline?case=leeds&case=devon&keep=leeds.devon" in found
    kept = addresses(html(opened("timeline.py", keep="leeds", case="leeds")))
    assert "timeline?keep=leeds" in kept
    assert "timeline?case=leeds&keep=leeds" not in kept


def test_many_cases_come_page_by_page(changed: pytest.MonkeyPatch) -> None:
    changed.setattr(graph, "names", lambda: {f"town-{number}": f"Town {number}" for number in range(70)})
    changed.setattr(graph, "chronology", lambda slugs: views.Chronology(tuple(map(silent, slugs))))
    with graph.chosen(graph.Choice()):
        text = timeline.page({"page": ["4"]}).html
    assert [f"Town {number}" in text for number in (59, 60, 69)] == [False, True, True]
    assert '<b aria-current="page">4</b>' in text and "timeline?page=3" in addresses(text)


def silent(slug: str) -> views.Dates:
    return views.Dates(slug, Link(slug.replace("town-", "Town "), f"case?id={slug}"), (), ("x",), ())


def test_a_case_without_dates_says_so(engine: Engine) -> None:
    text = html(opened("timeline.py", case="unnamed-leadership-group"))
    undated = questions.ask(engine, "case-undated", case="unnamed-leadership-group")
    count = len({each["claim"] for each in undated})
    assert "We found no statement here that gives a date." in text
    assert f"{count} statements give no date" in text


def test_hostile_text_is_shown_as_text(harbour: Callable[..., str]) -> None:
    text = harbour(DatedStatement(told("harbour-town-1", text=HOSTILE), "2016", 2016, 2016), name=HOSTILE)
    assert "<script>" not in text and "<img" not in text
    assert text.count(str(escape(HOSTILE))) >= 4


def test_an_axis_without_earlier_years_names_every_column() -> None:
    axis = Axis(2010, 2012, False)
    assert axis.names == ["2010", "2011", "2012"]


def test_index_and_case_lead_to_the_timeline() -> None:
    assert "timeline?case=jonkoping" in targets(read_page("", country="sweden").html)
    assert 'href="timeline?case=leeds"' in html(opened("case.py", id="leeds"))
