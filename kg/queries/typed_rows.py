"""Rows of named questions, decoded into classes whose fields are the columns that are read."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from types import NoneType, UnionType
from typing import Any, TypeVar, dataclass_transform, get_args, get_type_hints

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.errors import BadContent
from kg.queries.questions import given_nodes, rows

__all__ = ["RowColumn", "columns_of", "grouped", "row_classes", "row_of", "rows_as"]

RowT = TypeVar("RowT")
KeyT = TypeVar("KeyT", bound=Hashable)


@dataclass(frozen=True)
class RowColumn:
    """A column of a question, as a row class reads it.

    Attributes:
        name: The variable, without its question mark.
        decode: Turns a cell into what the field holds; a ValueError says why it cannot.
        optional: Whether a cell may be empty; it becomes None.
    """

    name: str
    decode: Callable[[Node], Any]
    optional: bool


def _address(cell: Node) -> URIRef:
    if not isinstance(cell, URIRef):
        raise ValueError("it is not an address")
    return cell


def _truth(cell: Node) -> bool:
    if str(cell) not in _TRUTHS:
        raise ValueError("it is neither true nor false")
    return _TRUTHS[str(cell)]


# Some engines write what is true as 1.
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_DECODERS: Mapping[type, Callable[[Node], Any]] = {
    str: str,
    URIRef: _address,
    int: lambda cell: int(str(cell)),
    float: lambda cell: float(str(cell)),
    bool: _truth,
    date: lambda cell: date.fromisoformat(str(cell)),
}
_QUESTIONS: dict[type, str] = {}
_COLUMNS: dict[type, tuple[RowColumn, ...]] = {}


@dataclass_transform(frozen_default=True)
def row_of(question: str) -> Callable[[type[RowT]], type[RowT]]:
    """Make a class the row of a named question.

    Each field is the column of its name, `most_people` that of `?mostPeople`; an underscore at the end keeps
    clear of Python's own words. Its type says what a cell becomes: `str` the text of a literal or the address
    of a thing, `URIRef`, `int`, `float`, `bool`, `date`, or what a class method `of` makes of it, as
    for `Basis`; with `| None` where it may be empty. A class need not read every column. A test holds the
    fields of each class against its question.
    """

    def made(cls: type[RowT]) -> type[RowT]:
        row = dataclass(frozen=True)(cls)
        hints = get_type_hints(row)
        _QUESTIONS[row] = question
        _COLUMNS[row] = tuple(_column(field.name, hints[field.name]) for field in fields(row))  # type: ignore[arg-type]
        return row

    return made


def _column(field: str, hint: Any) -> RowColumn:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    (kind,) = (kind for kind in kinds if kind is not NoneType)
    first, *others = field.rstrip("_").split("_")
    return RowColumn(first + "".join(map(str.capitalize, others)), _decoder(kind), NoneType in kinds)


def _decoder(kind: type) -> Callable[[Node], Any]:
    of: Callable[[Node], Any] | None = getattr(kind, "of", None)
    return _DECODERS[kind] if of is None else of


def row_classes() -> dict[type, str]:
    """Return each row class with the question whose rows it holds."""
    return dict(_QUESTIONS)


def columns_of(row: type) -> tuple[RowColumn, ...]:
    """Return the columns that a row class reads, in the order of its fields."""
    return _COLUMNS[row]


def rows_as(
    row: type[RowT],
    engine: Engine,
    graphs: Sequence[URIRef] | None = None,
    **given: str | URIRef | Sequence[URIRef],
) -> list[RowT]:
    """Ask the question of a row class and return its rows.

    Args:
        row: A class that `row_of` has made the row of a question.
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
        **given: One term, or several, for each slot; an underscore at the end of a name as in `row_of`.

    Raises:
        BadContent: If a cell is empty or of another kind than its field says.
    """
    question, columns = _QUESTIONS[row], _COLUMNS[row]
    terms = given_nodes(question, {slot.rstrip("_"): value for slot, value in given.items()})
    answer = rows(engine, question, terms, graphs)
    places = [(column, answer.variables.index(column.name)) for column in columns]
    return [
        row(*[_decoded(cells[place], column, question) for column, place in places]) for cells in answer.rows
    ]


def _decoded(cell: Node | None, column: RowColumn, question: str) -> Any:
    if cell is None:
        if column.optional:
            return None
        raise BadContent(f"The question {question} gave a row without ?{column.name}, which it needs.")
    try:
        return column.decode(cell)
    except ValueError as fault:
        raise BadContent(f"The question {question} gave “{cell}” as ?{column.name}: {fault}.") from fault


def grouped(rows: Iterable[RowT], key: Callable[[RowT], KeyT]) -> dict[KeyT, list[RowT]]:
    """Return the rows by a key, groups and rows in the order in which they came.

    >>> grouped(["ab", "b", "a"], key=len)
    {2: ['ab'], 1: ['b', 'a']}
    """
    groups: dict[KeyT, list[RowT]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
