"""The rows of the tables: answers to named questions, one row for each key, in a fixed order."""

import re
from collections.abc import Mapping, Sequence

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.errors import BadContent
from kg.language import ENGLISH, speaking
from kg.queries.questions import ask
from kg.tables.definitions import CODEBOOK, Code, Column, ColumnKind, Table, all_tables, table
from kg.tables.spreadsheet import SEPARATOR, csv_bytes

__all__ = ["Cell", "Row", "Tables", "as_csv", "natural", "type_in_words"]

# The values of a cell, none if it is empty; more than one only where the column may hold several.
Cell = tuple[str, ...]
Row = Mapping[str, Cell]
Record = Mapping[str, Node | None]

_NO_PART = "none"


class Tables:
    """The tables of one state of the graph; each is filled when it is first asked for.

    Args:
        engine: Where to ask.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows: dict[str, dict[str, Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """Give the rows of a table, by their keys in natural order.

        Raises:
            UnknownName: If there is no such table.
            BadContent: If the answers do not fit the table.
        """
        return list(self._by_key(name).values())

    def codes(self, column: Column) -> list[Code]:
        """Give the values that a column may hold, with their meanings; none if it holds no codes."""
        if not column.scheme:
            return list(column.codes)
        rows = [row for row in self.rows("concepts") if row["scheme"] == (column.scheme,)]
        rows.sort(key=lambda row: (int((row["position"] or ("999",))[0]), row["code"]))
        return [Code(row["code"][0], row["label"][0], row["definition"][0]) for row in rows]

    def _by_key(self, name: str) -> dict[str, Row]:
        if name not in self._rows:
            self._rows[name] = self._codebook() if name == CODEBOOK else self._filled(table(name))
        return self._rows[name]

    def _filled(self, wanted: Table) -> dict[str, Row]:
        own = [column for column in wanted.columns if column.looked_up is None and not column.parts]
        key = wanted.column(wanted.key)
        parts = [wanted.column(name) for name in key.parts or (key.name,)]
        groups: dict[str, list[Record]] = {}
        for record in self._records(wanted):
            groups.setdefault("/".join(_text(record, part) or _NO_PART for part in parts), []).append(record)
        filled: dict[str, Row] = {}
        for name in sorted(groups, key=natural):
            row: dict[str, Cell] = {column.name: _cell(column, wanted, groups[name]) for column in own}
            if key.parts:
                row[key.name] = (name,)
            filled[name] = {column.name: self._found(column, wanted, row) for column in wanted.columns}
        return filled

    # A table is data: it is the same whatever language the pages speak.
    @speaking(ENGLISH)
    def _records(self, wanted: Table) -> Sequence[Record]:
        given = {
            slot: [term for row in ask(self._engine, lister) if isinstance(term := row[slot], URIRef)]
            for slot, lister in wanted.each.items()
        }
        return ask(self._engine, wanted.question, None, **given)

    def _found(self, column: Column, wanted: Table, row: dict[str, Cell]) -> Cell:
        """Give a cell, taken from another table where the column says so."""
        if column.looked_up is None:
            return row[column.name]
        through, name = column.looked_up
        reference = wanted.column(through)
        named = row[through] if through in row else self._found(reference, wanted, row)
        return self._by_key(reference.refers)[named[0]][name] if named else ()

    def _codebook(self) -> dict[str, Row]:
        rows = {}
        for each in all_tables():
            for column in each.columns:
                described = {
                    "table": each.name,
                    "column": column.name,
                    "label": column.title,
                    "meaning": column.means,
                    "when_empty": column.empty,
                    "type": type_in_words(column),
                }
                rows[f"{each.name}/{column.name}/{_NO_PART}"] = described
                for code in self.codes(column):
                    rows[f"{each.name}/{column.name}/{code.code}"] = {
                        "table": each.name,
                        "column": column.name,
                        "code": code.code,
                        "label": code.label,
                        "meaning": code.means,
                    }
        names = [column.name for column in table(CODEBOOK).columns]
        return {
            key: {name: (told[name],) if told.get(name) else () for name in names}
            for key, row in rows.items()
            for told in [{**row, "entry": key}]
        }


def as_csv(tables: Tables, name: str) -> bytes:
    """Write a table as CSV that spreadsheet programs open safely.

    Raises:
        UnknownName: If there is no such table.
    """
    names = [column.name for column in table(name).columns]
    return csv_bytes(names, ([SEPARATOR.join(row[name]) for name in names] for row in tables.rows(name)))


def type_in_words(column: Column) -> str:
    """Say what a cell of a column holds."""
    one = {
        ColumnKind.KEY: "short name",
        ColumnKind.SLUG: "short name",
        ColumnKind.CODE: "code",
        ColumnKind.WORD: "code",
        ColumnKind.IRI: "address in the graph",
        ColumnKind.URL: "web address",
        ColumnKind.TEXT: "text",
        ColumnKind.YEAR: "year",
        ColumnKind.TIME: "year, month or day",
        ColumnKind.COUNT: "whole number",
    }[column.kind]
    return f"{one}, or several" if column.many else one


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Give what sorts a name with its numbers as numbers.

    >>> sorted(["leeds-10", "leeds-2", "devon-3"], key=natural)
    ['devon-3', 'leeds-2', 'leeds-10']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _text(record: Record, column: Column) -> str:
    term = record[column.variable]
    if term is None:
        return ""
    short = column.kind in {ColumnKind.SLUG, ColumnKind.CODE}
    return str(term).rstrip("/").rsplit("/", 1)[-1] if short else str(term)


def _cell(column: Column, wanted: Table, records: Sequence[Record]) -> Cell:
    if column.follows:
        lead = wanted.column(column.follows)
        pairs = {(_text(record, lead), _text(record, column)) for record in records}
        values = [value for _, value in sorted(pairs, key=lambda pair: (natural(pair[0]), pair[1]))]
        return tuple(values) if any(values) else ()
    values = sorted({_text(record, column) for record in records} - {""}, key=natural)
    if len(values) > 1 and not column.many:
        raise BadContent(f"{wanted.name}: {column.name} has more than one value, such as “{values[1]}”.")
    return tuple(values)
