"""What the words of a query tell, and that reading them is safe for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine import QueryForm
from kg.engine.outline import LONGEST_QUERY, outline_of, validated_outline
from kg.errors import BadQuery, Forbidden

PARTS = [
    "SELECT",
    "SERVICE",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "<",
    ">",
    "#",
    "\n",
    " ",
    "{",
    "}",
    ":",
    "a",
    "\\u0053",
]


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", QueryForm.SELECT),
        ("# ASK\nPREFIX ask: <http://x/> base <http://y/> ask {}", QueryForm.ASK),
        ("construct where {?s ?p ?o}", QueryForm.CONSTRUCT),
        ("DESCRIBE <http://x/>", QueryForm.DESCRIBE),
        ("DELETE WHERE {?s ?p ?o}", None),
        ("DEFINE get:soft 'replace' SELECT * {}", None),
        ("", None),
    ],
)
def test_form_is_the_first_word_after_the_prologue(query: str, form: QueryForm | None) -> None:
    assert outline_of(query).form is form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent<http://x/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://x/> {} }",
        "SELECT * { \\u0053\\u0045RVICE ?where {} }",
        "SELECT * { SERVICE # <http://a>\n <http://x/> {} }",
        "ASK { FILTER EXISTS { SERVICE ?x {} } }",
        'SELECT * { ?s ?p "a\\u0022 . SERVICE <x> {} #" }',
        "SELECT * { ?s a <x>.SERVICE<x>{} }",
    ],
)
def test_service_is_found_however_it_is_spelt(query: str) -> None:
    with pytest.raises(Forbidden, match="SERVICE is not available"):
        validated_outline(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE" AS ?word) {} # SERVICE',
        "SELECT ?service { ?service <http://x/SERVICE> '''it's SERVICE''' }",
        "PREFIX service: <http://x/> SELECT * { ?s service:x service:from }",
        'SELECT * { ?s ?p "\\"SERVICE"@en-SERVICE }',
    ],
)
def test_the_word_in_a_text_or_name_is_no_call(query: str) -> None:
    assert not validated_outline(query).calls_service


def test_from_is_seen_in_its_place_only() -> None:
    assert outline_of("SELECT ?s FROM <http://a/> { ?s ?p ?o }").names_dataset
    assert not outline_of("ASK { ?from :from 'FROM' } # FROM").names_dataset


def test_an_update_is_called_one() -> None:
    for word in ("INSERT DATA {}", "DELETE WHERE {}", "LOAD <http://x/>", "prefix a: <b> CLEAR ALL"):
        with pytest.raises(Forbidden, match="can only be read"):
            validated_outline(word)


def test_depth_and_length_have_an_end() -> None:
    with pytest.raises(BadQuery, match="nested too deeply: 10001"):
        validated_outline("SELECT * " + "{" * 10_001 + "}" * 10_001)
    with pytest.raises(BadQuery, match="longer than 200,000"):
        validated_outline("#" * (LONGEST_QUERY + 1))


def test_what_changes_by_itself_is_not_repeatable() -> None:
    assert outline_of("SELECT ?s { ?s ?p 'NOW()' }").repeatable
    for call in ("NOW()", "RAND()", "UUID()", "struuid()", "BNODE()"):
        assert not outline_of(f"SELECT ({call} AS ?x) {{}}").repeatable


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    outline = outline_of(text)
    assert 0 <= outline.depth <= text.count("{")


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_a_call_after_a_closed_text_is_always_seen(text: str) -> None:
    """Nothing that stands in whole strings, addresses or comments can hide the call that follows."""
    literal = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    assert outline_of(f"SELECT * {{ ?s ?p {literal} . SERVICE <http://x/> {{}} }}").calls_service
