"""The page for queries: examples, answers, errors at their place, links, and what the data hold."""

from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest

from kg import views
from kg.engine import Engine, Triples
from kg.queries import questions
from kg.views import on_offer
from tests.pages import html, opened

TRUTH = "ASK { ?s ?p ?o }"


def test_page_offers_every_question_and_runs_none_unasked() -> None:
    tester = opened("query.py")
    assert tester.title[0].value == "Data and queries"
    assert len(tester.selectbox[0].options) == len(questions.all_questions())
    assert not tester.dataframe
    assert 'id="answer"' not in html(tester)


def test_address_with_a_question_opens_its_text_and_its_answer(engine: Engine) -> None:
    tester = opened("query.py", example="case-list")
    assert tester.text_area[0].value == questions.question("case-list").text
    found = questions.rows(engine, "case-list")
    shown = tester.dataframe[0].value
    assert list(shown.columns) == list(found.variables)
    assert len(shown) == len(found.rows)
    assert set(shown["case"]) == {f"case?id={str(row[0]).rpartition('/')[2]}" for row in found.rows}


def test_chosen_question_is_answered_and_its_address_restores_it() -> None:
    tester = opened("query.py")
    tester.selectbox[0].select("graph-counts").run()
    assert tester.text_area[0].value == questions.question("graph-counts").text
    assert len(tester.dataframe[0].value) == 1
    assert tester.query_params["example"] == "graph-counts"


def test_own_query_runs_and_stays_out_of_the_address_until_asked() -> None:
    tester = opened("query.py")
    tester.text_area[0].set_value(TRUTH)
    next(each for each in tester.button if each.label == "Run").click().run()
    assert "Yes, there is." in html(tester)
    assert "query" not in tester.query_params
    next(each for each in tester.button if each.label == "Make a link to this query").click().run()
    assert tester.query_params["query"] == TRUTH
    assert "restores this query" in html(tester)
    assert "Yes, there is." in html(opened("query.py", query=TRUTH))


def test_triples_are_shown_as_turtle(engine: Engine) -> None:
    query = "CONSTRUCT WHERE { <https://w3id.org/system-leadership/case/leeds> ?p ?o }"
    answer = engine.answer(query)
    assert isinstance(answer, Triples)
    tester = opened("query.py", query=query)
    assert "case:leeds" in tester.code[0].value
    assert f"{len(answer.triples)} triples" in html(tester)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT ?x {\n ?x a 1 2 }", "at line 2, column 12"),
        ("SELECT * { SERVICE <http://a/> {} }", "SERVICE is not available"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE would change the graph"),
        ("", "cannot be read"),
    ],
)
def test_fault_is_told_in_a_sentence(query: str, told: str) -> None:
    text = html(opened("query.py", query=query))
    assert told in text
    assert ("▲ here" in text) == ("line" in told or query == "")


def test_fault_is_marked_under_its_column_and_hostile_text_stays_text() -> None:
    text = html(opened("query.py", query="SELECT ?x {\n ?x a 1 2 }<img src=x onerror=alert(1)>"))
    assert "<img" not in text
    lines = text.partition('<pre class="kg-fault">')[2].split("\n")
    marked = next(number for number, line in enumerate(lines) if "▲" in line)
    assert lines[marked - 1].startswith("   2  ")


def test_links_load_the_answer_from_the_endpoint(engine: Engine) -> None:
    links = dict(on_offer("SELECT * { ?s ?p ?o }", None))
    assert list(links) == ["CSV", "TSV", "JSON", "XML"]
    slots = parse_qs(urlsplit(links["CSV"]).query)
    assert slots == {"query": ["SELECT * { ?s ?p ?o }"], "format": ["csv"]}
    paper = views.graphs_of_the_paper(engine)
    slots = parse_qs(urlsplit(dict(on_offer(TRUTH, paper))["JSON"]).query)
    assert slots["default-graph-uri"] == [str(graph) for graph in paper]
    named = dict(on_offer("ASK FROM <http://a/> { ?s ?p ?o }", paper))
    assert "default-graph-uri" not in named["JSON"]
    assert list(dict(on_offer("DESCRIBE <http://a/>", None))) == ["Turtle", "JSON-LD", "N-Triples", "RDF/XML"]
    assert on_offer("#" * 9_000, None) == ()
    shown = html(opened("query.py", query=TRUTH))
    for name, address in on_offer(TRUTH, None):
        assert f'<a href="{escape(address)}">{name}</a>' in shown


def test_paper_alone_is_asked_alone(engine: Engine) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/system-leadership/def/Claim> }"
    tester = opened("query.py", query=count)
    everything = int(tester.dataframe[0].value["n"][0])
    tester.query_params["paper"] = "true"
    tester.run()
    paper = views.counts(engine, views.graphs_of_the_paper(engine))
    assert int(tester.dataframe[0].value["n"][0]) == paper["statements"]
    assert int(tester.dataframe[0].value["n"][0]) < everything


def test_what_the_data_hold_is_counted(engine: Engine) -> None:
    held = views.graph_summary(engine)
    assert dict(held.classes)["sl:Claim"] == views.counts(engine)["statements"]
    assert dict(held.properties)["sl:statement"] == views.counts(engine)["statements"]
    text = html(opened("query.py"))
    for name, number in (*held.classes[:3], *held.properties[1:4]):
        assert f'<th scope="row">{name}</th><td>{number:,}</td>' in text
