"""Places in a similar situation, or with a similar approach, with the reasons; see `docs/similarity.md`."""

from kg.similarity.alike import Alike, Answer, Lens, Overlap, Trait
from kg.similarity.features import APPROACH, KINDS, SITUATION, Feature, Features, features
from kg.similarity.measure import FEWEST_SHARED, ratio, ratios, weights
from kg.similarity.places import Similarity, similarity
from kg.similarity.reasons import in_100

__all__ = [
    "APPROACH",
    "FEWEST_SHARED",
    "KINDS",
    "SITUATION",
    "Alike",
    "Answer",
    "Feature",
    "Features",
    "Lens",
    "Overlap",
    "Similarity",
    "Trait",
    "features",
    "in_100",
    "ratio",
    "ratios",
    "similarity",
    "weights",
]
