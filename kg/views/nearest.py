"""The names most like one that does not exist."""

from difflib import get_close_matches

from kg.engine import Engine
from kg.queries.questions import ask
from kg.terms import BASE
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.records import Link
from kg.views.statements import slug_of, text

__all__ = ["nearest"]

_OFFERED = 3
_LONGEST = 80


def nearest(engine: Engine, room: str, wanted: str, graphs: Graphs = None) -> tuple[Link, ...]:
    """Give up to three things whose name or address is most like what was asked for.

    Args:
        engine: Where to ask.
        room: The addresses they begin with, from the base on, such as `scheme/practices`.
        wanted: What was asked for.
        graphs: Graphs to ask; all of them if None.
    """
    names: dict[str, Link] = {}
    for record in ask(engine, "thing-list", graphs):
        thing, label = text(record["thing"]), text(record["label"])
        if thing.startswith(f"{BASE}{room}/"):
            names[slug_of(thing)] = names[label.casefold()] = link_of(thing, label)
    near = get_close_matches(wanted[:_LONGEST].casefold(), names, n=2 * _OFFERED, cutoff=0.5)
    return tuple(dict.fromkeys(names[each] for each in near))[:_OFFERED]
