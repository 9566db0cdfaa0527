"""The search: what helps with a question in everyday words, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from kg.search.answers import Reason, SearchAnswer, SearchResult
from kg.search.arrays import CorpusArrays, Numbers, Scores
from kg.search.corpus import CLAIM
from kg.search.index import Index, spelt_out
from kg.search.meaning import Model
from kg.search.nearness import Nearness
from kg.search.ranking import Ranking
from kg.search.reasons import Reasons
from kg.search.splitting import question_parts
from kg.search.state import Ranked
from kg.search.weights import WEIGHTS
from kg.search.words import content_words, respelt, stems

__all__ = ["Finder"]

_MOST_RESULTS = 60
_MOST_IDEAS = 5


class Finder:
    """Answers questions in everyday words from an index.

    Args:
        index: What is searched.
        model: What makes vectors of questions; None to search by words alone.
        by_words: Whether words count too where meaning does.
    """

    def __init__(self, index: Index, model: Model | None, by_words: bool = True) -> None:
        self._index = index
        self._model = model if index.vectors is not None else None
        self._weights = WEIGHTS if by_words else replace(WEIGHTS, word_point=0.0)
        self._arrays = CorpusArrays.of(index.corpus)
        self._nearness = Nearness(index, self._arrays, self._model, self._weights)
        self._ranking = Ranking(index.corpus, self._arrays, self._nearness, self._weights)
        self._reasons = Reasons(index.corpus, self._arrays, self._weights)

    @property
    def by_meaning(self) -> bool:
        """Whether meaning is looked at, or words alone."""
        return self._model is not None

    def find(self, query: str, without: Sequence[str] = ()) -> SearchAnswer:
        """Find what helps with a question.

        Args:
            query: What is asked, in everyday words.
            without: Parts of it to leave out.

        Returns:
            What was found, best first, of every kind in one ranking.
        """
        parts = tuple(part for part in question_parts(query) if part not in without)
        if not any(content_words(part) for part in parts):
            return SearchAnswer(query, parts, (), by_meaning=self.by_meaning)
        read_as = self._read_as(query)
        texts = self._texts(parts, read_as)
        ranked = [self._ranking.rank(text) for text in texts]
        results = [*self._things(ranked, len(parts)), *self._statements(ranked, len(parts))]
        results.sort(key=lambda result: -result.score)
        fits = self._fits(texts, ranked)
        ideas = [result for result in results if result.kind != CLAIM] if self.by_meaning and not fits else []
        return SearchAnswer(
            query,
            parts,
            tuple(results[:_MOST_RESULTS]) if fits else (),
            tuple(ideas[:_MOST_IDEAS]),
            tuple(read_as.items()),
            self.by_meaning,
            not self.by_meaning or any(self._is_near(part, self._weights.clear_nearness) for part in ranked),
        )

    def nearest(self, query: str, kind: str, most: int) -> tuple[SearchResult, ...]:
        """Find things of one kind by what they are themselves, whatever they are tied to.

        Args:
            query: What is asked, in everyday words; of a compound question each part counts by itself.
            kind: What kind of thing is wanted, such as `challenge`.
            most: How many, at the most.

        Returns:
            The nearest first, with scores of which the first is 1; nothing if nothing fits.
        """
        read_as = self._read_as(query)
        texts = [self._text(part, read_as) for part in question_parts(query) if content_words(part)]
        ranked = [self._ranking.rank(text) for text in texts]
        ranked = [part for part in ranked if self._is_near(part, self._weights.least_nearness)]
        if not ranked:
            return ()
        own = np.array([np.where(self._arrays.kinds == kind, part.own, 0.0) for part in ranked])
        own = own / np.maximum(own.max(axis=1, initial=0.0), 1e-9)[:, None]
        score, best = own.max(axis=0, initial=0.0), own.argmax(axis=0)
        return tuple(
            self._result(thing, score, self._reasons.of_thing_itself(thing, ranked[best[thing]]), best[thing])
            for thing in self._best(score, most)
        )

    def _is_word(self, word: str) -> bool:
        """Whether something is a word of the language, as far as that is known."""
        return self._model is not None and self._model.knows(word)

    def _read_as(self, query: str) -> dict[str, str]:
        """Return the words of a question that are misspelt, with those that are meant."""
        return respelt(query, self._index.vocabulary, self._is_word)

    def _text(self, part: str, read_as: dict[str, str]) -> str:
        """Return a part of a question as it is looked up: spelt right, its abbreviations spelt out."""
        words = []
        for word in part.split():
            bare = content_words(word)
            words.append(read_as.get(bare[0], word) if bare else word)
        return spelt_out(" ".join(words), self._index.corpus.abbreviations)

    def _texts(self, parts: Sequence[str], read_as: dict[str, str]) -> list[str]:
        """Return the parts of a question as they are looked up, and all of it where there are several."""
        texts = [self._text(part, read_as) for part in parts]
        return texts if len(texts) == 1 else [*texts, ", ".join(texts)]

    def _things(self, ranked: Sequence[Ranked], parts: int) -> Iterator[SearchResult]:
        score, best = _together([part.score for part in ranked])
        for thing in self._best(score, _MOST_RESULTS):
            reason = self._reasons.of_thing(thing, ranked[best[thing]])
            yield self._result(thing, score, reason, min(best[thing], parts - 1))

    def _best(self, score: Scores, most: int) -> list[int]:
        """Return the things of the highest scores, best first; what hardly fits is left out."""
        best: list[int] = np.argsort(-score, kind="stable")[:most].tolist()
        return [thing for thing in best if score[thing] > self._weights.least_share]

    def _result(self, thing: int, score: Scores, reason: Reason, part: int) -> SearchResult:
        indexed = self._index.corpus.things[thing]
        return SearchResult(indexed.kind, indexed.iri, indexed.label, float(score[thing]), reason, int(part))

    def _statements(self, ranked: Sequence[Ranked], parts: int) -> Iterator[SearchResult]:
        corpus = self._index.corpus
        best: dict[int, tuple[float, int]] = {}
        for part, of_part in enumerate(ranked):
            for number, score in of_part.statements.items():
                best[number] = max(best.get(number, (0.0, 0)), (score, min(part, parts - 1)))
        for number, (score, part) in best.items():
            if score > self._weights.least_share:
                statement = corpus.statements[number]
                reason = self._reasons.of_statement(number, ranked[part])
                cases = tuple(corpus.things[case].iri for case in statement.cases)
                yield SearchResult(CLAIM, statement.iri, statement.text, score, reason, part, cases)

    def _fits(self, texts: Sequence[str], ranked: Sequence[Ranked]) -> bool:
        """Whether anything fits a question; by meaning nothing does that has no word which anybody says."""
        words = ((word, stem) for text in texts for word in content_words(text) for stem in stems(word))
        if any(self._is_word(word) or self._nearness.is_known(stem) for word, stem in words):
            return any(self._is_near(part, self._weights.least_nearness) for part in ranked)
        return any(self._matches(part) for part in ranked)

    def _is_near(self, part: Ranked, least: float) -> bool:
        """Whether something is near in meaning to a part of a question, or its words suffice to go by."""
        return self._matches(part) or part.nearness >= least

    def _matches(self, part: Ranked) -> bool:
        """Whether words alone suffice: every one stands somewhere or, without meaning, any."""
        suffice: Callable[[Iterator[bool]], bool] = all if self.by_meaning else any
        return suffice(self._nearness.is_known(stem) for stem in part.stems)


def _together(scores: Sequence[Scores]) -> tuple[Scores, Numbers]:
    """Bring the parts of a question together: what fits several stands above what fits one."""
    of_parts = np.array(scores)
    if len(scores) == 1:
        return of_parts[0], np.zeros(of_parts.shape[1], dtype=np.int64)
    score = of_parts.sum(axis=0)
    return score / max(score.max(initial=0.0), 1e-9), of_parts[:-1].argmax(axis=0)
