"""Ways between things, drawn step by step as sentences with where each stands."""

from collections.abc import Sequence

from app_pages.parts.templates import render
from kg.language import gettext as _
from kg.network import NetworkThing, Way

__all__ = ["draw", "none"]


def draw(ways: Sequence[Way]) -> str:
    """Draw ways, the shortest first."""
    return render("tools/network_ways.html", ways=ways)


def none(start: NetworkThing, end: NetworkThing | None) -> str:
    """Say that nothing leads there, and what may help."""
    told = (
        _(
            "No statement that counts here connects %(start)s and %(end)s.",
            start=start.name,
            end=end.name,
        )
        if end is not None
        else _(
            "No statement that counts here leads from %(start)s to what leaders did and a place.",
            start=start.name,
        )
    )
    return f"{told} {_('Let more statements count, or show more kinds of things.')}"
