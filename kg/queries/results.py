"""Answers written in the formats that people and programs ask for."""

import csv
import io
from typing import TYPE_CHECKING, Any

from rdflib import Variable
from rdflib.query import Result
from rdflib.term import Identifier, Node

from kg.engine import Answer, Rows, Triples, Truth
from kg.errors import KgError, UnknownName
from kg.graph.oxigraph import ntriples
from kg.terms import bound_graph, shorten

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "write_answer"]

WIDEST_CELL = 60
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "jsonld")
_FOR_TRIPLES = {"turtle": "turtle", "jsonld": "json-ld", "table": "turtle"}


def write_answer(answer: Answer, form: str) -> str:
    """Write an answer.

    Args:
        answer: What an engine gave.
        form: One of `FORMATS`; csv, tsv, json and xml are those of SPARQL 1.1.

    Returns:
        Text that ends with a line end.

    Raises:
        UnknownName: If there is no such format.
        KgError: If this kind of answer has no such format.
    """
    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    if isinstance(answer, Triples):
        if form not in _FOR_TRIPLES:
            raise KgError(f"CONSTRUCT and DESCRIBE are written as turtle or jsonld, not as {form}.")
        return bound_graph(answer.triples).serialize(format=_FOR_TRIPLES[form]).strip() + "\n"
    if form in {"turtle", "jsonld"}:
        raise KgError(f"SELECT and ASK are written as table, csv, tsv, json or xml, not as {form}.")
    if isinstance(answer, Truth):
        return _truth(answer, form)
    writers: dict[str, Callable[[Rows], str]] = {"table": _table, "tsv": _tsv, "csv": _csv}
    return writers[form](answer) if form in writers else _standard(answer, form)


def _truth(answer: Truth, form: str) -> str:
    if form in {"json", "xml"}:
        result = Result("ASK")
        result.askAnswer = answer.value
        return _serialized(result, form)
    return f"{str(answer.value).lower()}\n"


def _standard(answer: Rows, form: str) -> str:
    result = Result("SELECT")
    result.vars = [Variable(name) for name in answer.variables]
    result.bindings = [
        {
            Variable(name): cell
            for name, cell in zip(answer.variables, row, strict=True)
            if isinstance(cell, Identifier)
        }
        for row in answer.rows
    ]
    return _serialized(result, form)


def _serialized(result: Any, form: str) -> str:
    text = result.serialize(format=form)
    return (text.decode() if isinstance(text, bytes) else str(text)).strip() + "\n"


def _csv(answer: Rows) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(answer.variables)
    writer.writerows([["" if cell is None else str(cell) for cell in row] for row in answer.rows])
    return out.getvalue()


def _tsv(answer: Rows) -> str:
    lines = ["\t".join(f"?{name}" for name in answer.variables)]
    lines += ["\t".join("" if cell is None else ntriples(cell) for cell in row) for row in answer.rows]
    return "\n".join(lines) + "\n"


def _table(answer: Rows) -> str:
    cells = [[_short(cell) for cell in row] for row in answer.rows]
    widths = [
        max(len(name), *(len(row[place]) for row in cells)) if cells else len(name)
        for place, name in enumerate(answer.variables)
    ]
    lines = [
        "  ".join(name.ljust(width) for name, width in zip(answer.variables, widths, strict=True)),
        "  ".join("-" * width for width in widths),
        *("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells),
    ]
    count = len(cells)
    lines.append(f"({count} row{'' if count == 1 else 's'})")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _short(cell: Node | None) -> str:
    if cell is None:
        return ""
    text = " ".join(shorten(str(cell)).split())
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 1] + "…"
