"""The page of a practice, difficulty or other concept, of an organisation or person, or of a place."""

from dataclasses import dataclass

from app_pages.parts import graph
from app_pages.parts.network_state import is_connected
from app_pages.parts.templates import render
from app_pages.reading import term_lists
from app_pages.reading.absent import SHOWN, in_other_documents, unknown
from app_pages.reading.headings import FOUND_IN, KINDS, KINDS_OF_BODIES, LISTS, heading_of
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.telling import (
    SessionIdeas,
    extent,
    numbers,
    questions,
    session_ideas,
    silence,
    summary,
    terms_by_address,
)
from kg.errors import UnknownName
from kg.language import gettext as _
from kg.terms import BASE
from kg.things import READING_SCHEMES, page_of
from kg.views import Entry, Link, ListedTerm, StatementTie

__all__ = ["body", "concept", "place", "practice"]

_PRACTICES, _CHALLENGES = "practices", "challenges"
# For these kinds of thing, what is reported beside a case is worth reading.
_WITH_RESULTS = {_CHALLENGES, _PRACTICES, "service-actions"}
# What stands in a place of its own on the page; the other questions are folded.
_IN_THE_OPEN = ("guidance", "against", "answered-by")
# What schema.org calls each kind of thing that is no concept.
_TYPES = {"foaf:Person": "Person", "sl:Place": "Place", "org:Role": "Role", "sl:Programme": "Project"}


@dataclass(frozen=True)
class _Answer:
    """What is offered against a difficulty.

    Attributes:
        practice: What leaders can do; None where it is no practice of ours.
        said: The statements that offer it.
        done: The cases that are said, in so many words, to have done it.
        term: How much is told of it; None where nothing is.
    """

    practice: Link | None
    said: tuple[StatementTie, ...]
    done: tuple[Link, ...]
    term: ListedTerm | None


def practice(slots: Slots) -> ReadingPage:
    """Return the page of what leaders did, as an address names it."""
    wanted = first(slots, "id")
    none = _("We found nothing that leaders did called “%(name)s”.", name=wanted[:SHOWN])
    return _of(f"scheme/{_PRACTICES}", wanted, "practice", none)


def concept(slots: Slots) -> ReadingPage:
    """Return the page of a term of any other list, or of such a list."""
    wanted = first(slots, "id")
    scheme, _slash, slug = wanted.partition("/")
    if scheme not in LISTS:
        none = _("We have no topic called “%(name)s”.", name=wanted[:SHOWN])
        return unknown(none, "concept", wanted, "scheme", Link(_("The five factors"), "factors"))
    if not slug:
        return term_lists.page(scheme)
    if scheme not in READING_SCHEMES:
        return practice({"id": [slug]})
    none = _("“%(name)s” is not in our list “%(list)s”.", name=slug[:SHOWN], list=LISTS[scheme])
    return _of(f"scheme/{scheme}", slug, "concept", none)


def body(slots: Slots) -> ReadingPage:
    """Return the page of the organisation, role, person or programme that an address names."""
    wanted = first(slots, "id")
    none = _("We have no organisation or person called “%(name)s”.", name=wanted[:SHOWN])
    return _of("body", wanted, "body", none)


def place(slots: Slots) -> ReadingPage:
    """Return the page of the place that an address names."""
    wanted = first(slots, "id")
    none = _("We have no place called “%(name)s”.", name=wanted[:SHOWN])
    return _of("place", wanted, "place", none)


def _of(room: str, slug: str, page: str, none: str) -> ReadingPage:
    path = f"{room}/{slug}"
    try:
        entry = graph.entry(path)
    except UnknownName:
        if graph.paper_alone() and (name := graph.name_of(path)):
            return in_other_documents(name, page_of(BASE + path))
        return unknown(none, page, slug, room, _list_of(room))
    if graph.paper_alone() and not entry.scheme and not entry.mentions.count and not entry.around.here:
        return in_other_documents(entry.name, page_of(BASE + path))
    return _page(entry, _list_of(room))


def _list_of(room: str) -> Link:
    """Return the page that leads to all things beside one."""
    scheme = room.removeprefix("scheme/")
    if scheme in LISTS:
        return Link(LISTS[scheme], f"concept?id={scheme}")
    return Link(_("Map"), "places") if room == "place" else Link(_("Cases"), "./")


def _page(entry: Entry, above: Link) -> ReadingPage:
    story, scheme = summary(entry.path) if entry.scheme else None, entry.scheme
    kind = KINDS.get(scheme) or KINDS_OF_BODIES.get(entry.kind, "")
    folded = questions(entry.mentions.told, scheme, _IN_THE_OPEN)
    answers = _answers(entry)
    return ReadingPage(
        title=entry.name,
        description=(story.line if story else None) or entry.meaning.definition or kind,
        html=render(
            "pages/entry.html",
            entry=entry,
            kind=kind,
            above=above,
            crumb=_crumb(entry, kind),
            story=story,
            numbers=numbers(story),
            extent=extent(entry),
            factors=entry.mentions.factors,
            cases_heading=FOUND_IN.get(scheme, FOUND_IN[""]),
            with_results=scheme in _WITH_RESULTS,
            beside_others=_beside_others(scheme),
            nothing_found=_nothing_found(entry),
            advice=entry.mentions.on("guidance"),
            against=entry.mentions.on("against"),
            against_heading=heading_of(scheme, "against"),
            answers=answers,
            unsaid=_unsaid(entry),
            parts=_parts(entry),
            ideas=_ideas(entry),
            folded=folded,
            notes=entry.mentions.words,
            page_address=page_of(BASE + entry.path),
            thing=entry.path,
            connected=is_connected(entry.path),
        ),
        address=page_of(BASE + entry.path),
        thing=entry.path,
        properties={"about": _about(entry)},
    )


def _crumb(entry: Entry, kind: str) -> Link | None:
    """Return what a thing stands under on its list; what kind of thing it is where it has no list."""
    if not entry.scheme:
        return Link(kind) if kind else None
    factors = [link for link, _said in entry.mentions.factors]
    return next(iter(factors if entry.scheme == _PRACTICES else entry.around.within), None)


def _nothing_found(entry: Entry) -> str | None:
    """Say that no case is found, where a reader expects one."""
    if not entry.scheme or entry.mentions.found_in.count or entry.around.parts:
        return None
    return silence(entry.scheme)


def _answers(entry: Entry) -> list[_Answer]:
    """Return what is offered against a difficulty, what was done most first."""
    ties = entry.mentions.on("answered-by")
    if ties is None:
        return []
    listed = terms_by_address(_PRACTICES)
    said: dict[Link | None, list[StatementTie]] = {}
    for tie in ties.shown:
        said.setdefault(tie.other, []).append(tie)
    answers = [
        _Answer(
            offered,
            tuple(own),
            tuple(case for case, practices in entry.mentions.done if offered in practices),
            listed.get(offered.address or "") if offered else None,
        )
        for offered, own in said.items()
    ]
    return sorted(answers, key=lambda answer: -(answer.term.cases if answer.term else 0))


def _unsaid(entry: Entry) -> list[str]:
    """Say what a reader looks for on the page of such a thing, and nothing was found on."""
    if not entry.mentions.count:
        return []
    paper = graph.paper_alone()
    if entry.scheme == _PRACTICES:
        no_advice = _("The paper gives no advice on it.") if paper else _("We found no advice on it.")
        no_obstacle = (
            _("The paper names nothing that gets in its way.")
            if paper
            else _("We found nothing that gets in its way.")
        )
        obstacles = entry.mentions.on("against") or entry.mentions.hard.count
        return [
            *([] if entry.mentions.on("guidance") else [no_advice]),
            *([] if obstacles else [no_obstacle]),
        ]
    if entry.scheme == _CHALLENGES and not entry.mentions.on("answered-by"):
        return [
            _("The paper offers nothing against it.") if paper else _("We found nothing offered against it.")
        ]
    return []


def _parts(entry: Entry) -> list[tuple[Link, ListedTerm | None]]:
    """Return what is grouped under a thing or lies in it, with how much is told of each."""
    if not entry.around.parts:
        return []
    listed = terms_by_address(entry.scheme) if entry.scheme in READING_SCHEMES else {}
    parts = [(part, listed.get(part.address or "")) for part in entry.around.parts]
    return sorted(parts, key=lambda part: -(part[1].statements if part[1] else 0))


def _ideas(entry: Entry) -> SessionIdeas | None:
    if entry.scheme not in {_PRACTICES, _CHALLENGES}:
        return None
    factors = [(link.address or "").partition("=")[2] for link, _said in entry.mentions.factors]
    ideas = session_ideas(entry.path, next(iter(factors), None))
    return ideas if ideas.address or ideas.activities else None


def _beside_others(scheme: str) -> Link | None:
    """Lead to what is reported beside all things of a kind."""
    if scheme == _PRACTICES:
        return Link(_("Results beside every practice, and the gaps"), "known?by=practice")
    if scheme == _CHALLENGES:
        return Link(_("Results beside every difficulty, and the gaps"), "known?by=difficulty")
    return None


def _about(entry: Entry) -> dict[str, str]:
    """Return what schema.org is told of a thing."""
    kind = "DefinedTerm" if entry.scheme else _TYPES.get(entry.kind, "Organization")
    definition = entry.meaning.definition
    return {"@type": kind, "name": entry.name, **({"description": definition} if definition else {})}
