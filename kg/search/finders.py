"""Finders kept ready: read from what was built or, where nothing was, made in memory."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rdflib import URIRef

from kg.engine import Engine
from kg.search.corpus import read_corpus
from kg.search.finder import Finder
from kg.search.index import has_index, make_index, read_index, texts_of
from kg.search.meaning import Model, installed_model

__all__ = ["Finders"]

# More new texts than this are not given a meaning while someone waits: words find them until `kg build` ran.
_MOST_WHILE_WAITING = 20_000
_KEPT = 3


class Finders:
    """Keeps a finder for each state of the content and each choice of graphs.

    Args:
        folder: Where `kg build` writes.
        model: What gives texts a meaning; the one that is installed if left out.
    """

    def __init__(self, folder: Path, model: Model | None = None) -> None:
        self._folder = folder
        self._model = model
        self._lock = threading.Lock()
        self._ready: dict[tuple[str, tuple[str, ...] | None], Finder] = {}
        self._known: dict[str, npt.NDArray[np.floating]] = {}

    def finder(self, engine: Engine, version: str, graphs: Sequence[URIRef] | None = None) -> Finder:
        """Give a finder.

        Args:
            engine: Where to ask if nothing was built.
            version: The state of the content that the engine holds.
            graphs: Graphs to look through; all of them if None.
        """
        key = version, None if graphs is None else tuple(str(graph) for graph in graphs)
        with self._lock:
            if key not in self._ready:
                while len(self._ready) >= _KEPT:
                    del self._ready[next(iter(self._ready))]
                self._ready[key] = self._made(engine, version, graphs)
            return self._ready[key]

    def has_index(self, version: str) -> bool:
        """Whether an index of everything lies ready for this state of the content."""
        return has_index(self._folder, version, self._model or installed_model())

    def _made(self, engine: Engine, version: str, graphs: Sequence[URIRef] | None) -> Finder:
        model = self._model or installed_model()
        index = read_index(self._folder, version, model) if graphs is None else None
        if index is None:
            corpus = read_corpus(engine, graphs)
            texts = texts_of(corpus)
            new = sum(text not in self._known for text in texts)
            index = make_index(corpus, model if new <= _MOST_WHILE_WAITING else None, self._known)
        if index.vectors is not None and len(index.vectors) <= _MOST_WHILE_WAITING:
            self._known.update(zip(texts_of(index.corpus), np.asarray(index.vectors), strict=True))
        return Finder(index, model)
