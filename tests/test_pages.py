"""The pages, reached through the router as a visitor reaches them, without a browser."""

import dataclasses
import doctest
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import ModuleType

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages.parts import markup, row, statement, story, words
from kg import views
from kg.engine import Engine
from kg.errors import BadContent

ROOT = Path(__file__).resolve().parent.parent
ROUTER = ROOT / "app_pages" / "router.py"
SLUGS = sorted(path.stem for path in (ROOT / "data" / "cases").glob("*.ttl"))
HOSTILE = (
    "<script>alert(1)</script> **x** [a](javascript:alert(1)) $x$ :red[x] \"' & <img src=x onerror=alert(1)>"
)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test change what the graph answers, and let no other test see it."""
    st.cache_resource.clear()
    yield monkeypatch
    st.cache_resource.clear()


def opened(page: str = "index.py", **address: str) -> AppTest:
    tester = AppTest.from_file(str(ROUTER), default_timeout=30)
    if page != "index.py":
        tester.switch_page(page)
    for name, value in address.items():
        tester.query_params[name] = value
    tester.run()
    assert not tester.exception
    return tester


def html(tester: AppTest) -> str:
    bodies = [str(each.proto.body) for each in tester.get("html")]
    return "\n".join(body for body in bodies if "<style>" not in body)


def links(tester: AppTest) -> list[tuple[str, str, str]]:
    protos = [each.proto for each in tester.get("page_link")]
    return [(proto.label, proto.page, proto.query_string) for proto in protos]


def case_of(engine: Engine, slug: str) -> views.Case:
    return views.case(engine, slug)


@pytest.mark.parametrize("module", [markup, words])
def test_examples_in_the_parts_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_there_are_seven_cases() -> None:
    assert len(SLUGS) == 7


def test_index_has_its_own_heading_and_names_every_case_with_a_link(engine: Engine) -> None:
    tester = opened()
    assert [title.value for title in tester.title] == ["Cases"]
    assert [query for _, _, query in links(tester) if query] == [
        f"id={each.slug}" for each in views.case_rows(engine)
    ]


def test_index_gives_each_case_its_question_results_and_extent(engine: Engine) -> None:
    text = html(opened())
    for each in views.case_rows(engine):
        assert escape(each.question) in text
        assert all(escape(result) in text for result in each.results)
        assert all(f"{source.statements} statements in " in text for source in each.sources)


def test_index_says_no_result_for_exactly_the_cases_without_one(engine: Engine) -> None:
    silent = [each for each in views.case_rows(engine) if not each.results]
    assert silent
    assert html(opened()).count(row.NO_RESULT) == len(silent)


def test_index_names_the_paper_with_a_link_and_says_whose_account_it_is() -> None:
    text = html(opened())
    assert '<a href="https://www.kingsfund.org.uk/' in text
    assert "whose authors write about groups they worked with" in text
    assert text.count("independent of The King’s Fund") == 1


def test_index_counts_what_results_rest_on_by_kind_and_calls_nothing_a_score(engine: Engine) -> None:
    text = html(opened())
    counted = [each for each in views.case_rows(engine) if each.rests_on]
    assert counted
    for each in counted:
        assert escape(words.rests_on(each.rests_on)) in text
    assert "score" not in text.casefold()


def test_factors_stated_and_read_differ_in_words_and_in_form(engine: Engine) -> None:
    devon = next(each for each in views.case_rows(engine) if each.slug == "devon")
    drawn = row.facts(devon)
    assert not any(tie.explicit for tie in devon.factors)
    assert "Read from the text" in drawn
    assert "kg-ties-read" in drawn
    assert "Stated" not in drawn


@pytest.mark.parametrize("slug", SLUGS)
def test_case_page_has_its_own_heading_and_all_its_statements(slug: str, engine: Engine) -> None:
    case = case_of(engine, slug)
    text = html(opened("case.py", id=slug))
    assert f"<h1>{escape(case.row.label)}</h1>" in text
    assert text.count("<h1>") == 1
    drawn = [each for group in case.groups for _, members in group.parts for each in members]
    assert len(drawn) == case.row.statements == text.count('<li class="kg-statement')
    assert all(escape(each.text) in text for each in drawn)


@pytest.mark.parametrize("slug", SLUGS)
def test_case_page_prints_where_each_statement_stands(slug: str, engine: Engine) -> None:
    text = html(opened("case.py", id=slug))
    places = [
        place
        for group in case_of(engine, slug).groups
        for _, members in group.parts
        for each in members
        for place in each.places
    ]
    assert places
    assert text.count("Where it says so: ") == text.count('<li class="kg-statement')
    for place in places:
        assert escape(place.where) in text
        assert place.look_for is None or f"look for “<i>{escape(place.look_for)}</i>”" in text


@pytest.mark.parametrize("slug", SLUGS)
def test_case_page_shows_every_caveat_and_every_reason_for_a_reading(slug: str, engine: Engine) -> None:
    text = html(opened("case.py", id=slug))
    case = case_of(engine, slug)
    shown = [each for group in case.groups for _, members in group.parts for each in members]
    for each in shown:
        assert all(escape(caveat) in text for caveat in each.caveats)
        assert each.inference is None or escape(each.inference) in text
    assert text.count("kg-mark-read") == case.inferred


@pytest.mark.parametrize("slug", SLUGS)
def test_no_address_or_paragraph_id_is_shown(slug: str) -> None:
    text = html(opened("case.py", id=slug))
    assert "w3id.org" not in text
    assert "F1-p" not in text
    assert f">{slug}-1<" not in text


def test_leeds_is_as_thin_as_its_source(engine: Engine) -> None:
    text = html(opened("case.py", id="leeds"))
    leeds = case_of(engine, "leeds")
    assert row.NO_RESULT in text
    assert (
        f"<strong>{leeds.row.statements} statements</strong> in the paper; 1 of them is our reading." in text
    )
    assert text.count('<li class="kg-statement') == leeds.row.statements
    assert "What the paper does not say" in text
    assert "It reports no result on:" in text


def test_contents_lead_to_headings_that_exist() -> None:
    text = html(opened("case.py", id="canterbury"))
    targets = [part.split('"', 1)[0] for part in text.split('<a href="#')[1:]]
    assert len(targets) > 5
    assert all(f'<h2 id="{target}">' in text for target in targets)


def test_case_page_ends_with_its_sources_and_how_much_of_them_was_read() -> None:
    text = html(opened("case.py", id="devon"))
    assert "Think tank&#x27;s paper · year not stated · Read whole · 24 statements about this case" in text


def test_unknown_case_is_answered_with_the_nearest_name_and_the_list() -> None:
    tester = opened("case.py", id="leds")
    assert [title.value for title in tester.title] == ["Which case?"]
    assert "There is no case called “leds” here." in html(tester)
    queries = [query for _, _, query in links(tester) if query]
    assert queries[0] == "id=leeds"
    assert len(queries) == len(SLUGS) + 1


def test_case_page_without_a_case_lists_them_all() -> None:
    tester = opened("case.py")
    assert "The address does not name a case." in html(tester)
    assert len([query for _, _, query in links(tester) if query]) == len(SLUGS)


def test_hostile_address_is_shown_as_text() -> None:
    text = html(opened("case.py", id=HOSTILE))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_hostile_content_is_shown_as_text(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    case = hostile(case_of(engine, "leeds"))
    changed.setattr(views, "case_rows", lambda engine: [case.row])
    changed.setattr(views, "case", lambda engine, slug: case)
    index, page = opened(), opened("case.py", id="leeds")
    for tester in (index, page):
        text = html(tester)
        assert escape(HOSTILE) in text
        assert "<script>" not in text
        assert "<img" not in text
        assert 'href="javascript' not in text
    (label,) = [label for label, _, query in links(index) if query]
    assert r"\*\*x\*\*" in label
    assert r"\[a\]\(javascript\:alert\(1\)\)" in label
    assert r"\$x\$" in label
    assert r"\:red\[x\]" in label
    assert r"\<script\>" in label


def test_what_was_read_in_part_is_never_said_to_be_silent(engine: Engine) -> None:
    part = dataclasses.replace(case_of(engine, "leeds"), read_whole=False)
    drawn = story.silences(part)
    assert "What we did not find" in drawn
    assert drawn.count("Not found in the part we read") == len(part.silences) > 0
    assert "does not say" not in drawn
    assert "No result is reported" not in drawn


def test_silence_under_a_new_heading_has_words(engine: Engine) -> None:
    assert words.silence("Money spent", True) == "The paper does not say anything about money spent:"
    assert words.silence("Money spent", False) == "Not found in the part we read, anything about money spent:"


def test_statement_wears_what_it_is_in_words_and_in_form(engine: Engine) -> None:
    plain = case_of(engine, "leeds").groups[0].parts[0][1][0]
    marks = {
        statement.DENIAL: ("kg-statement-denied", dataclasses.replace(plain, denied=True)),
        "Our reading, weak": (
            "kg-statement-inferred",
            dataclasses.replace(plain, explicit=False, grade="Inferred, weak", inference="A guess."),
        ),
        "A hope, not a result": ("kg-statement-hoped", dataclasses.replace(plain, tone="Hope")),
        "An intention, not a result": ("kg-statement-hoped", dataclasses.replace(plain, tone="Intention")),
        "What should be, not what is": ("kg-statement-hoped", dataclasses.replace(plain, tone="Normative")),
    }
    for said, (look, each) in marks.items():
        assert said in statement.draw(each)
        assert look in statement.draw(each)
        assert said not in statement.draw(plain)
        assert look not in statement.draw(plain)


def test_result_shows_its_direction_and_whose_claim_it_is(engine: Engine) -> None:
    text = html(opened("case.py", id="canterbury"))
    assert "Said to have improved · Called independent · Attributed to: Schluter et al 2016" in text
    assert "Better or worse: not stated · Not clear if independent" in text


def test_every_word_of_the_data_for_how_a_thing_is_said_has_words_on_the_screen(engine: Engine) -> None:
    shown = [
        each
        for slug in SLUGS
        for group in case_of(engine, slug).groups
        for _, members in group.parts
        for each in members
    ]
    assert {each.tone for each in shown} <= words.TONES.keys()
    assert {each.voice for each in shown} <= words.VOICES.keys()
    assert {each.direction for each in shown if each.direction} <= words.DIRECTIONS.keys()


def test_fault_of_the_content_is_told_in_a_sentence_with_a_way_back(changed: pytest.MonkeyPatch) -> None:
    def broken(engine: Engine) -> list[views.CaseRow]:
        raise BadContent("data/cases/leeds.ttl:3: <b>a dot</b> is missing.")

    changed.setattr(views, "case_rows", broken)
    tester = opened()
    assert [title.value for title in tester.title] == ["This page cannot be shown"]
    assert "&lt;b&gt;a dot&lt;/b&gt; is missing." in html(tester)
    assert "All cases" in [label for label, _, _ in links(tester)]
    assert "independent of The King’s Fund" in html(tester)


def hostile(case: views.Case) -> views.Case:
    """The same case, with every text in it written by someone who means harm."""
    spoilt_source = dataclasses.replace(
        case.row.sources[0],
        label=HOSTILE,
        title=HOSTILE,
        page="javascript:alert(1)",
        kind=HOSTILE,
        year=HOSTILE,
        reading=HOSTILE,
    )
    spoilt_row = dataclasses.replace(
        case.row,
        label=HOSTILE,
        question=HOSTILE,
        place=HOSTILE,
        factors=(
            views.FactorTie(4, HOSTILE, HOSTILE, True, HOSTILE),
            views.FactorTie(9, HOSTILE, HOSTILE, False, HOSTILE),
        ),
        results=(HOSTILE,),
        rests_on=(views.RestsOn(HOSTILE, HOSTILE, 1),),
        sources=(spoilt_source,),
    )
    spoilt = views.Statement(
        slug="leeds-1",
        text=HOSTILE,
        explicit=False,
        grade=HOSTILE,
        tone=HOSTILE,
        denied=True,
        direction=HOSTILE,
        voice=HOSTILE,
        time=HOSTILE,
        inference=HOSTILE,
        attributions=(HOSTILE,),
        caveats=(HOSTILE,),
        source=HOSTILE,
        places=(views.Place(HOSTILE, HOSTILE),),
        concept=HOSTILE,
        group=HOSTILE,
    )
    return views.Case(
        row=spoilt_row,
        groups=(views.Group(HOSTILE, HOSTILE, ((HOSTILE, (spoilt,)), ("", (spoilt,)))),),
        silences=(views.Silence(HOSTILE, (HOSTILE,)),),
        read_whole=True,
        inferred=1,
    )
