"""What pages of factors, practices, difficulties and other things have in common."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from app_pages.parts import graph
from app_pages.reading.headings import ORDER, heading_of
from kg import sessions
from kg.errors import UnknownName
from kg.language import gettext as _
from kg.language import ngettext
from kg.terms import BASE, shorten
from kg.views import Entry, Link, ListedTerm, Story, Ties

__all__ = [
    "DONE",
    "SessionIdeas",
    "extent",
    "numbers",
    "questions",
    "session_ideas",
    "silence",
    "summary",
    "terms_by_address",
]

# What is done; the rest is found, faced or had.
DONE = frozenset({"facilitator-practices", "practices", "service-actions"})
_ACTIVITIES = 3
# The slot of the page that plans a session, for what a session can be about.
_SESSION_SLOTS = {"challenges": "difficulty", "factors": "factor"}


@dataclass(frozen=True)
class SessionIdeas:
    """How a group can work on something.

    Attributes:
        address: The page that plans a session on it.
        ready_made: Sessions on it that are planned already.
        activities: The first things that a group can do about it, by our judgement.
        more: How many more there are.
        question: What to ask a group, by our judgement; None where we have nothing to ask.
    """

    address: str | None
    ready_made: tuple[Link, ...]
    activities: tuple[sessions.Activity, ...]
    more: int
    question: str | None


def summary(path: str) -> Story | None:
    """Return the summary of a concept; None where none is written.

    Args:
        path: Its address from the base on, such as `scheme/practices/pool-budgets`.
    """
    try:
        story = graph.story(shorten(BASE + path))
    except UnknownName:
        return None
    return story if story.parts else None


def numbers(story: Story | None) -> dict[str, int]:
    """Number the statements that a summary rests on, in the order in which a reader meets them."""
    met = dict.fromkeys(
        claim
        for part in (story.parts if story else ())
        for sentence in part.sentences
        for claim in sentence.claims
    )
    return {claim: number for number, claim in enumerate(met, start=1)}


def extent(entry: Entry) -> list[str]:
    """Say in sentences in how many cases a thing is found, how surely, and in how many statements."""
    found, count = entry.mentions.found_in, entry.mentions.count
    if not count:
        return []
    said = [_cases(entry.scheme, found.count)] if found.count else []
    read = found.count - found.explicit
    if entry.scheme and read and read == found.count:
        said.append(ngettext("That is our reading.", "That is our reading in each of them.", read))
    elif entry.scheme and read:
        said.append(ngettext("%(num)s of them is our reading.", "%(num)s of them are our reading.", read))
    return [*said, ngettext("%(num)s statement in all.", "%(num)s statements in all.", count)]


def _cases(scheme: str, number: int) -> str:
    if not scheme:
        return ngettext("Named in %(num)s case.", "Named in %(num)s cases.", number)
    if scheme in DONE:
        return ngettext("Done in %(num)s case.", "Done in %(num)s cases.", number)
    return ngettext("Found in %(num)s case.", "Found in %(num)s cases.", number)


def silence(scheme: str) -> str:
    """Say that no case is found in which a thing was done or shown."""
    if graph.paper_alone():
        return (
            _("The King’s Fund paper reports no case where this was done.")
            if scheme in DONE
            else _("The King’s Fund paper reports no case that shows this.")
        )
    return (
        _("We found no case where this was done. There may be one in the parts we have not read.")
        if scheme in DONE
        else _("We found no case that shows this. There may be one in the parts we have not read.")
    )


def questions(told: Iterable[Ties], scheme: str, without: Iterable[str] = ()) -> list[tuple[str, str, Ties]]:
    """Return the statements that are folded: the key of each question, its heading, and what is said.

    Args:
        told: Statements by question.
        scheme: The list that the thing is of; "" for a body or a place.
        without: Questions that have a place of their own on the page.
    """
    by_key = {ties.key: ties for ties in told}
    shown = [key for key in ORDER if key in by_key and key not in set(without)]
    return [(key, heading_of(scheme, key), by_key[key]) for key in shown]


def terms_by_address(scheme: str) -> Mapping[str, ListedTerm]:
    """Return the terms of a list, by the address of the page of each."""
    return {term.link.address: term for term in graph.terms(scheme).terms if term.link.address}


def session_ideas(path: str, factor: str | None = None) -> SessionIdeas:
    """Return how a group can work on a concept.

    Args:
        path: Its address from the base on, such as `scheme/challenges/rising-demand`.
        factor: Slug of the factor that it belongs to, if it is one that a session cannot be about itself.
    """
    __, scheme, slug = path.split("/")
    about = {_SESSION_SLOTS[scheme]: slug} if scheme in _SESSION_SLOTS else {"factor": factor}
    asked = {slot: value for slot, value in about.items() if value}
    material = graph.material()
    activities = [each for each in material.activities.values() if BASE + path in each.works_on]
    activities.sort(key=lambda each: (each.risk.rank, each.name))
    prompts = [each.text for each in material.prompts.values() if BASE + path in each.works_on]
    ready = [each for each in graph.ready_made() if slug in (each.settings.difficulty, each.factor)]
    return SessionIdeas(
        address=f"session?{urlencode(asked)}" if asked else None,
        ready_made=tuple(Link(each.name, _session(each.settings)) for each in ready),
        activities=tuple(activities[:_ACTIVITIES]),
        more=len(activities) - _ACTIVITIES,
        question=next(iter(prompts), None),
    )


def _session(settings: sessions.Settings) -> str:
    return f"session?{urlencode(sessions.slots(settings), doseq=True)}"
