"""Terms put into queries: always as terms, never as text."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from kg.engine import Rows
from kg.engine.in_process import InProcessEngine
from kg.errors import BadContent, MissingInput
from kg.queries.binding import Shortcut, bound, read_query
from kg.queries.slots import Slot
from kg.terms import SL

QUERY = """#+ summary: What is it?
#+ given: what xsd:string
SELECT ?what ?found WHERE {
  VALUES ?what { "an example" }
  BIND(?what AS ?found)
}
"""
ENGINE = InProcessEngine([])
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(Literal, texts, lang=st.sampled_from(["en", "en-gb", "cy"])),
    st.builds(lambda number: Literal(str(number), datatype=XSD.integer), st.integers()),
)


@given(st.lists(literals, min_size=1, max_size=4, unique=True))
def test_any_literal_comes_back_as_it_went_in(terms: list[Literal]) -> None:
    answer = ENGINE.answer(bound(QUERY, {"what": terms}))
    assert isinstance(answer, Rows)
    assert {str(row[1]) for row in answer.rows} == {str(term) for term in terms}
    assert all(row[0] == row[1] for row in answer.rows)


@given(texts)
def test_no_text_gets_out_of_its_term(text: str) -> None:
    attack = f'" }} SELECT * WHERE {{ ?s ?p ?o }} # {text}'
    answer = ENGINE.answer(bound(QUERY, {"what": [Literal(attack)]}))
    assert isinstance(answer, Rows)
    assert [str(row[1]) for row in answer.rows] == [attack]


@given(st.text(min_size=1))
def test_an_address_is_written_whole_or_refused(text: str) -> None:
    term = URIRef("https://example.org/" + text)
    try:
        query = bound(QUERY, {"what": [term]})
    except MissingInput:
        with pytest.raises(ValueError):
            ox.NamedNode(str(term))
        return
    answer = ENGINE.answer(query)
    assert isinstance(answer, Rows)
    assert [row[1] for row in answer.rows] == [term]


def test_a_value_that_looks_like_a_values_line_is_bound_once() -> None:
    two = QUERY.replace("  BIND", '  VALUES ?other { "b" }\n  BIND')
    sly = Literal("\n  VALUES ?other { x }\n")
    query = bound(two, {"what": [sly], "other": [Literal("y")]})
    answer = ENGINE.answer(query)
    assert isinstance(answer, Rows)
    assert [str(row[1]) for row in answer.rows] == [str(sly)]


@pytest.mark.parametrize("term", [BNode("b"), None])
def test_what_is_no_term_is_refused(term: Node) -> None:
    with pytest.raises(MissingInput):
        bound(QUERY, {"what": [term]})


def test_nothing_given_is_refused() -> None:
    with pytest.raises(MissingInput, match="at least one value"):
        bound(QUERY, {"what": []})


def test_a_slot_that_is_not_there_is_refused() -> None:
    with pytest.raises(MissingInput, match="takes no “where”"):
        bound(QUERY, {"where": [SL.Claim]})


def test_query_file_begins_with_its_question(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("queries")
    path = folder / "no-question.rq"
    path.write_text(QUERY.replace("What is it?", "It is."))
    with pytest.raises(BadContent, match="first line has to be its question"):
        read_query(path)
    path.write_text(QUERY.replace("VALUES ?what", "VALUES ?that"))
    with pytest.raises(BadContent, match="give an example of"):
        read_query(path)


@pytest.mark.parametrize(
    ("given", "example", "fault"),
    [
        ("what", '"an example"', r"say what \?what takes, such as what case:\*"),
        ("what cases:*", '"an example"', r"say what \?what takes"),
        ("what xsd:date", '"an example"', r"say what \?what takes"),
        ("what case:*", '"an example"', r"the example \"an example\" of \?what is not of its kind, case:\*"),
        ("what case:*", "case:leeds body:nhs", r"the example body:nhs of \?what is not of its kind"),
        ("what skos:Concept", "case:leeds", r"the example case:leeds of \?what is not of its kind"),
        ("what rdfs:Resource", '"words"', r"the example \"words\" of \?what is not of its kind"),
        ("what xsd:string", "case:leeds", r"the example case:leeds of \?what is not of its kind"),
        ("what xsd:string, that case:*", '"words"', r"give an example of \?that"),
    ],
)
def test_a_slot_says_what_it_takes_and_its_example_is_of_that_kind(
    given: str, example: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "what.rq"
    path.write_text(QUERY.replace("what xsd:string", given).replace('"an example"', example))
    with pytest.raises(BadContent, match=rf"^what\.rq: {fault}"):
        read_query(path)


def test_slots_are_read_with_their_examples(tmp_path: Path) -> None:
    path = tmp_path / "what.rq"
    text = QUERY.replace("what xsd:string", "what case:*, that skos:Concept, year xsd:string")
    lines = 'VALUES ?what { case:leeds case:wigan }\n  VALUES ?that { factor:a }\n  VALUES ?year { "2017" }'
    path.write_text(text.replace('VALUES ?what { "an example" }', lines))
    assert read_query(path).slots == (
        Slot("what", "case:*", ("leeds", "wigan")),
        Slot("that", "skos:Concept", ("factor:a",)),
        Slot("year", "xsd:string", ("2017",)),
    )


DERIVATION = """#+ summary: What is it?
#+ makes: ?what sl:usesPractice ?found
SELECT ?source ?what ?found WHERE { ?what ?source ?found }
"""


def test_what_a_derivation_makes_is_read_from_its_header(tmp_path: Path) -> None:
    path = tmp_path / "uses.rq"
    path.write_text(DERIVATION)
    assert read_query(path).makes == Shortcut("what", SL.usesPractice, "found")
    path.write_text(QUERY)
    assert read_query(path).makes is None


@pytest.mark.parametrize("made", ["?what", "what sl:uses ?found", "?what uses ?found", "?a sl:b ?c , ?d"])
def test_what_a_derivation_makes_is_one_triple_of_two_variables(made: str, tmp_path: Path) -> None:
    path = tmp_path / "uses.rq"
    path.write_text(DERIVATION.replace("?what sl:usesPractice ?found", made))
    with pytest.raises(BadContent, match=r"uses\.rq has to make one triple, of two variables"):
        read_query(path)
