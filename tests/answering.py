"""Answers of named questions as sets of words, to be compared with those expected."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rdflib.term import Node

from kg.engine import Engine, Rows
from kg.queries import questions

__all__ = ["answered", "plain"]


def answered(engine: Engine, spec: Mapping[str, Any]) -> set[str]:
    """Ask one question and write its answer as the expected answers are written."""
    result = questions.rows(
        engine, spec["question"], questions.given_terms(spec["question"], spec.get("given", {}))
    )
    return written(result, spec["columns"], spec.get("written", "cell"))


def written(result: Rows, columns: Sequence[str], how: str) -> set[str]:
    places = [result.variables.index(column) for column in columns]
    found = set()
    for row in result.rows:
        cells = [plain(row[place]) for place in places]
        if how == "first: second":
            found.add(f"{cells[0]}: {cells[1]}")
        elif how == "column: cell":
            found.update(f"{column.casefold()}: {cell}" for column, cell in zip(columns, cells, strict=True))
        else:
            found.update(cells)
    return found


def plain(term: Node | str | None) -> str:
    return re.sub(r"[‘’]", "'", str(term)).casefold()
