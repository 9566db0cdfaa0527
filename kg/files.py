"""Text files read with care: what cannot be read is told in one sentence."""

import os
import stat
from pathlib import Path

from kg.errors import BadContent

__all__ = ["LARGEST_FILE", "real", "text_of"]

LARGEST_FILE = 50_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def real(path: Path) -> Path:
    """Give the path that links lead to; a circle of links is left as it is."""
    return Path(os.path.realpath(path))


def text_of(path: Path, largest: int = LARGEST_FILE) -> str:
    """Read a text file.

    Args:
        path: The file.
        largest: The most bytes it may have.

    Returns:
        Its text.

    Raises:
        BadContent: If it is no plain file, may not be read, is too large, or is not UTF-8 text; the
            line of the first byte that is not UTF-8 is given as `line`.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise BadContent("This is not a plain file.")
        if state.st_size > largest:
            raise BadContent(f"The file is larger than {largest // 1_000_000} MB; split it.")
        raw = path.read_bytes()
    except PermissionError as error:
        raise BadContent("The file may not be read; ask for permission to read it.") from error
    except OSError as error:
        raise BadContent(f"The file cannot be read: {error.strerror}.") from error
    if raw.startswith(_BYTE_ORDER_MARK):
        raise BadContent("The file begins with a byte order mark; save it as UTF-8 without one.")
    if b"\0" in raw:
        raise BadContent("This is a binary file, not text.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = BadContent("This line holds bytes that are not UTF-8 text; save the file as UTF-8.")
        fault.line = raw.count(b"\n", 0, error.start) + 1
        raise fault from error
