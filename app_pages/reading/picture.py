"""What changed where, and who says so: places by areas of results, a mark for each kind of witness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg import words
from kg.evidence import Direction, Standing
from kg.language import gettext as _
from kg.language import ngettext
from kg.views import AreaResults, CaseSummary, Link, Overview

__all__ = ["CellMark", "Picture", "PictureCell", "PictureRow", "picture"]

# So many rows stand open; the rest is folded, up to what one page can bear.
_OPEN, _MOST = 12, 60


@dataclass(frozen=True)
class CellMark:
    """What one kind of witness says.

    Attributes:
        signs: A sign for each direction, with the direction; none where no direction is given.
        standing: Who says so.
    """

    signs: tuple[tuple[str, Direction], ...]
    standing: Standing


@dataclass(frozen=True)
class PictureCell:
    """One area of one case.

    Attributes:
        area: What the area is called.
        marks: Its marks, the surest witness first; none where nothing was found.
        said: The same in words; "" where nothing was found.
        address: Where its statements are.
    """

    area: str
    marks: tuple[CellMark, ...] = ()
    said: str = ""
    address: str = ""


@dataclass(frozen=True)
class PictureRow:
    """One case.

    Attributes:
        case: The case.
        cells: What changed, in the order of the areas.
    """

    case: CaseSummary
    cells: tuple[PictureCell, ...]

    @property
    def gaps(self) -> int:
        """In how many areas nothing was found."""
        return sum(not cell.marks for cell in self.cells)


@dataclass(frozen=True)
class Picture:
    """What changed where, and who says so.

    Attributes:
        areas: The areas of results, with their pages.
        opened: The cases with most results.
        folded: Further cases.
        more: How many cases are not shown.
        signs: Each sign that there is, with the direction it stands for.
        standings: The kinds of witness, the surest first.
    """

    areas: tuple[Link, ...]
    opened: tuple[PictureRow, ...]
    folded: tuple[PictureRow, ...]
    more: int
    signs: tuple[tuple[str, Direction], ...]
    standings: tuple[Standing, ...]


def picture(overview: Overview, slugs: Sequence[str]) -> Picture:
    """Return the picture of some cases.

    Args:
        overview: Every case.
        slugs: The cases to show, those with most results first.
    """
    rows = tuple(_row(overview.cases[slug], overview) for slug in slugs[:_MOST])
    return Picture(
        areas=tuple(link for _slug, link in overview.areas),
        opened=rows[:_OPEN],
        folded=rows[_OPEN:],
        more=len(slugs) - len(rows),
        signs=_signs(way for way in Direction if words.DIRECTION_MARKS[way]),
        standings=tuple(Standing),
    )


def _row(case: CaseSummary, overview: Overview) -> PictureRow:
    cells = zip(overview.areas, case.areas, strict=True)
    return PictureRow(case, tuple(_cell(case, link.name, results) for (_slug, link), results in cells))


def _cell(case: CaseSummary, area: str, results: AreaResults) -> PictureCell:
    if not results.claims:
        return PictureCell(area)
    one = len(results.claims) == 1
    return PictureCell(
        area,
        tuple(CellMark(_signs(mark.directions), mark.standing) for mark in results.marks),
        ". ".join(_said(mark.standing, mark.directions, mark.results) for mark in results.marks),
        f"claim?id={results.claims[0]}" if one else f"case?id={case.slug}#{words.anchor(area)}",
    )


def _said(standing: Standing, directions: Iterable[Direction], results: int) -> str:
    number = ngettext("%(num)s result", "%(num)s results", results)
    ways = ", ".join(words.SHORT_DIRECTIONS[way] for way in directions) or _("no direction given")
    return _("%(who)s: %(ways)s (%(number)s)", who=words.STANDINGS[standing], ways=ways, number=number)


def _signs(directions: Iterable[Direction]) -> tuple[tuple[str, Direction], ...]:
    """Return the sign of each direction; directions that share a sign give it once."""
    signs: dict[str, Direction] = {}
    for way in directions:
        signs.setdefault(words.DIRECTION_MARKS[way], way)
    return tuple(signs.items())
