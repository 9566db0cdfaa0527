"""What a reading page is, whoever serves it: Streamlit, the server before Streamlit runs, or a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["ReadingPage", "Slots", "first"]

# The values of each slot of an address, as a stranger may have written them.
Slots = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ReadingPage:
    """One page to read.

    Attributes:
        title: What it is about, without the product's name.
        description: One sentence that answers what a link to it promises.
        html: Its content, from the first heading on.
        address: Its one true address from the base on, such as `case?id=leeds`.
        status: 200, or 404 where there is nothing at the address.
        thing: The path of what it shows in the graph, such as `case/leeds`; None where it shows no one thing.
        kind: What schema.org calls it, such as `Article`.
        properties: What else schema.org is told of it.
    """

    title: str
    description: str
    html: str
    address: str
    status: int = 200
    thing: str | None = None
    kind: str = "WebPage"
    properties: Mapping[str, object] = field(default_factory=dict)


def first(slots: Slots, name: str) -> str:
    """Return the first value of a slot; "" where it has none."""
    return next(iter(slots.get(name, ())), "")
