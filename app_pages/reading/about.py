"""The page About: what this is, where it comes from, how sure it is and what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app_pages.parts import background, graph
from app_pages.parts.templates import render
from app_pages.reading.page import ReadingPage, Slots
from kg.language import gettext as _
from kg.language import ngettext
from kg.settings.contact import Contact, contact_of_environment
from kg.views import (
    Changes,
    Collection,
    CollectionStats,
    Correction,
    CountTable,
    Coverage,
    Link,
    Since,
    Withdrawal,
    day_in_words,
)
from kg.web.changes import FEED

__all__ = ["about", "page"]


@dataclass(frozen=True)
class _Table:
    """A table of counts: its name in an address, its heading, what it means in a sentence, and its rows."""

    slug: str
    name: str
    meaning: str
    rows: CountTable


@dataclass(frozen=True)
class _LogEntry:
    """A correction or withdrawal.

    Attributes:
        day: When it was made.
        heading: What was done, and when.
        about: The cases or the field that the statement is about.
        note: What was put right, or why the statement was withdrawn.
        links: What can be read about it: what is said before a link, and the link.
    """

    day: date
    heading: str
    about: tuple[Link, ...]
    note: str
    links: tuple[tuple[str, Link], ...]


@dataclass(frozen=True)
class _Period:
    """What changed up to a release, or since the last one, with the statements that are new."""

    heading: str
    said: tuple[str, ...]
    added: tuple[tuple[Link, tuple[Link, ...]], ...]


def page(_slots: Slots) -> ReadingPage:
    """Return the page."""
    return about(
        graph.collection(),
        graph.collection_stats(),
        graph.coverage(),
        graph.changes(),
        contact_of_environment(),
    )


def about(
    collection: Collection,
    made: CollectionStats,
    coverage: Coverage,
    changes: Changes,
    contact: Contact | None,
) -> ReadingPage:
    """Return the page for what was counted.

    Args:
        collection: What the cases are taken from.
        made: How the collection was made, in numbers.
        coverage: What it holds and lacks.
        changes: What changed in it.
        contact: How whoever runs this copy can be reached, where that is known.
    """
    answer = _(
        "This site shows what %(places)s did to get health and care organisations working together, what "
        "happened, and how sure we can be.",
        places=ngettext("%(num)s place or group", "%(num)s places and groups", made.cases),
    )
    return ReadingPage(
        title=_("About"),
        description=answer,
        html=render(
            "pages/about.html",
            answer=answer,
            papers=[Link(title, page) for title, page in collection.papers],
            made=made,
            tables=_tables(coverage),
            omissions=coverage.omissions,
            log=_log(changes),
            periods=[_period(each, bool(changes.releases)) for each in changes.periods],
            released=bool(changes.releases),
            contact=contact,
            feed=FEED[1:],
            ways=background.ways(),
        ),
        address="about",
        kind="AboutPage",
    )


def _tables(found: Coverage) -> list[_Table]:
    return [
        _Table(
            "by-factor",
            _("By factor"),
            _("The last column adds the cases that show a factor only by our reading."),
            found.factors,
        ),
        _Table(
            "by-results",
            _("By what results are about"),
            _("An empty line means that we found no result in what we read. There may be results elsewhere."),
            found.outcome_groups,
        ),
        _Table("by-direction", _("Which way results went, and who says so"), "", found.directions),
        _Table(
            "by-setback", _("What went wrong"), _("We count what a document itself says."), found.setbacks
        ),
        _Table(
            "by-country",
            _("By country"),
            _("What happened in one country may not happen in another."),
            found.countries,
        ),
        _Table(
            "by-kind",
            _("By kind of document"),
            _("We decide the kind of each document one by one."),
            found.kinds,
        ),
        _Table("by-tier", _("How documents were published, and where we read them"), "", found.tiers),
        _Table(
            "by-party",
            _("Who was involved"),
            _("We count a case only where a document itself says that the party was involved."),
            found.parties,
        ),
    ]


def _log(changes: Changes) -> Sequence[_LogEntry]:
    """Return every correction and withdrawal, latest first."""
    entries = [*map(_corrected, changes.corrected), *map(_withdrawn, changes.withdrawn)]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def _corrected(correction: Correction) -> _LogEntry:
    now = (
        ("", Link(_("A statement that was withdrawn later"), f"claim?id={correction.slug}"))
        if correction.statement is None
        else (_("It now says:"), Link(correction.statement, f"claim?id={correction.slug}"))
    )
    heading = _("Corrected on %(day)s", day=day_in_words(correction.day))
    return _LogEntry(correction.day, heading, correction.about, correction.note, (now,))


def _withdrawn(withdrawal: Withdrawal) -> _LogEntry:
    links = [
        (_("Taken from:"), withdrawal.source),
        ("", Link(_("What is left of it"), f"claim?id={withdrawal.slug}")),
    ]
    if withdrawal.instead is not None:
        links.append((_("In its place:"), withdrawal.instead))
    heading = _("Withdrawn on %(day)s", day=day_in_words(withdrawal.day))
    return _LogEntry(withdrawal.day, heading, withdrawal.about, withdrawal.note, tuple(links))


def _period(since: Since, released: bool) -> _Period:
    release = since.release
    if release is None:
        heading = _("Since the last release") if released else _("Before the first release")
        held: tuple[str, ...] = ()
    else:
        heading = _("Release %(version)s, %(day)s", version=release.version, day=day_in_words(release.day))
        held = (
            ngettext(
                "The collection held %(num)s statement.",
                "The collection held %(num)s statements.",
                release.held,
            ),
        )
    if since.first:
        return _Period(heading, (*held, _("This was the first release, so all of them were new.")), ())
    counts = _(
        "New: %(new)s. Corrected: %(corrected)s. Withdrawn: %(withdrawn)s.",
        new=len(since.added),
        corrected=len(since.corrected),
        withdrawn=len(since.withdrawn),
    )
    added = tuple((Link(each.statement, f"claim?id={each.slug}"), each.about) for each in since.added)
    return _Period(heading, (*held, counts), added)
