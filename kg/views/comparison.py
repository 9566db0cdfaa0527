"""Some cases side by side: what they share, what one alone has, what none is said to have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.evidence import Basis, Polarity, what_counts
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.facets import FacetValueRow
from kg.views.links import link_of
from kg.views.records import Case, CaseRow
from kg.views.statement_records import Link, Statement
from kg.views.statements import slug_of

__all__ = ["FEWEST", "MOST", "Cell", "Comparison", "ComparisonSection", "SharedMatter", "comparison"]

FEWEST, MOST = 2, 4
# The parts of a comparison in the order of the page, each with the schemes it draws on.
_SECTIONS = (
    ("The situation they faced", ("challenges",)),
    ("What leaders did", ("practices",)),
    ("What services did", ("service-actions",)),
    ("What is reported", ("outcomes",)),
    ("Who was involved", ("parties",)),
    ("Factors", ("factors",)),
)
_RESULTS = "outcomes"


@dataclass(frozen=True)
class Cell:
    """What is said of one case on one matter.

    Attributes:
        stated: Statements that say so outright.
        read: Statements that are read to say so.
        denied: Statements that say it was not so, or that no effect was found.
    """

    stated: tuple[Statement, ...] = ()
    read: tuple[Statement, ...] = ()
    denied: tuple[Statement, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether a statement says so, outright or as it is read."""
        return bool(self.stated or self.read)

    @property
    def silent(self) -> bool:
        """Whether no statement speaks of it."""
        return not (self.holds or self.denied)


@dataclass(frozen=True)
class SharedMatter:
    """One matter, with what is said of it in each case.

    Attributes:
        matter: What it is called, with its page.
        cells: One for each case, in their order.
    """

    matter: Link
    cells: tuple[Cell, ...]

    @property
    def cases(self) -> int:
        """Of how many cases it is said or read."""
        return sum(cell.holds for cell in self.cells)


@dataclass(frozen=True)
class ComparisonSection:
    """One part of a comparison.

    Attributes:
        heading: What it is about.
        rows: What all share first, then what some share, then what each alone has.
        of_results: Whether it is results that are told of, which have a direction.
        none: What is said of none of them, though it is of others; of results, the areas.
    """

    heading: str
    rows: tuple[SharedMatter, ...]
    of_results: bool = False
    none: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Some cases side by side.

    Attributes:
        cases: The cases.
        read_whole: Of each, whether every document that speaks of it was read whole.
        sections: The parts.
        shared: How many matters are said or read of all of them.
        alone: How many are said or read of each case and no other.
        matters: How many are said or read of any.
    """

    cases: tuple[CaseRow, ...]
    read_whole: tuple[bool, ...]
    sections: tuple[ComparisonSection, ...]
    shared: int
    alone: tuple[int, ...]
    matters: int


@row_of("comparison-ties")
class _TieRow:
    case: str
    scheme: str
    concept: str
    label: str
    claim: str
    polarity: Polarity
    strength: int


def comparison(engine: Engine, cases: Sequence[Case], graphs: Graphs = None) -> Comparison:
    """Set cases side by side.

    Args:
        engine: Where to ask.
        cases: The cases, as their own pages show them.
        graphs: Graphs to ask; all of them if None.
    """
    iris = [URIRef(PREFIXES["case"] + case.row.slug) for case in cases]
    statements = [
        {statement.slug: statement for group in case.groups for _, told in group.parts for statement in told}
        for case in cases
    ]
    ties: dict[str, dict[str, list[_TieRow]]] = {}
    names: dict[str, Link] = {}
    for row in shown_rows(_TieRow, engine, graphs, lambda row: (row.case, row.concept), case=iris):
        names[row.concept] = link_of(row.concept, row.label)
        ties.setdefault(slug_of(row.scheme), {}).setdefault(row.concept, []).append(row)
    unsaid = _unsaid(engine, graphs, cases)
    weakest = what_counts(engine).weakest_reading
    sections = []
    for heading, schemes in _SECTIONS:
        shared = [
            SharedMatter(names[concept], tuple(map(_cell_of(told, weakest), map(str, iris), statements)))
            for scheme in schemes
            for concept, told in ties.get(scheme, {}).items()
        ]
        shared = sorted((row for row in shared if not all(cell.silent for cell in row.cells)), key=_order)
        spoken_of = {row.matter for row in shared}
        none = (link for scheme in schemes for link in unsaid.get(scheme, ()) if link not in spoken_of)
        sections.append(ComparisonSection(heading, tuple(shared), "outcomes" in schemes, tuple(none)))
    rows = [row for section in sections for row in section.rows]
    only_one = [row for row in rows if row.cases == 1]
    return Comparison(
        cases=tuple(case.row for case in cases),
        read_whole=tuple(case.read_whole for case in cases),
        sections=tuple(sections),
        shared=sum(row.cases == len(cases) for row in rows),
        alone=tuple(sum(row.cells[place].holds for row in only_one) for place in range(len(cases))),
        matters=sum(row.cases > 0 for row in rows),
    )


def _cell_of(told: Sequence[_TieRow], weakest: int) -> Callable[[str, Mapping[str, Statement]], Cell]:
    def cell(case: str, statements: Mapping[str, Statement]) -> Cell:
        stated: dict[str, Statement] = {}
        read: dict[str, Statement] = {}
        denied: dict[str, Statement] = {}
        for row in told:
            statement = statements.get(slug_of(row.claim))
            if row.case != case or statement is None or row.strength > weakest:
                continue
            if row.polarity is not Polarity.AFFIRMED:
                denied[statement.slug] = statement
            else:
                (stated if row.strength == Basis.EXPLICIT.position else read)[statement.slug] = statement
        only_read = tuple(statement for slug, statement in read.items() if slug not in stated)
        return Cell(tuple(stated.values()), only_read, tuple(denied.values()))

    return cell


def _order(row: SharedMatter) -> tuple[int, tuple[bool, ...], str]:
    """Put what more cases share first, then what the first case has, then the second."""
    return -row.cases, tuple(not cell.holds for cell in row.cells), row.matter.name


def _unsaid(engine: Engine, graphs: Graphs, cases: Sequence[Case]) -> dict[str, list[Link]]:
    """List what can be said in each scheme; of results, the areas in which none of the cases reports one."""
    values = grouped(rows_as(FacetValueRow, engine, graphs), key=lambda row: row.scheme)
    listed = {
        slug_of(scheme): [link_of(row.value, row.label) for row in rows]
        for scheme, rows in values.items()
        if scheme is not None
    }
    areas = [
        {name for silence in case.silences if silence.scheme == _RESULTS for name in silence.names}
        for case in cases
    ]
    without = set.intersection(*areas) if areas else set()
    listed["outcomes"] = [link for link in listed.get("outcomes", []) if link.name in without]
    return listed
