"""The records that pages draw, on three invented places and on the real ones."""

import pytest
from rdflib import URIRef

from kg import questions, views
from kg.engine import Engine
from kg.errors import UnknownName
from kg.store import graphs_of_sources
from kg.terms import PREFIXES

PAPER = URIRef(PREFIXES["source"] + "leading-across-the-health-and-care-system")


def rows(engine: Engine) -> dict[str, views.CaseRow]:
    return {row.slug: row for row in views.case_rows(engine)}


def statements(case: views.Case) -> list[views.Statement]:
    return [each for group in case.groups for _, members in group.parts for each in members]


def test_row_says_what_the_index_needs(world_engine: Engine) -> None:
    river = rows(world_engine)["river-town"]
    assert river.label == "River Town"
    assert river.question == "What did weekly meetings bring?"
    assert river.place == "River Town, Riverland"
    assert [(tie.number, tie.explicit) for tie in river.factors] == [(2, True)]
    assert river.results == ("Rapid progress on complex issues",)
    assert river.rests_on == (views.RestsOn("Independent evaluation", "Independent", 1),)
    assert [(source.label, source.year, source.statements) for source in river.sources] == [
        ("Harbour report", "2020", 6)
    ]


def test_thin_place_has_a_thin_row(world_engine: Engine) -> None:
    quiet = rows(world_engine)["quiet-place"]
    assert (quiet.factors, quiet.results, quiet.rests_on, quiet.place, quiet.statements) == (
        (),
        (),
        (),
        None,
        1,
    )


def test_every_statement_about_a_case_is_on_its_page_once(engine: Engine) -> None:
    for slug, row in rows(engine).items():
        found = [each.slug for each in statements(views.case(engine, slug))]
        assert len(found) == len(set(found)) == row.statements


def test_every_statement_says_where_it_stands(engine: Engine) -> None:
    for slug in rows(engine):
        for statement in statements(views.case(engine, slug)):
            assert statement.places
            assert all(place.where.startswith("Section ") for place in statement.places)
            assert statement.explicit == (statement.inference is None)


def test_place_is_told_in_words(world_engine: Engine) -> None:
    hill = statements(views.case(world_engine, "hill-county"))[0]
    assert hill.places == (
        views.Place("Section 1, second paragraph, in the box on Hill County", "Hill County hopes"),
    )
    assert hill.tone == "Hope"


def test_hope_stands_apart_from_results(world_engine: Engine) -> None:
    assert [group.heading for group in views.case(world_engine, "hill-county").groups] == [
        "What was hoped for or intended"
    ]


def test_what_leaders_did_is_sorted_by_factor(engine: Engine) -> None:
    canterbury = views.case(engine, "canterbury")
    did = next(group for group in canterbury.groups if group.heading == "What leaders did")
    headings = [heading for heading, _ in did.parts]
    assert headings[0] == "Develop a shared purpose and vision"
    assert headings[-1] == "Changes to services"


def test_silence_is_computed(world_engine: Engine) -> None:
    silences = {each.heading: each.names for each in views.case(world_engine, "river-town").silences}
    assert "Have frequent personal contact" not in silences["Five factors"]
    assert len(silences["Five factors"]) == 4
    assert "Relationships and understanding" not in silences["Outcomes"]
    assert "Money" in silences["Outcomes"]


def test_reading_whole_or_in_part_is_told(world_engine: Engine) -> None:
    assert views.case(world_engine, "river-town").read_whole


def test_numbers_on_pages_are_those_of_queries(engine: Engine) -> None:
    counted = views.counts(engine)
    assert counted["cases"] == len(rows(engine)) == 7
    most = questions.rows(engine, "case-most-outcomes").rows[0]
    assert len(rows(engine)["canterbury"].results) == int(str(most[2])) == 9


def test_no_result_is_told_of_leeds_devon_and_salford(engine: Engine) -> None:
    assert {slug for slug, row in rows(engine).items() if not row.results} == {"devon", "leeds", "salford"}


def test_unknown_case_is_offered_the_nearest(engine: Engine) -> None:
    with pytest.raises(UnknownName, match='did you mean "leeds"'):
        views.case(engine, "leds")


def test_the_paper_alone_can_be_shown(engine: Engine) -> None:
    assert views.case_rows(engine, graphs_of_sources([PAPER])) == views.case_rows(engine)
    assert views.case_rows(engine, graphs_of_sources([])) == []
