"""The search: fit of words and meaning, carried along what the graph ties together.

Each thing's fit is that of its three nearest phrases, not of all its text at once: one sentence that someone
would say counts more than a definition that is half near. Fits become weights by a softmax, so that one clear
match outweighs many vague ones. Then the graph helps:

- a statement that fits lifts the concepts it names or illustrates, and its case;
- a difficulty that fits lifts what is said to answer it, and stands below that: naming the difficulty back is
  no help;
- what fits lifts the factor it serves and the cases that show it, surer ties more; a concept that many cases
  show says less about each.

The weights below were chosen on `benchmarks/search/tuning.json` alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rdflib import SKOS

from kg.search.answers import Answer, Because, Found, Reason
from kg.search.corpus import ACTIVITY, CASE, CLAIM, DIFFICULTY, EVERYDAY, FACTOR, OURS, Tie
from kg.search.index import Index, prepared, spelt_out
from kg.search.meaning import Model
from kg.search.splitting import parts as parts_of
from kg.search.words import content_words, respelt, stems

__all__ = ["Finder"]

Fits = npt.NDArray[np.float64]

# How much each of a thing's three nearest phrases counts.
_NEAREST = np.array([0.5, 0.3, 0.2])
# One point of BM25 against cosine similarity, and the most points that count.
_WORD_POINT = 0.04
_MOST_POINTS = 10.0
# Statements are short, so that one common word weighs much in them: their points count less.
_STATEMENT_POINTS = 0.5
# How much closer one thing has to fit for its weight to grow e-fold.
_SPREAD = 0.05
_LIFT_BY_STATEMENT = 0.5
_LIFT_BY_DIFFICULTY = 0.5
_NAMING = {str(SKOS.prefLabel), str(SKOS.altLabel)}
_FACTOR_ITSELF = 1.0
_FACTOR_SHARPNESS = 1.5
# Of what leads to a factor, the first counts most: a third of a sure practice nearly suffices.
_FACTOR_SATURATION = 3.0
_CASE_BY_STATEMENT = 0.7
_RARENESS = 0.5
# What stands first where it fits as well: what leaders did, before what came of it or a single statement.
_STANDING = {
    "practice": 1.0,
    "service-action": 0.9,
    "principle": 0.9,
    "facilitator-practice": 0.6,
    "quality": 0.5,
    ACTIVITY: 0.5,
    DIFFICULTY: 0.3,
    "outcome": 0.4,
}
_FACTOR_STANDING = 1.05
_STATEMENT_STANDING = 0.25
# Statements that are looked at for what they lift, and that are given as results.
_STATEMENTS_LIFTING = 40
_STATEMENTS_GIVEN = 12
_MOST_RESULTS = 60
# Below this share of the best result's score a result is left out.
_LEAST_SHARE = 0.03
# Nothing fits unless something is as near in meaning as this, or every word of the question stands somewhere.
_LEAST_NEARNESS = 0.36
# Nothing is clearly near below this. One in ten of the questions that were measured lies between the two.
_CLEAR_NEARNESS = 0.46
_NEAREST_IDEAS = 5
# From so many statements on, vectors are first sifted by the signs of their numbers.
_SIFT_FROM = 20_000
_SIFT_TO = 2_000


@dataclass(frozen=True)
class _Edges:
    """Ties as arrays."""

    one: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    weight: Fits
    statement: npt.NDArray[np.int64]

    @classmethod
    def of(cls, ties: Sequence[Tie]) -> "_Edges":
        return cls(
            np.array([tie.one for tie in ties], dtype=np.int64),
            np.array([tie.other for tie in ties], dtype=np.int64),
            np.array([tie.weight for tie in ties], dtype=np.float64),
            np.array([tie.statement for tie in ties], dtype=np.int64),
        )


@dataclass(frozen=True)
class _Ranked:
    """One part of a question, looked up.

    Attributes:
        score: Of each thing.
        statements: Numbers of the statements that fit best, with the score of each.
        own: Weight of each thing by itself.
        by_phrase: The nearest phrase of each thing.
        by_statement: The statement that lifts each thing most; -1 where none does.
        by_tie: The tie that lifts each thing most; -1 where none does.
        nearness: How near in meaning anything is.
        matched: Whether words alone are enough to go by: every one stands somewhere or, without meaning, any.
        query: The stems it was looked up by.
    """

    score: Fits
    statements: dict[int, float]
    own: Fits
    by_phrase: npt.NDArray[np.int64]
    by_statement: npt.NDArray[np.int64]
    by_tie: npt.NDArray[np.int64]
    nearness: float
    matched: bool
    query: frozenset[str]


class Finder:
    """Answers questions in everyday words from an index.

    Args:
        index: What is searched.
        model: What makes vectors of questions; None to search by words alone.
        by_words: Whether words count too where meaning does.
    """

    def __init__(self, index: Index, model: Model | None, by_words: bool = True) -> None:
        self._index = index
        self._word_point = _WORD_POINT if by_words else 0.0
        self._model = model if index.vectors is not None else None
        corpus = index.corpus
        kinds = np.array([thing.kind for thing in corpus.things], dtype=object)
        self._is_factor = kinds == FACTOR
        self._is_case = kinds == CASE
        self._is_difficulty = kinds == DIFFICULTY
        self._is_concept = ~(self._is_factor | self._is_case)
        self._standing = np.array([_STANDING.get(str(kind), 0.0) for kind in kinds])
        self._starts = np.searchsorted(
            np.array([phrase.thing for phrase in corpus.phrases]), np.arange(len(corpus.things))
        )
        self._thing_of = np.array([phrase.thing for phrase in corpus.phrases], dtype=np.int64)
        self._between = _Edges.of(corpus.ties)
        self._to_case = _Edges.of(corpus.case_ties)
        shown_by = np.bincount(self._to_case.one, minlength=len(corpus.things))
        self._rareness = 1 / np.maximum(shown_by, 1) ** _RARENESS
        answers = self._is_difficulty[self._between.one] & (kinds == "practice")[self._between.other]
        self._answering = np.flatnonzero(answers)
        self._working = np.flatnonzero((kinds == ACTIVITY)[self._between.other])
        self._serving = np.flatnonzero(
            self._is_concept[self._between.one] & self._is_factor[self._between.other]
        )
        self._names: dict[str, int] = {}
        for phrase in corpus.phrases:
            if phrase.naming in _NAMING:
                self._names.setdefault(_as_name(phrase.text), phrase.thing)
        for number in np.flatnonzero(self._is_case).tolist():
            self._names.setdefault(_as_name(corpus.things[number].label.partition(" (")[0]), number)
        self._case_names = [(name, thing) for name, thing in self._names.items() if self._is_case[thing]]
        self._stems = {*index.things.vocabulary, *index.statements.vocabulary}
        self._signs = _signs(index, index.statement_rows)

    @property
    def by_meaning(self) -> bool:
        """Whether meaning is looked at, or words alone."""
        return self._model is not None

    def find(self, query: str, without: Sequence[str] = ()) -> Answer:
        """Find what helps with a question.

        Args:
            query: What is asked, in everyday words.
            without: Parts of it to leave out.

        Returns:
            What was found, best first, of every kind in one ranking.
        """
        corpus = self._index.corpus
        is_word = _never if self._model is None else self._model.knows
        read_as = respelt(query, self._index.vocabulary, is_word)
        parts = tuple(part for part in parts_of(query) if part not in without)
        if not any(content_words(part) for part in parts):
            return Answer(query, parts, (), by_meaning=self.by_meaning)
        asked = [spelt_out(_with(part, read_as), corpus.abbreviations) for part in parts]
        if len(asked) > 1:
            asked.append(", ".join(asked))
        ranked = [self._ranked(each) for each in asked]
        score, best = _together([each.score for each in ranked])
        found = [
            Found(
                corpus.things[thing].kind,
                corpus.things[thing].iri,
                corpus.things[thing].label,
                float(score[thing]),
                self._reason(thing, ranked[best[thing]]),
                int(min(best[thing], len(parts) - 1)),
            )
            for thing in np.argsort(-score, kind="stable")[:_MOST_RESULTS].tolist()
            if score[thing] > _LEAST_SHARE
        ]
        found += self._statements(ranked, len(parts))
        found.sort(key=lambda each: -each.score)
        said = any(is_word(word) or stem in self._stems for word, stem in _words_with_stems(asked))
        fits = any(each.matched or (said and each.nearness >= _LEAST_NEARNESS) for each in ranked)
        near = not fits and self.by_meaning
        return Answer(
            query,
            parts,
            tuple(found[:_MOST_RESULTS]) if fits else (),
            tuple([each for each in found if each.kind != CLAIM][:_NEAREST_IDEAS]) if near else (),
            tuple(read_as.items()),
            self.by_meaning,
            not self.by_meaning or any(each.matched or each.nearness >= _CLEAR_NEARNESS for each in ranked),
        )

    def nearest(self, query: str, kind: str, most: int) -> tuple[Found, ...]:
        """Find things of one kind by what they are themselves, whatever they are tied to.

        Args:
            query: What is asked, in everyday words; of a compound question each part counts by itself.
            kind: What kind of thing is wanted, such as `challenge`.
            most: How many, at the most.

        Returns:
            The nearest first, with scores of which the first is 1; nothing if nothing fits.
        """
        corpus = self._index.corpus
        is_word = _never if self._model is None else self._model.knows
        read_as = respelt(query, self._index.vocabulary, is_word)
        parts = [part for part in parts_of(query) if content_words(part)]
        ranked = [self._ranked(spelt_out(_with(part, read_as), corpus.abbreviations)) for part in parts]
        ranked = [each for each in ranked if each.matched or each.nearness >= _LEAST_NEARNESS]
        wanted = np.array([thing.kind == kind for thing in corpus.things])
        own = np.array([np.where(wanted, each.own, 0.0) for each in ranked]).reshape(len(ranked), len(wanted))
        own = own / np.maximum(own.max(axis=1, initial=0.0), 1e-9)[:, None]
        score, best = own.max(axis=0, initial=0.0), own.argmax(axis=0) if ranked else np.zeros(len(wanted))
        return tuple(
            Found(
                kind,
                corpus.things[thing].iri,
                corpus.things[thing].label,
                float(score[thing]),
                self._reason_itself(thing, ranked[int(best[thing])]),
                int(best[thing]),
            )
            for thing in np.argsort(-score, kind="stable")[:most].tolist()
            if score[thing] > _LEAST_SHARE
        )

    def _ranked(self, query: str) -> _Ranked:
        corpus = self._index.corpus
        words = stems(query)
        vector = self._vector(query)
        points = np.minimum(self._index.things.scores(words), _MOST_POINTS)
        fit, by_phrase, nearness = self._things(vector)
        fit = fit + self._word_point * points
        numbers, statement_fit = self._nearest_statements(words, vector)
        top = max(fit.max(initial=-1.0), statement_fit.max(initial=-1.0))
        own = np.exp((fit - top) / _SPREAD)
        lifting = np.exp((statement_fit - top) / _SPREAD)

        weight = own * self._is_concept
        by_statement = np.full(len(corpus.things), -1)
        case = np.zeros(len(corpus.things))
        for number, lift in zip(numbers.tolist(), lifting.tolist(), strict=True):
            for thing, sure in corpus.named_by.get(number, ()):
                if self._is_concept[thing] and _LIFT_BY_STATEMENT * sure * lift > weight[thing]:
                    weight[thing] = _LIFT_BY_STATEMENT * sure * lift
                    by_statement[thing] = number
            for thing in corpus.statements[number].cases if corpus.statements[number].of_deeds else ():
                case[thing] += _CASE_BY_STATEMENT * lift
                if by_statement[thing] < 0:
                    by_statement[thing] = number
        by_tie = np.full(len(corpus.things), -1)
        own_weight = weight.copy()

        edges, chosen = self._between, self._answering
        lift = weight[edges.one[chosen]] * edges.weight[chosen]
        _lead(by_tie, edges.other[chosen], lift, chosen)
        weight = weight + _LIFT_BY_DIFFICULTY * np.minimum(_summed(edges.other[chosen], lift, len(weight)), 1)
        by_tie[weight < 2 * own_weight] = -1

        chosen = self._working
        lift = weight[edges.one[chosen]] * edges.weight[chosen]
        _lead(by_tie, edges.other[chosen], lift, chosen)
        weight = weight + np.minimum(_summed(edges.other[chosen], lift, len(weight)), 1)
        chosen = self._serving
        lift = weight[edges.one[chosen]] * edges.weight[chosen]
        _lead(by_tie, edges.other[chosen], lift, chosen)
        factor = _summed(edges.other[chosen], lift, len(weight)) + _FACTOR_ITSELF * own * self._is_factor
        edges = self._to_case
        lift = (weight * self._rareness)[edges.one] * edges.weight
        led = np.full(len(corpus.things), -1)
        _lead(led, edges.other, lift, np.arange(len(edges.one)))
        by_tie = np.where(self._is_case, led, by_tie)
        case += _summed(edges.other, lift, len(weight)) + own * self._is_case

        share = factor / max(factor.max(initial=0.0), 1e-9)
        score = self._standing * weight
        score += (
            _FACTOR_STANDING
            * (1 - np.exp(-_FACTOR_SATURATION * factor))
            * share**_FACTOR_SHARPNESS
            * self._is_factor
        )
        score += (1 - np.exp(-case)) * self._is_case
        if named := self._named(query):
            score[named] += max(score.max(initial=0.0), 1e-9)
        score = score / max(score.max(initial=0.0), 1e-9)
        given = lifting / max(lifting.max(initial=0.0), 1e-9) * _STATEMENT_STANDING
        return _Ranked(
            score,
            dict(zip(numbers.tolist()[:_STATEMENTS_GIVEN], given.tolist()[:_STATEMENTS_GIVEN], strict=True)),
            np.where(self._is_factor, _FACTOR_ITSELF * own, np.where(self._is_case, own, own_weight)),
            by_phrase,
            by_statement,
            by_tie,
            nearness,
            self._matched(words),
            frozenset(words),
        )

    def _matched(self, words: Sequence[str]) -> bool:
        known = [word in self._stems for word in words]
        return any(known) if self._model is None else all(known)

    def _named(self, query: str) -> list[int]:
        """Give what a question calls by its name: a thing if it says no more, a case wherever it is named."""
        said = _as_name(query)
        spaced = f" {said} "
        named = [thing for name, thing in self._case_names if f" {name} " in spaced]
        return [self._names[said]] if said in self._names else named

    def _vector(self, query: str) -> npt.NDArray[np.float32] | None:
        if self._model is None:
            return None
        vector: npt.NDArray[np.float32] = self._model.vectors([prepared(query, {})])[0]
        return vector

    def _things(self, vector: npt.NDArray[np.float32] | None) -> tuple[Fits, npt.NDArray[np.int64], float]:
        """Give the fit of each thing by meaning, its nearest phrase, and how near the nearest one is."""
        things = len(self._index.corpus.things)
        if vector is None or self._index.vectors is None:
            return np.zeros(things), np.full(things, -1), 0.0
        near = (self._index.vectors[self._index.phrase_rows].astype(np.float32) @ vector).astype(np.float64)
        order = np.lexsort((-near, self._thing_of))
        count = np.bincount(self._thing_of, minlength=things)
        fit = np.zeros(things)
        held = np.flatnonzero(count)
        for nth, share in enumerate(_NEAREST):
            fit[held] += share * near[order[self._starts[held] + np.minimum(nth, count[held] - 1)]]
        nearest = np.full(things, -1)
        nearest[held] = order[self._starts[held]]
        return fit, nearest, float(near.max(initial=0.0))

    def _nearest_statements(
        self, words: Sequence[str], vector: npt.NDArray[np.float32] | None
    ) -> tuple[npt.NDArray[np.int64], Fits]:
        """Give the numbers of the statements that fit best, and their fit; the best first."""
        points = np.minimum(self._index.statements.scores(words), _MOST_POINTS).astype(np.float64)
        fit = self._word_point * _STATEMENT_POINTS * points
        numbers = np.arange(len(fit))
        if vector is not None and self._index.vectors is not None:
            if self._signs is not None:
                apart = np.bitwise_count(self._signs ^ _packed(vector[None, :])).sum(axis=1, dtype=np.int64)
                near = np.argpartition(apart - 400 * fit, _SIFT_TO)[:_SIFT_TO]
                numbers, fit = near, fit[near]
            rows = self._index.statement_rows[numbers]
            fit = fit + self._index.vectors[rows].astype(np.float32) @ vector
        best = np.argsort(-fit, kind="stable")[:_STATEMENTS_LIFTING]
        return numbers[best], fit[best]

    def _statements(self, ranked: Sequence[_Ranked], parts: int) -> list[Found]:
        corpus = self._index.corpus
        best: dict[int, tuple[float, int]] = {}
        for part, each in enumerate(ranked):
            for number, score in each.statements.items():
                best[number] = max(best.get(number, (0.0, 0)), (score, min(part, parts - 1)))
        found = []
        for number, (score, part) in best.items():
            if score <= _LEAST_SHARE:
                continue
            told = corpus.statements[number]
            reason = self._words_of(told.assertion, ranked[part].query) or Reason(
                Because.STATEMENT, told.text, told.iri, None, told.modality, told.denied
            )
            cases = tuple(corpus.things[case].iri for case in told.cases)
            found.append(Found(CLAIM, told.iri, told.text, score, reason, part, cases))
        return found

    def _words_of(self, text: str, query: frozenset[str]) -> Reason | None:
        """Name the words of a text that a question has as well; None if there are none."""
        shared = [word for word in dict.fromkeys(content_words(text)) if set(stems(word)) & query]
        if not shared:
            return None
        return Reason(Because.WORDS, ", ".join(f"“{word}”" for word in shared[:4]))

    def _reason(self, thing: int, ranked: _Ranked) -> Reason:
        corpus = self._index.corpus
        number, tie = int(ranked.by_statement[thing]), int(ranked.by_tie[thing])
        edges, ties = (
            (self._to_case, corpus.case_ties) if self._is_case[thing] else (self._between, corpus.ties)
        )
        by_tie = 0.0
        if tie >= 0:
            one = int(edges.one[tie])
            by_tie = float(ranked.own[one] * edges.weight[tie])
            if self._is_case[thing]:
                by_tie *= float(self._rareness[one])
        if (
            number >= 0
            and self._is_case[thing]
            and ranked.statements.get(number, 0.0) / _STATEMENT_STANDING > by_tie
        ):
            return self._statement(number)
        if number >= 0 and not self._is_case[thing]:
            return self._statement(number)
        if tie >= 0 and by_tie >= ranked.own[thing]:
            name = corpus.things[ties[tie].one].label
            if ties[tie].statement == OURS:
                return Reason(Because.TIE, name)
            told = corpus.statements[ties[tie].statement]
            said = told.text if self._is_case[thing] else None
            return Reason(Because.TIE, name, told.iri, said, told.modality, told.denied)
        return self._phrase(thing, ranked)

    def _reason_itself(self, thing: int, ranked: _Ranked) -> Reason:
        number = int(ranked.by_statement[thing])
        return self._statement(number) if number >= 0 else self._phrase(thing, ranked)

    def _statement(self, number: int) -> Reason:
        told = self._index.corpus.statements[number]
        return Reason(Because.STATEMENT, told.text, told.iri, None, told.modality, told.denied)

    def _phrase(self, thing: int, ranked: _Ranked) -> Reason:
        corpus = self._index.corpus
        start = int(self._starts[thing])
        end = int(self._starts[thing + 1]) if thing + 1 < len(self._starts) else len(corpus.phrases)
        nearest = int(ranked.by_phrase[thing])
        if start == end:
            return Reason(Because.NAME, corpus.things[thing].label)
        if nearest < 0:
            nearest = max(
                range(start, end),
                key=lambda number: len(ranked.query & set(stems(corpus.phrases[number].text))),
            )
        phrase = corpus.phrases[nearest]
        if phrase.naming == EVERYDAY:
            return Reason(Because.EVERYDAY, phrase.text)
        if phrase.naming == str(SKOS.hiddenLabel):
            # A word that only finds is never shown as a name.
            shown = self._words_of(phrase.text, ranked.query)
            return shown or Reason(Because.NAME, corpus.things[thing].label)
        return Reason(Because.NAME, phrase.text)


def _together(scores: Sequence[Fits]) -> tuple[Fits, npt.NDArray[np.int64]]:
    """Bring the parts of a question together: what fits several stands above what fits one."""
    held = np.array(scores)
    if len(scores) == 1:
        return held[0], np.zeros(held.shape[1], dtype=np.int64)
    score = held.sum(axis=0)
    return score / max(score.max(initial=0.0), 1e-9), held[:-1].argmax(axis=0)


def _summed(ends: npt.NDArray[np.int64], lift: Fits, size: int) -> Fits:
    return np.bincount(ends, weights=lift, minlength=size).astype(np.float64)


def _lead(
    by_tie: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], lift: Fits, ties: npt.NDArray[np.int64]
) -> None:
    """Note for each end the tie that lifts it most."""
    order = np.argsort(lift, kind="stable")
    by_tie[ends[order]] = ties[order]


def _words_with_stems(texts: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, stem) for text in texts for word in content_words(text) for stem in stems(word)]


def _as_name(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _never(_word: str) -> bool:
    return False


def _packed(vectors: npt.NDArray[np.floating]) -> npt.NDArray[np.uint64]:
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def _signs(index: Index, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64] | None:
    """Give the signs of the numbers of each statement's vector, for a first sifting of very many."""
    if index.vectors is None or len(rows) < _SIFT_FROM:
        return None
    return _packed(np.asarray(index.vectors))[rows]


def _with(text: str, read_as: dict[str, str]) -> str:
    """Put words in the place of those that were misspelt."""
    words = []
    for word in text.split():
        bare = content_words(word)
        words.append(read_as.get(bare[0], word) if bare else word)
    return " ".join(words)
