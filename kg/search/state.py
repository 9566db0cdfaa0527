"""What a ranking knows of one part of a question: step by step, and in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.search.arrays import Numbers, Scores

__all__ = ["Ranked", "State"]


@dataclass(frozen=True)
class Ranked:
    """One part of a question, looked up.

    Attributes:
        score: Of each thing.
        statements: Numbers of the statements that fit best, with the score of each.
        own: Weight of each thing by itself.
        by_phrase: The nearest phrase of each thing; -1 where meaning is not looked at.
        by_statement: The statement that lifts each thing most; -1 where none does.
        by_tie: The tie that lifts each thing most; -1 where none does.
        nearness: How near in meaning anything is.
        stems: The stems it was looked up by.
    """

    score: Scores
    statements: Mapping[int, float]
    own: Scores
    by_phrase: Numbers
    by_statement: Numbers
    by_tie: Numbers
    nearness: float
    stems: Sequence[str]


def _no_scores() -> Scores:
    return np.zeros(0)


def _no_numbers() -> Numbers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class State:
    """What is known of a part of a question; an array is empty until its step was made.

    Attributes:
        query: The part.
        stems: The stems of its words.
        fit: How well each thing fits.
        by_phrase: The nearest phrase of each thing.
        nearness: How near in meaning anything is.
        statements: The numbers of the statements that fit best.
        statement_fit: How well each of these fits.
        own: The weight of each thing by its own phrases.
        statement_weight: The weight of each of the statements.
        weight: The weight of each concept, by whatever lifts it.
        by_statement: The statement that lifts each thing most; -1 where none does.
        unled: The weight of each concept before anything led to it along a tie.
        by_tie: The tie that lifts each thing most; -1 where none does.
        factor: How much leads to each factor.
        case: How much leads to each case.
        score: The score of each thing; that of the best is 1.
    """

    query: str
    stems: Sequence[str]
    fit: Scores
    by_phrase: Numbers
    nearness: float
    statements: Numbers
    statement_fit: Scores
    own: Scores = field(default_factory=_no_scores)
    statement_weight: Scores = field(default_factory=_no_scores)
    weight: Scores = field(default_factory=_no_scores)
    by_statement: Numbers = field(default_factory=_no_numbers)
    unled: Scores = field(default_factory=_no_scores)
    by_tie: Numbers = field(default_factory=_no_numbers)
    factor: Scores = field(default_factory=_no_scores)
    case: Scores = field(default_factory=_no_scores)
    score: Scores = field(default_factory=_no_scores)
