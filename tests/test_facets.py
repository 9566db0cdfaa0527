"""What the list of cases can be narrowed by: the counts are true, and choices do what the page says."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from kg import views
from kg.build.store import open_engine
from kg.engine import Engine
from kg.evidence import Direction
from kg.graph.content import content_of_environment
from kg.queries.questions import rows
from kg.terms import PREFIXES
from tests.pages import html, opened


@cache
def found() -> views.Facets:
    return views.facets(open_engine(content_of_environment()))


def choices() -> st.SearchStrategy[dict[str, list[str]]]:
    return st.fixed_dictionaries(
        {},
        optional={
            slot: st.lists(st.sampled_from(sorted(values)), max_size=3, unique=True)
            for slot, values in found().values().items()
        },
    )


@given(choices(), st.booleans())
def test_every_count_is_what_choosing_it_would_leave(chosen: dict[str, list[str]], stated: bool) -> None:
    narrowed = found().narrowed(chosen, stated=stated)
    for facet in narrowed.facets:
        for option in facet.options:
            alone = {**chosen, facet.slot: [option.value]}
            assert option.cases == len(found().narrowed(alone, stated=stated).slugs)
            assert option.chosen == (option.value in chosen.get(facet.slot, []))


@given(choices(), choices(), st.booleans())
def test_choices_add_up_under_a_heading_and_narrow_across_headings(
    one: dict[str, list[str]], other: dict[str, list[str]], stated: bool
) -> None:
    left = set(found().narrowed(one, stated=stated).slugs)
    for slot, values in other.items():
        with_more = set(found().narrowed({**one, slot: [*one.get(slot, []), *values]}, stated=stated).slugs)
        if one.get(slot):
            assert with_more >= left
        else:
            assert with_more <= left
    assert set(found().narrowed(one, stated=True).slugs) <= set(found().narrowed(one).slugs)


def test_newest_documents_come_first(engine: Engine) -> None:
    listed = {row.slug: row for row in views.case_rows(engine)}
    slugs = views.facets(engine).narrowed({}).slugs
    assert set(slugs) == set(listed)
    newest = [
        max((s.year[:4] for s in listed[slug].sources if s.year[:4].isdigit()), default="") for slug in slugs
    ]
    assert newest == sorted(newest, reverse=True)


@pytest.mark.parametrize(
    ("slot", "room", "query"),
    [
        ("practice", "practice", "practice-cases"),
        ("difficulty", "challenge", "challenge-cases"),
        ("wrong", "setback", "setback-cases"),
    ],
)
def test_what_is_stated_is_what_the_named_question_answers(
    engine: Engine, slot: str, room: str, query: str
) -> None:
    facets = views.facets(engine)
    for value in sorted(facets.values()[slot]):
        found = rows(engine, query, {room: [URIRef(PREFIXES[room] + value)]})
        told = {str(row[found.variables.index("case")]).rsplit("/", 1)[-1] for row in found.rows}
        assert set(facets.narrowed({slot: [value]}, stated=True).slugs) == told, value


def test_factors_are_stated_and_read_as_the_list_shows_them(engine: Engine) -> None:
    facets = views.facets(engine)
    listed = views.case_rows(engine)
    for number, factor in enumerate(facets.values()["factor"], 1):
        for stated in (True, False):
            told = {
                row.slug
                for row in listed
                for tie in row.factors
                if tie.number == number and (tie.explicit or not (stated or tie.hint))
            }
            assert set(facets.narrowed({"factor": [factor]}, stated=stated).slugs) == told, (factor, stated)


def test_area_and_direction_are_those_of_one_result(engine: Engine) -> None:
    facets = views.facets(engine)
    listed = {row.slug: row for row in views.case_rows(engine)}
    both = facets.narrowed({"reported": ["demand-and-services"], "direction": ["worsened"]}).slugs
    apart = set(facets.narrowed({"reported": ["demand-and-services"]}).slugs) & set(
        facets.narrowed({"direction": ["worsened"]}).slugs
    )
    assert set(both) <= apart
    assert all(
        any(result.direction is Direction.WORSENED for result in listed[slug].results) for slug in both
    )


def test_the_address_restores_the_choices_and_what_it_misspells_is_left_out(engine: Engine) -> None:
    facets = views.facets(engine)
    wanted = facets.narrowed(
        {"factor": ["have-frequent-personal-contact"], "country": ["united-kingdom"]}
    ).slugs
    text = html(opened(factor=["have-frequent-personal-contact", "nonsense"], country="united-kingdom"))
    assert slugs_listed(text) == list(wanted)
    # No link of the list holds what the address misspells.
    leads = re.findall(r'href="([^"]*)"', text.partition("kg-address")[2].partition("</div>")[2])
    assert "./?factor=have-frequent-personal-contact#cases" in leads
    assert not [each for each in leads if "nonsense" in each]
    assert f"{len(wanted)} of 17 cases" in text
    assert len(slugs_listed(html(opened()))) == 17


def test_what_nobody_has_is_said_with_ways_back() -> None:
    text = html(opened(wrong="collapse", country="sweden"))
    assert slugs_listed(text) == []
    assert "Most documents were read in part" in text
    assert "Without “Country”</a>: 1 case" in text


def slugs_listed(text: str) -> list[str]:
    return re.findall(r'<h3><a href="case\?id=([^"&]*)"', text)
