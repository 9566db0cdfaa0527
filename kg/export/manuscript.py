"""What a document says, before it is given a form: headings, paragraphs, lists and tables of plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from typing import Any

__all__ = [
    "Heading",
    "Item",
    "Line",
    "Listing",
    "Look",
    "Manuscript",
    "ManuscriptTable",
    "NewPage",
    "Paragraph",
    "Part",
    "Room",
    "Run",
    "aside",
    "plain",
    "printable",
    "printable_manuscript",
    "strong",
]


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Look(Enum):
    """How a run of text looks."""

    PLAIN = "plain"
    STRONG = "strong"
    ASIDE = "aside"


@dataclass(frozen=True)
class Run:
    """Text in one look; it is text in every form, whatever it holds."""

    text: str
    look: Look = Look.PLAIN


Line = tuple[Run, ...]
Item = tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    """A heading beneath the title; 1 is the highest."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, in a frame if it is a note."""

    runs: Line
    note: bool = False


@dataclass(frozen=True)
class Listing:
    """A list, numbered or not; each item has one line or more."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True)
class ManuscriptTable:
    """A table with a row of headings.

    Attributes:
        head: The headings of its columns.
        rows: Its cells.
        widths: How wide its columns are beside one another.
        to_fill_in: Whether its rows are high enough to write in.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    to_fill_in: bool = False


@dataclass(frozen=True)
class Room:
    """Ruled lines to write on."""

    lines: int


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""


Part = Heading | Paragraph | Listing | ManuscriptTable | Room | NewPage


@dataclass(frozen=True)
class Manuscript:
    """A document.

    Attributes:
        title: Its title.
        parts: What it says, in order.
        foot: What stands at the foot, of each page where there are several.
        size: Size of its text in points.
        margin: Margin of its pages in millimetres.
        one_sheet: Whether it is made to fit on one sheet, which bears no number.
    """

    title: str
    parts: tuple[Part, ...] = field(default=())
    foot: str = ""
    size: float = 10.5
    margin: int = 18
    one_sheet: bool = False


def printable(text: str) -> str:
    r"""Leave out what no document may hold: control characters and halves of characters.

    >>> printable("a\x00b\ud800c")
    'abc'
    """
    return _UNPRINTABLE.sub("", text)


def printable_manuscript(manuscript: Manuscript) -> Manuscript:
    """Give the same manuscript with nothing in it that no document may hold."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return printable(value)
        if isinstance(value, tuple):
            return tuple(map(clean, value))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{each.name: clean(getattr(value, each.name)) for each in fields(value)})
        return value

    found: Manuscript = clean(manuscript)
    return found


def plain(text: str) -> Run:
    """Give text as it is."""
    return Run(text)


def strong(text: str) -> Run:
    """Give text that stands out."""
    return Run(text, Look.STRONG)


def aside(texts: str | Iterable[str]) -> Run:
    """Give text that stands back, such as where a statement stands."""
    return Run(texts if isinstance(texts, str) else " ".join(texts), Look.ASIDE)
