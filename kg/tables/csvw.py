"""Metadata by the W3C's CSV on the Web: types, keys and meanings, for programs that read the tables."""

from typing import Any

from kg.tables.definitions import Column, ColumnKind, Table, all_tables, table
from kg.tables.filling import Tables
from kg.tables.spreadsheet import SEPARATOR
from kg.terms import PREFIXES, SCHEMES

__all__ = ["LICENCE", "metadata"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_TYPES: dict[ColumnKind, Any] = {
    ColumnKind.IRI: "anyURI",
    ColumnKind.URL: "anyURI",
    ColumnKind.YEAR: "gYear",
    ColumnKind.COUNT: {"base": "integer", "minimum": 0},
    ColumnKind.TIME: {"base": "string", "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"},
}
_PREFIX_OF = {scheme: prefix for prefix, scheme in SCHEMES.items()}


def metadata(tables: Tables, name: str | None = None) -> dict[str, Any]:
    """Describe a table, or all of them, as a table group.

    Args:
        tables: The tables, for the coded values that stand in the graph.
        name: The table, described with those that it refers to; None for all of them.

    Returns:
        A JSON object; the addresses of the tables are relative to that of the metadata.

    Raises:
        UnknownName: If there is no such table.
    """
    wanted = all_tables() if name is None else _with_those_it_refers_to(name)
    return {
        "@context": _CONTEXT,
        "dc:title": "System Leadership Case Explorer: tables",
        "dc:license": {"@id": LICENCE},
        "dialect": {
            "encoding": "utf-8",
            "lineTerminators": ["\r\n"],
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
        },
        "tables": [_table(each, tables) for each in wanted],
    }


def _with_those_it_refers_to(name: str) -> list[Table]:
    found: dict[str, Table] = {}
    waiting = [name]
    while waiting:
        each = table(waiting.pop(0))
        found[each.name] = each
        waiting += [
            column.refers
            for column in each.columns
            if column.refers and column.required and column.refers not in found
        ]
    return list(found.values())


def _table(each: Table, tables: Tables) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(column, tables) for column in each.columns],
        "primaryKey": each.key,
        "rowTitles": ["label"] if any(column.name == "label" for column in each.columns) else [each.key],
    }
    # A strict validator takes an empty cell of a foreign key for a fault.
    if references := [column for column in each.columns if column.refers and column.required]:
        schema["foreignKeys"] = [
            {
                "columnReference": column.name,
                "reference": {
                    "resource": f"{column.refers}.csv",
                    "columnReference": table(column.refers).key,
                },
            }
            for column in references
        ]
    key = each.column(each.key)
    if key.room:
        schema["aboutUrl"] = f"{PREFIXES[key.room]}{{{key.name}}}"
    return {
        "url": f"{each.name}.csv",
        "dc:title": each.title,
        "dc:description": " ".join(text for text in (each.row, each.note) if text),
        "dc:license": {"@id": LICENCE},
        "tableSchema": schema,
    }


def _column(column: Column, tables: Tables) -> dict[str, Any]:
    parts = [column.means, f"See {column.refers}.csv." if column.refers else ""]
    parts += [f"If empty: {column.empty}" if column.empty else ""]
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": " ".join(part for part in parts if part),
        "required": column.required,
        "null": "",
        "datatype": _TYPES.get(column.kind, "string"),
    }
    if column.kind is ColumnKind.TEXT:
        described["lang"] = "en"
    if (column.scheme or column.kind is ColumnKind.WORD) and (codes := tables.codes(column)):
        described["datatype"] = {"base": "string", "format": "|".join(code.code for code in codes)}
    if column.many:
        described["separator"] = SEPARATOR
        return described
    if column.room:
        described["valueUrl"] = f"{PREFIXES[column.room]}{{{column.name}}}"
    if column.scheme:
        described["valueUrl"] = f"{PREFIXES[_PREFIX_OF[column.scheme]]}{{{column.name}}}"
    return described
