"""A manuscript as a Word file: headings, language, title and header rows set; the same bytes each time."""

from io import BytesIO
from typing import TYPE_CHECKING, assert_never, cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Written

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
)
from kg.export.office import timeless
from kg.language import language_tag

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle

__all__ = ["as_docx"]

_FACE = "Arial"
# Arial runs wider than the typeface of the PDF files: where one sheet has to hold everything, it is smaller.
_NARROWER = 0.87
_INK, _GREY, _GREEN = RGBColor(0x1D, 0x1B, 0x19), RGBColor(0x55, 0x50, 0x4A), "1F4D40"
_NUMBERED = "List Number"
_ASIDE = "Aside"
_HEADINGS = {"Title": 1.55, "Heading 1": 1.2, "Heading 2": 1.05, "Heading 3": 1.0}


def as_docx(manuscript: Manuscript) -> bytes:
    """Write a manuscript for Word and its like; what it holds stays text."""
    document = docx.Document()
    _set_up(document, manuscript)
    document.add_paragraph(manuscript.title, style="Title")
    for part in manuscript.parts:
        _add(document, part)
    if manuscript.foot and manuscript.one_sheet:
        foot = document.add_paragraph(style="Normal")
        foot.paragraph_format.space_before = Pt(manuscript.size)
        foot.add_run(manuscript.foot, style=_ASIDE)
    out = BytesIO()
    document.save(out)
    return timeless(out.getvalue(), manuscript.title)


def _set_up(document: Document, manuscript: Manuscript) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(manuscript.margin)
    section.top_margin = section.bottom_margin = Mm(manuscript.margin)
    section.footer_distance = Mm(min(manuscript.margin, 9))
    _style(document, manuscript.size * (_NARROWER if manuscript.one_sheet else 1))
    if not manuscript.one_sheet:
        below = section.footer.paragraphs[0]
        if manuscript.foot:
            below.add_run(manuscript.foot, style=_ASIDE)
            below = section.footer.add_paragraph()
        _number_pages(below)


def _style(document: Document, size: float) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), language_tag())
    for name, larger in {"Normal": 1.0, "List Bullet": 1.0, _NUMBERED: 1.0, **_HEADINGS}.items():
        style = cast("ParagraphStyle", styles[name])
        style.font.name, style.font.size, style.font.color.rgb = _FACE, Pt(round(size * larger, 1)), _INK
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        heading = name in _HEADINGS
        style.font.bold = heading
        style.paragraph_format.space_before = Pt(size * (0.75 if heading and name != "Title" else 0))
        style.paragraph_format.space_after = Pt(size * 0.3)
        style.paragraph_format.line_spacing = 1.0 if heading else 1.05
        style.paragraph_format.keep_with_next = heading
    _rule(styles["Heading 1"].element.get_or_add_pPr(), "top", _GREEN)
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    look = styles.add_style(_ASIDE, WD_STYLE_TYPE.CHARACTER)
    look.font.size, look.font.color.rgb = Pt(round(size * 0.9, 1)), _GREY


def _add(document: Document, part: Part) -> None:
    if isinstance(part, Heading):
        document.add_heading(part.text, part.level)
    elif isinstance(part, Paragraph):
        written = document.add_paragraph()
        _write(written, part.runs)
        if part.note:
            for side in ("top", "left", "bottom", "right"):
                _rule(written._p.get_or_add_pPr(), side, "8A8378")
    elif isinstance(part, Listing):
        _list(document, part)
    elif isinstance(part, ManuscriptTable):
        _table(document, part)
    elif isinstance(part, Room):
        for place in range(part.lines):
            line = document.add_paragraph()
            line.paragraph_format.space_before = Pt(16)
            # Word draws one border round paragraphs whose borders are alike: these differ by a point.
            _rule(line._p.get_or_add_pPr(), "bottom", "8A8378", space=1 + place % 2)
    elif isinstance(part, NewPage):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    else:
        assert_never(part)


def _write(written: Written, runs: Line) -> None:
    for place, run in enumerate(runs):
        added = written.add_run(f" {run.text}" if place else run.text)
        if run.look is Look.STRONG:
            added.bold = True
        elif run.look is Look.ASIDE:
            added.style = _ASIDE


def _list(document: Document, listing: Listing) -> None:
    number = _restarted(document) if listing.numbered else None
    for item in listing.items:
        written = document.add_paragraph(style=_NUMBERED if listing.numbered else "List Bullet")
        written.paragraph_format.keep_together = True
        if number is not None:
            properties = written._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        for place, line in enumerate(item):
            if place:
                written.add_run().add_break()
            _write(written, line)


def _restarted(document: Document) -> int:
    """Begin a numbered list at 1: a numbering of its own, of the same look as that of the style."""
    numbering = document.part.numbering_part.element
    style = document.styles[_NUMBERED].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(0).add_startOverride(1)
    return int(number.numId)


def _table(document: Document, table: ManuscriptTable) -> None:
    written = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    written.autofit = False
    section = document.sections[0]
    across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    widths = [Emu(across * width // sum(table.widths)) for width in table.widths]
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    for place, row in enumerate((table.head, *table.rows)):
        added = written.add_row()
        properties = added._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        if place and table.to_fill_in:
            added.height = Pt(30)
        for cell, text, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(text)
            run.bold = place == 0
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _rule(properties: BaseOxmlElement, side: str, colour: str, space: int = 3) -> None:
    """Draw a line at one side of paragraphs; beside a pPr element, Word wants its children in order."""
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        after = (
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
        )
        properties.insert_element_before(borders, *after)
    line = OxmlElement(f"w:{side}")
    for name, value in {"val": "single", "sz": "6", "space": str(space), "color": colour}.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _number_pages(written: Written) -> None:
    """Write the field that Word fills with the number of the page."""
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = written.add_run(style=_ASIDE)
        if kind is None:
            field = OxmlElement("w:instrText")
            field.text = text
        else:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
        run._r.append(field)
    written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
