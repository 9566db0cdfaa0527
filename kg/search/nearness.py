"""How near each thing and each statement is to a question, by its words and by their meaning."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.search.arrays import CorpusArrays, Numbers, Scores
from kg.search.index import Index, text_for_meaning
from kg.search.meaning import Model
from kg.search.weights import Weights

__all__ = ["Nearness"]

Vector = npt.NDArray[np.float32]

# Statements that are looked at for what they lift.
_MOST_STATEMENTS = 40
# From so many statements on, vectors are first sifted by the signs of their numbers.
_SIFT_FROM = 20_000
_SIFT_TO = 2_000
# What a bit that differs counts against, in that first sifting.
_BITS_A_POINT = 400


class Nearness:
    """Compares questions with an index.

    Args:
        index: What is searched.
        arrays: Its corpus as arrays.
        model: What makes vectors of questions; None to go by words alone.
        weights: What counts how much.
    """

    def __init__(self, index: Index, arrays: CorpusArrays, model: Model | None, weights: Weights) -> None:
        self._index = index
        self._arrays = arrays
        self._model = model
        self._weights = weights
        self._stems = {*index.things.vocabulary, *index.statements.vocabulary}
        self._signs = _signs_of_statements(index)

    def is_known(self, stem: str) -> bool:
        """Whether a word stands anywhere in what is searched, by its stem."""
        return stem in self._stems

    def vector(self, query: str) -> Vector | None:
        """Return the meaning of a question as a vector; None where words alone are looked at."""
        if self._model is None:
            return None
        vector: Vector = self._model.vectors([text_for_meaning(query, {})])[0]
        return vector

    def things(self, words: Sequence[str], vector: Vector | None) -> tuple[Scores, Numbers, float]:
        """Return how well each thing fits, its nearest phrase, and how near in meaning the nearest one is.

        A thing fits by its nearest phrases, not by all its text at once: one sentence that someone would say
        counts more than a definition that is half near.
        """
        points = np.minimum(self._index.things.scores(words), self._weights.most_points)
        fit, nearest, nearness = self._things_by_meaning(vector)
        return fit + self._weights.word_point * points, nearest, nearness

    def _things_by_meaning(self, vector: Vector | None) -> tuple[Scores, Numbers, float]:
        thing_of, first = self._arrays.thing_of, self._arrays.first_phrase
        fit, nearest = np.zeros(len(first)), np.full(len(first), -1)
        if vector is None or self._index.vectors is None:
            return fit, nearest, 0.0
        near = (self._index.vectors[self._index.phrase_rows].astype(np.float32) @ vector).astype(np.float64)
        order = np.lexsort((-near, thing_of))
        phrases = np.bincount(thing_of, minlength=len(first))
        named = np.flatnonzero(phrases)
        for nth, share in enumerate(self._weights.nearest):
            fit[named] += share * near[order[first[named] + np.minimum(nth, phrases[named] - 1)]]
        nearest[named] = order[first[named]]
        return fit, nearest, float(near.max(initial=0.0))

    def statements(self, words: Sequence[str], vector: Vector | None) -> tuple[Numbers, Scores]:
        """Return the numbers of the statements that fit best, and how well they fit; the best first."""
        points = np.minimum(self._index.statements.scores(words), self._weights.most_points).astype(
            np.float64
        )
        fit = self._weights.word_point * self._weights.statement_points * points
        numbers = np.arange(len(fit))
        if vector is not None and self._index.vectors is not None:
            if self._signs is not None:
                numbers = self._sifted(self._signs, vector, fit)
                fit = fit[numbers]
            rows = self._index.statement_rows[numbers]
            fit = fit + self._index.vectors[rows].astype(np.float32) @ vector
        best = np.argsort(-fit, kind="stable")[:_MOST_STATEMENTS]
        return numbers[best], fit[best]

    @staticmethod
    def _sifted(signs: npt.NDArray[np.uint64], vector: Vector, fit: Scores) -> Numbers:
        """Return the numbers of the statements whose vectors are worth comparing."""
        apart = np.bitwise_count(signs ^ _packed(vector[None, :])).sum(axis=1, dtype=np.int64)
        return np.argpartition(apart - _BITS_A_POINT * fit, _SIFT_TO)[:_SIFT_TO]


def _packed(vectors: npt.NDArray[np.floating]) -> npt.NDArray[np.uint64]:
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def _signs_of_statements(index: Index) -> npt.NDArray[np.uint64] | None:
    """Return the signs of the numbers of each statement's vector; None where statements are few."""
    if index.vectors is None or len(index.statement_rows) < _SIFT_FROM:
        return None
    return _packed(np.asarray(index.vectors))[index.statement_rows]
