"""Kinds of things in the network, with the words and the look that tell them apart."""

from dataclasses import dataclass

from rdflib import FOAF, ORG

from kg.errors import UnknownName
from kg.terms import PREFIXES, SL

__all__ = ["BODY", "CASE", "KINDS", "WORK", "ThingKind", "kind_named", "kind_of"]


@dataclass(frozen=True)
class ThingKind:
    """A kind of thing.

    Attributes:
        slug: Its name in addresses and on the command line.
        name: What one such thing is called on the screen.
        plural: What several are called.
        shape: Its shape, one that vis-network knows; no two kinds share both shape and filling.
        filled: Whether the shape is filled with the colour, or an outline in it.
        colour: The colour, at least 4.5 to 1 on white.
    """

    slug: str
    name: str
    plural: str
    shape: str
    filled: bool
    colour: str


CASE = ThingKind("cases", "Case", "Cases", "square", True, "#1d3f6e")
BODY = ThingKind("bodies", "Body or person", "Bodies and people", "triangleDown", False, "#4d5358")
# Only an end of a path: works are drawn in no picture.
WORK = ThingKind("works", "Cited work", "Cited works", "square", False, "#4d5358")
# What is told of cases is filled; what is advised, hoped for or only named beside it is an outline.
KINDS = (
    CASE,
    ThingKind("practices", "What leaders did", "What leaders did", "dot", True, "#00695c"),
    ThingKind("challenges", "Difficulty", "Difficulties", "triangle", True, "#a33b00"),
    ThingKind("outcomes", "Result", "Results", "star", True, "#7a1f66"),
    ThingKind("factors", "Factor", "Factors", "hexagon", True, "#5a4500"),
    ThingKind("service-actions", "What services did", "What services did", "diamond", True, "#2e6b1f"),
    ThingKind("parties", "Who was involved", "Who was involved", "triangleDown", True, "#4d5358"),
    BODY,
    ThingKind("setbacks", "Set-back", "Set-backs", "triangle", False, "#a33b00"),
    ThingKind("goals", "Aim", "Aims", "star", False, "#7a1f66"),
    ThingKind("principles", "Principle", "Principles", "diamond", False, "#2e6b1f"),
    ThingKind("qualities", "Quality or style", "Qualities and styles", "square", False, "#1d3f6e"),
    ThingKind("conditions", "What helps", "What helps", "hexagon", False, "#5a4500"),
    ThingKind(
        "facilitator-practices", "What facilitators do", "What facilitators do", "dot", False, "#00695c"
    ),
)
_BY_SLUG = {kind.slug: kind for kind in KINDS}
_BODIES = {str(each) for each in (ORG.Organization, ORG.Role, FOAF.Group, FOAF.Person, SL.Programme)}


def kind_of(of: str) -> ThingKind:
    """Give the kind of what is in a scheme or of a class, by the IRI of either."""
    if of == str(SL.CaseStudy):
        return CASE
    if of == str(SL.Source):
        return WORK
    return BODY if of in _BODIES else _BY_SLUG[of.removeprefix(PREFIXES["scheme"])]


def kind_named(slug: str) -> ThingKind:
    """Find a kind by its name in addresses.

    Raises:
        UnknownName: If there is none of that name.
    """
    if slug not in _BY_SLUG:
        raise UnknownName("kind of thing", slug[:100], _BY_SLUG)
    return _BY_SLUG[slug]
