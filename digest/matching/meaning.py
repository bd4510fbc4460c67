"""Meaning from word vectors, where no word is shared.

The vectors of a sentence's words add up to about what all-MiniLM-L6-v2 says of the sentence; they
were learned from it once (`benchmarks/distilling.py`) and come with the program, 128 small
integers a word. Words they do not know are put together from pieces, as in WordPiece.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
FILE = Path(__file__).with_name("vectors.npz")
_WORDS_KEPT = 20_000
CONTINUED = "##"
"""What marks a piece that does not begin a word."""


class WordVectors:
    """One vector a word: its own, or the sum of those of its pieces."""

    common: Vectors
    """The mean of what sentences of papers mean: what all of them share tells nothing."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as stored:
            pieces = stored["pieces"].tobytes().decode().split("\n")
            self._vectors = stored["vectors"]
            self._scales = stored["scales"].astype(np.float32)
            self.common = stored["common"].astype(np.float32)
        self._pieces = {piece: number for number, piece in enumerate(pieces)}
        self._lock = Lock()
        self._places: dict[str, int] = {}
        self._rows: Vectors = np.empty((_WORDS_KEPT, self._vectors.shape[1]), np.float32)
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
        """Return the vectors of folded words, one a row."""
        cut = [pieces_of(word, self._pieces) for word in words]
        pieces = np.array(list(chain.from_iterable(cut)), np.int64)
        found = self._vectors[pieces] * self._scales[pieces, None]
        return sums(found, np.array([len(one) for one in cut], np.int64))

    def kinships(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return how much two forms of a stem mean the same, from 0 to 1: a squared cosine."""
        unknown = [pair for pair in pairs if pair not in self._kinships]
        if unknown:
            vectors = unit_length(self.of([form for pair in unknown for form in pair]))
            cosines = np.einsum("ij,ij->i", vectors[::2], vectors[1::2])
            self._kinships |= zip(unknown, (np.maximum(cosines, 0) ** 2).tolist(), strict=True)
        return np.array([self._kinships[pair] for pair in pairs], np.float32)


def pieces_of(word: str, known: dict[str, int]) -> list[int]:
    """Return the numbers of the longest known pieces of a word, from left to right."""
    if word in known:
        return [known[word]]
    found: list[int] = []
    start = 0
    while start < len(word):
        mark = CONTINUED if start else ""
        for end in range(len(word), start, -1):
            if (piece := known.get(mark + word[start:end])) is not None:
                found.append(piece)
                break
        else:
            end = start + 1
        start = end
    return found


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors:
    """Load the vectors; the first time only."""
    return WordVectors(FILE)


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
