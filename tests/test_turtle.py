"""The one canonical form, and the lines at which things are said."""

import random

from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Literal, URIRef

from kg.graph.content import Content
from kg.graph.oxigraph import Triple, parse_turtle
from kg.graph.turtle import canonical, line_of
from kg.terms import PREFIXES, SL, expand, shorten

names = st.text("abcdefghij-0123456789.", min_size=1, max_size=8).map(lambda name: f"x{name}x")
things = st.builds(
    lambda room, name: URIRef(PREFIXES[room] + name), st.sampled_from(["case", "claim", "body"]), names
)
texts = st.builds(
    Literal, st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])), lang=st.just("en")
)
triples = st.lists(
    st.tuples(things, st.sampled_from([RDF.type, SKOS.prefLabel, SL.about, SL.value]), things | texts),
    min_size=1,
    max_size=12,
)


@given(triples, st.randoms())
def test_canonical_form_is_one_for_every_order_and_loses_nothing(
    found: list[Triple], rng: random.Random
) -> None:
    text = canonical(found)
    shuffled = list(found)
    rng.shuffle(shuffled)
    assert canonical(shuffled) == text
    assert set(parse_turtle(text)) == set(found)
    assert canonical(parse_turtle(text)) == text


def test_every_file_of_the_content_is_in_canonical_form(content: Content) -> None:
    files = content.turtle_files()
    assert len(files) > 30
    for path in files:
        text = path.read_text()
        assert canonical(parse_turtle(text)) == text, path


def test_claim_two_stands_before_claim_ten() -> None:
    claims = [(URIRef(expand(f"claim:leeds-{number}")), RDF.type, SL.Claim) for number in (10, 2)]
    text = canonical(claims)
    assert text.index("leeds-2") < text.index("leeds-10")


def test_lines_are_found() -> None:
    text = (
        "PREFIX case: <x>\n\n"
        'case:one\n    a sl:CaseStudy ;\n    skos:prefLabel "One"@en ;\n.\n\n'
        "case:one-more\n    a sl:CaseStudy ;\n.\n"
    )
    one = expand("case:one")
    assert line_of(text, one) == 3
    assert line_of(text, one, str(SKOS.prefLabel)) == 5
    assert line_of(text, one, str(RDF.type)) == 4
    assert line_of(text, one, str(SKOS.definition)) == 3
    assert line_of(text, expand("case:one-more")) == 8
    assert line_of(text, expand("case:two")) is None


@given(things)
def test_short_names_are_turned_back(thing: URIRef) -> None:
    assert expand(shorten(str(thing))) == str(thing)
