"""What stands in documents, whatever their form, and texts that would do harm if they were read."""

import itertools
import re
from html.parser import HTMLParser
from io import BytesIO

import docx
from pypdf import PdfReader

from kg.export import Manuscript
from kg.export.manuscript import Heading, Listing, Paragraph

__all__ = ["SPITEFUL", "Shown", "pdf_text", "squeezed", "texts", "under"]


SPITEFUL = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '#import "x"',
    "=cmd()",
    "#{1+1} $x$ *b* _i_ `c` [a](b)",
    "a | b",
    "- item",
    "12. item",
    "&amp; {{x}}",
)


class Shown(HTMLParser):
    """What a browser shows of a page, and the elements it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def texts(raw: bytes) -> str:
    """The text of a Word file."""
    document = docx.Document(BytesIO(raw))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def pdf_text(raw: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def under(manuscript: Manuscript, heading: str) -> str:
    """The text that stands under a heading."""
    parts = itertools.dropwhile(
        lambda each: not (isinstance(each, Heading) and each.text.startswith(heading)), manuscript.parts
    )
    found = itertools.takewhile(lambda each: not isinstance(each, Heading), list(parts)[1:])
    return " ".join(
        run.text
        for part in found
        for line in (
            [part.runs]
            if isinstance(part, Paragraph)
            else [line for item in part.items for line in item]
            if isinstance(part, Listing)
            else []
        )
        for run in line
    )
