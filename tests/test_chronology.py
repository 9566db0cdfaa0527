"""Cases in order of time: true to their own pages, hopes set apart, nothing on top of another."""

import dataclasses
import doctest
import itertools
import re
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages.parts import statement, timeline
from app_pages.parts.timeline import MOST_YEARS, Axis
from kg import views, words
from kg.engine import Engine
from kg.evidence import Basis, Modality, Polarity, Voice
from kg.queries import questions
from kg.views import DatedStatement, Evidence, Link, Statement
from tests.pages import HOSTILE, html, links, opened

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
def test_no_mark_lies_on_another(spans: list[tuple[int, int]]) -> None:
    members = [
        dated(number, first, first + length) for number, (first, length) in enumerate(sorted(spans), 1)
    ]
    axis = timeline.axis_of(year for each in members for year in (each.first, each.last))
    assert axis is not None
    rows = timeline.rows_of(members, axis)
    taken = [
        {(row, column) for column in range(axis.column(each.first), axis.column(each.last) + 1)}
        for each, row in zip(members, rows, strict=True)
    ]
    assert all(not one & other for one, other in itertools.combinations(taken, 2))
    assert max(rows) == max(
        sum(any(column == place for _, column in cells) for cells in taken)
        for place in range(1, axis.columns + 1)
    )


@pytest.mark.parametrize(
    ("evidence", "planned", "look"),
    [
        ({}, False, "told"),
        ({"modality": Modality.HOPE}, False, "ahead"),
        ({"modality": Modality.INTENTION}, False, "ahead"),
        ({"modality": Modality.NORMATIVE}, False, "ahead"),
        ({}, True, "ahead"),
        ({"polarity": Polarity.DENIED}, False, "denied"),
        ({"basis": Basis.INFERRED_WEAK}, False, "told kg-when-read"),
    ],
)
def test_what_was_hoped_for_or_denied_never_looks_like_what_is_told(
    evidence: dict[str, Any], planned: bool, look: str
) -> None:
    statement = told("harbour-town-1", planned=planned, evidence=dataclasses.replace(PLAIN, **evidence))
    text = timeline.draw(line(DatedStatement(statement, "2016", 2016, 2016)), False)
    assert f'<a class="kg-when kg-when-{look}"' in text
    key = text.partition("kg-time")[0]
    assert ("not a result" in key) == (look == "ahead")
    assert ("said not to have been so" in key) == (look == "denied")
    assert ("our reading" in key) == (look.endswith("read"))


def test_page_has_a_mark_and_an_entry_for_each_statement(found: views.Chronology) -> None:
    tester = opened("timeline.py")
    assert [title.value for title in tester.title] == ["Cases in order of time"]
    text = html(tester)
    for each in found.statements:
        assert f'href="claim?id={each.statement.slug}"' in text
        assert escape(f"{words.when(each.statement)}: {each.statement.text}") in text
        assert statement.draw(each.statement, timeline.PAGE, with_readings=False) in text
    marks = sum(len(each.dated) for each in found.cases)
    assert len(re.findall(r'<a class="kg-when ', text)) == marks
    assert "kg-when-issued" not in text
    silent = {each.case.name for each in found.cases if not each.dated}
    beside = text.partition("No dated statement is held of")[2].partition("</div>")[0]
    assert silent and all(escape(name) in beside for name in silent)


def test_years_of_documents_are_squares_and_never_marks(found: views.Chronology) -> None:
    text = html(opened("timeline.py", case="leeds", documents="true"))
    leeds = of_case(found, "leeds")
    squares = re.findall(r'class="kg-when kg-when-issued" href="#documents-leeds".*?>(\d+)</a>', text)
    assert sum(map(int, squares)) == sum(each.year is not None for each in leeds.documents) > 5
    listed = text.partition('id="documents-leeds"')[2]
    assert listed.count("source?id=") == len(leeds.documents)
    assert "Year not stated" in listed
    assert len(re.findall(r'<a class="kg-when kg-when-(?!issued)', text)) == len(leeds.dated)


def test_address_chooses_cases_and_keeps_the_choice_of_documents() -> None:
    tester = opened("timeline.py", case=["canterbury", HOSTILE, "nowhere"], paper="true")
    text = html(tester)
    assert "about 1 case;" in text
    assert "<script>" not in text
    assert "&amp;paper=true" in text and "case?id=leeds" not in text
    assert ("places", "case=canterbury&paper=true") in [
        (page, "&".join(sorted(query.split("&")))) for _, page, query in links(tester)
    ]


def test_a_page_of_many_says_that_there_are_more(found: views.Chronology) -> None:
    assert "On this page: 17 of 900 cases" in timeline.summary(found, 900)
    assert "On this page" not in timeline.summary(found, len(found.cases))


def test_a_case_without_dates_says_so(engine: Engine) -> None:
    text = html(opened("timeline.py", case="unnamed-leadership-group"))
    undated = questions.ask(engine, "case-undated", case="unnamed-leadership-group")
    count = len({each["claim"] for each in undated})
    assert timeline.NONE_DATED in text
    assert f"<b>0 dated statements</b>; {count} statements without a date" in text


def test_hostile_text_is_shown_as_text() -> None:
    text = timeline.draw(
        line(DatedStatement(told("harbour-town-1", text=HOSTILE), "2016", 2016, 2016), name=HOSTILE), True
    )
    assert "<script>" not in text
    assert text.count(escape(HOSTILE)) >= 4


def test_an_axis_without_earlier_years_names_every_column() -> None:
    axis = Axis(2010, 2012, False)
    assert [axis.name(column) for column in range(1, axis.columns + 1)] == ["2010", "2011", "2012"]


def test_index_and_case_lead_to_the_timeline() -> None:
    narrowed = [query for _, page, query in links(opened(country="sweden")) if page == "timeline"]
    assert narrowed == ["case=jonkoping"]
    assert 'href="timeline?case=leeds"' in html(opened("case.py", id="leeds"))
