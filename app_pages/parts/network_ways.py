"""Ways between things, drawn step by step as sentences with where each stands."""

from collections.abc import Sequence

from app_pages.parts import statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped
from kg.network import NetworkThing, PathStep, Way
from kg.views import Link

__all__ = ["draw", "none"]


def draw(ways: Sequence[Way]) -> str:
    """Draw ways, the shortest first."""
    return "".join(_way(number, way) for number, way in enumerate(ways, start=1))


def none(start: NetworkThing, end: NetworkThing | None) -> str:
    """Say that nothing leads there, and what may help."""
    told = (
        f"No statement that counts here connects {start.name} and {end.name}."
        if end is not None
        else f"No statement that counts here leads from {start.name} to what leaders did and a place."
    )
    return f'<p class="kg-lede">{escaped(told)} Let more statements count, or show more kinds of things.</p>'


def _way(number: int, way: Way) -> str:
    passed = [way[0].start, *(step.end for step in way)]
    names = " – ".join(link_to(Link(each.name, each.page)) for each in passed)
    return f'<section class="kg-way"><h3>{number}. {names}</h3><ol>{"".join(map(_step, way))}</ol></section>'


def _step(step: PathStep) -> str:
    rest = len(step.statements) - 1
    told = "".join(
        statement.draw(each, page="network", with_readings=False, anchored=False)
        for each in step.statements[:1]
    )
    said = "" if told else f'<p class="kg-how">{escaped(step.sentence)} {escaped(step.where)}</p>'
    return (
        f'<li><p class="kg-joins">{escaped(step.start.name)} – {escaped(step.end.name)}</p>'
        + (f'<p class="kg-meta">{escaped(step.link)}</p>' if step.link else "")
        + (f'<ul class="kg-statements">{told}</ul>' if told else said)
        + (f'<p class="kg-meta">{counted(rest, "more statement")} on the same.</p>' if rest > 0 else "")
        + "</li>"
    )
