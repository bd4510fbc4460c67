"""Meaning from static word vectors, where no word is shared: they come with the wordllama wheel.

The package itself is not imported, because it wants to download; its two files are read as they
are. Where there is no such wheel, matching works on words alone.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
SIZE = 256
"""Numbers in a vector."""
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_WEIGHTS = f"weights/l2_supercat_{SIZE}.safetensors"
_WORDS_KEPT = 20_000
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
        self._lock = Lock()
        self._places: dict[str, int] = {}
        self._rows: Vectors = np.empty((_WORDS_KEPT, SIZE), np.float32)
        self._kinships: dict[tuple[str, str], float] = {}

    def kept(self, words: Sequence[str]) -> Vectors:
        """Return the vectors of distinct words, one a row, and keep them: topics share words."""
        with self._lock:
            unknown = [word for word in words if word not in self._places]
            if len(self._places) + len(unknown) > _WORDS_KEPT:
                self._places, unknown = {}, list(words)
            if len(unknown) > _WORDS_KEPT:
                return self.of(words)
            places = range(len(self._places), len(self._places) + len(unknown))
            self._rows[places.start : places.stop] = self.of(unknown)
            self._places |= zip(unknown, places, strict=True)
            found: Vectors = self._rows[[self._places[word] for word in words]]
            return found

    def of(self, words: Sequence[str]) -> Vectors:
        """Return the vectors of words, one a row."""
        encoded = self._tokenizer.encode_batch(words, add_special_tokens=False)
        counts = np.array([len(one.ids) for one in encoded], np.int64)
        pieces = np.fromiter(chain.from_iterable(one.ids for one in encoded), np.int64)
        return sums(self._pieces[pieces].astype(np.float32), counts)

    def kinships(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return how much two forms of a stem mean the same, from 0 to 1: a squared cosine."""
        unknown = [pair for pair in pairs if pair not in self._kinships]
        if unknown:
            vectors = unit_length(self.of([form for pair in unknown for form in pair]))
            cosines = np.einsum("ij,ij->i", vectors[::2], vectors[1::2])
            self._kinships |= zip(unknown, (np.maximum(cosines, 0) ** 2).tolist(), strict=True)
        return np.array([self._kinships[pair] for pair in pairs], np.float32)


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
