"""What is known and not: counts agree with the statements, and a cell opens what it counts."""

import dataclasses
import re

import pytest
from rdflib import URIRef

from app_pages.parts import evidence, graph
from kg import views
from kg.engine import Engine
from kg.evidence import Direction
from kg.queries.questions import ask
from kg.terms import PREFIXES
from kg.views import BY, EvidenceCell, EvidenceMap, EvidenceRow, Link
from kg.views.statements import slug_of
from tests.pages import HOSTILE, html, opened

AREAS = 9


@pytest.fixture(scope="module")
def maps(engine: Engine) -> dict[str, EvidenceMap]:
    return {by: views.evidence_map(engine, by) for by in BY}


def test_every_matter_and_area_has_its_cell(engine: Engine, maps: dict[str, EvidenceMap]) -> None:
    for by, scheme in BY.items():
        listed = {
            str(each["concept"])
            for each in ask(engine, "scheme-concepts", scheme=URIRef(PREFIXES["scheme"] + scheme))
        }
        assert {row.slug for row in maps[by].rows} == {slug_of(iri) for iri in listed}
        assert len(maps[by].areas) == AREAS
        assert {len(row.cells) for row in maps[by].rows} == {AREAS}
        assert 0 < maps[by].filled < maps[by].cells


def test_every_direction_has_a_mark_and_every_result_of_a_cell_is_marked(
    maps: dict[str, EvidenceMap],
) -> None:
    assert set(evidence._FORMS) == set(Direction)
    assert len(set(evidence._FORMS.values())) == len(Direction)
    cells = [cell for found in maps.values() for row in found.rows for cell in row.cells]
    assert all(sorted(evidence._in_order(cell)) == sorted(cell.directions) for cell in cells)
    marked = {direction for cell in cells for direction, _ in evidence._in_order(cell)}
    assert marked >= {Direction.BETTER_THAN_ELSEWHERE, Direction.IMPROVED}


def test_a_cell_holds_the_results_of_the_places_of_which_its_matter_is_told(
    engine: Engine, maps: dict[str, EvidenceMap]
) -> None:
    told: dict[str, set[str]] = {}
    for each in ask(engine, "case-concepts-stated"):
        told.setdefault(slug_of(str(each["concept"])), set()).add(str(each["case"]))
    reported: dict[tuple[str, str], set[str]] = {}
    for area, _ in maps["practice"].areas:
        group = URIRef(f"{PREFIXES['outcome']}{area}")
        for each in ask(engine, "outcome-directions", group=group):
            reported.setdefault((str(each["case"]), area), set()).add(str(each["claim"]))
    counted = 0
    for found in maps.values():
        for row in found.rows:
            for (area, _), cell in zip(found.areas, row.cells, strict=True):
                expected = {
                    claim for case in told.get(row.slug, ()) for claim in reported.get((case, area), ())
                }
                assert set(cell.beside) == expected - set(cell.naming)
                counted += len(expected)
    assert counted > 300


def test_directions_and_what_results_rest_on_add_up(engine: Engine) -> None:
    read = views.evidence_map(engine, "difficulty", readings=True)
    row, _, cell = read.found("deficit-or-funding-gap", "money") or pytest.fail("no cell")
    assert [slug_of(each) for each in cell.naming] == [
        "devon-45",
        "torbay-15",
        "uniting-care-cambridgeshire-7",
    ]
    assert row.places >= cell.places >= len(cell.naming)
    assert cell.statements == len(cell.naming) + len(cell.beside)
    statements = views.evidence_of(engine, cell)
    assert set(statements) == {*cell.naming, *cell.beside}
    standings = [each.result and each.result.standing for each in statements.values()]
    assert dict(cell.standings) == {each: standings.count(each) for each in set(standings)}
    ways = [each.result and each.result.direction for each in statements.values()]
    assert dict(cell.directions) == {each: ways.count(each) for each in set(ways)}
    assert all(each.source.places for each in statements.values())


def test_nothing_is_known_of_the_factor_without_a_case(maps: dict[str, EvidenceMap]) -> None:
    last = maps["factor"].rows[-1]
    assert (last.slug, last.places, last.filled) == ("surface-and-resolve-conflicts", 0, 0)


def test_readings_only_add(engine: Engine, maps: dict[str, EvidenceMap]) -> None:
    wider = views.evidence_map(engine, "practice", readings=True)
    assert wider.filled > maps["practice"].filled
    for row in maps["practice"].rows:
        for (area, _), cell in zip(wider.areas, row.cells, strict=True):
            found = wider.found(row.slug, area)
            assert found is not None
            assert {*cell.naming, *cell.beside} <= {*found[2].naming, *found[2].beside}


def test_each_cell_tells_in_words_and_leads_to_its_statements() -> None:
    text = html(opened("known.py", by="factor"))
    assert "Something is held in 17 of 45 cells" in text
    assert text.count("none found") == 28
    assert '<span aria-hidden="true">◆</span> 2 mixed' in text
    assert '<th scope="row"><a href="factor?id=surface-and-resolve-conflicts">' in text
    assert "That both are told of a place does not say that one led to the other." in text
    assert "surface and resolve conflicts: nothing in any area" in text.casefold()
    held = re.findall(r'href="(known\?[^"]*)">(\d+) statements?</a>', text)
    assert len(held) == 17


def test_an_open_cell_shows_as_many_statements_as_it_counts() -> None:
    slots = {"by": "difficulty", "matter": "deficit-or-funding-gap", "area": "money", "readings": "true"}
    page = opened("known.py", **slots)
    found = graph.evidence_map("difficulty", True).found("deficit-or-funding-gap", "money")
    assert found is not None
    cell = found[2]
    section = html(page).partition('<section class="kg-opened"')[2].partition("</section>")[0]
    assert section.count("<li class=") == cell.statements
    assert section.count("look for “") == cell.statements
    naming, beside = section.split("<h3>")[1:]
    assert naming.count("<li class=") == len(cell.naming)
    assert beside.startswith("Results of places of which both are told: none says that one led to the other")
    assert "Independent evaluation, inspection or audit" in naming
    assert page.radio[0].value == "difficulty"


def test_what_is_chosen_stands_in_the_address_and_words_do_not() -> None:
    page = opened("known.py")
    page.radio[0].set_value("factor").run()
    assert page.query_params["by"] == "factor"
    page.text_input(key="known-words").set_value("CONFLICTS resolve").run()
    assert "1 row; " in html(page)
    assert "conflicts" not in str(dict(page.query_params)).casefold()
    page.text_input(key="known-words").set_value(HOSTILE[:80]).run()
    assert "No row has these words." in html(page)


def test_nine_hundred_rows_come_in_pages(changed: pytest.MonkeyPatch) -> None:
    areas = tuple((f"area-{number}", Link(f"Area {number}")) for number in range(AREAS))
    row = EvidenceRow(
        "", Link(""), 1, (EvidenceCell(beside=("x",), places=1), *[EvidenceCell()] * (AREAS - 1))
    )
    rows = tuple(
        dataclasses.replace(row, slug=f"row-{number}", matter=Link(f"Row {number} {HOSTILE}"))
        for number in range(900)
    )
    changed.setattr(graph, "evidence_map", lambda by, readings: EvidenceMap(areas, rows))
    text = html(opened("known.py", page="36"))
    assert "900 rows, of which 876 to 900 are shown" in text
    assert "Something is held in 900 of 8100 cells" in text
    assert text.count('<td><span class="kg-none">') == 25 * (AREAS - 1)
    assert "<script>" not in text


@pytest.mark.parametrize("slot", ["by", "matter", "area", "page", "readings"])
def test_what_a_stranger_writes_is_passed_over(slot: str) -> None:
    text = html(opened("known.py", **{slot: HOSTILE}))
    assert "<script>" not in text
    assert "kg-opened" not in text
    assert "Something is held in" in text


def test_other_pages_lead_here() -> None:
    assert 'href="known"' in html(opened())
    assert 'href="known"' in html(opened("about.py"))
    assert 'href="known?by=factor"' in html(opened("factors.py"))
