"""A manuscript as a PDF file: tagged for screen readers (PDF/UA-1), the same bytes each time."""

import json
from dataclasses import asdict
from enum import Enum
from functools import cache
from pathlib import Path

import typst

from kg.export.fonts import SANS, SERIF, fonts
from kg.export.manuscript import Heading, Listing, Manuscript, ManuscriptTable, NewPage, Paragraph, Part, Room
from kg.language import language_tag

__all__ = ["as_pdf", "pages_of", "typeset"]

_TEMPLATES = Path(__file__).parent
_KINDS = {
    Heading: "heading",
    Listing: "listing",
    NewPage: "new-page",
    Paragraph: "paragraph",
    Room: "room",
    ManuscriptTable: "table",
}


def as_pdf(manuscript: Manuscript) -> bytes:
    """Write a manuscript as PDF; what it holds stays text, since the typesetter is given it as data."""
    return typeset("manuscript.typ", _told(manuscript))


def pages_of(manuscript: Manuscript) -> int:
    """Count the pages that a manuscript takes as PDF."""
    return int(
        typst.query(
            _source("manuscript.typ"),
            "<pages>",
            field="value",
            one=True,
            font_paths=_fonts(),
            sys_inputs=_inputs(_told(manuscript)),
        )
    )


def typeset(template: str, data: object) -> bytes:
    """Typeset data with one of the templates beside this file.

    Args:
        template: Name of the file.
        data: What is to be set, as JSON has it; the template reads it as values, never as markup.
    """
    return typst.compile(
        _source(template),
        font_paths=_fonts(),
        sys_inputs=_inputs(data),
        pdf_standards=["ua-1"],
        # Without this the file would bear the time at which it was made.
        timestamp=0,
    )


@cache
def _source(template: str) -> bytes:
    return (_TEMPLATES / template).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts()])


def _inputs(data: object) -> dict[str, str]:
    lang, _dash, region = language_tag().partition("-")
    return {
        "data": json.dumps(data, ensure_ascii=False),
        "sans": SANS,
        "serif": SERIF,
        "lang": lang,
        "region": region,
    }


def _told(manuscript: Manuscript) -> dict[str, object]:
    def value(each: object) -> object:
        return each.value if isinstance(each, Enum) else each

    def plain(pairs: list[tuple[str, object]]) -> dict[str, object]:
        return {name: value(each) for name, each in pairs}

    def part(each: Part) -> dict[str, object]:
        return {"kind": _KINDS[type(each)], **asdict(each, dict_factory=plain)}

    return {**asdict(manuscript, dict_factory=plain), "parts": [part(each) for each in manuscript.parts]}
