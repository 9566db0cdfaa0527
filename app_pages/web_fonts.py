"""Typefaces as small as a website needs them: the letters of European names, in the weights in use."""

from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

__all__ = ["reduced"]

# Latin with its accents, punctuation, and the signs that pages draw.
_LETTERS = (*range(0x20, 0x180), *range(0x2010, 0x2040), *map(ord, "€←→▲▼◆✓✕"))
_WEIGHTS = (400, 700)
# Headings are set in about this size, in points.
_OPTICAL_SIZE = 20


@cache
def reduced(file: Path) -> bytes:
    """Return a variable typeface with few letters and one axis, weight, as WOFF2.

    Args:
        file: The typeface, as TrueType or WOFF2. Letters that it lacks are passed over.

    Returns:
        The same bytes for the same file.
    """
    font = TTFont(file, lazy=False, recalcTimestamp=False)
    subsetter = Subsetter(Options())
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    # What is left out is let go of only by writing and reading.
    between = BytesIO()
    font.flavor = None
    font.save(between)
    font = TTFont(between, lazy=False, recalcTimestamp=False)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    limits = {"wght": _WEIGHTS, **({"opsz": _OPTICAL_SIZE} if "opsz" in axes else {})}
    instantiateVariableFont(font, limits, inplace=True)
    font.flavor = "woff2"
    written = BytesIO()
    font.save(written)
    return written.getvalue()
