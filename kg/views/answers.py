"""The answer to any query, as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.engine import Answer, Engine, Rows, Truth
from kg.engine.outline import outline_of
from kg.queries.questions import rows
from kg.terms import BASE, bound_graph, shorten
from kg.things import page_of
from kg.views.choices import Graphs

__all__ = ["AnswerView", "GraphSummary", "answer_view", "graph_summary", "on_offer"]

_MOST_ROWS = 1_000
_MOST_TRIPLES = 2_000
_ROW_FORMATS = (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml"))
_GRAPH_FORMATS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("N-Triples", "nt"), ("RDF/XML", "rdf"))
# What a server reads of an address without fault, whatever stands in front of it.
_LONGEST_LINK = 8_000


@dataclass(frozen=True)
class AnswerView:
    """An answer as a page shows it.

    Attributes:
        columns: Names of the columns; none where the answer is no table.
        rows: Cells, numbers as numbers; None where nothing is said.
        pages: Columns whose cells are addresses of pages of ours.
        text: A sentence or Turtle, where the answer is no table.
        total: How many rows or triples there are, shown or not.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]
    pages: frozenset[str]
    text: str
    total: int


def answer_view(answer: Answer) -> AnswerView:
    """Give what a page shows of an answer: a table of its first rows, a word, or Turtle."""
    if isinstance(answer, Truth):
        return AnswerView((), (), frozenset(), "Yes, there is." if answer.value else "No, there is not.", 1)
    if not isinstance(answer, Rows):
        first = answer.triples[:_MOST_TRIPLES]
        text = bound_graph(first).serialize(format="turtle") if first else "# no triple\n"
        return AnswerView((), (), frozenset(), text, len(answer.triples))
    first_rows = answer.rows[:_MOST_ROWS]
    pages = frozenset(
        name
        for place, name in enumerate(answer.variables)
        if first_rows and all(_has_page(row[place]) for row in first_rows)
    )
    return AnswerView(
        answer.variables,
        tuple(
            tuple(_cell(cell, name in pages) for name, cell in zip(answer.variables, row, strict=True))
            for row in first_rows
        ),
        pages,
        "",
        len(answer.rows),
    )


def _has_page(cell: Node | None) -> bool:
    return isinstance(cell, URIRef) and str(cell).startswith(BASE)


def _cell(cell: Node | None, is_page: bool) -> str | int | float | None:
    if cell is None:
        return None
    if isinstance(cell, URIRef):
        return page_of(str(cell)) if is_page else shorten(str(cell))
    if isinstance(cell, Literal):
        value = cell.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
    return str(cell)


def on_offer(query: str, graphs: Graphs) -> tuple[tuple[str, str], ...]:
    """Give the formats in which the endpoint answers a query, each with the address that does so.

    Returns:
        Names and addresses; none if the query is too long for an address.
    """
    form = outline_of(query).form
    formats = _GRAPH_FORMATS if form is not None and form.gives_triples else _ROW_FORMATS
    slots: list[tuple[str, str]] = [("query", query)]
    if graphs is not None and not outline_of(query).names_dataset:
        slots += [(slot, str(graph)) for graph in graphs for slot in ("default-graph-uri", "named-graph-uri")]
    links = tuple((name, f"sparql?{urlencode([*slots, ('format', form)])}") for name, form in formats)
    return links if all(len(address) <= _LONGEST_LINK for _, address in links) else ()


@dataclass(frozen=True)
class GraphSummary:
    """What the graph holds, in the terms that a query uses.

    Attributes:
        classes: Each class with its prefix, and how many things of it there are, most first.
        properties: Each property with its prefix, and how often it is used, most first.
        graphs: How many named graphs there are.
    """

    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int], ...]
    graphs: int


def graph_summary(engine: Engine, graphs: Graphs = None) -> GraphSummary:
    """Count what the graph holds."""
    return GraphSummary(
        _counted(rows(engine, "class-counts", graphs=graphs).rows),
        _counted(rows(engine, "property-counts", graphs=graphs).rows),
        len(rows(engine, "graph-list").rows) if graphs is None else len(graphs),
    )


def _counted(answer_rows: Sequence[tuple[Node | None, ...]]) -> tuple[tuple[str, int], ...]:
    counts = [(shorten(str(row[0])), int(str(row[1]))) for row in answer_rows]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
