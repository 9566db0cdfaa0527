"""What a picture of connections shows, as text: statements beside it, and all of it as a list."""

from collections.abc import Mapping, Sequence

from app_pages.parts.templates import render
from kg.language import gettext as _
from kg.language import listed
from kg.network import KINDS, Line, NetworkThing, Subnetwork
from kg.network.drawing import MEANINGS
from kg.views import Statement

__all__ = ["MOST_BESIDE", "beside", "claims_of", "list_of"]

# So many statements stand beside a picture; a thing has a page for the rest.
MOST_BESIDE = 12


def beside(part: Subnetwork, at: str, statements: Mapping[str, Statement]) -> str:
    """Draw the statements of a thing or a line.

    Args:
        part: What is shown.
        at: The path of the thing or the key of the line.
        statements: Statements by IRI.
    """
    thing = next((thing for thing in part.things if thing.path == at), None)
    lines = [line for line in part.lines if line.key == at] if thing is None else part.lines_of(thing)
    by_claim: dict[str, list[Line]] = {}
    for line in lines:
        for claim in line.claims:
            by_claim.setdefault(claim, []).append(line)
    told = [(claim, on) for claim, on in by_claim.items() if claim in statements][:MOST_BESIDE]
    return render(
        "tools/network_picked.html",
        thing=thing,
        picked=lines,
        lines=len(lines),
        statements=len(by_claim),
        told=[("" if thing is None else _joins(thing, on), statements[claim]) for claim, on in told],
        rest=len(by_claim) - len(told),
    )


def claims_of(part: Subnetwork, at: str) -> list[str]:
    """Give the IRIs of the statements that `beside` draws, or more of them."""
    things = {thing.path: thing for thing in part.things}
    lines = part.lines_of(things[at]) if at in things else [line for line in part.lines if line.key == at]
    return list(dict.fromkeys(claim for line in lines for claim in line.claims))[:MOST_BESIDE]


def _joins(thing: NetworkThing, lines: Sequence[Line]) -> str:
    """Say what a statement joins a thing with."""
    forth: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for line in lines:
        if line.one == thing:
            forth.setdefault(line.how, []).append(line.other.name)
        else:
            back.setdefault(line.how, []).append(line.one.name)
    parts = [f"{how} {listed(names)}" for how, names in forth.items()]
    parts += [_("%(names)s %(how)s it", names=listed(names), how=how) for how, names in back.items()]
    return "; ".join(parts)


def list_of(part: Subnetwork) -> str:
    """Draw every thing of a part by kind, those of more lines first, and every line as a row."""
    kinds = [(kind, _things(part, [each for each in part.things if each.kind is kind])) for kind in KINDS]
    return render(
        "tools/network_list.html",
        part=part,
        kinds=[(kind, things) for kind, things in kinds if things],
        meanings=MEANINGS,
    )


def _things(part: Subnetwork, things: Sequence[NetworkThing]) -> list[NetworkThing]:
    return sorted(things, key=lambda thing: (-len(part.lines_of(thing)), thing.name.casefold()))
