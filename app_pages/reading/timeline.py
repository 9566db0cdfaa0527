"""The timeline: a line for each case, with a mark in words for each dated statement, at its time."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten

from app_pages.parts import graph
from app_pages.parts.templates import render
from app_pages.reading.narrowed import narrowed
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.paging import paged
from kg import words
from kg.language import gettext, ngettext
from kg.views import Chronology, DatedStatement, Dates, Statement

__all__ = ["MOST_YEARS", "Axis", "Mark", "axis_of", "laid_out", "page"]

_ON_ONE_PAGE = 20
# So many years fit on a line; what came before stands in one column.
MOST_YEARS = 25
# Of a hundred parts of a line, so many are room for the words of a mark.
_ROOM = 17
_LONGEST = 52
# The year stands beside the words already.
_WHEN = re.compile(r"^In (?:[A-Z][a-z]+ )?\d{4},? (\w)")


@dataclass(frozen=True)
class Axis:
    """The years from left to right.

    Attributes:
        first: The first year that has a column of its own.
        last: The last one.
        earlier: Whether a column before them holds all earlier years.
    """

    first: int
    last: int
    earlier: bool

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self.last - self.first + 1 + self.earlier

    @property
    def names(self) -> list[str]:
        """What stands above each column."""
        return [self.name(column) for column in range(1, self.columns + 1)]

    def column(self, year: int) -> int:
        """Return the column of a year, counted from 1."""
        return max(year - self.first + self.earlier, 0) + 1

    def name(self, column: int) -> str:
        """Return what stands above a column, counted from 1."""
        if self.earlier and column == 1:
            return gettext("before %(year)s", year=self.first)
        return str(self.first + column - 1 - self.earlier)


@dataclass(frozen=True)
class Mark:
    """A dated statement where it is drawn; columns and rows are counted from 1.

    Attributes:
        statement: The statement.
        years: The year or years it speaks of.
        label: What it says in a few words.
        look: Whether it is told, lies ahead, or is denied.
        row: Its row within the line of its case.
        left: The first column that it takes with its words.
        right: The last one.
        bar: How much of that its years take, in hundredths.
        ends: Whether its years stand at the right end of it and its words before them.
    """

    statement: Statement
    years: str
    label: str
    look: str
    row: int
    left: int
    right: int
    bar: int
    ends: bool


@dataclass(frozen=True)
class _Issued:
    """How many documents are of the years of a column."""

    column: int
    name: str
    count: int


@dataclass(frozen=True)
class _Lane:
    """The line of a case."""

    dates: Dates
    marks: Sequence[Mark]
    issued: Sequence[_Issued]
    issued_row: int


def axis_of(years: Iterable[int]) -> Axis | None:
    """Return an axis that holds these years; None where there are none.

    >>> axis_of([2010, 2014])
    Axis(first=2010, last=2014, earlier=False)
    >>> axis_of([1986, 2014, 2025])
    Axis(first=2001, last=2025, earlier=True)
    """
    known = sorted(years)
    if not known:
        return None
    first_year = max(known[0], known[-1] - MOST_YEARS + 1)
    return Axis(first_year, known[-1], known[0] < first_year)


def laid_out(dated: Sequence[DatedStatement], axis: Axis) -> list[Mark]:
    """Place statements with their words on the line of a case, so that none lies on another."""
    room = max(1, -(-axis.columns * _ROOM // 100))
    taken: list[set[int]] = []
    marks = []
    for each in dated:
        begins, last = axis.column(each.first), axis.column(each.last)
        ends = begins + room - 1 > axis.columns
        left = max(1, min(begins, last - room + 1)) if ends else begins
        right = last if ends else max(last, begins + room - 1)
        columns = set(range(left, right + 1))
        row = next((place for place, held in enumerate(taken) if not held & columns), len(taken))
        if row == len(taken):
            taken.append(set())
        taken[row] |= columns
        bar = round(100 * (last - begins + 1) / len(columns))
        marks.append(
            Mark(
                each.statement,
                _years(each),
                _label(each.statement),
                _look(each.statement),
                row + 1,
                left,
                right,
                bar,
                ends and left < begins,
            )
        )
    return marks


def _years(each: DatedStatement) -> str:
    return str(each.first) if each.first == each.last else f"{each.first}–{each.last}"


def _label(statement: Statement) -> str:
    """Say in a few words what a statement is about: its result, what went wrong, or how it begins."""
    wrong = next(iter(statement.topics.setbacks), "")
    named = statement.relation.object
    if statement.result is not None and named is not None:
        way = words.SHORT_DIRECTIONS[statement.result.direction] or wrong[:1].lower() + wrong[1:]
        return f"{named.link.name}: {way}" if way else named.link.name
    return wrong or shorten(_WHEN.sub(_opened, statement.text), _LONGEST, placeholder="…")


def _opened(found: re.Match[str]) -> str:
    return found[1].upper()


def _look(statement: Statement) -> str:
    if statement.evidence.denied:
        return "denied"
    ahead = statement.time.planned or statement.evidence.modality in words.NOT_RESULTS
    return "ahead" if ahead else "told"


def page(slots: Slots) -> ReadingPage:
    """Return the timeline of the cases that an address names, or of all of them page by page."""
    documents = first(slots, "documents") == "true"
    asked = narrowed("timeline", slots, documents="true" if documents else "")
    names = {slug: name for slug, name in graph.names().items() if not asked.chosen or slug in asked.chosen}
    at = paged(slots, len(names), _ON_ONE_PAGE, lambda number: asked.with_slots(page=_number(number)))
    found = graph.chronology(list(names)[at.start : at.end])
    title = _title([names[slug] for slug in asked.chosen])
    axis = axis_of(_shown_years(found, documents))
    lanes = [] if axis is None else [_lane(case, axis, documents) for case in found.cases]
    answer = _answer(found)
    return ReadingPage(
        title=title,
        description=answer,
        html=render(
            "pages/timeline.html",
            title=title,
            answer=answer,
            found=found,
            cases=len(names),
            axis=axis,
            lanes=[lane for lane in lanes if lane.marks or lane.issued],
            undated=[case.case for case in found.cases if not case.dated],
            looks={_look(each.statement) for each in found.statements},
            read=any(not each.statement.evidence.explicit for each in found.statements),
            asked=asked,
            documents=documents,
            with_documents=[
                (False, asked.with_slots(documents="")),
                (True, asked.with_slots(documents="true")),
            ],
            at=at,
            page_address=asked.with_slots(page=_number(at.number)),
        ),
        address=asked.with_slots(page=_number(at.number)),
    )


def _number(page_number: int) -> str:
    return str(page_number) if page_number > 1 else ""


def _title(names: Sequence[str]) -> str:
    if not names:
        return gettext("Timeline")
    return gettext("Timeline: %(cases)s", cases=words.listed(names))


def _answer(found: Chronology) -> str:
    """Say how many statements give a date, and of which years they speak."""
    if not found.statements:
        return gettext("We found no statement here that gives a date.")
    return ngettext(
        "We found %(num)s dated statement, from %(first)s to %(last)s.",
        "We found %(num)s dated statements, from %(first)s to %(last)s.",
        len(found.statements),
        first=min(each.first for each in found.statements),
        last=max(each.last for each in found.statements),
    )


def _shown_years(found: Chronology, documents: bool) -> list[int]:
    years = [year for each in found.statements for year in (each.first, each.last)]
    if documents:
        issued = (document.year for case in found.cases for document in case.documents)
        years += [year for year in issued if year is not None]
    return years


def _lane(case: Dates, axis: Axis, documents: bool) -> _Lane:
    marks = laid_out(case.dated, axis)
    counts: Counter[int] = Counter()
    if documents:
        counts.update(axis.column(each.year) for each in case.documents if each.year is not None)
    return _Lane(
        dates=case,
        marks=marks,
        issued=[_Issued(column, axis.name(column), count) for column, count in sorted(counts.items())],
        issued_row=max((mark.row for mark in marks), default=0) + 1,
    )
