"""The SPARQL 1.1 Protocol without a network: what a request asks, and how it is refused."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.engine import Dataset, QueryForm, ResultType
from kg.web.negotiation import best_media_type
from kg.web.protocol import LONGEST_ADDRESS, Refusal, Request, read_request

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def get(accept: str | None = None, **parameters: object) -> Request:
    return Request("GET", urlencode(parameters, doseq=True, quote_via=quote).encode(), accept=accept)


def refused(request: Request) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_request(request)
    sentence = str(caught.value)
    assert sentence.endswith((".", "…")) and "\n" not in sentence
    return caught.value


def test_the_three_ways_to_ask_are_one() -> None:
    text = "SELECT * { ?s ?p 'ü + % & é' }"
    form = urlencode({"query": text}).encode()
    ways = [
        Request("GET", form),
        Request("POST", body=form, content_type=FORM),
        Request("POST", body=form, content_type=f"{FORM}; charset=UTF-8"),
        Request("POST", body=text.encode(), content_type=DIRECT),
        Request("POST", body=text.encode(), content_type="Application/SPARQL-Query; charset=utf-8"),
    ]
    (query,) = {read_request(way) for way in ways}
    assert query is not None
    assert query.query == text


def test_graphs_are_named_beside_the_query() -> None:
    query = read_request(Request("GET", b"query=ASK%7B%7D&default-graph-uri=http:a&default-graph-uri=http:b"))
    assert query is not None
    assert query.dataset == Dataset(("http:a", "http:b"), None)
    direct = read_request(Request("POST", b"named-graph-uri=http%3A%2F%2Fa%2F", b"ASK {}", DIRECT))
    assert direct is not None
    assert direct.dataset == Dataset(None, ("http://a/",))
    assert refused(get(query="ASK {}", **{"named-graph-uri": "a"})).status == 400


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        (get(query=["ASK {}", "ASK {}"]), 400, "once"),
        (get(query="ASK {}", format=["csv", "xml"]), 400, "once"),
        (get(**{"default-graph-uri": "http://a/"}), 400, "there is no query"),
        (Request("GET", b"query=%FF"), 400, "UTF-8"),
        (Request("GET", "query=ü".encode()), 400, "UTF-8"),
        (Request("POST", body=b"\xff", content_type=DIRECT), 400, "UTF-8"),
        (Request("POST", body=b"ASK {}", content_type=""), 415, "application/sparql-query"),
        (Request("POST", body=b"ASK {}", content_type="text/plain"), 415, "application/sparql-query"),
        (Request("POST", body=b"ASK {}", content_type=f"{DIRECT}; charset=utf-16"), 415, "utf-16"),
        (Request("POST", body=b"a=b", content_type=FORM), 400, "no “query”"),
        (Request("POST", b"query=ASK%7B%7D", b"ASK {}", DIRECT), 400, "two queries"),
        (Request("POST", body=b"CLEAR ALL", content_type="application/sparql-update"), 403, "read"),
        (Request("POST", body=b"update=CLEAR+ALL", content_type=FORM), 403, "read"),
        (get(update="CLEAR ALL"), 403, "read"),
        (get(query="CLEAR ALL"), 403, "CLEAR would change"),
        (get(query="SELECT * { SERVICE <http://a/> {} }"), 403, "SERVICE"),
        (get(query="ASK {}", format="turtle"), 400, "use json, srj, xml, srx, csv or tsv"),
        (get(query="ASK " + "{" * 300 + "}" * 300), 400, "nested"),
        (Request("POST", body=b"#" * 200_001, content_type=DIRECT), 413, "longer"),
        (Request("GET", b"query=" + b"a" * LONGEST_ADDRESS), 414, "POST"),
        (get("text/turtle", query="SELECT * {}"), 406, "application/sparql-results+json"),
        (get("text/csv", query="DESCRIBE <http://a/>"), 406, "text/turtle"),
        (get("application/sparql-results+json;q=0", query="ASK {}"), 406, "none of these"),
    ],
)
def test_a_request_at_fault_is_refused_with_its_status_and_one_sentence(
    request_: Request, status: int, said: str
) -> None:
    refusal = refused(request_)
    assert refusal.status == status
    assert said in str(refusal)


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        (None, ResultType.JSON, ResultType.TURTLE),
        ("*/*", ResultType.JSON, ResultType.TURTLE),
        ("application/*", ResultType.JSON, ResultType.NTRIPLES),
        ("text/*", ResultType.CSV, ResultType.TURTLE),
        ("application/xml", ResultType.XML, None),
        ("application/json", ResultType.JSON, None),
        ("text/csv;q=0.3, text/tab-separated-values;q=0.4", ResultType.TSV, None),
        ("application/rdf+xml, application/sparql-results+xml", ResultType.XML, ResultType.RDFXML),
        ("application/ld+json; profile=x, text/turtle;q=0.9", None, ResultType.JSONLD),
        ("*/*;q=0.1, application/sparql-results+json;q=0", ResultType.XML, ResultType.TURTLE),
        (
            "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
            ResultType.XML,
            ResultType.TURTLE,
        ),
    ],
)
def test_the_format_that_a_client_prefers_is_chosen(
    accept: str | None, rows: ResultType | None, triples: ResultType | None
) -> None:
    for query, wanted in (("SELECT * {}", rows), ("CONSTRUCT WHERE {?s ?p ?o}", triples)):
        if wanted is None:
            assert refused(get(accept, query=query)).status == 406
        else:
            found = read_request(get(accept, query=query))
            assert found is not None and found.type is wanted


def test_format_goes_before_accept() -> None:
    for name, rows, triples in (
        ("json", ResultType.JSON, ResultType.JSONLD),
        ("xml", ResultType.XML, ResultType.RDFXML),
        ("text/csv", ResultType.CSV, None),
        ("application/sparql-results+xml", ResultType.XML, None),
        ("nt", None, ResultType.NTRIPLES),
    ):
        for query, wanted in (("ASK {}", rows), ("DESCRIBE <http://a/>", triples)):
            if wanted is not None:
                found = read_request(get("text/csv, text/turtle", query=query, format=name))
                assert found is not None and found.type is wanted


def test_no_query_asks_for_the_description() -> None:
    assert read_request(Request("GET")) is None
    assert read_request(get(format="ttl")) is None
    blank = read_request(get(query=""))
    assert blank is not None and blank.form is QueryForm.SELECT


@given(st.text(max_size=80), st.sampled_from(["text/csv", "application/json", "text/turtle"]))
def test_any_accept_header_gets_an_answer_or_none(accept: str, offered: str) -> None:
    assert best_media_type(accept, [offered]) in {offered, None}


@given(st.floats(0.001, 1), st.floats(0.001, 1))
def test_the_greater_quality_wins(first: float, second: float) -> None:
    found = best_media_type(
        f"text/csv;q={first:.3f}, text/turtle;q={second:.3f}", ["text/turtle", "text/csv"]
    )
    assert found == ("text/csv" if round(first, 3) > round(second, 3) else "text/turtle")


@given(st.binary(max_size=200), st.binary(max_size=200), st.text(max_size=40))
def test_nothing_that_is_sent_is_a_fault_of_ours(address: bytes, body: bytes, kind: str) -> None:
    for content_type in (FORM, DIRECT, kind):
        for method in ("GET", "POST"):
            try:
                read_request(Request(method, address, body, content_type, kind))
            except Refusal as refusal:
                assert 400 <= refusal.status < 500
