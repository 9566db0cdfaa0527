"""The terms of vocabularies that others have closed."""

from rdflib import URIRef
from rdflib.namespace import DefinedNamespace

__all__ = ["CONTROLLING", "dir_of"]


def dir_of(space: type[DefinedNamespace]) -> list[URIRef]:
    return [space[name] for name in space.__annotations__] + [
        space[name] for name in getattr(space, "_extras", [])
    ]


# Lists whose concepts say how a statement is made, how surely and by whom, or how a session is held.
CONTROLLING = (
    "attributions",
    "bases",
    "copies",
    "directions",
    "document-kinds",
    "modalities",
    "modes",
    "polarities",
    "reading-extents",
    "risks",
    "stages",
    "standings",
    "tellings",
    "tiers",
    "voices",
    "year-bases",
)
