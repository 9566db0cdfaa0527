"""The codebook to read: every table, column and coded value, as one Markdown page."""

from collections.abc import Iterator

from kg.tables.definitions import Column, Table, all_tables
from kg.tables.filling import Tables, type_in_words

__all__ = ["as_markdown"]

_OPENING = """\
# Codebook

What each table of `/download/` holds, what each column means, and what each coded value means. The same, for
programs, is `/download/codebook.csv`; types and keys are in `/download/NAME.csv-metadata.json` (CSV on the
Web). This page is written by `kg table --codebook`.

- **An empty cell never means “no”.** It means what the column “if empty” says: most often that something is
  not stated. The paper was read whole, so its silence is its own; most other documents were read in part, so
  that silence is only ours.
- **Short names** (`leeds`, `field-238`) never change and join the tables. An address in the graph begins with
  the base and the room of the thing, such as `…/claim/leeds-1`.
- **Several values** in a cell stand apart by a stroke between two blanks: `one | another`.
- **A text that begins** with `=`, `+`, `-` or `@` (also in full width, or after blanks), with a tab or with a
  line end has an apostrophe in front, so that no spreadsheet runs it as a formula. Take that one apostrophe
  away and the text is as it was. Numbers are left as they are.
- Files are UTF-8 with a signature, commas between cells, lines ending in CR LF, and rows in the order of
  their keys, with numbers in names counted as numbers.
- Counts say how much was read and written down. None is a score, and no table says that one thing brought
  about another.
"""


def as_markdown(tables: Tables) -> str:
    """Write the codebook as a page to read.

    Args:
        tables: The tables, for the coded values that stand in the graph.

    Returns:
        Markdown that ends with a line end.
    """
    parts = [_OPENING]
    coded: dict[str, Column] = {}
    for table in all_tables():
        parts.append("\n".join(_table(table)))
        for column in table.columns:
            if column.scheme or column.codes:
                coded.setdefault(_heading(column), column)
    for heading, column in coded.items():
        lines = [f"## Values of {heading}", "", "| value | name | meaning |", "|---|---|---|"]
        lines += [f"| `{code.code}` | {code.label} | {code.means} |" for code in tables.codes(column)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.title}: `{table.name}.csv`"
    yield ""
    yield f"Each row is {table.row[0].lower()}{table.row[1:]} Its key is `{table.key}`."
    if table.note:
        yield ""
        yield table.note
    yield ""
    yield "| column | holds | type | if empty |"
    yield "|---|---|---|---|"
    for column in table.columns:
        holds = column.means
        if column.refers:
            holds += f" See `{column.refers}.csv`."
        if column.scheme or column.codes:
            holds += f" Values: [{_heading(column)}](#values-of-{_heading(column).replace(' ', '-')})."
        yield f"| `{column.name}` | {holds} | {type_in_words(column)} | {column.empty or 'never empty'} |"
    yield ""


def _heading(column: Column) -> str:
    return column.scheme.replace("-", " ") if column.scheme else column.name.replace("_", " ")
