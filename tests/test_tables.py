"""The tables: every value explained, every key good, and nothing said beyond the sources."""

import csv
import io
import json
import re
import warnings
from collections import Counter
from pathlib import Path

import pytest

from kg import tables
from kg.engine import Engine, Rows
from kg.errors import BadContent, UnknownName
from kg.tables import Column, ColumnKind, Table, csvw
from kg.tables.definitions import read_table
from kg.tables.filling import Row
from kg.tables.spreadsheet import SEPARATOR
from kg.terms import PREFIXES
from tests.asking import listed

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "kg" / "tables"
NAMES = [each.name for each in tables.all_tables()]
EVERY_COLUMN = [(each, column) for each in tables.all_tables() for column in each.columns]


@pytest.fixture(scope="module")
def filled(engine: Engine) -> tables.Tables:
    return tables.Tables(engine)


def one(row: Row, column: str) -> str:
    """The one value of a cell, or nothing."""
    assert len(row[column]) <= 1
    return row[column][0] if row[column] else ""


def test_every_table_has_its_file() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.toml")) == sorted(NAMES)


def test_unknown_table_is_offered_the_nearest() -> None:
    with pytest.raises(UnknownName, match='did you mean "claims"'):
        tables.table("claim")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("required = true", "wanted = true"), "either required, or says"),
        (('title = "Case"', ""), "missing"),
        (('room = "case"', 'rooms = "case"'), "has no rooms"),
        (("[[columns]]", "[[columns"), "cases.toml"),
    ],
)
def test_a_table_that_is_told_wrongly_is_refused(
    change: tuple[str, str], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "cases.toml"
    path.write_text((FOLDER / "cases.toml").read_text().replace(*change, 1))
    with pytest.raises((BadContent, TypeError), match=message):
        read_table(path)


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN, ids=lambda each: each.name)
def test_every_column_says_what_it_holds_and_what_empty_means(table: Table, column: Column) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", column.name)
    assert column.means.endswith(".")
    assert column.required or column.empty.endswith(".")
    assert not re.search(r"\b(effects?|impact|causes?|success|scores?|works|leads to)\b", column.name)
    assert not re.search(r"\bmeans no\b", column.empty)


@pytest.mark.parametrize("name", NAMES)
def test_keys_are_unique_and_what_is_required_is_there(name: str, filled: tables.Tables) -> None:
    table = tables.table(name)
    rows = filled.rows(name)
    assert len(rows) > 10
    assert Counter(one(row, table.key) for row in rows).most_common(1)[0][1] == 1
    for column in table.columns:
        assert all(row[column.name] for row in rows) or not column.required, column.name
        assert any(row[column.name] for row in rows), column.name
        assert column.many or all(len(row[column.name]) <= 1 for row in rows), column.name
        assert not any(
            SEPARATOR.strip() in value for row in rows for value in row[column.name] if column.many
        )


@pytest.mark.parametrize("name", NAMES)
def test_what_a_column_refers_to_is_there(name: str, filled: tables.Tables) -> None:
    for column in tables.table(name).columns:
        if column.refers:
            key = tables.table(column.refers).key
            known = {one(row, key) for row in filled.rows(column.refers)}
            assert {value for row in filled.rows(name) for value in row[column.name]} <= known


@pytest.mark.parametrize("name", NAMES)
def test_every_coded_value_is_explained(name: str, filled: tables.Tables) -> None:
    explained = {(one(row, "table"), one(row, "column"), one(row, "code")) for row in filled.rows("codebook")}
    for column in tables.table(name).columns:
        assert (name, column.name, "") in explained
        if column.kind in {ColumnKind.CODE, ColumnKind.WORD}:
            values = {value for row in filled.rows(name) for value in row[column.name]}
            assert values
            assert {(name, column.name, value) for value in values} <= explained


def test_every_statement_source_case_and_practice_has_its_row(engine: Engine, filled: tables.Tables) -> None:
    for name, kind in (
        ("claims", "?t a sl:Claim"),
        ("sources", "?t a sl:Source"),
        ("practices", "?t skos:inScheme <https://w3id.org/system-leadership/scheme/practices>"),
        ("illustrations", "?t a sl:Illustration"),
        ("concepts", "?t a skos:Concept"),
    ):
        known = {row[0] for row in listed(engine, f"SELECT DISTINCT ?t WHERE {{ {kind} }}")}
        assert len(filled.rows(name)) == len(known), name


def test_evidence_is_what_the_shortcuts_say_and_readings_stand_apart(
    engine: Engine, filled: tables.Tables
) -> None:
    rows = filled.rows("practice-evidence")
    outright = {
        (PREFIXES["case"] + one(row, "case"), PREFIXES["practice"] + one(row, "practice"))
        for row in rows
        if row["standing"] == ("explicit-fact",)
    }
    shortcuts = listed(
        engine,
        """SELECT DISTINCT ?case ?practice WHERE { ?case sl:usesPractice ?practice ; a sl:CaseStudy .
             ?practice skos:inScheme <https://w3id.org/system-leadership/scheme/practices> }""",
    )
    assert outright == {(case, practice) for case, practice in shortcuts}
    assert len(outright) > 25
    factors = {
        (one(row, "practice"), one(row, "factor")) for row in rows if row["factor_basis"] == ("explicit",)
    }
    assert factors == {
        (one(row, "practice"), factor) for row in filled.rows("practices") for factor in row["factors"]
    }


def test_no_hope_duty_denial_or_plan_is_evidence(filled: tables.Tables) -> None:
    claims = {one(row, "claim"): row for row in filled.rows("claims")}
    told = [row for row in filled.rows("practice-evidence") if row["claim"]]
    assert {one(row, "modality") for row in told} <= {"fact", "example", "hedged"}
    assert {one(claims[one(row, "claim")], "polarity") for row in told} == {"affirmed"}
    assert {one(row, "relation") for row in told} == {
        "uses",
        "did",
        "organised-as",
        "credits",
        "reports",
        "met-difficulty",
    }
    for row in told:
        explicit = row["basis"] == row["link_basis"] == ("explicit",)
        assert (one(row, "standing") in {"explicit-fact", "hedged"}) <= explicit
        assert (one(row, "standing") == "difficulty") == (one(row, "relation") == "met-difficulty")
        assert (one(row, "link_kind") == "statement") == (row["case_link"] == row["claim"])
        assert bool(row["link_reason"]) >= (one(row, "link_kind") == "illustration")


def test_every_practice_keeps_a_row_and_every_year_its_basis(filled: tables.Tables) -> None:
    rows = filled.rows("practice-evidence")
    assert {one(row, "practice") for row in rows} == {
        one(row, "practice") for row in filled.rows("practices")
    }
    without = [row for row in rows if not row["case"]]
    assert without
    assert not any(row[name] for row in without for name in ("claim", "standing", "source", "year_basis"))
    for row in filled.rows("sources"):
        assert bool(row["year"]) == (row["year_basis"] != ("not-stated",))


def test_rows_stand_in_the_order_of_their_keys_and_give_the_same_bytes(engine: Engine) -> None:
    first, again = (tables.as_csv(tables.Tables(engine), "claims") for _ in range(2))
    assert first == again
    names = [row[0] for row in csv.reader(io.StringIO(first.decode("utf-8-sig"), newline=""))][1:]
    leeds = [int(name.rsplit("-", 1)[1]) for name in names if re.fullmatch(r"leeds-\d+", name)]
    assert len(leeds) > 20
    assert leeds == sorted(leeds)


def test_two_values_where_one_is_meant_are_refused(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "cases.toml"
    text = (FOLDER / "cases.toml").read_text()
    path.write_text(text.replace('variable = "otherName"\nmany = true', 'variable = "otherName"'))
    with pytest.raises(BadContent, match="other_names has more than one value"):
        tables.Tables(engine)._filled(read_table(path))


def test_the_metadata_is_valid_and_the_tables_fit_it(filled: tables.Tables, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from csvw import CSVW

        for name in NAMES:
            (tmp_path / f"{name}.csv").write_bytes(tables.as_csv(filled, name))
        (tmp_path / "csv-metadata.json").write_text(json.dumps(csvw.metadata(filled)))
        assert CSVW(str(tmp_path / "csv-metadata.json"), validate=True).is_valid
        broken = tmp_path / "cases.csv"
        broken.write_bytes(broken.read_bytes() + broken.read_bytes().splitlines(keepends=True)[-1])
        with pytest.raises(ValueError, match="duplicate primary key"):
            assert CSVW(str(tmp_path / "csv-metadata.json"), validate=True).is_valid


@pytest.mark.parametrize("name", NAMES)
def test_each_metadata_holds_every_table_that_it_refers_to(name: str, filled: tables.Tables) -> None:
    described = csvw.metadata(filled, name)["tables"]
    urls = [each["url"] for each in described]
    assert urls[0] == f"{name}.csv"
    for each in described:
        for key in each["tableSchema"].get("foreignKeys", []):
            assert key["reference"]["resource"] in urls


def test_the_graph_is_asked_by_named_questions_alone(engine: Engine) -> None:
    asked: list[str] = []

    class Watching:
        def answer(self, query: str, graphs: object = None) -> object:
            asked.append(query)
            return engine.answer(query)

    tables.Tables(Watching()).rows("practice-evidence")  # type: ignore[arg-type]
    assert asked
    assert all(query.startswith("#+ summary: ") for query in asked)
    assert isinstance(engine.answer(asked[0]), Rows)
