"""Why something was found, as a sentence can say it."""

from collections.abc import Collection

from rdflib import SKOS

from kg.search.answers import Because, Reason
from kg.search.arrays import CorpusArrays
from kg.search.corpus import EVERYDAY, UNSAID, ConceptTie, Corpus
from kg.search.ranking import rareness
from kg.search.state import Ranked
from kg.search.weights import Weights
from kg.search.words import content_words, stems

__all__ = ["Reasons"]

# Words of the question that a reason repeats, at the most.
_MOST_WORDS = 4


class Reasons:
    """Says why things of a corpus were found.

    Args:
        corpus: What was searched.
        arrays: The same as arrays.
        weights: What counted how much.
    """

    def __init__(self, corpus: Corpus, arrays: CorpusArrays, weights: Weights) -> None:
        self._corpus = corpus
        self._arrays = arrays
        self._weights = weights
        self._rareness = rareness(arrays, weights)

    def of_thing(self, thing: int, ranked: Ranked) -> Reason:
        """Return what led to a thing most: a statement, what it is tied to, or its own words."""
        number, is_case = int(ranked.by_statement[thing]), bool(self._arrays.is_case[thing])
        tie, strength = self._strongest_tie(thing, ranked)
        if number >= 0 and (not is_case or self._weight_of(number, ranked) > strength):
            return self._by_statement(number)
        if tie is not None and strength >= ranked.own[thing]:
            return self._by_tie(tie, is_case)
        return self._by_phrase(thing, ranked)

    def of_thing_itself(self, thing: int, ranked: Ranked) -> Reason:
        """Return what led to a thing whatever it is tied to."""
        number = int(ranked.by_statement[thing])
        return self._by_statement(number) if number >= 0 else self._by_phrase(thing, ranked)

    def of_statement(self, number: int, ranked: Ranked) -> Reason:
        """Return what led to a statement: words of the question or, where it has none, what it says."""
        shared = self._by_words(self._corpus.statements[number].assertion, ranked.stems)
        return shared or self._by_statement(number)

    def _weight_of(self, number: int, ranked: Ranked) -> float:
        return ranked.statements.get(number, 0.0) / self._weights.statement_standing

    def _strongest_tie(self, thing: int, ranked: Ranked) -> tuple[ConceptTie | None, float]:
        """Return the tie that lifts a thing most, and how much; None where none does."""
        number = int(ranked.by_tie[thing])
        if number < 0:
            return None, 0.0
        if not self._arrays.is_case[thing]:
            tie = self._corpus.ties[number]
            return tie, float(ranked.own[tie.one] * tie.weight)
        tie = self._corpus.case_ties[number]
        return tie, float(ranked.own[tie.one] * tie.weight) * float(self._rareness[tie.one])

    def _by_tie(self, tie: ConceptTie, is_case: bool) -> Reason:
        name = self._corpus.things[tie.one].label
        if tie.statement == UNSAID:
            return Reason(Because.TIE, name)
        statement = self._corpus.statements[tie.statement]
        said = statement.text if is_case else None
        return Reason(Because.TIE, name, statement.iri, said, statement.modality, statement.denied)

    def _by_statement(self, number: int) -> Reason:
        statement = self._corpus.statements[number]
        return Reason(
            Because.STATEMENT, statement.text, statement.iri, None, statement.modality, statement.denied
        )

    def _by_words(self, text: str, query: Collection[str]) -> Reason | None:
        """Name the words of a text that a question has as well; None if there are none."""
        shared = [
            word for word in dict.fromkeys(content_words(text)) if not set(stems(word)).isdisjoint(query)
        ]
        if not shared:
            return None
        return Reason(Because.WORDS, ", ".join(f"“{word}”" for word in shared[:_MOST_WORDS]))

    def _by_phrase(self, thing: int, ranked: Ranked) -> Reason:
        label = self._corpus.things[thing].label
        nearest = self._nearest_phrase(thing, ranked)
        if nearest is None:
            return Reason(Because.NAME, label)
        phrase = self._corpus.phrases[nearest]
        if phrase.naming == EVERYDAY:
            return Reason(Because.EVERYDAY, phrase.text)
        if phrase.naming == str(SKOS.hiddenLabel):
            # A word that only finds is never shown as a name.
            return self._by_words(phrase.text, ranked.stems) or Reason(Because.NAME, label)
        return Reason(Because.NAME, phrase.text)

    def _nearest_phrase(self, thing: int, ranked: Ranked) -> int | None:
        """Return the phrase of a thing that is nearest in meaning or, without meaning, shares most words."""
        first, phrases = self._arrays.first_phrase, self._corpus.phrases
        start = int(first[thing])
        end = int(first[thing + 1]) if thing + 1 < len(first) else len(phrases)
        if start == end:
            return None
        if ranked.by_phrase[thing] >= 0:
            return int(ranked.by_phrase[thing])
        query = set(ranked.stems)
        return max(range(start, end), key=lambda number: len(query & set(stems(phrases[number].text))))
