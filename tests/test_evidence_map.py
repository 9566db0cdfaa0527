"""What we know and don't: counts agree with the statements, and a cell opens what it counts."""

import dataclasses
import doctest
import re
from html import unescape

import pytest
from rdflib import URIRef

from app_pages import serving
from app_pages.parts import graph
from app_pages.reading import known, paging
from kg import views, words
from kg.engine import Engine
from kg.evidence import Direction, Standing
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


def test_examples_hold() -> None:
    assert all(doctest.testmod(module).attempted > 0 for module in (known, paging))


def test_every_lean_has_a_shape_of_its_own() -> None:
    shapes = dict(re.findall(r"\.kg-glyph-([a-z-]+) \{\s*--kg-outlined: url\((.*?)\);", serving.style()))
    assert set(shapes) == set(known.LEANS)
    assert len(set(shapes.values())) == len(shapes)


@pytest.mark.parametrize(
    ("ways", "lean"),
    [
        ((Direction.IMPROVED, Direction.NOT_STATED), Direction.IMPROVED),
        ((Direction.IMPROVED, Direction.BETTER_THAN_ELSEWHERE), Direction.IMPROVED),
        ((Direction.WORSE_THAN_ELSEWHERE,), Direction.WORSENED),
        ((Direction.IMPROVED, Direction.WORSE_THAN_ELSEWHERE), Direction.MIXED),
        ((Direction.IMPROVED, Direction.NO_CHANGE), Direction.MIXED),
        ((Direction.MIXED,), Direction.MIXED),
        ((Direction.NOT_STATED,), Direction.NOT_STATED),
        ((), Direction.NOT_STATED),
    ],
)
def test_a_mark_leans_one_way_only_if_all_that_give_a_direction_do(
    ways: tuple[Direction, ...], lean: Direction
) -> None:
    assert EvidenceCell(directions=tuple((way, 2) for way in ways)).lean is lean


def test_a_mark_is_filled_only_by_an_evaluation() -> None:
    for standing in Standing:
        assert EvidenceCell(standings=((standing, 1),)).evaluated == (standing is Standing.EVALUATED)


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


def cells_of(text: str) -> list[tuple[str, str, str]]:
    """Give the address, the name and the look of each mark of the matrix."""
    matrix = text.partition('<table class="kg-matrix">')[2].partition("</table>")[0]
    found = re.findall(
        r'<td><a href="([^"]*)" title="[^"]*" aria-label="([^"]*)"[^>]*><span class="([^"]*)"', matrix
    )
    return [(unescape(address), unescape(name), look) for address, name, look in found]


def test_the_answer_counts_and_every_mark_says_in_words_what_it_shows() -> None:
    text = html(opened("known.py", by="factor"))
    found = graph.evidence_map("factor", False)
    assert "We found evidence for 17 of 45 combinations. The gaps are shown too." in text
    assert "Both happened in the same place. That does not mean one caused the other." in text
    marks = cells_of(text)
    assert len(marks) == found.filled == 17
    held = [row for row in found.rows if row.filled]
    assert text.count('<span class="kg-gap"><span') == sum(len(row.cells) for row in held) - 17
    seen = iter(marks)
    for row in held:
        for (area, name), cell in zip(found.areas, row.cells, strict=True):
            if not cell.statements:
                continue
            address, label, look = next(seen)
            assert address.endswith(f"matter={row.slug}&area={area}#opened")
            counted = words.counted(cell.statements, "statement")
            assert label.startswith(f"{name.name}: {counted}, ")
            assert known.LEANS[cell.lean] in label and f"kg-glyph-{cell.lean.value}" in look
            assert ("independent evaluation" in label) == ("kg-glyph-full" in look) == cell.evaluated


def test_a_row_without_any_result_is_named(maps: dict[str, EvidenceMap]) -> None:
    text = html(opened("known.py", by="factor"))
    assert "surface-and-resolve-conflicts" in text.partition('id="empty"')[2].partition("</details>")[0]
    several = html(opened("known.py"))
    listed = several.partition('id="empty"')[2].partition("</details>")[0]
    assert listed.count("<li>") == sum(not row.filled for row in maps["practice"].rows) > 10


def test_the_numbers_are_those_of_the_marks(maps: dict[str, EvidenceMap]) -> None:
    numbers = html(opened("known.py", by="factor")).partition('id="numbers"')[2]
    rows = numbers.partition("</table>")[0].split("<tr>")[2:]
    cells = [cell for row in maps["factor"].rows for cell in row.cells if cell.statements]
    assert len(rows) == len(cells)
    for text, cell in zip(rows, cells, strict=True):
        assert f">{cell.statements}</a>" in text
        assert all(f"{number} {words.STANDINGS[who]}" in text for who, number in cell.standings)
        ways = unescape(re.findall(r'data-head="Which way">([^<]*)<', text)[0])
        assert sum(map(int, re.findall(r"\d+", ways))) == sum(number for _, number in cell.directions)


def test_an_open_cell_shows_as_many_statements_as_it_counts() -> None:
    slots = {"by": "difficulty", "matter": "deficit-or-funding-gap", "area": "money", "readings": "true"}
    page = opened("known.py", **slots)
    found = graph.evidence_map("difficulty", True).found("deficit-or-funding-gap", "money")
    assert found is not None
    cell = found[2]
    section = html(page).partition('aria-labelledby="opened"')[2].partition("</section>")[0]
    assert section.count('<li class="kg-line') == section.count("Where it says so") // 2 == cell.statements
    naming, beside = section.split("<h3>")[1:]
    assert naming.count('<li class="kg-line') == len(cell.naming)
    assert beside.startswith("Results from the same places")
    assert "None of these says that one led to the other." in beside
    assert "Independent evaluation, inspection or audit" in naming


def test_a_large_cell_shows_a_few_statements_and_folds_the_rest(maps: dict[str, EvidenceMap]) -> None:
    found = maps["practice"]
    slugs = [(row.slug, area) for row in found.rows for area, _ in found.areas]
    largest = max(
        range(len(slugs)), key=[cell.statements for row in found.rows for cell in row.cells].__getitem__
    )
    matter, area = slugs[largest]
    cell = found.found(matter, area)
    section = html(opened("known.py", matter=matter, area=area)).partition('aria-labelledby="opened"')[2]
    before, _, folded = section.partition("</section>")[0].partition('id="more-opened"')
    assert cell is not None and cell[2].statements > 10
    shown = before.count('<li class="kg-line')
    assert 0 < shown < 10 and shown + folded.count('<li class="kg-line') == cell[2].statements


def test_choices_are_links_that_keep_the_others() -> None:
    text = unescape(html(opened("known.py", by="factor", readings="true", paper="true")))
    assert 'href="known?by=difficulty&readings=true&paper=true"' in text
    assert 'href="known?by=factor&paper=true"' in text
    assert 'href="known?by=factor&readings=true"' in text
    assert text.count('aria-current="true"') == 2


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
    assert "We found evidence for 900 of 8100 combinations" in text
    matrix = text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert matrix.count("<tr>") == 25 and "Row 875 " in matrix and "Row 899 " in matrix
    assert matrix.count('class="kg-gap"') == 25 * (AREAS - 1)
    assert '<b aria-current="page">36</b>' in text and "known?page=35" in text
    assert "<script>" not in text


@pytest.mark.parametrize("slot", ["by", "matter", "area", "page", "readings"])
def test_what_a_stranger_writes_is_passed_over(slot: str) -> None:
    text = html(opened("known.py", **{slot: HOSTILE}))
    assert "<script>" not in text
    assert 'id="opened"' not in text
    assert "We found evidence for" in text


def test_other_pages_lead_here() -> None:
    assert 'href="known"' in html(opened())
    assert 'href="known"' in html(opened("about.py"))
    assert 'href="known?by=factor"' in html(opened("factors.py"))
