"""A corpus as arrays, by which all its things are ranked at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.search.corpus import ACTIVITY, CASE, DIFFICULTY, FACTOR, ConceptTie, Corpus

__all__ = ["CorpusArrays", "Numbers", "Scores", "TieArrays"]

Scores = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TieArrays:
    """Ties as arrays, in their order.

    Attributes:
        one: Where each begins: the place of a concept in the corpus.
        other: Where it ends.
        weight: How surely it is made.
    """

    one: Numbers
    other: Numbers
    weight: Scores

    @classmethod
    def of(cls, ties: Sequence[ConceptTie]) -> "TieArrays":
        """Return ties as arrays."""
        return cls(
            np.array([tie.one for tie in ties], dtype=np.int64),
            np.array([tie.other for tie in ties], dtype=np.int64),
            np.array([tie.weight for tie in ties], dtype=np.float64),
        )


@dataclass(frozen=True)
class CorpusArrays:
    """What a corpus holds, as arrays.

    Attributes:
        kinds: The kind of each thing.
        is_factor: Whether each thing is a factor.
        is_case: Whether it is a case.
        is_concept: Whether it is neither.
        thing_of: The thing of each phrase.
        first_phrase: The first phrase of each thing.
        ties: Ties between concepts.
        case_ties: Ties to cases.
        answering: The ties from a difficulty to a practice that is said to answer it.
        working: The ties from a concept to an activity that works on it.
        serving: The ties from a concept to a factor that it serves.
        cases_showing: How many cases show each concept.
    """

    kinds: npt.NDArray[np.object_]
    is_factor: npt.NDArray[np.bool_]
    is_case: npt.NDArray[np.bool_]
    is_concept: npt.NDArray[np.bool_]
    thing_of: Numbers
    first_phrase: Numbers
    ties: TieArrays
    case_ties: TieArrays
    answering: Numbers
    working: Numbers
    serving: Numbers
    cases_showing: Numbers

    @classmethod
    def of(cls, corpus: Corpus) -> "CorpusArrays":
        """Return a corpus as arrays."""
        kinds = np.array([thing.kind for thing in corpus.things], dtype=object)
        is_factor, is_case = kinds == FACTOR, kinds == CASE
        is_concept = ~(is_factor | is_case)
        thing_of = np.array([phrase.thing for phrase in corpus.phrases], dtype=np.int64)
        ties, case_ties = TieArrays.of(corpus.ties), TieArrays.of(corpus.case_ties)
        return cls(
            kinds=kinds,
            is_factor=is_factor,
            is_case=is_case,
            is_concept=is_concept,
            thing_of=thing_of,
            first_phrase=np.searchsorted(thing_of, np.arange(len(kinds))),
            ties=ties,
            case_ties=case_ties,
            answering=np.flatnonzero((kinds == DIFFICULTY)[ties.one] & (kinds == "practice")[ties.other]),
            working=np.flatnonzero((kinds == ACTIVITY)[ties.other]),
            serving=np.flatnonzero(is_concept[ties.one] & is_factor[ties.other]),
            cases_showing=np.bincount(case_ties.one, minlength=len(kinds)),
        )
