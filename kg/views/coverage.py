"""What the collection holds and lacks, counted by named questions."""

from dataclasses import dataclass

from kg.engine import Engine
from kg.queries.questions import ask
from kg.views.choices import Graphs
from kg.views.statements import text

__all__ = ["Coverage", "Omission", "Table", "coverage"]


@dataclass(frozen=True)
class Table:
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

    factors: Table
    outcome_groups: Table
    directions: Table
    countries: Table
    kinds: Table
    parties: Table
    setbacks: Table
    tiers: Table
    omissions: tuple[Omission, ...]


def coverage(engine: Engine, graphs: Graphs = None) -> Coverage:
    """Count what the collection holds and lacks."""

    def table(name: str, **columns: str) -> Table:
        rows = [
            tuple(text(record[column]) or "Not named" for column in columns)
            for record in ask(engine, name, graphs)
        ]
        return Table(tuple(columns.values()), tuple(rows))

    return Coverage(
        factors=table(
            "coverage-factors", label="Factor", said="Cases said to show it", saidOrRead="Said or read"
        ),
        outcome_groups=table(
            "coverage-outcome-groups",
            label="Results on",
            cases="Cases",
            statements="Results",
            improved="Better",
            worsened="Worse",
            noEffect="No change found",
        ),
        directions=table("coverage-directions", label="Direction", voice="Who says so", results="Results"),
        countries=table("coverage-countries", label="Country", cases="Cases"),
        kinds=table(
            "source-kinds",
            label="Kind of document",
            documents="Documents",
            statements="Statements",
            results="Results",
        ),
        parties=table("coverage-parties", label="Who had a part", cases="Cases that say so"),
        setbacks=table("setback-counts", label="What went wrong", cases="Cases", statements="Statements"),
        tiers=table("source-tiers", label="Tier", copy="Read on", documents="Documents"),
        omissions=tuple(
            Omission(
                text(each["identifier"]), text(each["label"]), text(each["source"]), text(each["reason"])
            )
            for each in ask(engine, "omission-list", graphs)
        ),
    )
