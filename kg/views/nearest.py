"""The names most like one that does not exist."""

from difflib import get_close_matches

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import BASE
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.statements import slug_of

__all__ = ["nearest"]

_OFFERED = 3
_LONGEST = 80


@row_of("thing-list")
class _ThingRow:
    thing: str
    label: str


def nearest(engine: Engine, room: str, wanted: str, graphs: Graphs = None) -> tuple[Link, ...]:
    """Give up to three things whose name or address is most like what was asked for.

    Args:
        engine: Where to ask.
        room: The addresses they begin with, from the base on, such as `scheme/practices`.
        wanted: What was asked for.
        graphs: Graphs to ask; all of them if None.
    """
    names: dict[str, Link] = {}
    for row in rows_as(_ThingRow, engine, graphs):
        if row.thing.startswith(f"{BASE}{room}/"):
            names[slug_of(row.thing)] = names[row.label.casefold()] = link_of(row.thing, row.label)
    near = get_close_matches(wanted[:_LONGEST].casefold(), names, n=2 * _OFFERED, cutoff=0.5)
    return tuple(dict.fromkeys(names[name] for name in near))[:_OFFERED]
