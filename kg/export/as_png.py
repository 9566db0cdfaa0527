"""A drawing as PNG: its SVG, typeset, so that no browser is needed and the same bytes come out each time."""

from functools import cache
from pathlib import Path

import typst

from kg.export.fonts import fonts
from kg.storage.temporary import scratch_folder

__all__ = ["as_png"]

_DOTS_PER_INCH = 144.0
# Of a very wide drawing fewer dots are made, so that no picture has more than some ten million.
_WIDEST = 6_000.0
_PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")\n'


def as_png(svg: bytes, width: float) -> bytes:
    """Turn an SVG into a PNG.

    Args:
        svg: The SVG.
        width: Its width in points.
    """
    with scratch_folder("png-") as folder:
        (Path(folder) / "drawing.svg").write_bytes(svg)
        page = Path(folder) / "page.typ"
        page.write_text(_PAGE)
        dots = min(_DOTS_PER_INCH, _DOTS_PER_INCH * _WIDEST / (2 * max(width, 1.0)))
        return bytes(typst.compile(page, format="png", ppi=dots, font_paths=_fonts()))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts()])
