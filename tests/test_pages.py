"""The pages, reached through the router as a visitor reaches them, without a browser."""

import dataclasses
import doctest
import re
from functools import cache
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app_pages.parts import markup, row, statement
from kg import views, words
from kg.engine import Engine
from kg.errors import BadContent
from kg.evidence import Basis, Direction, ListedConcept, Modality, Polarity, Voice
from tests.frozen import SLUGS
from tests.pages import HOSTILE, case_of, html, links, opened

ROOT = Path(__file__).resolve().parent.parent


@cache
def shown(slug: str) -> str:
    """The page of a case as it is, opened once: nothing that reads it changes it."""
    return html(opened("case.py", id=slug))


@pytest.mark.parametrize("module", [markup])
def test_examples_in_the_parts_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_there_are_seventeen_cases() -> None:
    assert len(SLUGS) == 17


def test_index_has_its_own_heading_and_names_every_case_with_a_link(engine: Engine) -> None:
    tester = opened()
    assert [title.value for title in tester.title] == ["Cases"]
    assert [query for _, _, query in links(tester) if query.startswith("id=")] == [
        f"id={slug}" for slug in views.facets(engine).narrowed({}).slugs
    ]


def test_index_gives_each_case_its_question_results_and_extent(engine: Engine) -> None:
    text = html(opened())
    for each in views.case_rows(engine):
        assert escape(each.question) in text
        assert row.in_brief(each) in text
        for standing in views.Standing:
            of_it = [result for result in each.results if result.standing is standing]
            assert not of_it or escape(words.STANDINGS[standing]) in row.facts(each)
            in_brief = f"{len(of_it)} {words.STANDINGS_IN_BRIEF[standing]}<"
            assert (in_brief in row.in_brief(each)) == bool(of_it)
            assert all(escape(words.result(result)) in row.in_brief(each) for result in of_it)
        statements = sum(source.statements for source in each.sources)
        assert f">{statements} statements in {len(each.sources)} document" in row.in_brief(each)


def test_index_says_no_result_for_exactly_the_cases_without_one(engine: Engine) -> None:
    silent = [each for each in views.case_rows(engine) if not each.results]
    assert silent
    assert html(opened()).count(row.NO_RESULT[False]) == len(silent) == 1


def test_index_of_the_paper_alone_is_silent_on_three_cases(paper: Engine) -> None:
    silent = {each.slug for each in views.case_rows(paper) if not each.results}
    assert silent == {"devon", "leeds", "salford"}
    assert html(opened(paper="true")).count(row.NO_RESULT[True]) == 3


def test_index_names_the_paper_with_a_link_and_says_whose_account_it_is() -> None:
    text = html(opened())
    assert '<a href="https://www.kingsfund.org.uk/' in text
    assert "whose authors write about groups they worked with" in text
    assert text.count("independent of The King’s Fund") == 1


def test_case_page_counts_what_results_rest_on_by_kind_and_calls_nothing_a_score(engine: Engine) -> None:
    for slug in ("canterbury", "northumberland"):
        text = shown(slug)
        assert escape(words.rests_on(case_of(engine, slug).row.rests_on)) in text
        assert "score" not in re.sub(r'href="[^"]*"', "", text).casefold()


def waiting(standing: views.Standing) -> views.Result:
    return views.Result("Waiting times", Direction.IMPROVED, standing)


def test_what_only_owners_report_never_looks_like_what_an_evaluation_found() -> None:
    looks = {
        standing: row.facts(
            views.CaseRow(
                "x",
                "X",
                "Why?",
                None,
                (),
                (views.Result("Waiting times", Direction.IMPROVED, standing),),
                (),
                (),
            )
        )
        for standing in views.Standing
    }
    for standing, drawn in looks.items():
        others = [each for each in views.Standing if each is not standing]
        assert words.STANDINGS[standing] in drawn
        assert f"kg-standing-{standing.value}" in drawn
        assert not any(words.STANDINGS[other] in drawn for other in others)


def test_factors_stated_and_read_differ_in_words_and_in_form(paper: Engine) -> None:
    devon = next(each for each in views.case_rows(paper) if each.slug == "devon")
    drawn = row.facts(devon)
    assert not any(tie.explicit for tie in devon.factors)
    assert "Read from the text" in drawn
    assert "kg-ties-read" in drawn
    assert "Stated" not in drawn


@pytest.mark.parametrize("slug", SLUGS)
def test_case_page_has_its_own_heading_and_all_its_statements(slug: str, engine: Engine) -> None:
    case = case_of(engine, slug)
    text = shown(slug)
    assert f"<h1>{escape(case.row.label)}</h1>" in text
    assert text.count("<h1>") == 1
    drawn = [each for group in case.groups for _, members in group.parts for each in members]
    assert len(drawn) == case.row.statements == text.count('<li class="kg-statement')
    assert all(escape(each.text) in text for each in drawn)


@pytest.mark.parametrize("slug", SLUGS)
def test_case_page_prints_where_each_statement_stands(slug: str, engine: Engine) -> None:
    text = shown(slug)
    places = [
        place
        for group in case_of(engine, slug).groups
        for _, members in group.parts
        for each in members
        for place in each.source.places
    ]
    assert places
    assert text.count("Where it says so: ") == text.count('<li class="kg-statement')
    for place in places:
        assert escape(place.where) in text
        assert place.look_for is None or f"look for “<i>{escape(place.look_for)}</i>”" in text


@pytest.mark.parametrize("slug", SLUGS)
def test_case_page_shows_every_caveat_and_every_reason_for_a_reading(slug: str, engine: Engine) -> None:
    text = shown(slug)
    case = case_of(engine, slug)
    told = [each for group in case.groups for _, members in group.parts for each in members]
    for each in told:
        assert all(escape(caveat) in text for caveat in each.evidence.caveats)
        assert each.evidence.inference is None or escape(each.evidence.inference) in text
    assert text.count("kg-mark-read") == case.inferred


@pytest.mark.parametrize("slug", SLUGS)
def test_no_address_or_paragraph_id_is_shown(slug: str) -> None:
    text = shown(slug)
    assert "w3id.org" not in text
    assert "F1-p" not in text
    assert f">{slug}-1<" not in text


def test_leeds_is_as_thin_as_the_paper(paper: Engine) -> None:
    text = html(opened("case.py", id="leeds", paper="true"))
    leeds = case_of(paper, "leeds")
    assert leeds.row.statements == 5
    assert row.NO_RESULT[True] in text
    assert (
        f"<strong>{leeds.row.statements} statements</strong> in the paper; 1 of them is our reading." in text
    )
    assert text.count('<li class="kg-statement') == leeds.row.statements
    assert "What the paper does not say" in text
    assert "The paper reports no result on:" in text


def test_contents_lead_to_headings_that_exist() -> None:
    text = html(opened("case.py", id="canterbury"))
    targets = [part.split('"', 1)[0] for part in text.split('<a href="#')[1:]]
    assert len(targets) > 5
    assert all(f'id="{target}"' in text for target in targets)


def test_case_page_ends_with_its_sources_and_how_much_of_them_was_read(paper: Engine) -> None:
    text = html(opened("case.py", id="devon"))
    of_paper = views.case(paper, "devon").row.statements
    said = f"Think tank paper · year not given · Read in full · {of_paper} statements about this case"
    assert said in text
    assert "BBC · Press or campaign report · 2025 (year worked out) · Read in part · 1 statement" in text


def test_copy_elsewhere_has_no_link_and_says_to_search_for_the_title(engine: Engine) -> None:
    copies = [
        source
        for each in views.case_rows(engine)
        for source in each.sources
        if source.copy == "Copy on another site"
    ]
    assert len(copies) > 15
    assert all(source.page is None and source.title for source in copies)
    text = html(opened("case.py", id="torbay"))
    assert "read in a copy elsewhere: search for the title" in text
    assert "paperzz" not in text


def test_unknown_case_is_answered_with_the_nearest_name_and_the_list() -> None:
    tester = opened("case.py", id="leds")
    assert [title.value for title in tester.title] == ["Which case?"]
    assert "There is no case called “leds” here." in html(tester)
    queries = [query for _, _, query in links(tester) if query.startswith("id=")]
    assert queries[0] == "id=leeds"
    assert len(queries) == len(SLUGS) + 1


def test_case_page_without_a_case_lists_them_all() -> None:
    tester = opened("case.py")
    assert "The address does not name a case." in html(tester)
    assert len([query for _, _, query in links(tester) if query.startswith("id=")]) == len(SLUGS)


def test_place_inside_a_case_leads_to_the_case() -> None:
    queries = [query for _, _, query in links(opened("case.py", id="plymouth")) if query.startswith("id=")]
    assert queries[0] == "id=devon"


def test_case_that_the_paper_does_not_speak_of_leads_to_other_documents() -> None:
    tester = opened("case.py", id="wigan", paper="true")
    assert "The paper does not speak of Wigan (the Wigan Deal)." in html(tester)
    next(each for each in tester.button if "other documents" in each.label).click().run()
    assert tester.toggle(key="paper").value is False
    assert "<h1>Wigan (the Wigan Deal)</h1>" in html(tester)


def test_choice_of_documents_goes_along_with_every_link() -> None:
    tester = opened(paper="true")
    queries = [query for _, _, query in links(tester)]
    assert len(queries) == 10
    assert all("paper=true" in query for query in queries)
    assert tester.toggle(key="paper").value is True


def test_what_differs_stands_side_by_side() -> None:
    text = html(opened("case.py", id="northumberland"))
    both = text.split('<div class="kg-both">')[1:]
    assert len(both) == 1
    assert "14% fall" in both[0]
    assert "no evidence of an overall fall" in both[0]


def test_words_of_their_time_are_expanded_once_with_what_a_page_says() -> None:
    text = html(opened("case.py", id="salford"))
    words_section = text[text.index('id="words"') :]
    assert words_section.count("Clinical commissioning group") == 1
    assert "closed on 1 July 2022" in words_section


def test_about_counts_what_is_held_and_says_the_bias_aloud(engine: Engine) -> None:
    text = html(opened("about.py"))
    assert "leans towards success" in text
    found = views.coverage(engine)
    for table in (found.factors, found.outcome_groups, found.countries, found.kinds, found.parties):
        assert table.rows
        for name, *cells in table.rows:
            assert escape(name) in text
            assert all(f"<td>{escape(cell)}</td>" in text for cell in cells)
    assert "DEV-21" in text


def test_hostile_address_is_shown_as_text() -> None:
    text = html(opened("case.py", id=HOSTILE))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_hostile_content_is_shown_as_text(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    case = hostile(case_of(engine, "leeds"))
    changed.setattr(views, "case_rows", lambda engine, graphs, only: [case.row])
    changed.setattr(views, "case", lambda engine, slug, graphs: case)
    index, page = opened(), opened("case.py", id="leeds")
    for tester in (index, page):
        text = html(tester)
        assert escape(HOSTILE) in text
        assert "<script>" not in text
        assert "<img" not in text
        assert 'href="javascript' not in text
    (label,) = [label for label, _, query in links(index) if query.startswith("id=")]
    assert r"\*\*x\*\*" in label
    assert r"\[a\]\(javascript\:alert\(1\)\)" in label
    assert r"\$x\$" in label
    assert r"\:red\[x\]" in label
    assert r"\<script\>" in label


def test_silence_under_a_new_heading_has_words(engine: Engine) -> None:
    money = views.Silence("money", "Money spent", ("Savings",))
    whole, both, part = (
        words.silence(money, *each) for each in ((True, True), (False, True), (False, False))
    )
    assert whole == "The paper does not say anything about money spent:"
    assert (
        both == "Neither the paper nor the parts we read of other documents say anything about money spent:"
    )
    assert part == "We found nothing about money spent in the parts we read:"


def test_statement_wears_what_it_is_in_words_and_in_form(engine: Engine) -> None:
    plain = case_of(engine, "leeds").groups[0].parts[0][1][0]

    def with_evidence(**changes: Any) -> views.Statement:
        return dataclasses.replace(plain, evidence=dataclasses.replace(plain.evidence, **changes))

    marks = {
        words.DENIAL: ("kg-statement-denied", with_evidence(polarity=Polarity.DENIED)),
        "Our reading, weak": (
            "kg-statement-inferred",
            with_evidence(basis=Basis.INFERRED_WEAK, inference="A guess."),
        ),
        **{
            words.NOT_RESULTS[modality]: ("kg-statement-hoped", with_evidence(modality=modality))
            for modality in (Modality.HOPE, Modality.INTENTION, Modality.NORMATIVE)
        },
    }
    for said, (look, each) in marks.items():
        assert said in statement.draw(each)
        assert look in statement.draw(each)
        assert said not in statement.draw(plain)
        assert look not in statement.draw(plain)


def test_result_shows_its_direction_and_whose_claim_it_is(engine: Engine) -> None:
    text = html(opened("case.py", id="canterbury"))
    assert "Said to have improved · Not clear if independent · Attributed to: Schluter et al 2016" in text
    assert "No direction given · Not clear if independent" in text


@pytest.mark.parametrize(
    ("worded", "listed"),
    [
        (words.DIRECTIONS, Direction),
        (words.GRADES, Basis),
        (words.SHORT_DIRECTIONS, Direction),
        (words.STANDINGS, views.Standing),
        (words.STANDINGS_IN_BRIEF, views.Standing),
        (words.TONES, Modality),
        (words.VOICES, Voice),
    ],
)
def test_every_word_of_the_data_for_how_a_thing_is_said_has_words_on_the_screen(
    worded: dict[ListedConcept, str], listed: type[ListedConcept]
) -> None:
    assert worded.keys() == set(listed)


def test_fault_of_the_content_is_told_in_a_sentence_with_a_way_back(changed: pytest.MonkeyPatch) -> None:
    def broken(engine: Engine, graphs: views.Graphs) -> views.Facets:
        raise BadContent("data/cases/leeds.ttl:3: <b>a dot</b> is missing.")

    changed.setattr(views, "facets", broken)
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
        authors=HOSTILE,
        publisher=HOSTILE,
        copy=HOSTILE,
        notes=(HOSTILE,),
    )
    spoilt_row = dataclasses.replace(
        case.row,
        label=HOSTILE,
        question=HOSTILE,
        place=HOSTILE,
        factors=(
            views.FactorTie(4, HOSTILE, HOSTILE, Basis.EXPLICIT, False, HOSTILE),
            views.FactorTie(9, HOSTILE, HOSTILE, Basis.INFERRED_WEAK, True, HOSTILE),
        ),
        results=(views.Result(HOSTILE, Direction.MIXED, views.Standing.TOLD),),
        rests_on=(views.RestsOn(HOSTILE, Voice.INDEPENDENT, 1, views.Standing.TOLD, views.Standing.TOLD),),
        sources=(spoilt_source,),
    )
    link, other = views.Link(HOSTILE, HOSTILE), views.Other(HOSTILE, HOSTILE, HOSTILE)
    spoilt = views.Statement(
        slug="leeds-1",
        text=HOSTILE,
        evidence=views.Evidence(
            Basis.INFERRED_MEDIUM, Modality.HOPE, Polarity.DENIED, inference=HOSTILE, caveats=(HOSTILE,)
        ),
        attribution=views.Attribution(Voice.SELF_REPORTED, (HOSTILE,)),
        time=views.StatementTime(HOSTILE, planned=True, overdue=True),
        source=views.Citation(
            link, HOSTILE, HOSTILE, views.Origin.ELSEWHERE, (views.Place(HOSTILE, HOSTILE),)
        ),
        relation=views.Relation(HOSTILE, views.NamedThing(link), views.NamedThing(link, HOSTILE)),
        topics=views.Topics(
            about=(link,),
            place=link,
            illustrates=(views.Illustration(link, "practices", Basis.INFERRED_WEAK, HOSTILE),),
            setbacks=(HOSTILE,),
        ),
        result=views.ReportedResult(Direction.MIXED, views.Standing.OWN_ACCOUNT),
        related=views.Related(differing=(other,), later=(other,), earlier=(other,)),
    )
    return views.Case(
        row=spoilt_row,
        groups=(views.Group(HOSTILE, HOSTILE, ((HOSTILE, (spoilt,)), ("", (spoilt,)))),),
        silences=(views.Silence("setbacks", HOSTILE, (HOSTILE,)),),
        read_whole=False,
        inferred=1,
        parts=(views.Participant(HOSTILE, 1, 1),),
        contrasts=(views.Contrast(other, other),),
        timeline=(spoilt,),
        latest=HOSTILE,
        words=(views.BodyNote(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", HOSTILE),),
    )
