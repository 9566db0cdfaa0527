"""The page of any thing of the graph: what it is, what is said of it, and what refers to it."""

from dataclasses import dataclass, replace

from app_pages.parts import graph
from app_pages.parts.templates import render
from app_pages.reading.absent import SHOWN, absent, in_other_documents
from app_pages.reading.facts import Fact
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.shortening import start_of
from app_pages.reading.thing_words import CONCEPTS, KINDS, OF_KINDS, REFERRING, SAID
from kg.errors import UnknownName
from kg.language import gettext as _
from kg.publish.serialised import FORMATS
from kg.terms import BASE
from kg.things import page_of
from kg.views import Link, PropertyValue, Referring, Thing

__all__ = ["IN_THE_OPEN", "page"]

# How many of the things that refer to one by one property stand in the open.
IN_THE_OPEN = 20
_SCHEMA = {"skos:Concept": "DefinedTerm", "skos:ConceptScheme": "DefinedTermSet"}


@dataclass(frozen=True)
class _Group:
    """What refers to a thing in one way.

    Attributes:
        heading: In which way.
        count: How many things do.
        shown: The first of those that have a name.
        rest: The others that have one.
    """

    heading: str
    count: int
    shown: tuple[Link, ...]
    rest: tuple[Link, ...]

    @property
    def unnamed(self) -> int:
        """How many of them have no name of their own."""
        return self.count - len(self.shown) - len(self.rest)


def page(slots: Slots) -> ReadingPage:
    """Return the page of the thing whose address from the base on is asked for."""
    wanted = first(slots, "id")
    try:
        thing = graph.thing(wanted)
    except UnknownName as error:
        return _none(wanted, error.near)
    if thing.elsewhere:
        return in_other_documents(_heading(thing), f"thing?id={thing.path}")
    return _page(thing)


def _page(thing: Thing) -> ReadingPage:
    heading, kind = _heading(thing), _kind(thing)
    return ReadingPage(
        title=start_of(heading),
        description=thing.definition or f"{kind.name}: {heading}",
        html=render(
            "pages/thing.html",
            thing=thing,
            heading=heading,
            kind=kind,
            own_page=_own_page(thing),
            facts=[_fact(thing, each) for each in thing.said],
            groups=[_group(each) for each in thing.referring],
            formats=FORMATS,
        ),
        address=f"thing?id={thing.path}",
        thing=thing.path,
        kind=_SCHEMA.get(thing.kind, "WebPage"),
        properties={"identifier": thing.iri},
    )


def _none(wanted: str, near: str | None) -> ReadingPage:
    if not wanted:
        return absent(_("The address does not name anything."), "thing")
    said = _("There is nothing called “%(name)s” here.", name=wanted[:SHOWN])
    if near and not near.endswith("/"):
        return absent(said, "thing", near=[Link(near, page_of(BASE + near))])
    return absent(said, "thing")


def _heading(thing: Thing) -> str:
    if thing.statement is not None:
        return thing.statement.text
    if thing.kind == "sl:Illustration":
        terms = [value.name for said in thing.said if said.key == "oa:hasBody" for value in said.values]
        return _("Why we file a statement under “%(term)s”", term="”, “".join(terms))
    return thing.name


def _kind(thing: Thing) -> Link:
    """Say what a thing is; a concept leads to its list."""
    if thing.scheme is not None:
        return replace(thing.scheme, name=CONCEPTS.get(thing.path.split("/")[1], thing.scheme.name))
    return Link(KINDS.get(thing.kind, thing.kind))


def _own_page(thing: Thing) -> str | None:
    """Return the address of the page that readers have of a thing, where that is another."""
    address = page_of(BASE + thing.path)
    return None if address.startswith("thing?") else address


def _fact(thing: Thing, said: PropertyValue) -> Fact:
    own = OF_KINDS.get(thing.kind)
    name = (
        (own.get(said.key) if own is not None else None)
        or SAID.get(said.key)
        or said.label[:1].upper() + said.label[1:]
        or said.key
    )
    return Fact(name, links=said.values)


def _group(referring: Referring) -> _Group:
    heading = REFERRING.get(referring.key)
    return _Group(
        heading or _("Refers here: %(property)s", property=referring.label or referring.key),
        referring.count,
        referring.named[:IN_THE_OPEN],
        referring.named[IN_THE_OPEN:],
    )
