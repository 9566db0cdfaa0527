"""What counts how much in a search."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.search.corpus import ACTIVITY, DIFFICULTY

__all__ = ["WEIGHTS", "Weights"]


@dataclass(frozen=True)
class Weights:
    """How much each reason to find something counts.

    Attributes:
        nearest: How much each of a thing's nearest phrases counts, the nearest first.
        word_point: One point of BM25 against cosine similarity.
        most_points: The most points that count.
        statement_points: How much of its points a statement keeps: one common word in it weighs much.
        spread: How much closer one thing has to fit for its weight to grow e-fold.
        lift_by_statement: How much a statement that fits lifts the concepts it names or illustrates.
        lift_by_difficulty: How much a difficulty that fits lifts what is said to answer it.
        factor_itself: How much a factor counts by its own phrases, beside what leads to it.
        factor_sharpness: How far a factor that most leads to stands above the next.
        factor_saturation: Of what leads to a factor, the first counts most: at 3, a third of a sure practice
            nearly suffices.
        case_by_statement: How much a statement that fits counts for its case.
        rareness: How much less a concept says about each case, the more cases show it.
        standing: What stands first where it fits as well, by kind: what leaders did, before what came of it.
        factor_standing: The same for factors.
        statement_standing: The same for single statements.
        least_share: Below this share of the best result's score a result is left out.
        least_nearness: Nothing fits unless something is as near in meaning as this, or every word of the
            question stands somewhere.
        clear_nearness: Nothing is clearly near below this. Of the questions measured, one in ten lies between
            the two.
    """

    nearest: tuple[float, ...]
    word_point: float
    most_points: float
    statement_points: float
    spread: float
    lift_by_statement: float
    lift_by_difficulty: float
    factor_itself: float
    factor_sharpness: float
    factor_saturation: float
    case_by_statement: float
    rareness: float
    standing: Mapping[str, float]
    factor_standing: float
    statement_standing: float
    least_share: float
    least_nearness: float
    clear_nearness: float


# Chosen on `benchmarks/search/tuning.json` alone.
WEIGHTS = Weights(
    nearest=(0.5, 0.3, 0.2),
    word_point=0.04,
    most_points=10.0,
    statement_points=0.5,
    spread=0.05,
    lift_by_statement=0.5,
    lift_by_difficulty=0.5,
    factor_itself=1.0,
    factor_sharpness=1.5,
    factor_saturation=3.0,
    case_by_statement=0.7,
    rareness=0.5,
    standing={
        "practice": 1.0,
        "service-action": 0.9,
        "principle": 0.9,
        "facilitator-practice": 0.6,
        "quality": 0.5,
        ACTIVITY: 0.5,
        DIFFICULTY: 0.3,
        "outcome": 0.4,
    },
    factor_standing=1.05,
    statement_standing=0.25,
    least_share=0.03,
    least_nearness=0.36,
    clear_nearness=0.46,
)
