"""The search index: made from a corpus, kept beside the graph, and read again."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.search.corpus import ConceptTie, Corpus, IndexedStatement, IndexedThing, Phrase
from kg.search.meaning import Model
from kg.search.words import Words, content_words
from kg.storage.files import write_folder

__all__ = ["FOLDER", "Index", "has_index", "make_index", "read_index", "spelt_out", "texts_of", "write_index"]

FOLDER = "search"
_CORPUS_FILE = "corpus.json"
_VECTORS_FILE = "vectors.npy"
_KEYS_FILE = "texts.json"
_ABOUT_FILE = "index.json"
# Changed with every change of what the files mean.
_FORM = 3
_AT_ONCE = 4096


@dataclass(frozen=True)
class Index:
    """What a search is made with.

    Attributes:
        corpus: What can be found.
        things: Words of each thing: all its phrases as one text.
        statements: Words of each statement.
        vectors: A vector for each text that stands in the corpus, once; None where meaning is not at hand.
        phrase_rows: The row of each phrase in the vectors.
        statement_rows: The row of each statement.
        vocabulary: The words that stand in the corpus.
    """

    corpus: Corpus
    things: Words
    statements: Words
    vectors: npt.NDArray[np.float16] | None
    phrase_rows: npt.NDArray[np.int32]
    statement_rows: npt.NDArray[np.int32]
    vocabulary: frozenset[str]


def make_index(
    corpus: Corpus, model: Model | None, known: Mapping[str, npt.NDArray[np.floating]] | None = None
) -> Index:
    """Make an index in memory.

    Args:
        corpus: What can be found.
        model: What makes the vectors; None to search by words alone.
        known: Vectors that this model has made before, by text.
    """
    texts, phrase_rows, statement_rows = _texts(corpus)
    return Index(
        corpus,
        Words.of(_by_thing(corpus)),
        Words.of(spelt_out(statement.assertion, corpus.abbreviations) for statement in corpus.statements),
        None if model is None else _vectors(texts, model, known or {}),
        phrase_rows,
        statement_rows,
        _vocabulary(texts),
    )


def spelt_out(text: str, abbreviations: Mapping[str, str]) -> str:
    """Put the full name behind every abbreviation, so that either finds the other.

    >>> spelt_out("Two ICBs merge", {"ICB": "Integrated care board"})
    'Two ICBs (integrated care board) merge'
    """
    words = []
    for word in text.split(" "):
        bare = word.strip(".,;:?!()“”’'\"")
        name = abbreviations.get(bare) or abbreviations.get(bare.removesuffix("s"))
        words.append(f"{word} ({name[:1].lower()}{name[1:]})" if name else word)
    return " ".join(words)


# Whoever is said to do it: in a collection about leaders this tells nothing apart.
_ROLES = re.compile(
    r"\b(?:(?:our|my|the|their|your) )?(?:(?:senior|top|chief|deputy|managing) )*"
    r"(?:boss(?:es)?|chairs?|chairm[ae]n|colleagues?|counterparts?|directors?|executives?|execs?|leaders?"
    r"|managers?|officers?|bigwigs?)\b",
    re.IGNORECASE,
)


def text_for_meaning(text: str, abbreviations: Mapping[str, str]) -> str:
    """Give a text as its meaning is taken: abbreviations spelt out, and every kind of leader called one.

    >>> text_for_meaning("Our chief executives nod along", {})
    'leaders nod along'
    """
    return _ROLES.sub("leaders", spelt_out(text, abbreviations))


def texts_of(corpus: Corpus) -> list[str]:
    """Give every text of a corpus once, in the order of the vectors."""
    return _texts(corpus)[0]


def _by_thing(corpus: Corpus) -> list[str]:
    texts: list[list[str]] = [[] for _ in corpus.things]
    for phrase in corpus.phrases:
        texts[phrase.thing].append(spelt_out(phrase.text, corpus.abbreviations))
    return [" ".join(text) for text in texts]


def _texts(corpus: Corpus) -> tuple[list[str], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Give every text once, and for each phrase and statement which text it is."""
    rows: dict[str, int] = {}

    def row(text: str) -> int:
        return rows.setdefault(text_for_meaning(text, corpus.abbreviations), len(rows))

    phrases = np.array([row(phrase.text) for phrase in corpus.phrases], dtype=np.int32)
    statements = np.array([row(statement.assertion) for statement in corpus.statements], dtype=np.int32)
    return list(rows), phrases, statements


def _vocabulary(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in content_words(text))


def _vectors(
    texts: Sequence[str], model: Model, known: Mapping[str, npt.NDArray[np.floating]]
) -> npt.NDArray[np.float16]:
    """Give a vector for each text; those that are new are made some at a time, to hold few in full."""
    new = [row for row, text in enumerate(texts) if text not in known]
    width = len(next(iter(known.values()))) if known else 0
    if new:
        width = model.vectors([texts[new[0]]]).shape[1]
    vectors = np.zeros((len(texts), width), dtype=np.float16)
    for start in range(0, len(new), _AT_ONCE):
        rows = new[start : start + _AT_ONCE]
        vectors[rows] = model.vectors([texts[row] for row in rows])
    for row, text in enumerate(texts):
        if text in known:
            vectors[row] = known[text]
    return vectors


def write_index(
    corpus: Corpus,
    model: Model | None,
    folder: Path,
    version: str,
) -> Index:
    """Make an index and write it beside the graph.

    Vectors of texts that were there at the last build are taken from it.

    Args:
        corpus: What can be found.
        model: What makes the vectors; None to search by words alone.
        folder: Folder of the built graph.
        version: Which state of the content it is.
    """
    index = make_index(corpus, model, _known(folder / FOLDER, model))

    def fill(inside: Path) -> None:
        _write_json(inside / _CORPUS_FILE, asdict(corpus))
        index.things.write(inside / "things")
        index.statements.write(inside / "statements")
        if index.vectors is not None:
            np.save(inside / _VECTORS_FILE, index.vectors)
            _write_json(inside / _KEYS_FILE, _texts(corpus)[0])
        about = {"form": _FORM, "version": version, "model": model.name if model else None}
        _write_json(inside / _ABOUT_FILE, about)

    write_folder(folder / FOLDER, fill)
    return index


def read_index(folder: Path, version: str, model: Model | None) -> Index | None:
    """Read an index that was written.

    Args:
        folder: Folder of the built graph.
        version: Which state of the content is wanted.
        model: What will make the vectors of questions.

    Returns:
        The index; None if there is none of this version and this model.
    """
    inside = folder / FOLDER
    if not has_index(folder, version, model):
        return None
    held = json.loads((inside / _CORPUS_FILE).read_bytes())
    corpus = Corpus(
        [IndexedThing(**each) for each in held["things"]],
        [Phrase(**each) for each in held["phrases"]],
        [IndexedStatement(**{**each, "cases": tuple(each["cases"])}) for each in held["statements"]],
        {int(number): [tuple(pair) for pair in named] for number, named in held["named_by"].items()},
        [ConceptTie(**each) for each in held["ties"]],
        [ConceptTie(**each) for each in held["case_ties"]],
        held["abbreviations"],
    )
    texts, phrase_rows, statement_rows = _texts(corpus)
    return Index(
        corpus,
        Words.read(inside / "things", len(corpus.things)),
        Words.read(inside / "statements", len(corpus.statements)),
        None if model is None else np.load(inside / _VECTORS_FILE, mmap_mode="r"),
        phrase_rows,
        statement_rows,
        _vocabulary(texts),
    )


def has_index(folder: Path, version: str, model: Model | None) -> bool:
    """Whether `read_index` would give an index."""
    about = _about(folder / FOLDER)
    return about.get("version") == version and about.get("model") == (model.name if model else None)


def _known(inside: Path, model: Model | None) -> dict[str, npt.NDArray[np.floating]]:
    if model is None or _about(inside).get("model") != model.name:
        return {}
    texts = json.loads((inside / _KEYS_FILE).read_bytes())
    return dict(zip(texts, np.load(inside / _VECTORS_FILE), strict=True))


def _about(inside: Path) -> dict[str, object]:
    try:
        about = json.loads((inside / _ABOUT_FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return {}
    return about if isinstance(about, dict) and about.get("form") == _FORM else {}


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
