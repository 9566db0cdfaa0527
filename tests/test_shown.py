"""Which statements people read.

What says only how a document is arranged is on no page, list or count; of what says the same, one is.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from rdflib import URIRef

from kg import views
from kg.engine import Engine
from kg.network import leading, neighbourhood, read_network, told_paths
from kg.network.paths import legs_between
from kg.queries.questions import ask
from kg.queries.typed_rows import columns_of, row_classes
from kg.search import read_corpus
from kg.search.corpus import UNSAID
from kg.shown import Shown, shown_statements
from kg.terms import PREFIXES
from kg.views.statements import recorded_statements, statements_of
from tests.frozen import ROOT
from tests.pages import read_page

CLAIM = PREFIXES["claim"]
# What the frozen collection keeps for those who query alone.
ARRANGED = frozenset({f"{CLAIM}field-238", f"{CLAIM}field-255", f"{CLAIM}field-318"})
# Statements that say the same as another, with the one that people read.
INSTEAD = {
    f"{CLAIM}canterbury-18": f"{CLAIM}canterbury-15",
    f"{CLAIM}canterbury-19": f"{CLAIM}canterbury-15",
    f"{CLAIM}canterbury-55": f"{CLAIM}canterbury-54",
    f"{CLAIM}canterbury-56": f"{CLAIM}canterbury-54",
    f"{CLAIM}field-67": f"{CLAIM}field-66",
}
PRACTICE = "scheme/practices/meet-face-to-face-often"
FACTOR = "scheme/factors/have-frequent-personal-contact"
# Functions that take rows of statements as they are recorded, and why.
AS_RECORDED = {
    # The page of a single statement, whoever reads it.
    ("kg/views/statements.py", "recorded_statements"),
    # What a practice or difficulty belongs to, which names no statement.
    ("kg/views/cases.py", "_main_factors"),
    ("kg/views/ties.py", "joined_rows"),
    # A log is whole, and statements that differ or tell of set-backs say more than how a text is arranged.
    ("kg/views/changes.py", "changes"),
    ("kg/views/changes.py", "_withdrawn"),
    ("kg/views/documents.py", "_differing"),
    ("kg/views/ties.py", "_setbacks"),
}


def slugs(found: object) -> Iterator[str]:
    """The slugs of all statements inside what a view gives."""
    if isinstance(found, views.Statement):
        yield found.slug
    elif isinstance(found, (tuple, list)):
        for each in found:
            yield from slugs(each)
    elif isinstance(found, dict):
        yield from slugs(list(found.items()))
    elif hasattr(found, "__dataclass_fields__"):
        for name in found.__dataclass_fields__:
            yield from slugs(getattr(found, name))


def test_the_collection_has_some_to_leave_out(engine: Engine) -> None:
    shown = shown_statements(engine)
    assert shown.hidden == ARRANGED
    assert shown.instead == INSTEAD
    told = ask(engine, "statement-arrangements")
    assert {str(row["claim"]) for row in told} == ARRANGED, "those who query find them"
    assert all(row["statement"] for row in told)


def test_statements_are_given_without_them(engine: Engine) -> None:
    asked = [f"{CLAIM}field-255", f"{CLAIM}field-73"]
    assert set(statements_of(engine, asked, None)) == {f"{CLAIM}field-73"}
    assert set(recorded_statements(engine, asked, None)) == set(asked)
    one, same = f"{CLAIM}canterbury-15", f"{CLAIM}canterbury-18"
    told = statements_of(engine, [same, one], None)
    assert told[same] == told[one]
    assert told[one].slug == "canterbury-15"
    assert recorded_statements(engine, [same], None)[same].slug == "canterbury-18"


@dataclass(frozen=True)
class Row:
    """A row of a claim in a list."""

    claim: str
    list_of: str = ""


def test_of_statements_that_say_the_same_a_list_has_one() -> None:
    shown = Shown(frozenset({"tie"}), {"two": "one", "three": "one"})
    assert shown.rows([Row("two"), Row("one"), Row("tie"), Row("other")]) == [Row("one"), Row("other")]
    assert shown.rows([Row("two"), Row("three"), Row("two")]) == [Row("one"), Row("one")], "all rows of two"
    rows = [Row("one", "a"), Row("two", "b"), Row("three", "b")]
    assert shown.rows(rows, lambda row: row.list_of) == [Row("one", "a"), Row("one", "b")]


@pytest.mark.parametrize("path", [PRACTICE, FACTOR, "scheme/challenges/suppressed-conflict"])
def test_no_page_of_a_term_lists_them(engine: Engine, path: str) -> None:
    shown = views.entry(engine, path)
    found = set(slugs(shown))
    assert found
    assert found.isdisjoint(each.removeprefix(CLAIM) for each in ARRANGED)


def test_a_practice_still_leads_to_its_factor(engine: Engine) -> None:
    shown = views.entry(engine, PRACTICE)
    assert shown.mentions.on("factors") is None
    ((factor, said),) = shown.mentions.factors
    assert (factor.name, said) == ("Have frequent personal contact", True)
    text = read_page("practice", id="meet-face-to-face-often").html
    assert f'<dt>Factor</dt><dd><a href="{factor.address}">' in text
    of_the_factor = views.factor(engine, "have-frequent-personal-contact")
    assert "Meet face to face often" in {each.practice.name for each in of_the_factor.practices}
    assert set(slugs(of_the_factor.section)).isdisjoint({"field-255"})


def test_the_document_and_the_counts_leave_them_out(engine: Engine) -> None:
    (start,) = ask(engine, "source-starting-point")
    paper = str(start["source"]).removeprefix(PREFIXES["source"])
    shown = views.document(engine, paper)
    stand = {
        str(row["claim"])
        for row in ask(engine, "source-statements", source=URIRef(PREFIXES["source"] + paper))
    }
    assert ARRANGED.issubset(stand)
    assert shown.statements == len(stand) - len(ARRANGED) - len(INSTEAD)
    stats = views.collection_stats(engine)
    assert stats.unlisted == len(ARRANGED) + len(INSTEAD)
    assert stats.statements + stats.unlisted == views.counts(engine)["statements"]
    kinds = views.coverage(engine).kinds.rows
    assert sum(int(row[2]) for row in kinds) == stats.statements


def test_a_search_finds_none_but_follows_what_they_tie(engine: Engine) -> None:
    corpus = read_corpus(engine)
    assert not ARRANGED & {statement.iri for statement in corpus.statements}
    place = {thing.iri: number for number, thing in enumerate(corpus.things)}
    practice = place[PREFIXES["practice"] + "meet-face-to-face-often"]
    factor = place[PREFIXES["factor"] + "have-frequent-personal-contact"]
    (tie,) = (each for each in corpus.ties if (each.one, each.other) == (practice, factor))
    assert tie.statement == UNSAID


def test_connections_tell_none_and_name_the_section(engine: Engine) -> None:
    network = read_network(engine)
    ends = (
        PREFIXES["practice"] + "meet-face-to-face-often",
        PREFIXES["factor"] + "have-frequent-personal-contact",
    )
    ((step,),) = told_paths(engine, [list(legs_between(network, ends))])
    assert step.statements == ()
    assert (
        step.sentence
        == "“Meet face to face often” is set out in the section on “Have frequent personal contact”."
    )
    assert step.claims == (f"{CLAIM}field-255",)
    assert step.where
    part = neighbourhood(network, network.named(FACTOR))
    assert ARRANGED.isdisjoint(claim for line in part.lines for claim in line.claims)
    difficulty = network.named("Crowded agendas")
    assert all(step.statements for way in told_paths(engine, leading(network, difficulty)) for step in way)


def test_the_page_of_a_case_has_each_thing_said_once(engine: Engine) -> None:
    found = views.case(engine, "canterbury")
    listed = [each.slug for group in found.groups for _, told in group.parts for each in told]
    assert {"canterbury-15", "canterbury-54"} <= set(listed)
    assert not {"canterbury-18", "canterbury-19", "canterbury-55", "canterbury-56"} & set(listed)
    assert sum(source.statements for source in found.row.sources) == len(set(listed))
    assert "canterbury-55" not in {each.slug for each in found.timeline}
    (dated,) = views.chronology(engine, {"canterbury": "Canterbury"}).cases
    times = [each.statement.slug for each in dated.dated]
    assert times.count("canterbury-54") == 1
    assert "canterbury-55" not in times


def test_a_term_that_only_such_a_statement_names_leads_to_the_one_people_read(engine: Engine) -> None:
    shown = views.entry(engine, "scheme/practices/build-a-positive-shared-vision").mentions.found_in
    (canterbury,) = (each for each in shown.shown if each.case.address == "case?id=canterbury")
    assert [tie.statement.slug for tie in canterbury.shown] == ["canterbury-15"]
    assert canterbury.count == 1


def test_a_comparison_keeps_what_each_of_them_is_about(engine: Engine) -> None:
    cases = [views.case(engine, slug) for slug in ("canterbury", "leeds")]
    rows = [row for section in views.comparison(engine, cases).sections for row in section.rows]
    named = {row.matter.name: row.cells[0].stated for row in rows}
    for matter in ("Build a positive shared vision", "Engage the community widely in the plan"):
        assert [each.slug for each in named[matter]] == ["canterbury-15"], matter


def test_a_search_gives_one_of_them(engine: Engine) -> None:
    corpus = read_corpus(engine)
    iris = [statement.iri for statement in corpus.statements]
    assert set(iris).isdisjoint(INSTEAD)
    number = iris.index(f"{CLAIM}canterbury-15")
    named = {corpus.things[thing].label for thing, _ in corpus.named_by[number]}
    assert {"Build a positive shared vision", "Engage the community widely in the plan"} <= named


def test_connections_are_told_by_the_one_people_read(engine: Engine) -> None:
    network = read_network(engine)
    ends = PREFIXES["case"] + "canterbury", PREFIXES["practice"] + "build-a-positive-shared-vision"
    ((step,),) = told_paths(engine, [list(legs_between(network, ends))])
    assert [each.slug for each in step.statements] == ["canterbury-15"]
    assert step.claims == (f"{CLAIM}canterbury-18",)


def test_its_own_page_names_the_one_people_read(engine: Engine) -> None:
    page = read_page("claim", id="canterbury-18").html
    assert 'In short: <a href="claim?id=canterbury-15"' in page
    assert "case?id=canterbury#canterbury-15" in page, "its place on the page of the case"
    assert "case?id=canterbury#canterbury-18" not in page
    assert "In short:" not in read_page("claim", id="canterbury-15").html
    told = ask(engine, "statement-shown-as")
    assert {str(row["claim"]): str(row["shownAs"]) for row in told} == INSTEAD, "those who query find them"


def test_its_own_page_says_why_no_list_shows_it(engine: Engine) -> None:
    assert not views.statement_page(engine, "field-255").listed
    only_arranged = "This statement only says where something stands in its document."
    assert only_arranged in read_page("claim", id="field-255").html
    assert only_arranged not in read_page("claim", id="field-73").html


def test_every_view_takes_rows_of_statements_that_people_read() -> None:
    """A new list of statements has to ask `shown_rows`, or say above why it does not."""
    with_claim = {
        (row.__module__, row.__name__)
        for row in row_classes()
        if any(column.name == "claim" for column in columns_of(row))
    }
    found = set()
    for path in sorted((ROOT / "kg" / "views").glob("*.py")):
        module = f"kg.views.{path.stem}"
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                found |= {
                    (path.relative_to(ROOT).as_posix(), function.name)
                    for call in asked(function)
                    if (module, call) in with_claim
                }
    assert found == AS_RECORDED


def asked(function: ast.FunctionDef) -> Iterator[str]:
    """The row classes whose rows a function takes as they are recorded."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "rows_as":
            yield ast.unparse(node.args[0])
