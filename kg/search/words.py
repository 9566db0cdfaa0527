"""Search by words: stems, BM25, and a tolerance for misspelling."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

__all__ = ["Words", "content_words", "respelt", "stems"]

_WORD = re.compile(r"[a-z0-9]+")
_STEMMER = Stemmer.Stemmer("english")
_SHORTEST_MISSPELT = 5
_NONE = "_"
# Words that say nothing of what is looked for.
_SPELT = """
    a about after again all also am an and any are as at be because been before being but by can
    could did do does doing down each even every few for from get getting got had has have having he
    her here him his how i if in into is it its just make makes many may me might more most much my
    no nor not now of off on one only or other others our out over own same shall she should so some
    such than that the their them then there these they this those to too under up upon us very was
    we were what when where which while who whom whose why will with without would you your
"""
_EMPTY = frozenset(_SPELT.split())

_LEADERS = """
    boss bosses chief chiefs colleague colleagues director directors exec execs executive executives leader
    leaders manager managers officer officers
"""
_ROLES = frozenset(_LEADERS.split())

WordScores = npt.NDArray[np.float32]


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(each for each in text if not unicodedata.combining(each))
    return re.sub(r"['’]s\\b", "", text).replace("'", "").replace("’", "")


def content_words(text: str) -> list[str]:
    """Give the words of a text that say what it is about, as they stand but in lower case.

    >>> content_words("What do the Leaders’ meetings cost?")
    ['leaders', 'meetings', 'cost']
    """
    return [word for word in _WORD.findall(_plain(text)) if word not in _EMPTY]


def stems(text: str) -> list[str]:
    """Give the stems of the words of a text that say what it is about.

    Whoever is said to lead tells nothing apart here, unless there is nothing else.

    >>> stems("trusting leaders, trusted directors"), stems("leaders")
    (['trust', 'trust'], ['leader'])
    """
    words = content_words(text)
    return _STEMMER.stemWords([word for word in words if word not in _ROLES] or words)  # type: ignore[no-any-return]


class Words:
    """An index of texts by their words.

    BM25 in Lucene's form (Robertson and others; k1 1.2, b 0.5, since the texts are short).

    Args:
        index: The index of all texts, in their order.
        size: How many texts there are.
    """

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._size = size

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Words":
        """Index texts."""
        tokens = [stems(text) or [_NONE] for text in texts]
        index = bm25s.BM25(k1=1.2, b=0.5)
        index.index(tokens or [[_NONE]], show_progress=False)
        return cls(index, len(tokens))

    def write(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._index.save(str(folder), show_progress=False)

    @classmethod
    def read(cls, folder: Path, size: int) -> "Words":
        """Read what `write` has written."""
        return cls(bm25s.BM25.load(str(folder), mmap=True, show_progress=False), size)

    @property
    def vocabulary(self) -> Iterable[str]:
        """The stems that stand in the texts."""
        known: dict[str, int] = self._index.vocab_dict
        return known.keys()

    def scores(self, query: Sequence[str]) -> WordScores:
        """Score every text against the stems of a query; 0 where none of them stands in it."""
        known = [stem for stem in query if stem in self._index.vocab_dict]
        if not known or not self._size:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)


def respelt(query: str, vocabulary: frozenset[str], is_word: Callable[[str], bool]) -> dict[str, str]:
    """Find words that are nowhere and stand one or two letters from one that is.

    Args:
        query: What was asked.
        vocabulary: The words, as they stand, in what is searched.
        is_word: Whether something is an English word that may stand as it is.

    Returns:
        What to read for each such word.
    """
    known_stems = {_STEMMER.stemWord(word) for word in vocabulary}
    found = {}
    for word in dict.fromkeys(content_words(query)):
        if (
            len(word) < _SHORTEST_MISSPELT
            or word in vocabulary
            or _STEMMER.stemWord(word) in known_stems
            or is_word(word)
        ):
            continue
        most = 1 if len(word) < 8 else 2
        near = process.extractOne(word, vocabulary, scorer=OSA.distance, score_cutoff=most)
        if near is not None and near[0][0] == word[0]:
            found[word] = near[0]
    return found
