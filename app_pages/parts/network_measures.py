"""What stands out in the network, each measure with how to read it and what it cannot say."""

from collections.abc import Sequence
from typing import Any

from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, items
from kg.network import (
    Bridge,
    Groups,
    MeasureResult,
    NetworkThing,
    SharedConcept,
    UnansweredDifficulty,
    UniqueContribution,
    UntriedAdvice,
)
from kg.views import Link

__all__ = ["draw"]

# So many rows are shown at once; the rest unfolds.
_SHOWN = 10


def draw(measures: Sequence[MeasureResult[Any]]) -> str:
    """Draw measures one below the other."""
    return "".join(_measure(measure) for measure in measures)


def _measure(measured: MeasureResult[Any]) -> str:
    notes = "".join(
        f'<p class="kg-meta">{escaped(each)}</p>'
        for each in (measured.size, measured.sampled)
        if each is not None
    )
    body = (
        f'<p class="kg-silence">{escaped(measured.too_small)}</p>' if measured.too_small else _rows(measured)
    )
    return (
        f'<section class="kg-measure"><h2>{escaped(measured.question)}</h2>'
        f"<p>{escaped(measured.reading)}</p>{notes}{body}"
        f'<p class="kg-caveat">{escaped(measured.limits)}</p></section>'
    )


def _rows(measured: MeasureResult[Any]) -> str:
    rows = [_row(row) for row in measured.rows]
    if not rows:
        return '<p class="kg-silence">Nothing.</p>'
    rest = rows[_SHOWN:]
    return items(rows[:_SHOWN]) + (
        f'<details class="kg-fold"><summary>{len(rest)} more</summary><div>{items(rest)}</div></details>'
        if rest
        else ""
    )


def _row(row: object) -> str:
    match row:
        case SharedConcept():
            return (
                f"{_of(row.concept)} ({escaped(row.concept.kind.name.lower())}): "
                f"{len(row.cases)} of {row.of} cases, {counted(row.statements, 'statement')}"
            )
        case Bridge():
            alone = len(row.only_link)
            return (
                f"{_of(row.practice)}: between {row.between:.1f} pairs of cases"
                + (f"; for {alone} of them nothing else is found in both" if alone else "")
                + f". Found in {_all(row.cases)}"
            )
        case UniqueContribution():
            only = f": {_all(row.only_here)}" if row.only_here else ""
            return f"{_of(row.case)}: {len(row.only_here)} of {row.found} found in no other case{only}"
        case UntriedAdvice():
            return f"{_of(row.practice)}: {link_to(_claims(row.claims))}"
        case UnansweredDifficulty():
            met = f"met by {_all(row.cases)}" if row.cases else "said of no case outright"
            return f"{_of(row.difficulty)}: {met}"
        case Groups():
            return escaped(row.sentence)
        case _:
            raise TypeError(row)


def _of(thing: NetworkThing) -> str:
    return f"<strong>{link_to(Link(thing.name, thing.page))}</strong>"


def _all(things: Sequence[NetworkThing]) -> str:
    return links_to(Link(thing.name, thing.page) for thing in things)


def _claims(claims: Sequence[str]) -> Link:
    return Link(f"advised in {counted(len(claims), 'statement')}", f"claim?id={claims[0].rsplit('/', 1)[-1]}")
