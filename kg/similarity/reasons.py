"""A score in words and counts."""

from kg.language import gettext, ngettext
from kg.similarity.alike import Lens, Overlap
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
        told.append(
            gettext("Situation: %(shared)s", shared=_shares(situation, picked)) + _only_who(situation)
        )
    if lens is not Lens.SITUATION:
        told.append(gettext("Approach: %(shared)s", shared=_shares(approach, picked)))
    if lens is Lens.CONTRAST:
        told.append(
            gettext(
                "Together %(score)s%%: how alike the situations are, times how different the approaches are, "
                "as far as we found (%(different)s%%).",
                score=in_100(score),
                different=in_100(1 - approach.ratio),
            )
        )
    if lens is Lens.BOTH:
        told.append(gettext("Both together %(score)s%%.", score=in_100(score)))
    if read:
        told.append(
            ngettext(
                "%(num)s of the shared features is our reading.",
                "%(num)s of the shared features are our reading.",
                read,
            )
        )
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
        done = min(here, there)
        few = (
            ngettext("we found %(num)s action", "we found %(num)s actions", done)
            if done
            else gettext("we found nothing on what was done")
        )
        return gettext(
            "Too little to compare: the situations share %(shared)s features, but at one of the two %(few)s. "
            "A score needs %(fewest)s.",
            shared=shared,
            few=few,
            fewest=FEWEST_SHARED,
        )
    said = {
        Lens.APPROACH: gettext("what was done shares %(shared)s features", shared=shared),
        Lens.BOTH: gettext("situation and approach share %(shared)s features", shared=shared),
    }.get(lens, gettext("the situations share %(shared)s features", shared=shared))
    return gettext(
        "Too little to compare: %(said)s, and a score needs %(fewest)s.", said=said, fewest=FEWEST_SHARED
    )


def in_100(share: float) -> int:
    """Give a share as so many in a hundred.

    >>> in_100(0.275)
    28
    """
    return round(100 * share)


def _shares(overlap: Overlap, picked: bool) -> str:
    shared = len(overlap.shared)
    count = (
        gettext(
            "we found %(shared)s of the %(all)s features you chose",
            shared=shared,
            all=shared + len(overlap.only_here),
        )
        if picked
        else gettext("they share %(shared)s of %(all)s features", shared=shared, all=overlap.all)
    )
    if not overlap.shared:
        return f"{count}."
    most = overlap.shared[0]
    return gettext(
        "%(count)s (%(percent)s%% after giving rarer ones more weight). The rarest: %(name)s.",
        count=count,
        percent=in_100(overlap.ratio),
        name=most.feature.label,
    )


def _only_who(situation: Overlap) -> str:
    only = situation.shared and all(trait.feature.kind == "part" for trait in situation.shared)
    return gettext(" They share only who was involved, no difficulty or history.") if only else ""
