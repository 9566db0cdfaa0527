"""Questions by address: the same answers as on the command line, and a sentence for every mistake."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kg.engine import Engine
from kg.queries import questions, results
from kg.queries.binding import QueryFile
from kg.service import ServedGraph
from kg.terms import PREFIXES
from kg.web import asked as asked_by_address

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    def served() -> ServedGraph:
        return ServedGraph(engine, "v1")  # type: ignore[arg-type]

    app = Starlette(routes=asked_by_address.routes(served))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def listing(client: TestClient) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in client.get("/ask/").json()}


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("question", questions.all_questions(), ids=lambda each: each.name)
def test_every_question_answers_at_its_example(
    question: QueryFile, client: TestClient, listing: dict[str, dict[str, Any]], engine: Engine
) -> None:
    listed = listing[question.name]
    assert listed["question"] == question.header["summary"]
    assert listed["given"] == list(question.given)
    answer = client.get(listed["json"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json() == json.loads(results.write_answer(engine.answer(question.text), "json"))


def test_csv_is_that_of_the_tables(client: TestClient) -> None:
    answer = client.get("/ask/case-outcomes.csv?case=canterbury&case=leeds")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["content-disposition"] == 'attachment; filename="case-outcomes.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfcase,outcome,label\r\n")
    cases = {row[0].rsplit("/", 1)[1] for row in read(answer.content)[1:]}
    assert cases == {"canterbury", "leeds"}


def test_what_is_given_cannot_become_a_formula(client: TestClient) -> None:
    answer = client.get("/ask/difficulty-answers.csv", params={"words": "=1+1"})
    assert answer.status_code == 200
    assert not any(cell.startswith("=") for row in read(answer.content) for cell in row)


@pytest.mark.parametrize(("form", "start"), [("tsv", "?case\t"), ("xml", "<?xml")])
def test_the_other_forms_of_sparql_are_there(form: str, start: str, client: TestClient) -> None:
    assert client.get(f"/ask/case-list.{form}").text.startswith(start)


def test_the_paper_alone_is_asked(client: TestClient, paper: Engine) -> None:
    everything = client.get("/ask/case-list.json?paper=false").json()
    alone = client.get("/ask/case-list.json?paper=true").json()
    assert alone == json.loads(results.write_answer(questions.answer(paper, "case-list"), "json"))
    assert len(alone["results"]["bindings"]) < len(everything["results"]["bindings"])


@pytest.mark.parametrize("value", ["leeds", "case:leeds", PREFIXES["case"] + "leeds"])
def test_a_thing_is_given_as_on_the_command_line(value: str, client: TestClient) -> None:
    assert client.get("/ask/case-outcomes.json", params={"case": value}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("case-outcome.csv", 404, 'There is no question "case-outcome"; did you mean "case-outcomes"?'),
        ("case-outcomes", 404, 'There is no file "case-outcomes"; did you mean "case-outcomes.csv"?'),
        ("case-list.cvs", 404, 'There is no format "cvs"; did you mean "csv"?'),
        ("case-outcomes.csv", 400, "This question needs case: write ?case="),
        ("case-outcomes.csv?cases=leeds", 400, 'There is no slot "cases"; did you mean "case"?'),
        ("case-outcomes.csv?case=leed", 400, 'There is no case "leed"; did you mean "leeds"?'),
        ("case-outcomes.csv?case=leeds&case=leed", 400, 'There is no case "leed"'),
        ("case-outcomes.csv?case=", 400, 'There is no case "".'),
        ("case-list.csv?paper=yes", 400, "Write paper=true for the paper alone"),
        ("case-outcomes.csv?" + "case=leeds&" * 300, 400, "At most 200 values"),
    ],
)
def test_each_mistake_is_told_in_one_sentence(
    address: str, status: int, sentence: str, client: TestClient
) -> None:
    answer = client.get(f"/ask/{address}")
    assert answer.status_code == status
    assert answer.text.startswith(sentence)
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


anything = st.text(st.characters(codec="utf-8"))


@settings(max_examples=60, deadline=None)
@given(
    name=st.one_of(
        anything, st.sampled_from(["case-outcomes.csv", "difficulty-answers.json", "work-repeated.csv"])
    ),
    given=st.lists(
        st.tuples(st.one_of(anything, st.sampled_from(["case", "words", "paper"])), anything), max_size=3
    ),
)
def test_no_address_breaks(client: TestClient, name: str, given: list[tuple[str, str]]) -> None:
    answer = client.get(f"/ask/{quote(name, safe='')}?{urlencode(given)}")
    assert answer.status_code in {200, 400, 404}
    if answer.status_code != 200:
        assert answer.text.count("\n") == 1


def test_people_are_shown_a_page_of_questions(client: TestClient) -> None:
    answer = client.get("/ask/", headers={"Accept": BROWSER})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/ask/case-list.csv"' in answer.text
    for question in questions.all_questions():
        assert f"/ask/{question.name}.json" in answer.text
    assert client.get("/ask").headers["location"].endswith("/ask/")


def test_an_answer_that_is_held_is_not_sent_again(client: TestClient) -> None:
    address = "/ask/case-outcomes.csv?case=leeds"
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{address}&paper=true", headers={"If-None-Match": tag}).status_code == 200
    assert client.get(f"{address}x", headers={"If-None-Match": tag}).status_code == 400


def test_nothing_can_be_written(client: TestClient) -> None:
    answer = client.post("/ask/case-list.csv")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.head("/ask/case-list.csv").content == b""


def test_no_question_has_the_slot_that_asks_for_the_paper_alone() -> None:
    assert not [each.name for each in questions.all_questions() if "paper" in each.given]
