"""The typefaces of PDF files: those that Streamlit serves to the pages, as files that a typesetter reads."""

import atexit
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from fontTools.ttLib import TTFont

from kg.errors import MissingInput
from kg.storage.temporary import scratch_folder

__all__ = ["SANS", "SERIF", "fonts"]

SANS, SERIF = "SourceSans3VF", "Source Serif 4"
_FILES = ("SourceSansVF-Upright.ttf", "SourceSansVF-Italic.ttf", "SourceSerifVariable-Roman.ttf")


@cache
def fonts() -> Path:
    """Unpack the typefaces into a folder that lasts as long as this process.

    Returns:
        The folder; the same bytes everywhere, so that a document has the same bytes everywhere.

    Raises:
        MissingInput: If the Streamlit that is installed does not carry them.
    """
    folder = scratch_folder("fonts-")
    atexit.register(folder.cleanup)
    for name in _FILES:
        font = TTFont(_served(name), recalcTimestamp=False)
        font.flavor = None
        font.save(Path(folder.name) / name)
    return Path(folder.name)


def _served(name: str) -> Path:
    try:
        carrier = distribution("streamlit")
    except PackageNotFoundError as error:
        raise MissingInput("PDF files need the typefaces of Streamlit, which is not installed.") from error
    for file in carrier.files or ():
        if file.name.startswith(f"{name}.") and file.suffix == ".woff2":
            return Path(str(carrier.locate_file(file)))
    raise MissingInput(f"PDF files need the typeface {name}, which this Streamlit does not carry.")
