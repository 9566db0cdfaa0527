"""What changed in the collection: statements that are new, were corrected or withdrawn, by release."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.queries.questions import ask
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.links import is_address, link_of
from kg.views.records import Link
from kg.views.statements import Record, maybe, slug_of, text

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
        befores = [*(each.day for each in self.releases), None]
        found = [
            self._since(release, before)
            for release, before in zip([None, *self.releases], befores, strict=True)
        ]
        return tuple(each for each in found if each.release or each.added or each.corrected or each.withdrawn)

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


def _between(found: Iterable[_D], before: date | None, until: date | None) -> tuple[_D, ...]:
    return tuple(
        each
        for each in found
        if (before is None or each.day > before) and (until is None or each.day <= until)
    )


def changes(engine: Engine, graphs: Graphs = None) -> Changes:
    """Give what changed in the collection.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Changes(
        begun=min(_day(each["day"]) for each in ask(engine, "collection-begun", graphs)),
        added=tuple(
            Addition(slug_of(claim), text(one["statement"]), about, _day(one["day"]))
            for claim, one, about in _told(ask(engine, "addition-list", graphs), "claim")
        ),
        corrected=tuple(
            Correction(
                change,
                slug_of(text(one["claim"])),
                maybe(one["statement"]),
                about,
                _day(one["day"]),
                text(one["note"]),
            )
            for change, one, about in _told(ask(engine, "correction-list", graphs), "change")
        ),
        withdrawn=_withdrawn(engine, graphs),
        releases=tuple(
            Release(
                text(each["release"]), text(each["version"]), _day(each["issued"]), int(text(each["held"]))
            )
            for each in ask(engine, "release-list", graphs)
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
    records = ask(engine, "statement-corrections", graphs, claim=URIRef(PREFIXES["claim"] + slug))
    return tuple((_day(each["day"]), text(each["note"])) for each in records)


def withdrawal_of(engine: Engine, slug: str, graphs: Graphs = None) -> Withdrawal | None:
    """Give the withdrawal of a statement; None if there is no such statement or it stands.

    Args:
        engine: Where to ask.
        slug: The last part of the IRI of the statement, which may be anything that a stranger wrote.
        graphs: Graphs to ask; all of them if None.
    """
    return next((each for each in _withdrawn(engine, graphs) if each.slug == slug), None)


def _withdrawn(engine: Engine, graphs: Graphs) -> tuple[Withdrawal, ...]:
    return tuple(
        Withdrawal(
            change,
            slug_of(text(one["claim"])),
            about,
            _day(one["day"]),
            text(one["note"]),
            link_of(text(one["source"]), text(one["sourceLabel"])),
            None if one["instead"] is None else link_of(text(one["instead"]), text(one["statement"])),
        )
        for change, one, about in _told(ask(engine, "withdrawal-list", graphs), "change")
    )


def _told(records: Iterable[Record], key: str) -> list[tuple[str, Record, tuple[Link, ...]]]:
    """Put the rows of one thing together, which has one for each case it is about; keeps their order."""
    rows: dict[str, list[Record]] = {}
    for record in records:
        rows.setdefault(text(record[key]), []).append(record)
    return [
        (iri, found[0], tuple(link_of(text(each["about"]), text(each["label"])) for each in found))
        for iri, found in rows.items()
    ]


def _day(node: Node | None) -> date:
    return date.fromisoformat(text(node))
