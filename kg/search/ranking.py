"""The ranking: fit of words and meaning, carried along what the graph ties together.

Fits become weights by a softmax, so that one clear match outweighs many vague ones. Then the graph helps:

- a statement that fits lifts the concepts it names or illustrates, and its case;
- a difficulty that fits lifts what is said to answer it, and stands below that: naming the difficulty back is
  no help;
- what fits lifts the factor it serves and the cases that show it, surer ties more; a concept that many cases
  show says less about each.

Each step takes what is known so far and returns it with what it adds.
"""

import re
from dataclasses import replace

import numpy as np
from rdflib import SKOS

from kg.search.arrays import CorpusArrays, Numbers, Scores, TieArrays
from kg.search.corpus import Corpus
from kg.search.nearness import Nearness
from kg.search.state import Ranked, State
from kg.search.weights import Weights
from kg.search.words import stems

__all__ = ["Ranking", "rareness"]

_NAMING = {str(SKOS.prefLabel), str(SKOS.altLabel)}
# Statements that are given as results.
_MOST_STATEMENTS = 12
_TINY = 1e-9


class Ranking:
    """Ranks all things of a corpus by how well they fit a question.

    Args:
        corpus: What is searched.
        arrays: The same as arrays.
        nearness: What compares the question with it.
        weights: What counts how much.
    """

    def __init__(self, corpus: Corpus, arrays: CorpusArrays, nearness: Nearness, weights: Weights) -> None:
        self._corpus = corpus
        self._arrays = arrays
        self._nearness = nearness
        self._weights = weights
        self._standing = np.array([weights.standing.get(str(kind), 0.0) for kind in arrays.kinds])
        self._rareness = rareness(arrays, weights)
        self._names = _names(corpus, arrays)
        self._case_names = [(name, thing) for name, thing in self._names.items() if arrays.is_case[thing]]

    def rank(self, query: str) -> Ranked:
        """Rank all things for one part of a question."""
        state = self.fit(query)
        for step in (
            self.weigh,
            self.lift_by_statements,
            self.lift_by_difficulties,
            self.lift_activities,
            self.factors,
            self.cases,
            self.score,
        ):
            state = step(state)
        return self._ranked(state)

    def fit(self, query: str) -> State:
        """Return how well each thing and each statement fits by itself."""
        words = stems(query)
        vector = self._nearness.vector(query)
        fit, by_phrase, nearness = self._nearness.things(words, vector)
        statements, statement_fit = self._nearness.statements(words, vector)
        return State(query, words, fit, by_phrase, nearness, statements, statement_fit)

    def weigh(self, state: State) -> State:
        """Turn fits into weights: that of the best is 1."""
        top = max(state.fit.max(initial=-1.0), state.statement_fit.max(initial=-1.0))
        own = np.exp((state.fit - top) / self._weights.spread)
        statement_weight = np.exp((state.statement_fit - top) / self._weights.spread)
        return replace(
            state, own=own, statement_weight=statement_weight, weight=own * self._arrays.is_concept
        )

    def lift_by_statements(self, state: State) -> State:
        """Let each statement lift the concepts that it names or illustrates, the surer the more."""
        weight, by_statement = state.weight.copy(), np.full(len(state.weight), -1)
        for number, fit in zip(state.statements.tolist(), state.statement_weight.tolist(), strict=True):
            for concept, sureness in self._corpus.named_by.get(number, ()):
                lifted = self._weights.lift_by_statement * sureness * fit
                if self._arrays.is_concept[concept] and lifted > weight[concept]:
                    weight[concept], by_statement[concept] = lifted, number
        by_tie = np.full(len(weight), -1)
        return replace(state, weight=weight, unled=weight, by_statement=by_statement, by_tie=by_tie)

    def lift_by_difficulties(self, state: State) -> State:
        """Let each difficulty lift the practices that are said to answer it."""
        led, by_tie = _led(state.weight, self._arrays.ties, self._arrays.answering, state.by_tie)
        weight = state.weight + self._weights.lift_by_difficulty * np.minimum(led, 1)
        # What it owes more to itself is not found for the sake of a difficulty.
        return replace(state, weight=weight, by_tie=np.where(weight < 2 * state.unled, -1, by_tie))

    def lift_activities(self, state: State) -> State:
        """Let each concept lift the activities that work on it."""
        led, by_tie = _led(state.weight, self._arrays.ties, self._arrays.working, state.by_tie)
        return replace(state, weight=state.weight + np.minimum(led, 1), by_tie=by_tie)

    def factors(self, state: State) -> State:
        """Add up what leads to each factor."""
        led, by_tie = _led(state.weight, self._arrays.ties, self._arrays.serving, state.by_tie)
        itself = self._weights.factor_itself * state.own * self._arrays.is_factor
        return replace(state, factor=led + itself, by_tie=by_tie)

    def cases(self, state: State) -> State:
        """Add up what leads to each case: its statements, the concepts that it shows, and its own phrases."""
        case, by_statement = np.zeros(len(state.weight)), state.by_statement.copy()
        for number, fit in zip(state.statements.tolist(), state.statement_weight.tolist(), strict=True):
            statement = self._corpus.statements[number]
            for about in statement.cases if statement.of_deeds else ():
                case[about] += self._weights.case_by_statement * fit
                if by_statement[about] < 0:
                    by_statement[about] = number
        ties = self._arrays.case_ties
        led, by_tie = _led(
            state.weight * self._rareness, ties, np.arange(len(ties.one)), np.full(len(case), -1)
        )
        case += led + state.own * self._arrays.is_case
        by_tie = np.where(self._arrays.is_case, by_tie, state.by_tie)
        return replace(state, case=case, by_statement=by_statement, by_tie=by_tie)

    def score(self, state: State) -> State:
        """Bring things of all kinds into one ranking; what the question calls by its name comes first."""
        weights, factor = self._weights, state.factor
        share = factor / max(factor.max(initial=0.0), _TINY)
        score = self._standing * state.weight
        score += (
            weights.factor_standing
            * (1 - np.exp(-weights.factor_saturation * factor))
            * share**weights.factor_sharpness
            * self._arrays.is_factor
        )
        score += (1 - np.exp(-state.case)) * self._arrays.is_case
        if named := self._named(state.query):
            score[named] += max(score.max(initial=0.0), _TINY)
        return replace(state, score=score / max(score.max(initial=0.0), _TINY))

    def _ranked(self, state: State) -> Ranked:
        arrays, weight = self._arrays, state.statement_weight
        statements = weight / max(weight.max(initial=0.0), _TINY) * self._weights.statement_standing
        of_factors = self._weights.factor_itself * state.own
        given = zip(state.statements.tolist(), statements.tolist(), strict=True)
        return Ranked(
            state.score,
            dict(list(given)[:_MOST_STATEMENTS]),
            np.where(arrays.is_factor, of_factors, np.where(arrays.is_case, state.own, state.unled)),
            state.by_phrase,
            state.by_statement,
            state.by_tie,
            state.nearness,
            state.stems,
        )

    def _named(self, query: str) -> list[int]:
        """Return what is called by its name: a thing if a question says no more, a case in any question."""
        said = _as_name(query)
        if said in self._names:
            return [self._names[said]]
        spaced = f" {said} "
        return [thing for name, thing in self._case_names if f" {name} " in spaced]


def rareness(arrays: CorpusArrays, weights: Weights) -> Scores:
    """Return how much each concept says about a case that shows it: the less, the more cases do."""
    return 1 / np.maximum(arrays.cases_showing, 1) ** weights.rareness


def _led(weight: Scores, ties: TieArrays, numbers: Numbers, by_tie: Numbers) -> tuple[Scores, Numbers]:
    """Carry weights along some ties: return what comes to each thing, and the tie that brings it most.

    Args:
        weight: The weight of each thing.
        ties: The ties.
        numbers: Which of them to go along.
        by_tie: The tie of each thing to which none of these leads.
    """
    ends, lift = ties.other[numbers], weight[ties.one[numbers]] * ties.weight[numbers]
    strongest, order = by_tie.copy(), np.argsort(lift, kind="stable")
    strongest[ends[order]] = numbers[order]
    return np.bincount(ends, weights=lift, minlength=len(weight)).astype(np.float64), strongest


def _names(corpus: Corpus, arrays: CorpusArrays) -> dict[str, int]:
    """Return each thing by its names; a case also by its name without what stands in brackets."""
    names: dict[str, int] = {}
    for phrase in corpus.phrases:
        if phrase.naming in _NAMING:
            names.setdefault(_as_name(phrase.text), phrase.thing)
    for case in np.flatnonzero(arrays.is_case).tolist():
        names.setdefault(_as_name(corpus.things[case].label.partition(" (")[0]), case)
    return names


def _as_name(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
