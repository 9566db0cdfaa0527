"""The paper alone: no answer holds what no statement of the paper speaks of."""

import re
from dataclasses import dataclass

import pytest
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.engine import Engine, Rows
from kg.queries import questions
from kg.queries.binding import QueryFile, bound
from kg.queries.slots import TEXT
from kg.terms import BASE, PREFIXES, expand

PAPER = PREFIXES["source"] + "leading-across-the-health-and-care-system"
# What sources speak of, and what is made of that. Activities and releases are ours and stand in no source.
ROOMS = ("agent", "body", "case", "claim", "illustration", "omission", "passage", "place", "source")
LEADING_ON = (
    "dcterms:isPartOf|dcterms:spatial|dcterms:subject|dcterms:creator|dcterms:publisher|skos:broader|"
    "org:classification"
)
# Slots that take a list, or one of its kinds, instead of what a source speaks of.
OURS = {"class", "graph", "kind", "scheme"}
VALUES = re.compile(r"^ *VALUES \?\w+ (\{.*\})", re.MULTILINE)


@dataclass(frozen=True)
class Spoken:
    """What the paper speaks of, and what only other documents do, found apart from how graphs are made."""

    of: frozenset[Node]
    not_of: frozenset[Node]
    names: frozenset[str]


def column(engine: Engine, query: str) -> frozenset[Node]:
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    answer = engine.answer(prefixes + query)
    assert isinstance(answer, Rows)
    return frozenset(row[0] for row in answer.rows if row[0] is not None)


@pytest.fixture(scope="module")
def spoken(engine: Engine) -> Spoken:
    claims = f"?claim a sl:Claim ; dcterms:source <{PAPER}> ."
    named = column(engine, f"SELECT DISTINCT ?x {{ {claims} ?claim ?p ?x FILTER(ISIRI(?x)) }}")
    named |= column(engine, f"SELECT ?claim {{ {claims} }}")
    named |= column(engine, f"SELECT ?x {{ ?x dcterms:isPartOf+ <{PAPER}> }}")
    within = " ".join(each.n3() for each in named)
    of = named | column(
        engine, f"SELECT DISTINCT ?x {{ VALUES ?named {{ {within} }} ?named ({LEADING_ON})+ ?x }}"
    )
    # What a statement may speak of; kinds of body only explain words, and groups are our order.
    schemes = """?relation sl:objectKind|sl:subjectKind ?scheme . ?scheme a skos:ConceptScheme .
        FILTER(?scheme != scheme:bodies)"""
    concepts = column(
        engine,
        f"""SELECT DISTINCT ?x {{
            {{ {schemes} }} UNION {{ BIND(scheme:setbacks AS ?scheme) }}
            ?x skos:inScheme ?scheme .
            FILTER NOT EXISTS {{
              ?x skos:topConceptOf ?scheme . ?y skos:broader ?any ; skos:inScheme ?scheme
            }} }}""",
    )
    things = column(engine, "SELECT DISTINCT ?x { ?x ?p ?o }")
    rooms = tuple(PREFIXES[room] for room in ROOMS)
    not_of = (frozenset(x for x in things if str(x).startswith(rooms)) | concepts) - of
    assert {URIRef(f"{PREFIXES['case']}wigan"), URIRef(f"{PREFIXES['practice']}pool-budgets")} <= not_of
    names = [names_of(engine, some) for some in (not_of, things - not_of)]
    return Spoken(of, not_of, names[0] - names[1])


def names_of(engine: Engine, things: frozenset[Node]) -> frozenset[str]:
    listed = " ".join(each.n3() for each in things if isinstance(each, URIRef))
    query = f"""SELECT DISTINCT ?name {{ VALUES ?x {{ {listed} }}
        ?x skos:prefLabel|skos:altLabel|skos:hiddenLabel|dcterms:title|sl:statement ?name }}"""
    return frozenset(str(name) for name in column(engine, query))


def examples(asked: QueryFile) -> set[Node]:
    return {
        URIRef(expand(name)) for name in re.findall(r"\b\w+:[\w-]+", " ".join(VALUES.findall(asked.text)))
    }


def of_its_kind(asked: QueryFile, things: frozenset[Node]) -> dict[str, list[Node]]:
    """Fill each slot with those of these things that are of its kind."""
    given: dict[str, list[Node]] = {}
    for slot in asked.slots:
        if slot.name not in OURS and slot.kind != TEXT:
            fitting = slot.namespace or BASE
            given[slot.name] = sorted((thing for thing in things if str(thing).startswith(fitting)), key=str)
    return given


@pytest.mark.parametrize("asked", questions.all_questions(), ids=lambda asked: asked.name)
def test_no_answer_holds_what_the_paper_does_not_speak_of(
    asked: QueryFile, paper: Engine, spoken: Spoken
) -> None:
    """Asked of its example, of everything the paper speaks of, and of everything it does not speak of."""
    filled = [{}, *(of_its_kind(asked, things) for things in (spoken.of, spoken.not_of))]
    for given in filled:
        answer = paper.answer(bound(asked.text, {slot: terms for slot, terms in given.items() if terms}))
        assert isinstance(answer, Rows)
        cells = {cell for row in answer.rows for cell in row}
        # What is given comes back as it was given.
        echoed = {term for terms in given.values() for term in terms} or examples(asked)
        leaked = cells & spoken.not_of - echoed
        named = {str(each) for each in cells if isinstance(each, Literal) and str(each) in spoken.names}
        assert (sorted(map(str, leaked)), sorted(named)) == ([], [])


def test_every_case_of_the_paper_is_in_the_list_of_countries(paper: Engine) -> None:
    cases = {str(record["label"]) for record in questions.ask(paper, "case-list")}
    countries = {str(each["label"]): each["country"] for each in questions.ask(paper, "case-countries")}
    assert countries.keys() == cases
    assert countries["Unnamed system leadership group"] is None
