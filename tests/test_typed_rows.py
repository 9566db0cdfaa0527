"""Rows decoded into classes: each class held against its question, and each fault said in a sentence."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

import pytest
from rdflib import Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

import kg
from kg.engine import Rows
from kg.errors import BadContent, UnknownName
from kg.evidence import Basis
from kg.queries.questions import question
from kg.queries.typed_rows import columns_of, grouped, row_classes, row_of, rows_as
from kg.terms import expand


def every_row_class() -> list[tuple[type, str]]:
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {row: name for row, name in row_classes().items() if row.__module__.startswith("kg.")}
    return sorted(found.items(), key=lambda pair: (pair[0].__module__, pair[0].__qualname__))


ROW_CLASSES = every_row_class()


def always_bound(part: CompValue) -> set[Variable]:
    """The variables of a part of a query that no row leaves empty."""
    match part.name:
        case "BGP":
            return {term for triple in part.triples for term in triple if isinstance(term, Variable)}
        case "Join":
            return always_bound(part.p1) | always_bound(part.p2)
        case "LeftJoin" | "Minus":
            return always_bound(part.p1)
        case "Union":
            return always_bound(part.p1) & always_bound(part.p2)
        case "Graph":
            return always_bound(part.p) | ({part.term} if isinstance(part.term, Variable) else set())
        case "values":
            rows = [{name for name, value in row.items() if value != "UNDEF"} for row in part.res]
            return set.intersection(*rows)
        case "Extend":
            inner = always_bound(part.p)
            fails = set(variables(part.expr)) - inner and "COALESCE" not in str(part.expr)
            return inner if fails else inner | {part.var}
        case "AggregateJoin":
            inner = always_bound(part.p.p)
            return {each.res for each in part.A if each.name != "Aggregate_Sample" or each.vars in inner}
        case "SelectQuery" | "Project" | "Distinct" | "OrderBy" | "Filter" | "ToMultiSet" | "Slice":
            inner = always_bound(part.p)
            return inner & set(part.PV) if part.PV else inner
    raise AssertionError(f"{part.name} is a form that this test does not know")


def variables(expression: object) -> Iterator[Variable]:
    """The variables that an expression needs; BOUND needs none."""
    if isinstance(expression, Variable):
        yield expression
    elif isinstance(expression, CompValue) and expression.name == "Builtin_BOUND":
        return
    elif isinstance(expression, CompValue):
        yield from chain.from_iterable(map(variables, expression.values()))
    elif isinstance(expression, list):
        yield from chain.from_iterable(map(variables, expression))


def bound_columns(text: str) -> tuple[set[str], set[str]]:
    """All columns of a query, and those that are never empty."""
    algebra = prepareQuery(text).algebra
    return set(map(str, algebra.PV)), set(map(str, always_bound(algebra)))


def test_there_are_row_classes_to_look_at() -> None:
    assert len(ROW_CLASSES) > 10


@pytest.mark.parametrize(("row", "name"), ROW_CLASSES, ids=lambda value: getattr(value, "__name__", value))
def test_each_field_is_a_column_of_its_question(row: type, name: str) -> None:
    columns, never_empty = bound_columns(question(name).text)
    assert columns_of(row)
    assert {column.name for column in columns_of(row)} <= columns
    assert {column.name for column in columns_of(row) if not column.optional} <= never_empty


@pytest.mark.parametrize(
    ("text", "never_empty"),
    [
        ("SELECT ?a ?b { ?a ?p ?b }", "ab"),
        ("SELECT ?a ?b { ?a a ?x OPTIONAL { ?a ?p ?b } }", "a"),
        ("SELECT ?a ?b { { ?a ?p ?b } UNION { ?a a ?x } }", "a"),
        ("SELECT ?a ?b { ?a a ?x OPTIONAL { ?a ?p ?c } BIND(STR(?c) AS ?b) }", "a"),
        ("SELECT ?a ?b { ?a a ?x OPTIONAL { ?a ?p ?c } BIND(COALESCE(?c, 1) AS ?b) }", "ab"),
        ("SELECT ?a ?b { ?a a ?x OPTIONAL { ?a ?p ?c } BIND(IF(BOUND(?c), 1, 2) AS ?b) }", "ab"),
        ("SELECT ?a ?b { ?a a ?x BIND(STR(?x) AS ?b) FILTER NOT EXISTS { ?a ?p ?c } }", "ab"),
        ("SELECT ?a (COUNT(?x) AS ?b) { ?a a ?x } GROUP BY ?a", "ab"),
        ("SELECT ?a ?b (COUNT(?x) AS ?n) { ?a a ?x OPTIONAL { ?a ?p ?b } } GROUP BY ?a ?b", "an"),
        ("SELECT ?a ?b { VALUES (?a ?b) { (1 2) (3 UNDEF) } }", "a"),
        ("SELECT ?a { GRAPH ?a { ?x ?y ?z } } ORDER BY ?a LIMIT 1", "a"),
        ("SELECT ?a ?b { ?a a ?x { SELECT ?x ?b { ?x ?p ?b } } }", "ab"),
    ],
)
def test_the_test_for_empty_cells_sees_them(text: str, never_empty: str) -> None:
    assert bound_columns(text)[1] == set(never_empty)


CELLS: dict[str, Node | None] = {
    "thing": URIRef("https://example.org/a"),
    "label": Literal("Leeds", lang="en"),
    "mostPeople": Literal(7),
    "share": Literal(0.5),
    "day": Literal(date(2026, 1, 2)),
    "open": Literal(True),
    "basis": URIRef(expand("basis:explicit")),
    "class": None,
}


class One:
    """An engine that gives one row, whatever it is asked."""

    def __init__(self, cells: dict[str, Node | None]) -> None:
        self.cells = cells

    def answer(self, query: str, graphs: object = None) -> Rows:
        return Rows(tuple(self.cells), [tuple(self.cells.values())])


@row_of("case-list")
class ManyKinds:
    thing: URIRef
    label: str
    most_people: int
    share: float
    day: date
    open: bool
    basis: Basis
    class_: str | None


def test_each_cell_becomes_what_its_field_says() -> None:
    (row,) = rows_as(ManyKinds, One(CELLS))
    assert row == ManyKinds(
        URIRef("https://example.org/a"), "Leeds", 7, 0.5, date(2026, 1, 2), True, Basis.EXPLICIT, None
    )
    assert (type(row.thing), type(row.label), type(row.basis)) == (URIRef, str, Basis)


@pytest.mark.parametrize(
    ("name", "cell", "fault"),
    [
        ("label", None, r"gave a row without \?label, which it needs"),
        ("thing", Literal("a"), r"gave “a” as \?thing: it is not an address"),
        ("mostPeople", Literal("many"), r"gave “many” as \?mostPeople: invalid literal"),
        ("open", Literal("perhaps"), r"gave “perhaps” as \?open: it is neither true nor false"),
        ("day", Literal("2026"), r"gave “2026” as \?day: Invalid isoformat"),
    ],
)
def test_a_cell_of_another_kind_is_refused(name: str, cell: Node | None, fault: str) -> None:
    with pytest.raises(BadContent, match=f"^The question case-list {fault}"):
        rows_as(ManyKinds, One({**CELLS, name: cell}))


def test_a_concept_that_the_program_does_not_know_is_refused() -> None:
    with pytest.raises(BadContent, match="basis:guessed is not known to the program"):
        rows_as(ManyKinds, One({**CELLS, "basis": URIRef(expand("basis:guessed"))}))


def test_what_is_given_is_checked_as_everywhere() -> None:
    with pytest.raises(UnknownName, match="There is no slot"):
        rows_as(ManyKinds, One(CELLS), case=URIRef(expand("case:leeds")))


def test_groups_and_rows_keep_their_order() -> None:
    words: Iterable[str] = ["bb", "a", "cc", "b"]
    assert list(grouped(words, key=len).items()) == [(2, ["bb", "cc"]), (1, ["a", "b"])]
