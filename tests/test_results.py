"""Answers in the formats of SPARQL 1.1, read back by a library that did not write them."""

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, Literal, URIRef
from rdflib.query import Result
from rdflib.term import Node

from kg.engine import Rows, Triples, Truth
from kg.errors import KgError, UnknownName
from kg.queries.results import write_answer
from kg.terms import SL

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]))
terms: st.SearchStrategy[Node | None] = st.one_of(
    st.none(),
    st.just(URIRef("https://example.org/a")),
    st.builds(Literal, texts),
    st.builds(Literal, texts, lang=st.just("en")),
    st.builds(lambda number: Literal(str(number), datatype=XSD.integer), st.integers()),
)
tables = st.lists(st.tuples(terms, terms), max_size=5).map(lambda rows: Rows(("one", "other"), rows))
ROWS = Rows(("label",), [(Literal("A “name”, with\ttab"),), (None,)])


@given(tables)
def test_json_and_tsv_say_what_the_rows_say(rows: Rows) -> None:
    wanted = [[None if cell is None else cell for cell in row] for row in rows.rows]
    for form in ("json", "tsv"):
        parsed = Result.parse(io.BytesIO(write_answer(rows, form).encode()), format=form)
        found = [[binding.get(variable) for variable in parsed.vars or []] for binding in parsed.bindings]
        if form == "json" or all(any(cell is not None for cell in row) for row in wanted):
            assert found == wanted


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1)),
        max_size=5,
    )
)
def test_csv_is_read_back_by_the_standard_library(cells: list[tuple[str]]) -> None:
    rows = Rows(("label",), [(Literal(cell),) for (cell,) in cells])
    assert list(csv.reader(io.StringIO(write_answer(rows, "csv")))) == [
        ["label"],
        *([cell] for (cell,) in cells),
    ]


def test_xml_is_read_back() -> None:
    parsed = Result.parse(io.BytesIO(write_answer(ROWS, "xml").encode()), format="xml")
    assert [str(variable) for variable in parsed.vars or []] == ["label"]
    assert len(parsed.bindings) == 2


def test_table_shows_how_many_rows_there_are() -> None:
    assert write_answer(ROWS, "table").endswith("(2 rows)\n")
    assert write_answer(Rows(("n",), [(Literal(1),)]), "table").splitlines() == ["n", "-", "1", "(1 row)"]


def test_truth_is_written_in_every_form_of_a_select() -> None:
    assert json.loads(write_answer(Truth(True), "json"))["boolean"] is True
    assert "<boolean>false" in write_answer(Truth(False), "xml").replace(" ", "").lower().replace(
        "<sparql:", "<"
    )
    assert write_answer(Truth(True), "csv") == "true\n"


@pytest.mark.parametrize(
    ("form", "read_as"),
    [("turtle", ox.RdfFormat.TURTLE), ("jsonld", ox.RdfFormat.JSON_LD), ("table", ox.RdfFormat.TURTLE)],
)
def test_triples_are_written_and_read_back(form: str, read_as: ox.RdfFormat) -> None:
    triple = (URIRef("https://example.org/a"), URIRef(str(SL.statement)), Literal("So.", lang="en"))
    read = ox.parse(write_answer(Triples([triple]), form).encode(), format=read_as)
    assert [str(quad.triple) for quad in read] == [
        '<https://example.org/a> <https://w3id.org/system-leadership/def/statement> "So."@en'
    ]


def test_forms_that_do_not_fit_are_refused_in_a_sentence() -> None:
    with pytest.raises(KgError, match="written as turtle or jsonld, not as csv"):
        write_answer(Triples([]), "csv")
    with pytest.raises(KgError, match="not as turtle"):
        write_answer(ROWS, "turtle")
    with pytest.raises(UnknownName, match='did you mean "json"'):
        write_answer(ROWS, "jsn")
