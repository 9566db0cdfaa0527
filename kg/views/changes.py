"""What changed in the collection: statements that are new, were corrected or withdrawn, by release."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from rdflib import URIRef

from kg.engine import Engine
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.links import is_address, link_of
from kg.views.statement_records import Link
from kg.views.statements import slug_of

__all__ = [
    "Addition",
    "Changes",
    "Correction",
    "Release",
    "Since",
    "Withdrawal",
    "changes",
    "corrections_of",
    "withdrawal_of",
]


@dataclass(frozen=True)
class Release:
    """The collection as it was published on one day.

    Attributes:
        iri: Its name for programs.
        version: Its version, such as `0.1.0`.
        day: The day.
        held: How many statements it held.
    """

    iri: str
    version: str
    day: date
    held: int


@dataclass(frozen=True)
class Addition:
    """A statement that joined the collection after its beginning.

    Attributes:
        slug: The last part of its IRI.
        statement: What it says.
        about: The cases or the field it is about.
        day: When it joined.
    """

    slug: str
    statement: str
    about: tuple[Link, ...]
    day: date


@dataclass(frozen=True)
class Correction:
    """What was put right in a statement.

    Attributes:
        iri: The name of the correction for programs.
        slug: The last part of the IRI of the statement.
        statement: What it says now; None where it was withdrawn later.
        about: The cases or the field it is about.
        day: When it was corrected.
        note: What was put right, and why.
    """

    iri: str
    slug: str
    statement: str | None
    about: tuple[Link, ...]
    day: date
    note: str


@dataclass(frozen=True)
class Withdrawal:
    """A statement that was taken back.

    Attributes:
        iri: The name of the withdrawal for programs.
        slug: The last part of the IRI that the statement had.
        about: The cases or the field it was about.
        day: When it was withdrawn.
        note: Why.
        source: The document it was taken from.
        instead: The statement that stands in its place.
    """

    iri: str
    slug: str
    about: tuple[Link, ...]
    day: date
    note: str
    source: Link
    instead: Link | None


@dataclass(frozen=True)
class Since:
    """What changed up to a release and after the one before.

    Attributes:
        release: The release; None for what changed after the latest.
        first: Whether it is the first release, which holds everything that has no day of its own.
        added: Statements that joined, newest first.
        corrected: Statements that were corrected, latest first.
        withdrawn: Statements that were withdrawn, latest first.
    """

    release: Release | None
    first: bool
    added: tuple[Addition, ...]
    corrected: tuple[Correction, ...]
    withdrawn: tuple[Withdrawal, ...]


@dataclass(frozen=True)
class Changes:
    """The log of the collection.

    Attributes:
        begun: The day the collection was begun.
        added: All statements that joined after the beginning, newest first.
        corrected: All corrections, latest first.
        withdrawn: All withdrawals, latest first.
        releases: All releases, latest first.
    """

    begun: date
    added: tuple[Addition, ...]
    corrected: tuple[Correction, ...]
    withdrawn: tuple[Withdrawal, ...]
    releases: tuple[Release, ...]

    @property
    def periods(self) -> tuple[Since, ...]:
        """What changed, latest first, by the first release on or after its day."""
        befores = [*(release.day for release in self.releases), None]
        periods = [
            self._since(release, before)
            for release, before in zip([None, *self.releases], befores, strict=True)
        ]
        return tuple(
            period
            for period in periods
            if period.release or period.added or period.corrected or period.withdrawn
        )

    def _since(self, release: Release | None, before: date | None) -> Since:
        until = None if release is None else release.day
        return Since(
            release,
            release is not None and before is None,
            _between(self.added, before, until),
            _between(self.corrected, before, until),
            _between(self.withdrawn, before, until),
        )


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


_D = TypeVar("_D", bound=_Dated)


def _between(dated: Iterable[_D], before: date | None, until: date | None) -> tuple[_D, ...]:
    return tuple(
        entry
        for entry in dated
        if (before is None or entry.day > before) and (until is None or entry.day <= until)
    )


@row_of("collection-begun")
class _BegunRow:
    day: date


@dataclass(frozen=True)
class _AboutRow:
    about: str
    label: str


@row_of("addition-list")
class _AdditionRow(_AboutRow):
    claim: str
    statement: str
    day: date


@row_of("correction-list")
class _CorrectionRow(_AboutRow):
    change: str
    claim: str
    statement: str | None
    day: date
    note: str


@row_of("withdrawal-list")
class _WithdrawalRow(_AboutRow):
    change: str
    claim: str
    day: date
    note: str
    source: str
    source_label: str
    instead: str | None
    statement: str | None


@row_of("release-list")
class _ReleaseRow:
    release: str
    version: str
    issued: date
    held: int


@row_of("statement-corrections")
class _NoteRow:
    day: date
    note: str


def changes(engine: Engine, graphs: Graphs = None) -> Changes:
    """Give what changed in the collection.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Changes(
        begun=min(row.day for row in rows_as(_BegunRow, engine, graphs)),
        added=tuple(
            Addition(slug_of(claim), rows[0].statement, _about(rows), rows[0].day)
            for claim, rows in grouped(
                shown_rows(_AdditionRow, engine, graphs), key=lambda row: row.claim
            ).items()
        ),
        corrected=tuple(
            Correction(
                change,
                slug_of(rows[0].claim),
                rows[0].statement,
                _about(rows),
                rows[0].day,
                rows[0].note,
            )
            for change, rows in grouped(
                rows_as(_CorrectionRow, engine, graphs), key=lambda row: row.change
            ).items()
        ),
        withdrawn=_withdrawn(engine, graphs),
        releases=tuple(
            Release(row.release, row.version, row.issued, row.held)
            for row in rows_as(_ReleaseRow, engine, graphs)
        ),
    )


def corrections_of(engine: Engine, slug: str, graphs: Graphs = None) -> tuple[tuple[date, str], ...]:
    """Give the day and the text of each correction of a statement, latest first.

    Args:
        engine: Where to ask.
        slug: The last part of the IRI of the statement, which may be anything that a stranger wrote.
        graphs: Graphs to ask; all of them if None.
    """
    if not is_address(slug):
        return ()
    rows = rows_as(_NoteRow, engine, graphs, claim=URIRef(PREFIXES["claim"] + slug))
    return tuple((row.day, row.note) for row in rows)


def withdrawal_of(engine: Engine, slug: str, graphs: Graphs = None) -> Withdrawal | None:
    """Give the withdrawal of a statement; None if there is no such statement or it stands.

    Args:
        engine: Where to ask.
        slug: The last part of the IRI of the statement, which may be anything that a stranger wrote.
        graphs: Graphs to ask; all of them if None.
    """
    return next((withdrawal for withdrawal in _withdrawn(engine, graphs) if withdrawal.slug == slug), None)


def _withdrawn(engine: Engine, graphs: Graphs) -> tuple[Withdrawal, ...]:
    withdrawn = grouped(rows_as(_WithdrawalRow, engine, graphs), key=lambda row: row.change)
    return tuple(_withdrawal(change, rows) for change, rows in withdrawn.items())


def _withdrawal(change: str, rows: Sequence[_WithdrawalRow]) -> Withdrawal:
    row = rows[0]
    return Withdrawal(
        change,
        slug_of(row.claim),
        _about(rows),
        row.day,
        row.note,
        link_of(row.source, row.source_label),
        None if row.instead is None else link_of(row.instead, row.statement or ""),
    )


def _about(rows: Iterable[_AboutRow]) -> tuple[Link, ...]:
    """Return what one thing is about, which has a row for each."""
    return tuple(link_of(row.about, row.label) for row in rows)
