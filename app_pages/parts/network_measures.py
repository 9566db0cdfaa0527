"""What stands out in the network, each measure with how to read it and what it cannot say."""

from collections.abc import Sequence
from typing import Any

from app_pages.parts.templates import render
from kg.network import (
    Bridge,
    Groups,
    MeasureResult,
    SharedConcept,
    UnansweredDifficulty,
    UniqueContribution,
    UntriedAdvice,
)

__all__ = ["draw"]

# So many rows are shown at once; the rest unfolds.
_SHOWN = 10
# How the template tells rows of one measure from those of another.
_KINDS: dict[type, str] = {
    Bridge: "bridge",
    Groups: "groups",
    SharedConcept: "shared",
    UnansweredDifficulty: "unanswered",
    UniqueContribution: "unique",
    UntriedAdvice: "untried",
}


def draw(measures: Sequence[MeasureResult[Any]]) -> str:
    """Draw measures one below the other."""
    return render(
        "tools/network_patterns.html",
        measures=[(each, _KINDS[type(each.rows[0])] if each.rows else "") for each in measures],
        most=_SHOWN,
    )
