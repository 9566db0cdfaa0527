"""Search in everyday words: by words, by meaning, and by what the graph ties together."""

from kg.search.answers import Answer, Because, Found, Reason
from kg.search.corpus import Corpus, gather
from kg.search.finder import Finder
from kg.search.finders import Finders
from kg.search.index import Index, built, made, written
from kg.search.meaning import Model, model_at_hand
from kg.search.splitting import parts

__all__ = [
    "Answer",
    "Because",
    "Corpus",
    "Finder",
    "Finders",
    "Found",
    "Index",
    "Model",
    "Reason",
    "built",
    "gather",
    "made",
    "model_at_hand",
    "parts",
    "written",
]
