"""Cases in order of time: a line for each, a mark for each dated statement, and the same in a list."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app_pages.parts import statement
from app_pages.parts.graph import with_choice
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, items
from kg import words
from kg.views import Chronology, DatedDocument, DatedStatement, Dates, Statement

__all__ = ["Axis", "axis_of", "draw", "rows_of", "summary"]

# The page itself, to which a statement in the list need not lead.
PAGE = "timeline"
NONE_DATED = "No statement that is held of these cases speaks of a time of its own."
_MEANINGS = {
    "told": "told of that time",
    "ahead": "planned for it, expected by it, or hoped for: not a result",
    "denied": "said not to have been so",
}
# So many years fit on a line; what came before stands in one column.
MOST_YEARS = 25


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

    def column(self, year: int) -> int:
        """Give the column of a year, counted from 1."""
        return max(year - self.first + self.earlier, 0) + 1

    def name(self, column: int) -> str:
        """Give what stands above a column, counted from 1."""
        return f"before {self.first}" if self.earlier and column == 1 else str(self._year(column))

    def _year(self, column: int) -> int:
        return self.first + column - 1 - self.earlier


def axis_of(years: Iterable[int]) -> Axis | None:
    """Give an axis that holds these years; None where there are none.

    >>> axis_of([2010, 2014])
    Axis(first=2010, last=2014, earlier=False)
    >>> axis_of([1986, 2014, 2025])
    Axis(first=2001, last=2025, earlier=True)
    """
    known = sorted(years)
    if not known:
        return None
    first = max(known[0], known[-1] - MOST_YEARS + 1)
    return Axis(first, known[-1], known[0] < first)


def rows_of(dated: Sequence[DatedStatement], axis: Axis) -> list[int]:
    """Give the row of each statement within the line of its case, from 1, so that no two overlap."""
    ends: list[int] = []
    rows = []
    for each in dated:
        begins = axis.column(each.first)
        row = next((place for place, end in enumerate(ends) if end < begins), len(ends))
        if row == len(ends):
            ends.append(0)
        ends[row] = axis.column(each.last)
        rows.append(row + 1)
    return rows


def summary(chronology: Chronology, cases_in_all: int) -> str:
    """Say how many statements are dated, and what their place on the line means.

    Args:
        chronology: The cases on this page.
        cases_in_all: How many cases there are on all pages.
    """
    dated = counted(len(chronology.statements), "dated statement")
    cases = counted(sum(bool(case.dated) for case in chronology.cases), "case")
    about = f" about {cases}" if chronology.statements else ""
    here = len(chronology.cases)
    part = f" On this page: {here} of {cases_in_all} cases, in order of name." if here < cases_in_all else ""
    return (
        f'<p class="kg-left" role="status"><b>{dated}</b>{about}; '
        f"{counted(chronology.undated, 'statement')} without a date.{part}</p>"
        '<p class="kg-meta">A mark stands at the time that a statement speaks of, not at the year of its '
        "document. That one thing came after another does not mean that one led to the other.</p>"
    )


def draw(chronology: Chronology, with_documents: bool) -> str:
    """Draw the lines and the list.

    Args:
        chronology: The cases.
        with_documents: Whether to show the years of the documents too.
    """
    years = [year for each in chronology.statements for year in (each.first, each.last)]
    if with_documents:
        years += [
            document.year
            for case in chronology.cases
            for document in case.documents
            if document.year is not None
        ]
    axis = axis_of(years)
    shown = [case for case in chronology.cases if case.dated or (with_documents and case.documents)]
    if axis is None:
        return f'<p class="kg-lede">{NONE_DATED}</p>'
    return (
        _key(chronology, with_documents)
        + '<div class="kg-table-wrap kg-time" tabindex="0" role="region" aria-label="Cases by year">'
        f'<div style="--years: {axis.columns}">{_years(axis)}'
        + "".join(_lane(each, axis, with_documents) for each in shown)
        + f"{_years(axis)}</div></div>"
        + _undated(chronology)
        + _list(chronology)
        + (_documents(chronology) if with_documents else "")
    )


def _key(chronology: Chronology, with_documents: bool) -> str:
    """Say what each mark means that is there."""
    looks = {_look(each.statement) for each in chronology.statements}
    entries = [
        f'<span class="kg-when kg-when-{look}"></span> {escaped(means)}'
        for look, means in _MEANINGS.items()
        if look in looks
    ]
    if not all(each.statement.evidence.explicit for each in chronology.statements):
        entries.append('<span class="kg-when kg-when-told kg-when-read"></span> ringed: our reading')
    if with_documents:
        entries.append('<span class="kg-when kg-when-issued">2</span> so many documents of that year')
    return items(entries, "kg-meanings") + (
        '<p class="kg-meta">Each mark opens its statement. A bar reaches from the first year to the last.'
        '<span class="kg-sideways"> Scroll the picture sideways for earlier years.</span></p>'
    )


def _years(axis: Axis) -> str:
    """Draw the years; each mark says its own, so a screen reader passes over them."""
    named = "".join(f"<span>{axis.name(column)}</span>" for column in range(1, axis.columns + 1))
    return f'<div class="kg-lane kg-years" aria-hidden="true">{named}</div>'


def _lane(case: Dates, axis: Axis, with_documents: bool) -> str:
    rows = rows_of(case.dated, axis)
    marks = "".join(_mark(each, row, axis) for each, row in zip(case.dated, rows, strict=True))
    issued = _issued(case, max(rows, default=0) + 1, axis) if with_documents else ""
    return (
        f'<p class="kg-lane-name">{link_to(case.case)}</p>'
        f'<ul class="kg-lane" aria-label="{escaped(case.case.name)}">{marks}{issued}</ul>'
    )


def _mark(dated_statement: DatedStatement, row: int, axis: Axis) -> str:
    """Draw a mark, or a bar over several years, that leads to the page of the statement."""
    told = dated_statement.statement
    look = f"kg-when kg-when-{_look(told)}" + ("" if told.evidence.explicit else " kg-when-read")
    name = f"{words.when(told)}: {told.text} {' '.join(f'{mark}.' for mark in words.marks(told))}".strip()
    begins, ends = axis.column(dated_statement.first), axis.column(dated_statement.last)
    if ends > begins:
        look += " kg-when-long"
    return _placed(row, begins, ends, with_choice(f"claim?id={told.slug}"), look, name, "")


def _placed(row: int, begins: int, ends: int, address: str, look: str, name: str, shown: str) -> str:
    said = escaped(name)
    return (
        f'<li style="grid-area: {row} / {begins} / auto / {ends + 1}"><a class="{look}" '
        f'href="{escaped(address)}" title="{said}" aria-label="{said}">{escaped(shown)}</a></li>'
    )


def _look(told: Statement) -> str:
    if told.evidence.denied:
        return "denied"
    return "ahead" if told.time.planned or told.evidence.modality in words.NOT_RESULTS else "told"


def _issued(case: Dates, row: int, axis: Axis) -> str:
    """Draw how many documents are of each year; a number leads to the list below."""
    counts = Counter(axis.column(document.year) for document in case.documents if document.year is not None)
    return "".join(
        _placed(
            row,
            column,
            column,
            f"#documents-{case.slug}",
            "kg-when kg-when-issued",
            f"{counted(count, 'document')} of {axis.name(column)} about {case.case.name}",
            str(count),
        )
        for column, count in sorted(counts.items())
    )


def _undated(chronology: Chronology) -> str:
    """Name the cases of which no statement is dated."""
    without = [case.case for case in chronology.cases if not case.dated]
    return (
        f'<div class="kg-unsaid"><p>No dated statement is held of:</p><p>{links_to(without)}</p></div>'
        if without
        else ""
    )


def _list(chronology: Chronology) -> str:
    rows = "".join(
        f'<div class="kg-row"><p>{escaped(words.when(each.statement))}</p>'
        f'<ul class="kg-statements">{statement.draw(each.statement, PAGE, with_readings=False)}</ul></div>'
        for each in chronology.statements
    )
    return f'<h2>The same as a list</h2><div class="kg-rows">{rows}</div>'


def _documents(chronology: Chronology) -> str:
    """List the documents by year, as the small squares count them."""
    entries = "".join(
        f'<div class="kg-row" id="documents-{escaped(case.slug)}"><p>{link_to(case.case)}</p>'
        + items([_document(document) for document in case.documents])
        + "</div>"
        for case in chronology.cases
        if case.documents
    )
    return f'<h2>Years of the documents</h2><div class="kg-rows">{entries}</div>'


def _document(dated: DatedDocument) -> str:
    return f"{'Year not stated' if dated.year is None else dated.year}: {link_to(dated.document)}"
