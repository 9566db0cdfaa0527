"""How to cite what a page shows: the page, and the documents it rests on, each as it is cited itself."""

from collections.abc import Sequence

import streamlit as st

from app_pages.parts import open_page
from app_pages.parts.frame import NAME
from kg.views import CaseRow, SourceNote, current_day, day_in_words
from kg.words import counted

__all__ = ["cases", "document", "section"]


def document(
    authors: str | None, publisher: str | None, year: str, title: str, page: str | None, where: str = ""
) -> str:
    """Write a document as it is cited.

    Args:
        authors: Who wrote it, where that is known.
        publisher: Where it was published, where that is known.
        year: Its year, or the words that say that none is stated.
        title: Its title, or a short name where none is known.
        page: Its web address, where one is known.
        where: The place in it that is cited; the whole if "".
    """
    by = authors or publisher
    parts = [
        f"{by}, {year}" if by else None,
        title if by else f"{title}, {year}",
        publisher if publisher != by else None,
        where,
        page,
    ]
    return ". ".join(part.rstrip(".") for part in parts if part)


def cases(rows: Sequence[CaseRow], address: str, day: str) -> str:
    """Write how to cite cases: the page on which they stand, and every document that it rests on.

    Args:
        rows: The cases.
        address: The address of the page; "" where it is not known.
        day: The day on which it was read, in words.
    """
    notes = {source.slug: source for row in rows for source in row.sources}
    read = f"{address}, read on {day}" if address else f"read on {day}"
    rests_on = [_note(note) for note in notes.values()]
    return "\n".join(
        [
            f"{' and '.join(row.label for row in rows)}. In: {NAME}, {read}",
            f"Rests on {counted(len(rests_on), 'document')}:",
            *(f"- {each}" for each in rests_on),
        ]
    )


def section(rows: Sequence[CaseRow], name: str) -> None:
    """Draw, folded, how to cite the page that is open.

    Args:
        rows: The cases it shows.
        name: What it shows, such as “this case”.
    """
    with st.expander(f"Cite {name}"):
        st.code(cases(rows, open_page.address(), day_in_words(current_day())), language=None, wrap_lines=True)


def _note(source: SourceNote) -> str:
    return document(source.authors, source.publisher, source.year, source.title or source.label, source.page)
