"""Meaning from static word vectors, where no word is shared: they come with the wordllama wheel.

The package itself is not imported, because it wants to download; its two files are read as they
are. Where there is no such wheel, matching works on words alone.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
SIZE = 256
"""Numbers in a vector."""
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_WEIGHTS = f"weights/l2_supercat_{SIZE}.safetensors"
_log = logging.getLogger(__name__)


class WordVectors:
    """One vector a word: the sum of those of its pieces."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._pieces = load_file(folder / _WEIGHTS)["embedding.weight"]
        self._kinships: dict[tuple[str, str], float] = {}

    def of(self, words: Sequence[str]) -> Vectors:
        """Return the vectors of words, one a row."""
        encoded = self._tokenizer.encode_batch(list(words), add_special_tokens=False)
        pieces = np.array([piece for one in encoded for piece in one.ids], np.int64)
        counts = np.array([len(one.ids) for one in encoded], np.int64)
        return sums(self._pieces[pieces].astype(np.float32), counts)

    def kinship(self, one: str, other: str) -> float:
        """Return how much two forms of a stem mean the same, from 0 to 1: a squared cosine."""
        pair = (one, other)
        if pair not in self._kinships:
            first, second = unit_length(self.of(pair))
            self._kinships[pair] = max(float(first @ second), 0.0) ** 2
        return self._kinships[pair]


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors | None:
    """Load the vectors, 0.2 s the first time; nothing where the wheel is missing."""
    package = importlib.util.find_spec("wordllama")
    if package is None or not package.submodule_search_locations:
        _log.warning("wordllama is not installed: topics match by their words alone")
        return None
    return WordVectors(Path(package.submodule_search_locations[0]))


def sums(rows: NDArray[np.float32], counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Sum consecutive rows, `counts[i]` of them into row i."""
    total = np.zeros((len(counts), rows.shape[1]), np.float32)
    filled = counts > 0
    if filled.any():
        starts = (np.cumsum(counts) - counts)[filled]
        total[filled] = np.add.reduceat(rows, starts, axis=0)
    return total


def unit_length(rows: Vectors) -> Vectors:
    """Scale each row to length one; a row of nothing stays nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = rows / np.maximum(lengths, 1e-9)
    return scaled
