"""CSV for spreadsheets: read back whole, with every sign, and never as a formula."""

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.tables.spreadsheet import csv_bytes, guard_text

RUNS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n"
cells = st.text(st.characters(codec="utf-8"))
starts = st.builds(
    lambda blanks, sign, rest: blanks + sign + rest, st.text(" '"), st.sampled_from(RUNS), cells
)


def unguarded(text: str) -> str:
    """What the documentation tells a reader to do."""
    return text[1:] if text.startswith("'") and guard_text(text[1:]) == text else text


@given(st.one_of(cells, starts))
@example("'=1+1")
@example(" =1")
def test_no_cell_begins_a_formula_and_each_can_be_had_back(text: str) -> None:
    written = guard_text(text)
    assert unguarded(written) == text
    if written.lstrip()[:1] in set(RUNS[:8]):
        float(written)


@pytest.mark.parametrize("number", ["-5", "+3", "0", "-0.5", "1e-3", "-.5", "2016"])
def test_numbers_are_left_as_they_are(number: str) -> None:
    assert guard_text(number) == number


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20", "-5%", "@name", "\uff1d1", "\t=1", " =1", "-", "=cmd|' /C calc'!A0"]
)
def test_what_a_spreadsheet_might_run_has_an_apostrophe(text: str) -> None:
    assert guard_text(text) == f"'{text}"


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_a_table_is_read_back_by_the_standard_library(rows: list[list[str]]) -> None:
    raw = csv_bytes(["one", "other"], rows)
    assert raw.startswith(b"\xef\xbb\xbfone,other\r\n")
    assert raw.endswith(b"\r\n")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [[unguarded(cell) for cell in row] for row in read] == [["one", "other"], *rows]


def test_every_line_ends_with_both_signs() -> None:
    raw = csv_bytes(["a", "b"], [["x, “y”", 'a "b"'], ["", "é"]])
    assert raw.decode("utf-8-sig") == 'a,b\r\n"x, “y”","a ""b"""\r\n,é\r\n'
    assert not re.search(rb"(?<!\r)\n", raw)
