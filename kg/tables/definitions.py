"""What each table holds and what each of its columns means, read from one file a table."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import BadContent, UnknownName
from kg.storage.files import text_of

__all__ = ["CODEBOOK", "Code", "Column", "ColumnKind", "Table", "all_tables", "read_table", "table"]

_FOLDER = Path(__file__).parent
CODEBOOK = "codebook"
# The order in which people are shown the tables; a table refers to any other.
_ORDER = (
    "practice-evidence",
    "claims",
    "cases",
    "practices",
    "sources",
    "illustrations",
    "concepts",
    CODEBOOK,
)


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    KEY = "key"
    SLUG = "slug"
    CODE = "code"
    WORD = "word"
    IRI = "iri"
    URL = "url"
    TEXT = "text"
    YEAR = "year"
    TIME = "time"
    COUNT = "count"


@dataclass(frozen=True)
class Code:
    """One value that a column may hold, and what it means."""

    code: str
    label: str
    means: str


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its heading.
        title: The heading in words.
        means: What its cells hold, in sentences.
        kind: What its cells are.
        empty: What an empty cell means; "" if no cell is ever empty.
        variable: The variable of the question that gives it.
        room: For short names, the prefix of the addresses they stand for; "" if there are several.
        scheme: For codes, the concept scheme they are of.
        codes: Values that are explained here and stand in no scheme.
        many: Whether a cell may hold several values.
        follows: The column whose order the values of a cell keep; "" for their own.
        parts: For a key, the columns it is joined from.
        refers: The table whose rows its values name; "" if none.
        looked_up: The column that names the row, and the column of that row, from which it is taken.
    """

    name: str
    title: str
    means: str
    kind: ColumnKind
    empty: str = ""
    variable: str = ""
    room: str = ""
    scheme: str = ""
    codes: tuple[Code, ...] = ()
    many: bool = False
    follows: str = ""
    parts: tuple[str, ...] = ()
    refers: str = ""
    looked_up: tuple[str, str] | None = None

    @property
    def required(self) -> bool:
        """Whether no cell is ever empty."""
        return not self.empty


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: Its name, which is that of its file.
        title: The name in words.
        row: What one row is, in a sentence.
        note: What has to be known before counting; "" if nothing.
        question: The named question that gives its rows; "" for the codebook.
        each: For each slot of the question, the named question whose column of that name is given.
        key: The column that names a row.
        columns: In their order.
    """

    name: str
    title: str
    row: str
    note: str
    question: str
    each: Mapping[str, str]
    key: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Find a column.

        Raises:
            UnknownName: If there is none of that name.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownName("column", name, [column.name for column in self.columns])


def all_tables() -> list[Table]:
    """Give every table, in the order in which people are shown them."""
    return [table(name) for name in _ORDER]


def table(name: str) -> Table:
    """Find a table.

    Raises:
        UnknownName: If there is none of that name; the nearest is offered.
    """
    if name not in _ORDER:
        raise UnknownName("table", name, _ORDER)
    return _known(name)


@cache
def _known(name: str) -> Table:
    return read_table(_FOLDER / f"{name}.toml")


def read_table(path: Path) -> Table:
    """Read what one table holds.

    Raises:
        BadContent: If the file is not of the form that the others have.
    """
    try:
        told = tomllib.loads(text_of(path))
        columns: dict[str, Column] = {}
        for each in told["columns"]:
            columns[each["name"]] = _column(each, columns)
        return Table(
            name=path.stem,
            title=told["title"],
            row=told["row"],
            note=told.get("note", ""),
            question=told.get("question", ""),
            each=told.get("each", {}),
            key=told["key"],
            columns=tuple(columns.values()),
        )
    except tomllib.TOMLDecodeError as error:
        raise BadContent(f"{path.name}: {error}") from error
    except KeyError as error:
        raise BadContent(f"{path.name}: {error.args[0]} is missing.") from error


def _column(told: Mapping[str, Any], before: Mapping[str, Column]) -> Column:
    if "from" in told:
        return _looked_up(told, before)
    values = dict(told)
    required = values.pop("required", False)
    if required == bool(values.get("empty")):
        raise BadContent(f"{told['name']}: a column is either required, or says what an empty cell means.")
    if unknown := set(values) - {field.name for field in fields(Column)}:
        raise BadContent(f"{told['name']}: a column has no {sorted(unknown)[0]}.")
    values["kind"] = ColumnKind(values["kind"])
    values["codes"] = tuple(Code(**code) for code in values.get("codes", ()))
    values["parts"] = tuple(values.get("parts", ()))
    values.setdefault("variable", told["name"])
    return Column(**values)


def _looked_up(told: Mapping[str, Any], before: Mapping[str, Column]) -> Column:
    """Take a column, with its meaning, from the table that another column of this table refers to."""
    through, _, name = told["from"].partition(".")
    reference = before[through]
    origin = table(reference.refers).column(name)
    return replace(
        origin,
        name=told["name"],
        title=told.get("title", origin.title),
        empty=" Or: ".join(text for text in (origin.empty, reference.empty) if text),
        looked_up=(through, name),
    )
