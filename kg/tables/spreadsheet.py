"""CSV that spreadsheet programs open as it was meant: every sign right, and no cell run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

__all__ = ["SEPARATOR", "csv_bytes", "guard_text"]

# Stands between the values of a cell that holds several.
SEPARATOR = " | "
_SIGNATURE = "\ufeff"
# What a spreadsheet may take for a formula, also after blanks, and in full width as some keyboards give it.
_FORMULA = re.compile("'*(?:[\\s\ufeff\u200b]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def guard_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet might run; numbers stay as they are.

    Take one apostrophe away from a cell that begins with one and then with such a sign, and the text
    is as it was.

    >>> guard_text("=1+1"), guard_text("-5"), guard_text("a = b"), guard_text("'=x")
    ("'=1+1", '-5', 'a = b', "''=x")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as RFC 4180 has it, in UTF-8 with its signature.

    Args:
        header: Names of the columns.
        rows: One text a cell.

    Returns:
        Lines that end with CR and LF, the header first.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(guard_text(name) for name in header)
    writer.writerows([guard_text(cell) for cell in row] for row in rows)
    return (_SIGNATURE + out.getvalue()).encode("utf-8", errors="replace")
