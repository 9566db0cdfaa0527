"""A manuscript as one page of HTML that needs nothing else and prints."""

from pathlib import Path

from kg.export.manuscript import Look, Manuscript
from kg.markup import filled

__all__ = ["as_html", "as_section"]

_TEMPLATE = Path(__file__).parent / "templates" / "manuscript.html"
_STYLE = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
# Arial, which every machine has in some form, runs wider than the typeface of the PDF files: where one sheet
# has to hold everything, it is set smaller.
_NARROWER = 0.86


def as_html(manuscript: Manuscript) -> str:
    """Write a manuscript as a whole document; what it holds stays text."""
    size = manuscript.size * (_NARROWER if manuscript.one_sheet else 1)
    own = (
        f"@page {{ size: A4; margin: {manuscript.margin}mm; }}\n"
        f"@media print {{ body {{ font-size: {size:.2f}pt; }} }}\n"
    )
    return _written(manuscript, whole=True, deeper=0, style=_STYLE + own)


def as_section(manuscript: Manuscript) -> str:
    """Write a manuscript as a part of another page, its headings one level lower; its text stays text."""
    return _written(manuscript, whole=False, deeper=1, style="")


def _written(manuscript: Manuscript, *, whole: bool, deeper: int, style: str) -> str:
    return filled(
        _TEMPLATE,
        manuscript=manuscript,
        parts=[(type(part).__name__, part) for part in manuscript.parts],
        looks=Look,
        whole=whole,
        deeper=deeper,
        style=style,
    )
