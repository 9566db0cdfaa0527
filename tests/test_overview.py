"""Every case at a glance: each mark is what statements say, and no witness is taken for another."""

from collections import Counter

import pytest
from rdflib import URIRef

from kg import views
from kg.engine import Engine
from kg.evidence import Direction, Standing
from kg.queries.questions import ask
from kg.terms import PREFIXES
from kg.views.stories import key_facts
from tests.pages import case_of


@pytest.fixture(scope="module")
def found(engine: Engine) -> views.Overview:
    return views.overview(engine)


def results_of(engine: Engine, slug: str) -> dict[str, views.ReportedResult]:
    """Return the results of a case as its own page shows them, by the statement that reports each."""
    told = [each for group in case_of(engine, slug).groups for _, members in group.parts for each in members]
    return {each.slug: each.result for each in told if each.result is not None}


def test_every_case_and_every_area_is_there(found: views.Overview, engine: Engine) -> None:
    assert set(found.cases) == set(views.case_list(engine))
    outcomes = ask(engine, "scheme-concepts", scheme=URIRef(PREFIXES["scheme"] + "outcomes"))
    areas = {str(row["label"]) for row in outcomes if row["broader"] is None}
    assert {link.name for _, link in found.areas} == areas
    assert all(len(case.areas) == len(found.areas) for case in found.cases.values())


def test_marks_are_what_the_statements_of_the_case_say(found: views.Overview, engine: Engine) -> None:
    for slug, case in found.cases.items():
        told = results_of(engine, slug)
        marked = {claim for area in case.areas for claim in area.claims}
        assert marked == told.keys() and case.results == len(told), slug
        for area in case.areas:
            for mark in area.marks:
                mine = [told[claim] for claim in area.claims if told[claim].standing is mark.standing]
                assert mark.results == len(mine) > 0
                stated = {each.direction for each in mine} - {Direction.NOT_STATED}
                assert set(mark.directions) == stated
            standings = [mark.standing for mark in area.marks]
            assert standings == sorted(set(standings), key=lambda standing: standing.position)


def test_a_gap_is_a_gap(found: views.Overview) -> None:
    dudley = found.cases["dudley"]
    assert dudley.results == 0
    assert dudley.standing is None
    assert all(not area.marks and not area.claims for area in dudley.areas)


def test_cases_with_most_results_come_first(found: views.Overview) -> None:
    order = [(case.results, case.statements) for case in found.cases.values()]
    assert order == sorted(order, reverse=True)
    filled = [
        sum(bool(case.areas[place].marks) for case in found.cases.values())
        for place in range(len(found.areas))
    ]
    assert filled == sorted(filled, reverse=True)


def test_results_are_counted_once_by_their_surest_witness(found: views.Overview, engine: Engine) -> None:
    told = [each.standing for slug in found.cases for each in results_of(engine, slug).values()]
    assert found.standings == Counter(told)
    assert found.cases["leeds"].standing is Standing.EVALUATED


def test_years_setbacks_and_facts_are_those_that_sources_state(found: views.Overview, engine: Engine) -> None:
    cambridgeshire = found.cases["uniting-care-cambridgeshire"]
    assert cambridgeshire.years == ("2015", "2015")
    assert "Collapsed" in cambridgeshire.setbacks
    for slug, case in found.cases.items():
        kinds = {kind for kind, _ in case_of(engine, slug).setbacks}
        # The page of a case marks what our readings say went wrong as well.
        assert set(case.setbacks) <= kinds, slug
        story = views.story_of(engine, slug)
        assert set(case.facts.values()) <= set(story.facts)
        assert set(case.facts) == {fact.slug for fact in story.facts}
        assert case.line == story.line


def test_the_paper_alone_marks_only_what_it_reports(engine: Engine, paper: Engine) -> None:
    of_paper = views.overview(paper)
    assert {slug for slug, case in of_paper.cases.items() if not case.results} == {
        "devon",
        "leeds",
        "salford",
    }
    for slug, case in of_paper.cases.items():
        assert {c for area in case.areas for c in area.claims} == results_of(paper, slug).keys()


def test_no_case_has_no_facts(engine: Engine) -> None:
    assert key_facts(engine, []) == {}
