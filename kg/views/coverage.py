"""What the collection holds and lacks, counted by named questions."""

from dataclasses import dataclass

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as
from kg.views.choices import Graphs

__all__ = ["CountTable", "Coverage", "Omission", "coverage"]


@dataclass(frozen=True)
class CountTable:
    """A small table of names and counts.

    Attributes:
        columns: Headings, that of the names first.
        rows: A name and its counts, each.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Omission:
    """A statement that was read and left out.

    Attributes:
        identifier: Its identifier.
        case: Name of the case it would be about.
        source: Name of the document it stands in.
        reason: Why it was left out.
    """

    identifier: str
    case: str
    source: str
    reason: str


@dataclass(frozen=True)
class Coverage:
    """What the collection holds and lacks.

    Attributes:
        factors: Cases by factor, said and read.
        outcome_groups: Cases and results by group, and which way they went.
        directions: Results by direction and voice.
        countries: Cases by country.
        kinds: Documents, statements and results by kind of document.
        parties: Cases by party said to have had a part.
        setbacks: Cases and statements by what went wrong.
        tiers: Documents by tier and by where they were read.
        omissions: What was read and left out.
    """

    factors: CountTable
    outcome_groups: CountTable
    directions: CountTable
    countries: CountTable
    kinds: CountTable
    parties: CountTable
    setbacks: CountTable
    tiers: CountTable
    omissions: tuple[Omission, ...]


@row_of("coverage-factors")
class _FactorRow:
    label: str
    said: int
    said_or_read: int


@row_of("coverage-outcome-groups")
class _OutcomeGroupRow:
    label: str
    cases: int
    statements: int
    improved: int
    worsened: int
    no_effect: int


@row_of("coverage-directions")
class _DirectionRow:
    label: str
    voice: str
    results: int


@row_of("coverage-countries")
class _CountryRow:
    label: str | None
    cases: int


@row_of("source-kinds")
class _KindRow:
    label: str
    documents: int
    shown: int
    results: int


@row_of("coverage-parties")
class _PartyRow:
    label: str
    cases: int


@row_of("setback-counts")
class _SetbackRow:
    label: str
    cases: int
    statements: int


@row_of("source-tiers")
class _TierRow:
    label: str
    copy: str
    documents: int


@row_of("omission-list")
class _OmissionRow:
    identifier: str
    label: str
    source: str
    reason: str


def coverage(engine: Engine, graphs: Graphs = None) -> Coverage:
    """Count what the collection holds and lacks."""

    def table(kind: type[object], *columns: str) -> CountTable:
        rows = rows_as(kind, engine, graphs)
        return CountTable(columns, tuple(tuple(map(_shown, vars(row).values())) for row in rows))

    return Coverage(
        factors=table(_FactorRow, "Factor", "Cases said to show it", "Said or read"),
        outcome_groups=table(
            _OutcomeGroupRow, "Results on", "Cases", "Results", "Better", "Worse", "No change found"
        ),
        directions=table(_DirectionRow, "Direction", "Who says so", "Results"),
        countries=table(_CountryRow, "Country", "Cases"),
        kinds=table(_KindRow, "Kind of document", "Documents", "Statements", "Results"),
        parties=table(_PartyRow, "Who was involved", "Cases that say so"),
        setbacks=table(_SetbackRow, "What went wrong", "Cases", "Statements"),
        tiers=table(_TierRow, "Tier", "Read on", "Documents"),
        omissions=tuple(
            Omission(row.identifier, row.label, row.source, row.reason)
            for row in rows_as(_OmissionRow, engine, graphs)
        ),
    )


def _shown(value: str | int | None) -> str:
    return "Not named" if value is None else str(value)
