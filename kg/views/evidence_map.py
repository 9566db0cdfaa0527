"""What we know and don't: factors, actions or difficulties by area of results, and what that rests on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Basis, Counts, Direction, Standing, Voice, what_counts
from kg.queries.typed_rows import row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views.case_concepts import concepts_of_cases
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link, Statement
from kg.views.statements import slug_of, statements_of

__all__ = ["BY", "EvidenceCell", "EvidenceMap", "EvidenceRow", "evidence_map", "evidence_of"]

# What the rows can be, by the word that stands for it in an address, with its scheme.
BY = {"practice": "practices", "difficulty": "challenges", "factor": "factors"}
_AREAS = "outcomes"
# To be better than elsewhere is a good result as to become better is, though it says nothing of before.
_GOOD_OR_BAD = {
    Direction.BETTER_THAN_ELSEWHERE: Direction.IMPROVED,
    Direction.WORSE_THAN_ELSEWHERE: Direction.WORSENED,
}


@dataclass(frozen=True)
class EvidenceCell:
    """What is held on one matter and one area of results.

    Attributes:
        naming: Statements, by IRI, that name the matter and the area themselves.
        beside: Further statements that report a result in the area, of a place of which the matter is told.
        places: Of how many places either kind tells.
        directions: How many of the results went which way.
        standings: How many of the results rest on what.
    """

    naming: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    places: int = 0
    directions: tuple[tuple[Direction, int], ...] = ()
    standings: tuple[tuple[Standing, int], ...] = ()

    @property
    def statements(self) -> int:
        """How many statements there are; none where nothing is known."""
        return len(self.naming) + len(self.beside)

    @property
    def lean(self) -> Direction:
        """Which way the results went that give a direction: mixed where they differ.

        What is better than elsewhere counts as improved here, and the other way round.
        """
        ways = {_GOOD_OR_BAD.get(way, way) for way, _ in self.directions} - {Direction.NOT_STATED}
        if len(ways) > 1:
            return Direction.MIXED
        return ways.pop() if ways else Direction.NOT_STATED

    @property
    def evaluated(self) -> bool:
        """Whether an independent evaluation, inspection or audit found at least one of the results."""
        return Standing.EVALUATED in dict(self.standings)


@dataclass(frozen=True)
class EvidenceRow:
    """One matter with its cells, in the order of the areas.

    Attributes:
        slug: What stands for it in an address.
        matter: Its name, with its page.
        places: Of how many places it is told.
        cells: One for each area.
    """

    slug: str
    matter: Link
    places: int
    cells: tuple[EvidenceCell, ...]

    @property
    def filled(self) -> int:
        """In how many areas something is held."""
        return sum(cell.statements > 0 for cell in self.cells)


@dataclass(frozen=True)
class EvidenceMap:
    """What we know and don't.

    Attributes:
        areas: Slug and name of each area of results, with its page.
        rows: The matters, those with most areas first, the empty ones last.
    """

    areas: tuple[tuple[str, Link], ...]
    rows: tuple[EvidenceRow, ...]

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.areas) * len(self.rows)

    @property
    def filled(self) -> int:
        """In how many of them something is held."""
        return sum(row.filled for row in self.rows)

    def found(self, matter: str, area: str) -> tuple[EvidenceRow, Link, EvidenceCell] | None:
        """Give the cell of a matter and an area, by their slugs; None if there is none."""
        for row in self.rows:
            for (slug, name), cell in zip(self.areas, row.cells, strict=True):
                if (row.slug, slug) == (matter, area):
                    return row, name, cell
        return None


@dataclass(frozen=True)
class _Result:
    """A statement that reports a result."""

    case: str
    direction: Direction
    standing: Standing


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


@row_of("result-ties")
class _TieRow:
    claim: str
    concept: str
    area: str
    strength: int


def evidence_map(engine: Engine, by: str, graphs: Graphs = None, *, readings: bool = False) -> EvidenceMap:
    """Set matters against areas of results.

    A statement stands in a cell if it names both, or if it reports a result in the area of a place of
    which the matter is told. The second says nothing of one leading to the other.

    Args:
        engine: Where to ask.
        by: What the rows are: one of `BY`.
        graphs: Graphs to ask; all of them if None.
        readings: Whether what is read from a document joins matters to places and statements, beside
            what it states outright.
    """
    scheme = BY[by]
    matters = rows_as(_ConceptRow, engine, graphs, scheme=URIRef(PREFIXES["scheme"] + scheme))
    areas = _areas(engine, graphs)
    counts = what_counts(engine)
    weakest = counts.weakest_reading if readings else Basis.EXPLICIT.position
    results, by_case = _results(
        shown_rows(_ResultRow, engine, graphs, lambda row: (row.case, row.area)), counts
    )
    places = _places(engine, graphs, weakest)
    naming = _naming(shown_rows(_TieRow, engine, graphs, lambda row: (row.concept, row.area)), weakest)
    rows = []
    for iri, label in dict.fromkeys((matter.concept, matter.label) for matter in matters):
        cells = tuple(
            _cell(
                naming.get((iri, area), {}),
                [claim for case in places.get(iri, ()) for claim in by_case.get((case, area), {})],
                results,
            )
            for area, _ in areas
        )
        rows.append(EvidenceRow(slug_of(iri), link_of(iri, label), len(places.get(iri, ())), cells))
    rows.sort(key=lambda row: (-row.filled, -sum(cell.statements for cell in row.cells), row.matter.name))
    return EvidenceMap(tuple((slug_of(iri), link) for iri, link in areas), tuple(rows))


def evidence_of(engine: Engine, cell: EvidenceCell, graphs: Graphs = None) -> Mapping[str, Statement]:
    """Give the statements of a cell, each with where it says so, by IRI."""
    return statements_of(engine, [*cell.naming, *cell.beside], graphs)


def _areas(engine: Engine, graphs: Graphs) -> list[tuple[str, Link]]:
    rows = rows_as(_ConceptRow, engine, graphs, scheme=URIRef(PREFIXES["scheme"] + _AREAS))
    areas = {row.concept: link_of(row.concept, row.label) for row in rows if row.broader is None}
    return sorted(areas.items(), key=lambda area: area[1].name)


def _results(
    rows: Iterable[_ResultRow], counts: Counts
) -> tuple[dict[str, _Result], dict[tuple[str, str], dict[str, None]]]:
    """Give each result, and the results by case and area; the surest of what a result rests on counts."""
    results: dict[str, _Result] = {}
    by_case: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        rests_on = counts.standing(row.kind, row.voice)
        known = results.get(row.claim)
        if known is None or rests_on.position < known.standing.position:
            results[row.claim] = _Result(row.case, row.direction, rests_on)
        by_case.setdefault((row.case, row.area), {})[row.claim] = None
    return results, by_case


def _places(engine: Engine, graphs: Graphs, weakest: int) -> dict[str, dict[str, None]]:
    """Give the cases of which each concept is told."""
    cases: dict[str, dict[str, None]] = {}
    for found in concepts_of_cases(engine, graphs, weakest):
        cases.setdefault(found.concept, {})[found.case] = None
    return cases


def _naming(rows: Iterable[_TieRow], weakest: int) -> dict[tuple[str, str], dict[str, None]]:
    claims: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        if row.strength <= weakest:
            claims.setdefault((row.concept, row.area), {})[row.claim] = None
    return claims


def _cell(naming: Iterable[str], told: Iterable[str], results: Mapping[str, _Result]) -> EvidenceCell:
    both = tuple(naming)
    beside = tuple(claim for claim in dict.fromkeys(told) if claim not in both)
    reported = [results[claim] for claim in (*both, *beside) if claim in results]
    ways = Counter(result.direction for result in reported)
    rests = Counter(result.standing for result in reported)
    return EvidenceCell(
        naming=both,
        beside=beside,
        places=len({result.case for result in reported}),
        directions=tuple((direction, ways[direction]) for direction in Direction if ways[direction]),
        standings=tuple((standing, rests[standing]) for standing in Standing if rests[standing]),
    )
