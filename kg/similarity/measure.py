"""How alike two sets of features are: the weights, the formula, and what can be relied on.

A feature weighs `1 / n`, where n is the number of places that it is told of: 1 if of one place, a half if of
two, a tenth if of ten. That what is rare says more is the idea of inverse document frequency (Spärck Jones
1972, doi:10.1108/eb026526). Taking the frequency itself, whatever the size of the collection, is the weight
of the resource allocation index (Zhou, Lü and Zhang 2009, arXiv:0901.0553). As the size of
the collection is left out, a further place that has none of the features of two others leaves their
likeness as it was, to the last digit.

Two sets are as alike as the ratio model of Tversky says (1977, doi:10.1037/0033-295X.84.4.327):

    shared / (shared + a · only here + b · only there)

each being a sum of weights. Between two places a = b = 1, which is the weighted Jaccard index: what is
told of one place alone counts the same on either side. From what a person has picked, a = 1 and b = 0:
the share of what was picked that is told of the place. A person picks what matters, and what else is told
of a place is no fault of it.

What holds, and is tested:

- the ratio lies between 0 and 1; it is 0 where nothing is shared, and 1 between equal sets, unless empty;
- with a = b it is the same both ways;
- a feature that both sets are given never lowers it, nor one that the other set had already;
- a feature given to one set alone never raises it;
- a further place that has none of the features of either set changes nothing;
- the order in which places and features are listed changes nothing.

A further place that has a feature of theirs makes that feature more common, so that it weighs less. Then
scores change, and are meant to.
"""

import numpy as np
import numpy.typing as npt

__all__ = ["FEWEST_SHARED", "Numbers", "ratio", "ratios", "weights"]

# Fewer shared features than this, of those that count, are too little to compare.
FEWEST_SHARED = 3

Numbers = npt.NDArray[np.float64]


def weights(told_of: npt.ArrayLike) -> Numbers:
    """Give the weight of features by the number of places that each is told of.

    Args:
        told_of: The numbers; a feature of no place weighs as much as one of a single place.

    >>> weights([0, 1, 2, 10]).tolist()
    [1.0, 1.0, 0.5, 0.1]
    """
    weighed: Numbers = 1 / np.maximum(np.asarray(told_of, dtype=np.float64), 1)
    return weighed


def ratio(shared: float, here: float, there: float, *, both_ways: bool = True) -> float:
    """Give how alike two sets are, from sums of weights.

    Args:
        shared: Of what both have.
        here: Of all that the one has.
        there: Of all that the other has.
        both_ways: Whether what only the other has counts too; if not, it is the share of the one.

    >>> ratio(1.5, 2, 4), ratio(1.5, 2, 4, both_ways=False)
    (0.3333333333333333, 0.75)
    """
    whole = here + there - shared if both_ways else here
    return shared / whole if whole > 0 else 0.0


def ratios(shared: Numbers, here: float, there: Numbers, *, both_ways: bool = True) -> Numbers:
    """Give how alike one set is to each of many; see `ratio`."""
    whole = here + there - shared if both_ways else np.full_like(shared, here)
    return np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)
