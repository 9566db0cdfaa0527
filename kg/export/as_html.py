"""A manuscript as one page of HTML that needs nothing else and prints."""

from html import escape
from pathlib import Path
from typing import assert_never

from kg.export.manuscript import (
    Heading,
    Line,
    Listing,
    Look,
    Manuscript,
    ManuscriptTable,
    NewPage,
    Paragraph,
    Part,
    Room,
    Run,
)
from kg.language import language_tag

__all__ = ["as_html", "as_section"]

_STYLE = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
# Arial, which every machine has in some form, runs wider than the typeface of the PDF files: where one sheet
# has to hold everything, it is set smaller.
_NARROWER = 0.86
_AROUND = {
    Look.PLAIN: ("", ""),
    Look.STRONG: ("<strong>", "</strong>"),
    Look.ASIDE: ('<span class="aside">', "</span>"),
}


def as_html(manuscript: Manuscript) -> str:
    """Write a manuscript as a whole document; what it holds stays text."""
    size = manuscript.size * (_NARROWER if manuscript.one_sheet else 1)
    own = (
        f"@page {{ size: A4; margin: {manuscript.margin}mm; }}\n"
        f"@media print {{ body {{ font-size: {size:.2f}pt; }} }}\n"
    )
    foot = f"<footer><p>{escape(manuscript.foot)}</p></footer>\n" if manuscript.foot else ""
    title = escape(manuscript.title)
    body = "\n".join(_part(part) for part in manuscript.parts)
    return (
        f'<!doctype html>\n<html lang="{language_tag()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}{own}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{body}\n</main>\n{foot}</body>\n</html>\n"
    )


def as_section(manuscript: Manuscript) -> str:
    """Write a manuscript as a part of another page, its headings one level lower; its text stays text."""
    body = "\n".join(_part(part, deeper=1) for part in manuscript.parts)
    foot = f'<p class="aside">{escape(manuscript.foot)}</p>' if manuscript.foot else ""
    return f"<h2>{escape(manuscript.title)}</h2>\n{body}\n{foot}"


def _part(part: Part, deeper: int = 0) -> str:
    if isinstance(part, Heading):
        name = f"h{part.level + 1 + deeper}"
        return f"<{name}>{escape(part.text)}</{name}>"
    if isinstance(part, Paragraph):
        look = ' class="note"' if part.note else ""
        return f"<p{look}>{_line(part.runs)}</p>"
    if isinstance(part, Listing):
        name = "ol" if part.numbered else "ul"
        items = "\n".join(f"<li>{'<br>'.join(map(_line, item))}</li>" for item in part.items)
        return f"<{name}>\n{items}\n</{name}>"
    if isinstance(part, ManuscriptTable):
        return _table(part)
    if isinstance(part, Room):
        return '<div class="room"></div>' * part.lines
    if isinstance(part, NewPage):
        return '<div class="new-page"></div>'
    assert_never(part)


def _table(table: ManuscriptTable) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in table.head)
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in table.rows)
    rows = "\n".join(f"<tr>{cell}</tr>" for cell in cells)
    whole = sum(table.widths)
    columns = "".join(f'<col style="width: {width * 100 // whole}%">' for width in table.widths)
    look = ' class="to-fill-in"' if table.to_fill_in else ""
    return (
        f"<table{look}><colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _line(runs: Line) -> str:
    return " ".join(map(_run, runs))


def _run(run: Run) -> str:
    before, after = _AROUND[run.look]
    return f"{before}{escape(run.text)}{after}"
