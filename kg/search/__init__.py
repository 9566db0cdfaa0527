"""Search in everyday words: by words, by meaning, and by what the graph ties together."""

from kg.search.answers import Because, Reason, SearchAnswer, SearchResult
from kg.search.corpus import Corpus, read_corpus
from kg.search.finder import Finder
from kg.search.finders import Finders
from kg.search.index import Index, make_index, read_index, write_index
from kg.search.meaning import Model, installed_model
from kg.search.splitting import question_parts

__all__ = [
    "Because",
    "Corpus",
    "Finder",
    "Finders",
    "Index",
    "Model",
    "Reason",
    "SearchAnswer",
    "SearchResult",
    "installed_model",
    "make_index",
    "question_parts",
    "read_corpus",
    "read_index",
    "write_index",
]
