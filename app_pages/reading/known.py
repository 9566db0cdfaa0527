"""What we know and don't: a matrix of marks, what leaders did, difficulties or factors by area of results."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from app_pages.parts import graph
from app_pages.parts.templates import render
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.paging import paged
from kg.evidence import Direction
from kg.language import N_, WordTable, gettext
from kg.views import BY, EvidenceCell, EvidenceMap, EvidenceRow, Link, Statement

__all__ = ["LEANS", "page", "size"]

_ON_ONE_PAGE = 25
# So many statements of an opened cell stand in the open.
_SHOWN = 6
# From how many statements on a mark is of the next larger size.
_SIZES = (1, 2, 5, 10)
_TITLE = N_("What we know and don’t")
_NAMES = WordTable(
    {"practice": N_("What leaders did"), "difficulty": N_("Difficulties"), "factor": N_("The five factors")}
)
_MEANINGS = WordTable(
    {
        "practice": N_("A mark shows results from places whose leaders did what the row says."),
        "difficulty": N_("A mark shows results from places that faced the difficulty in the row."),
        "factor": N_("A mark shows results from places where sources show the factor in the row."),
    }
)
# What the marks mean; the style sheet has a shape for each.
LEANS = WordTable(
    {
        Direction.IMPROVED: N_("better"),
        Direction.WORSENED: N_("worse"),
        Direction.MIXED: N_("mixed, or sources differ"),
        Direction.NO_CHANGE: N_("no change found"),
        Direction.NOT_STATED: N_("no direction given"),
    }
)


@dataclass(frozen=True)
class _Asked:
    """What an address asks for: the kind of rows, whether our readings count, a page, and a cell to open."""

    by: str
    readings: bool
    matter: str = ""
    area: str = ""
    page: int = 1

    @property
    def address(self) -> str:
        """The address that asks for it."""
        slots = {
            "by": self.by if self.by != next(iter(BY)) else "",
            "readings": "true" if self.readings else "",
            "page": str(self.page) if self.page > 1 else "",
            "matter": self.matter,
            "area": self.area,
        }
        given = {slot: value for slot, value in slots.items() if value}
        return f"known?{urlencode(given)}" if given else "known"


@dataclass(frozen=True)
class _Cell:
    """A cell as it is drawn, with the address that opens its statements."""

    area: Link
    found: EvidenceCell
    size: int
    address: str
    opened: bool


@dataclass(frozen=True)
class _Row:
    """A row as it is drawn."""

    matter: Link
    places: int
    filled: int
    cells: tuple[_Cell, ...]


@dataclass(frozen=True)
class _Opened:
    """A cell whose statements are shown."""

    matter: Link
    area: Link
    found: EvidenceCell
    naming: Sequence[Statement]
    beside: Sequence[Statement]


def page(slots: Slots) -> ReadingPage:
    """Return the matrix that an address asks for, with the statements of one cell where it names one."""
    by = first(slots, "by")
    asked = _Asked(
        by if by in BY else next(iter(BY)),
        first(slots, "readings") == "true",
        first(slots, "matter"),
        first(slots, "area"),
    )
    found = graph.evidence_map(asked.by, asked.readings)
    held = [row for row in found.rows if row.filled]
    at = paged(slots, len(held), _ON_ONE_PAGE, lambda number: replace(asked, page=number).address)
    asked = replace(asked, page=at.number)
    opened = _opened(found, asked)
    title = gettext(_TITLE)
    answer = gettext(
        "We found evidence for %(filled)s of %(cells)s combinations. The gaps are shown too.",
        filled=found.filled,
        cells=found.cells,
    )
    return ReadingPage(
        title=f"{opened.matter.name}: {opened.area.name}" if opened else title,
        description=answer,
        html=render(
            "pages/known.html",
            title=title,
            answer=answer,
            meaning=_MEANINGS[asked.by],
            names=_NAMES,
            asked=asked,
            rows_by=[(each, _closed(replace(asked, by=each))) for each in BY],
            with_readings=[(each, _closed(replace(asked, readings=each))) for each in (False, True)],
            areas=[name for _, name in found.areas],
            rows=[_row(row, found, asked) for row in held[at.start : at.end]],
            empty=[row.matter for row in found.rows if not row.filled],
            at=at,
            opened=opened,
            half=bool(asked.matter) != bool(asked.area),
            close=_closed(asked, asked.page),
            page_address=asked.address,
            leans=LEANS,
            sizes=_SIZES,
            shown=_SHOWN,
        ),
        address=asked.address if opened else _closed(asked, asked.page),
    )


def _closed(asked: _Asked, number: int = 1) -> str:
    return replace(asked, matter="", area="", page=number).address


def _row(row: EvidenceRow, evidence_map: EvidenceMap, asked: _Asked) -> _Row:
    cells = tuple(
        _Cell(
            name,
            cell,
            size(cell.statements),
            replace(asked, matter=row.slug, area=area).address,
            (asked.matter, asked.area) == (row.slug, area),
        )
        for (area, name), cell in zip(evidence_map.areas, row.cells, strict=True)
    )
    return _Row(row.matter, row.places, row.filled, cells)


def size(statements: int) -> int:
    """Return how large the mark for so many statements is, from 1.

    >>> [size(number) for number in (1, 2, 9, 10, 800)]
    [1, 2, 3, 4, 4]
    """
    return sum(statements >= least for least in _SIZES)


def _opened(evidence_map: EvidenceMap, asked: _Asked) -> _Opened | None:
    found = evidence_map.found(asked.matter, asked.area)
    if found is None or not found[2].statements:
        return None
    row, area, cell = found
    statements = graph.evidence_of(cell)
    naming, beside = (
        [statements[claim] for claim in claims if claim in statements]
        for claims in (cell.naming, cell.beside)
    )
    return _Opened(row.matter, area, cell, naming, beside)
