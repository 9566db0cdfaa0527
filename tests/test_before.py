"""How it was before leaders changed it: said, shown, and never counted as done."""

from rdflib import URIRef

from app_pages.parts.templates import render
from app_pages.reading import headings
from kg import network, views, words
from kg.build.store import open_engine
from kg.engine import Engine, Rows
from kg.graph.content import Content
from kg.queries import questions
from kg.queries.binding import bound
from kg.search import corpus
from kg.terms import PREFIXES

CASE = URIRef(PREFIXES["case"] + "river-town")
CLAIM = URIRef(PREFIXES["claim"] + "river-town-1")
PRACTICE = URIRef(PREFIXES["practice"] + "meet-face-to-face-often")
DONE = "sl:relation relation:uses ;\n    sl:object practice:meet-face-to-face-often"
GIVEN = {"case": [CASE], "practice": [PRACTICE], "concept": [PRACTICE], "claim": [CLAIM], "thing": [PRACTICE]}


def before(world: Content) -> Engine:
    """Say of the invented place that its leaders met often before, and not that they do."""
    path = world.data / "cases" / "river-town.ttl"
    text = path.read_text()
    assert DONE in text
    path.write_text(
        text.replace("Leaders met every Friday", "Before, leaders met every Friday").replace(
            DONE, DONE.replace("uses", "did-before")
        )
    )
    return open_engine(world)


def joining(engine: Engine) -> set[str]:
    """Return the questions that join the case and the practice in a row that does not say how."""
    found = set()
    for asked in questions.all_questions():
        given = {slot: GIVEN[slot] for slot in asked.given if slot in GIVEN}
        answer = engine.answer(bound(asked.text, given) if given else asked.text)
        assert isinstance(answer, Rows)
        says_how = {"relation", "predicate"} & set(answer.variables)
        if not says_how and any({CASE, PRACTICE} <= set(row) for row in answer.rows):
            found.add(asked.name)
    return found


def test_no_question_counts_it_as_done(world_engine: Engine, own_world: Content) -> None:
    done = joining(world_engine)
    assert {"case-practices-among", "concept-cases", "feature-cases-read", "comparison-ties"} <= done
    assert joining(before(own_world)) == set()


def test_it_ties_nothing_in_network_and_search(world_engine: Engine, own_world: Content) -> None:
    def tied(engine: Engine) -> tuple[bool, bool]:
        gathered = network.read_network(engine)
        read = corpus.read_corpus(engine)
        ends = {read.things[tie.one].iri for tie in read.case_ties if read.things[tie.other].iri == str(CASE)}
        return gathered.graph.has_edge(str(CASE), str(PRACTICE)), str(PRACTICE) in ends

    assert tied(world_engine) == (True, True)
    assert tied(before(own_world)) == (False, False)


def test_it_is_shown_as_how_it_was_before(own_world: Content) -> None:
    engine = before(own_world)
    entry = views.entry(engine, "scheme/practices/meet-face-to-face-often")
    assert entry.mentions.found_in.count == 0
    (group,) = (each for each in entry.mentions.told if each.key == "before")
    assert headings.heading_of("practices", group.key) == "How it was before"
    (tie,) = group.shown
    assert tie.statement.text.startswith("Before, ")
    assert words.BEFORE in words.marks(tie.statement)
    assert words.BEFORE in render("tools/statements.html", statements=[tie.statement])
