"""A button that saves a file, made when it is pressed; what goes wrong is said beside it."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from kg.web.generated import FILES, GeneratedFile, offer

__all__ = ["button", "offered_files"]

_OFFERED = "generated-files"
# A visitor who opens more pages with files than this has left the first ones long ago.
_MOST_OFFERED = 400
_DOING = "Making the file…"
_LOST = "The server did not answer. Check your connection, and try again."
_save = st.components.v2.component(
    "save",
    html=Path(__file__).with_name("saving.html").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("saving.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def button(label: str, make: Callable[[], bytes | str], file_name: str, media_type: str, key: str) -> None:
    """Draw a button that saves a file.

    Args:
        label: What stands on it.
        make: Makes the content, when the button is pressed; it runs outside the page, and may fail.
        file_name: Name of the file.
        media_type: What programs call its form.
        key: The name of the button on its page.
    """
    file = _of_the_visit(key, make, media_type)
    address = f"{FILES.lstrip('/')}{file.token}"
    data = {"label": label, "address": address, "name": file_name, "doing": _DOING, "lost": _LOST}
    _save(key=key, data=data, width="content")


def offered_files() -> dict[str, GeneratedFile]:
    """Return the files that pages of this visit offer, by the key of their button."""
    files: dict[str, GeneratedFile] = st.session_state.setdefault(_OFFERED, {})
    return files


def _of_the_visit(key: str, make: Callable[[], bytes | str], media_type: str) -> GeneratedFile:
    """Keep one file, and so one address, for each button, however often the page is drawn."""
    files = offered_files()
    file = files.pop(key, None)
    if file is None:
        file = offer(GeneratedFile(make, media_type))
    else:
        file.make, file.media_type = make, media_type
    files[key] = file
    while len(files) > _MOST_OFFERED:
        del files[next(iter(files))]
    return file
