"""Places side by side: an answer, their stories in one table, and every topic folded beneath."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app_pages.parts.templates import render
from app_pages.reading.cases import numbers_of, results_of
from kg import words
from kg.evidence import Standing
from kg.language import N_, WordTable
from kg.language import gettext as _
from kg.views import Case, Cell, Comparison, Link, SharedMatter, Statement, Story, StorySentence

__all__ = ["draw", "silence", "title", "too_few"]

# The rows of the table, in the order in which a story is read.
_PARTS = WordTable(
    {
        "in-short": N_("In short"),
        "where-it-started": N_("Where it started"),
        "what-they-did": N_("What they did"),
        "what-happened": N_("What happened"),
        "what-went-wrong": N_("What went wrong and what happened next"),
        "how-sure": N_("How sure can we be?"),
    }
)
# Where a story leaves a part out, the statements of its case may still speak of it.
_GROUPS = {
    "where-it-started": "situation",
    "what-they-did": "what-leaders-did",
    "what-happened": "what-is-reported",
}
# What the answer and the table name of a longer list; the rest is a link away.
_NAMED, _QUOTED, _RESULTS = 5, 2, 5


@dataclass(frozen=True)
class _Entry:
    """A topic in a list, and whether it is our reading at least in part."""

    matter: Link
    read: bool


@dataclass(frozen=True)
class _Entries:
    """The first topics of a list, and how many more there are."""

    shown: tuple[_Entry, ...]
    more: int


@dataclass(frozen=True)
class _Told:
    """What a story says in one part; where it says nothing, the first statements that speak of it.

    Attributes:
        sentences: Sentences of the story.
        statements: The first statements, where there is no sentence.
        more: How many statements there are beside these.
    """

    sentences: tuple[StorySentence, ...] = ()
    statements: tuple[Statement, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class _Row:
    """A row of the table, with a cell for each place."""

    slug: str
    label: str
    cells: tuple[_Told, ...]


def too_few(chosen: int) -> str:
    """Say what to do where fewer places are chosen than can be compared."""
    return _("Choose another place to compare it with.") if chosen else _("Choose two places to begin with.")


def title(compared: Comparison) -> str:
    """Name the places that are compared."""
    return words.listed([case.label for case in compared.cases])


def silence(read_whole: bool) -> str:
    """Say that nothing was found, which is not the same as no.

    Args:
        read_whole: Whether every document that speaks of the place was read whole.
    """
    return _("The paper does not say") if read_whole else _("We found nothing on this in what we read")


def draw(compared: Comparison, cases: Sequence[Case], stories: Sequence[Story]) -> str:
    """Return a comparison as HTML.

    Args:
        compared: The comparison.
        cases: The same places as their own pages show them.
        stories: The story of each.
    """
    evaluated = [any(each.standing is Standing.EVALUATED for each in row.results) for row in compared.cases]
    return render(
        "tools/compare.html",
        compared=compared,
        names=title(compared),
        evaluated=_names(compared, evaluated),
        not_evaluated=_names(compared, [not each for each in evaluated]),
        shared=_entries(row for row in _rows(compared) if row.cases == len(row.cells)),
        by_some=_entries(row for row in _rows(compared) if 1 < row.cases < len(row.cells)),
        alone=[_alone(compared, place) for place in range(len(cases))],
        stories=stories,
        numbers=[numbers_of(story) for story in stories],
        rows=[_row(slug, cases, stories) for slug in _PARTS],
        results=[results_of(case) for case in cases],
        most_results=_RESULTS,
        silences=[silence(whole) for whole in compared.read_whole],
        ways=_ways,
        page="compare?" + urlencode([("case", case.slug) for case in compared.cases]),
    )


def _names(compared: Comparison, wanted: Sequence[bool]) -> str:
    return words.listed([case.label for case, named in zip(compared.cases, wanted, strict=True) if named])


def _rows(compared: Comparison) -> Iterable[SharedMatter]:
    return (row for section in compared.sections for row in section.rows)


def _alone(compared: Comparison, place: int) -> _Entries:
    return _entries(row for row in _rows(compared) if row.cases == 1 and row.cells[place].holds)


def _entries(rows: Iterable[SharedMatter]) -> _Entries:
    """Name the first topics of some rows; what sources state comes before our readings."""
    entries = [_Entry(row.matter, not all(cell.stated for cell in row.cells if cell.holds)) for row in rows]
    entries.sort(key=lambda each: each.read)
    return _Entries(tuple(entries[:_NAMED]), len(entries[_NAMED:]))


def _row(slug: str, cases: Sequence[Case], stories: Sequence[Story]) -> _Row:
    return _Row(slug, _PARTS[slug], tuple(_told(slug, *each) for each in zip(cases, stories, strict=True)))


def _told(slug: str, case: Case, story: Story) -> _Told:
    sentences = [said for part in story.parts if part.slug == slug for said in part.sentences]
    if sentences:
        return _Told(tuple(sentences))
    spoken = (
        [statement for _kind, own in case.setbacks for statement in own]
        if slug == "what-went-wrong"
        else [
            statement
            for group in case.groups
            if group.slug == _GROUPS.get(slug)
            for _heading, own in group.parts
            for statement in own
        ]
    )
    found = list({statement.slug: statement for statement in spoken}.values())
    return _Told((), tuple(found[:_QUOTED]), len(found[_QUOTED:]))


def _ways(cell: Cell) -> str:
    """Name which ways the results of a cell went."""
    said = [*cell.stated, *cell.read, *cell.denied]
    named = (words.SHORT_DIRECTIONS[each.result.direction] for each in said if each.result)
    return ", ".join(dict.fromkeys(way for way in named if way))
