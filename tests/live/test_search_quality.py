"""How well search finds what helps, over the live collection and the questions of the benchmark."""

import re

import pytest

from benchmarks.search import quality
from kg.engine import Engine
from kg.search import Corpus, Finder, make_index, read_corpus

# One worker makes the index of all texts, once.
pytestmark = pytest.mark.xdist_group("search")


@pytest.fixture(scope="module")
def corpus(live_engine: Engine) -> Corpus:
    return read_corpus(live_engine)


@pytest.fixture(scope="module")
def by_words(corpus: Corpus) -> Finder:
    return Finder(make_index(corpus, None), None)


@pytest.mark.parametrize("name", ["examples", "questions", "afterwards"])
def test_nine_in_ten_questions_find_something_that_helps(live_finder: Finder, name: str) -> None:
    asked = quality.questions(name)
    found = quality.quality(live_finder, asked)
    # One question more or less is no difference: of ten or twenty, it is 10 or 5 in 100.
    assert found.hit + 1 / len(asked) >= 0.9
    assert found.rank >= 0.6


def test_words_alone_find_something_for_most_questions(by_words: Finder) -> None:
    assert quality.quality(by_words, quality.questions("questions")).hit >= 0.7


def test_answers_that_count_are_in_the_graph(corpus: Corpus) -> None:
    known = {(thing.kind, thing.label) for thing in corpus.things}
    for name in quality.SETS:
        for question in quality.questions(name):
            assert question.relevant <= known, question.query


def test_no_phrase_shares_four_words_in_a_row_with_a_question(corpus: Corpus) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
        return {tuple(words[start : start + 4]) for start in range(len(words) - 3)}

    asked = {
        run: question.query
        for name in quality.SETS
        for question in quality.questions(name)
        for run in runs(question.query)
    }
    shared = [
        (phrase.text, asked[run]) for phrase in corpus.phrases for run in runs(phrase.text) & asked.keys()
    ]
    assert shared == []
