"""The records that pages draw, on three invented places and on the real ones."""

import pytest

from kg import views
from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import Direction, Modality, Voice
from kg.graph.named_graphs import COMMON_GRAPHS
from kg.queries import questions
from kg.views.statements import _ordinal


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
    assert river.results == (
        views.Result("Rapid progress on complex issues", Direction.IMPROVED, views.Standing.EVALUATED),
    )
    assert river.rests_on == (
        views.RestsOn(
            "Independent evaluation", Voice.INDEPENDENT, 1, views.Standing.EVALUATED, views.Standing.EVALUATED
        ),
    )
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
            assert statement.source.places
            opening = (
                "Section " if statement.source.origin is views.Origin.PAPER else "In the part that was read"
            )
            assert all(place.where.startswith(opening) for place in statement.source.places)
            assert statement.evidence.explicit == (statement.evidence.inference is None)


def test_place_is_told_in_words(world_engine: Engine) -> None:
    hill = statements(views.case(world_engine, "hill-county"))[0]
    assert hill.source.places == (
        views.Place("Section 1, second paragraph, in the box on Hill County", "Hill County hopes"),
    )
    assert hill.evidence.modality is Modality.HOPE


def test_hope_stands_apart_from_results(world_engine: Engine) -> None:
    assert [group.heading for group in views.case(world_engine, "hill-county").groups] == [
        "What was hoped for or planned"
    ]


def test_what_leaders_did_is_sorted_by_factor(paper: Engine) -> None:
    canterbury = views.case(paper, "canterbury")
    did = next(group for group in canterbury.groups if group.heading == "What leaders did")
    headings = [heading for heading, _ in did.parts]
    assert headings[0] == "Develop a shared purpose and vision"
    # What no factor is tied to comes last, without a heading.
    assert headings[-2:] == ["Changes to services", ""]


def test_silence_is_computed(world_engine: Engine) -> None:
    silences = {each.heading: each.names for each in views.case(world_engine, "river-town").silences}
    assert "Have frequent personal contact" not in silences["Five factors"]
    assert len(silences["Five factors"]) == 4
    assert "Relationships and understanding" not in silences["Outcomes"]
    assert "Money" in silences["Outcomes"]


def test_reading_whole_or_in_part_is_told(world_engine: Engine) -> None:
    assert views.case(world_engine, "river-town").read_whole


def test_numbers_on_pages_are_those_of_queries(engine: Engine, paper: Engine) -> None:
    assert views.counts(engine)["cases"] == len(rows(engine)) == 17
    assert views.counts(paper)["cases"] == len(rows(paper)) == 7
    most = questions.rows(paper, "case-most-outcomes").rows[0]
    assert len({each.label for each in rows(paper)["canterbury"].results}) == int(str(most[2])) == 9


def test_the_paper_tells_no_result_of_leeds_devon_and_salford(paper: Engine) -> None:
    assert {slug for slug, row in rows(paper).items() if not row.results} == {"devon", "leeds", "salford"}


def test_unknown_case_is_offered_the_nearest(engine: Engine) -> None:
    with pytest.raises(UnknownName, match='did you mean "leeds"'):
        views.case(engine, "leds")


def test_the_paper_alone_can_be_shown(engine: Engine) -> None:
    alone = {row.slug: row for row in views.case_rows(engine, views.graphs_of_the_paper(engine))}
    assert len(alone) == 7
    assert all([source.starting_point for source in row.sources] == [True] for row in alone.values())
    assert views.case_rows(engine, list(COMMON_GRAPHS)) == []


def test_statements_of_other_documents_stand_apart_in_the_order_of_time(engine: Engine) -> None:
    people = next(g for g in views.case(engine, "salford").groups if g.heading == "People and bodies")
    headings = [heading for heading, _ in people.parts]
    assert headings[-1] == "From other documents"
    told = people.parts[-1][1]
    assert all(each.source.origin is not views.Origin.PAPER for each in told)
    dated = [each.time.span for each in told if each.time.span]
    assert dated[:3] == ["December 2013", "September 2014", "March 2015"]
    assert [each.time.span for each in told][: len(dated)] == dated


def test_place_of_two_cities_is_told_in_one_row(engine: Engine) -> None:
    stroke = rows(engine)["stroke-services-in-london-and-greater-manchester"]
    assert stroke.place == "Greater Manchester and London, United Kingdom"


def test_latest_time_that_is_told_of_is_given(engine: Engine) -> None:
    assert views.case(engine, "salford").latest == "October 2025"


def test_origin_is_the_paper_elsewhere_or_since(engine: Engine) -> None:
    origins = {each.slug: each.source.origin for each in statements(views.case(engine, "salford"))}
    assert origins["salford-1"] is views.Origin.PAPER
    assert set(views.Origin) == set(origins.values())
    since = [
        each for each in statements(views.case(engine, "salford")) if each.source.origin is views.Origin.SINCE
    ]
    assert all((each.time.span or each.source.year.split(" ")[0])[-4:] > "2017" for each in since)


def test_each_pair_that_differs_is_given_once(engine: Engine) -> None:
    for slug in rows(engine):
        pairs = [frozenset({each.one.slug, each.other.slug}) for each in views.case(engine, slug).contrasts]
        assert len(pairs) == len(set(pairs))


def test_any_paragraph_has_its_ordinal() -> None:
    numbers = (21, 22, 23, 24, 111, 112, 121)
    assert [_ordinal(each) for each in numbers] == [
        "21st",
        "22nd",
        "23rd",
        "24th",
        "111th",
        "112th",
        "121st",
    ]
