"""A score in words and counts."""

from kg.similarity.alike import Lens, Overlap, Trait
from kg.similarity.measure import FEWEST_SHARED

__all__ = ["in_100", "reasons_for", "why_not"]


def reasons_for(
    lens: Lens, score: float, situation: Overlap, approach: Overlap, *, picked: bool, read: int
) -> tuple[str, ...]:
    """Say what a score is made of.

    Args:
        lens: What is meant by similar.
        score: The score.
        situation: What is shared of the situations.
        approach: What is shared of the approaches.
        picked: Whether one side was picked, and is no place.
        read: How many of the shared features that count are our reading, on one side at least.
    """
    told = []
    if lens is not Lens.APPROACH:
        told.append(f"Situation: {_shares(situation, picked)}{_only_who(situation)}")
    if lens is not Lens.SITUATION:
        told.append(f"Approach: {_shares(approach, picked)}")
    if lens is Lens.CONTRAST:
        told.append(
            f"Together {in_100(score)} in 100: how alike the situations are, times how far the approaches "
            f"are not, as far as is told ({in_100(1 - approach.ratio)} in 100)."
        )
    if lens is Lens.BOTH:
        told.append(f"Both together {in_100(score)} in 100.")
    if read:
        told.append(f"{read} of what is shared {'is' if read == 1 else 'are'} our reading.")
    return tuple(told)


def why_not(lens: Lens, shared: int, here: int, there: int) -> str:
    """Say why there is too little to compare.

    Args:
        lens: What is meant by similar.
        shared: How many features that count by the lens are shared.
        here: How many things are known to have been done here, as far as they count.
        there: How many things are known to have been done there, as far as they count.
    """
    if shared >= FEWEST_SHARED:
        done, side = min((here, "here"), (there, "there"))
        told = f"the situations share {shared}, but {done or 'nothing'} is known of what was done {side}"
    else:
        of = {Lens.APPROACH: "what was done", Lens.BOTH: "situation and approach"}
        told = f"{shared or 'nothing'} shared of {of.get(lens, 'the situation')}"
    return f"Too little to compare: {told}; a score takes {FEWEST_SHARED}."


def in_100(share: float) -> int:
    """Give a share as so many in a hundred.

    >>> in_100(0.275)
    28
    """
    return round(100 * share)


def _shares(overlap: Overlap, picked: bool) -> str:
    shared = len(overlap.shared)
    are = "is" if shared == 1 else "are"
    count = (
        f"{shared or 'none'} of the {shared + len(overlap.only_here)} picked {are} told"
        if picked
        else f"{shared or 'none'} of the {overlap.all} told of either {are} shared"
    )
    if not overlap.shared:
        return f"{count}."
    most = _named(overlap.shared[0])
    return f"{count}, by weight {in_100(overlap.ratio)} in 100; most weight: {most}."


def _only_who(situation: Overlap) -> str:
    only = situation.shared and all(trait.feature.kind == "part" for trait in situation.shared)
    return " What is shared is who had a part, and no difficulty or history." if only else ""


def _named(trait: Trait) -> str:
    return f"{trait.feature.label} (told of {trait.told_of} {'place' if trait.told_of == 1 else 'places'})"
