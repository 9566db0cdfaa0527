"""Every case at a glance: what changed in each area and who says so, what happened next, what went wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Counts, Direction, Standing, Voice, what_counts
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.statements import slug_of
from kg.views.stories import KeyFact, key_facts, story_lines

__all__ = ["AreaMark", "AreaResults", "CaseSummary", "Overview", "overview"]


@dataclass(frozen=True)
class AreaMark:
    """What one kind of witness says of results.

    Attributes:
        standing: Who says so.
        directions: Each direction that is given, once; none where no direction is given.
        results: How many results it is.
    """

    standing: Standing
    directions: tuple[Direction, ...]
    results: int


@dataclass(frozen=True)
class AreaResults:
    """The results of one case in one area.

    Attributes:
        marks: What each kind of witness says, the surest first.
        claims: Slugs of the statements that report them.
    """

    marks: tuple[AreaMark, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseSummary:
    """One case in a line.

    Attributes:
        slug: The last part of its IRI.
        label: Its name.
        line: What happened there, in a sentence; None where no story is written.
        facts: Its key facts, by kind, where a source states them.
        areas: What changed, in the order of `Overview.areas`.
        setbacks: What went wrong, each in a few words.
        statements: How many statements speak of it.
        results: How many of them report a result.
        years: The first and the last year that statements speak of; None where none is dated.
    """

    slug: str
    label: str
    line: str | None
    facts: Mapping[str, KeyFact]
    areas: tuple[AreaResults, ...]
    setbacks: tuple[str, ...]
    statements: int
    results: int
    years: tuple[str, str] | None

    @property
    def standing(self) -> Standing | None:
        """The surest of those who report its results; None where no result is reported."""
        found = {mark.standing for area in self.areas for mark in area.marks}
        return next((standing for standing in Standing if standing in found), None)


@dataclass(frozen=True)
class Overview:
    """Every case at a glance.

    Attributes:
        areas: Slug and name of each area of results, those with results of most cases first.
        cases: The cases by slug, those with most results first, then those with most statements.
        standings: How many results are reported by whom.
    """

    areas: tuple[tuple[str, Link], ...]
    cases: Mapping[str, CaseSummary]
    standings: Mapping[Standing, int]


@dataclass(frozen=True)
class _Result:
    """A result, with the surest of what it rests on."""

    claim: str
    direction: Direction
    standing: Standing


@row_of("case-list")
class _NameRow:
    case: str
    label: str


@row_of("case-extent")
class _ExtentRow:
    case: str
    statements: int
    results: int


@row_of("case-years")
class _YearsRow:
    case: str
    first: str
    last: str


@row_of("case-setbacks")
class _SetbackRow:
    case: str
    setback: str


@row_of("scheme-concepts")
class _ConceptRow:
    concept: str
    label: str
    broader: str | None


@row_of("result-list")
class _ResultRow:
    claim: str
    case: str
    area: str
    direction: Direction
    kind: str
    voice: Voice


def overview(engine: Engine, graphs: Graphs = None) -> Overview:
    """Return every case at a glance.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    names = rows_as(_NameRow, engine, graphs)
    results = _results(shown_rows(_ResultRow, engine, graphs), what_counts(engine))
    areas = _areas(_concepts(engine, graphs, "outcomes"), results)
    extents = {row.case: row for row in rows_as(_ExtentRow, engine, graphs)}
    years = {row.case: (row.first, row.last) for row in rows_as(_YearsRow, engine, graphs)}
    setbacks = grouped(rows_as(_SetbackRow, engine, graphs), key=lambda row: row.case)
    named = {row.concept: row.label for row in _concepts(engine, graphs, "setbacks")}
    lines = story_lines(engine, graphs)
    facts = key_facts(engine, [row.case for row in names], graphs)
    cases = [
        CaseSummary(
            slug=slug_of(row.case),
            label=row.label,
            line=lines.get(row.case),
            facts=facts.get(row.case, {}),
            areas=tuple(_area(results.get((row.case, area), ())) for area, _ in areas),
            setbacks=tuple(named[each.setback] for each in setbacks.get(row.case, ())),
            statements=extents[row.case].statements if row.case in extents else 0,
            results=extents[row.case].results if row.case in extents else 0,
            years=years.get(row.case),
        )
        for row in names
    ]
    cases.sort(key=lambda case: (-case.results, -case.statements, case.label))
    return Overview(
        areas=tuple((slug_of(area), link) for area, link in areas),
        cases={case.slug: case for case in cases},
        standings=_standings(results),
    )


def _concepts(engine: Engine, graphs: Graphs, scheme: str) -> Sequence[_ConceptRow]:
    return rows_as(_ConceptRow, engine, graphs, scheme=URIRef(PREFIXES["scheme"] + scheme))


def _results(rows: Iterable[_ResultRow], counts: Counts) -> dict[tuple[str, str], list[_Result]]:
    """Return the results by case and area; the surest of what a result rests on counts."""
    surest: dict[tuple[str, str, str], _Result] = {}
    for row in rows:
        result = _Result(row.claim, row.direction, counts.standing(row.kind, row.voice))
        key = row.case, row.area, row.claim
        if key not in surest or result.standing.position < surest[key].standing.position:
            surest[key] = result
    found: dict[tuple[str, str], list[_Result]] = {}
    for (case, area, _), result in surest.items():
        found.setdefault((case, area), []).append(result)
    return found


def _standings(results: Mapping[tuple[str, str], Sequence[_Result]]) -> Counter[Standing]:
    """Count the results by who reports them; one that belongs to two areas counts once."""
    standings = {each.claim: each.standing for found in results.values() for each in found}
    return Counter(standings.values())


def _areas(concepts: Iterable[_ConceptRow], results: Iterable[tuple[str, str]]) -> list[tuple[str, Link]]:
    cases = Counter(area for _, area in results)
    areas = {row.concept: row.label for row in concepts if row.broader is None}
    in_order = sorted(areas, key=lambda area: (-cases[area], areas[area]))
    return [(area, link_of(area, areas[area])) for area in in_order]


def _area(results: Sequence[_Result]) -> AreaResults:
    marks = []
    for standing in Standing:
        mine = [result.direction for result in results if result.standing is standing]
        if mine:
            stated = tuple(way for way in Direction if way in mine and way is not Direction.NOT_STATED)
            marks.append(AreaMark(standing, stated, len(mine)))
    return AreaResults(tuple(marks), tuple(slug_of(result.claim) for result in results))
