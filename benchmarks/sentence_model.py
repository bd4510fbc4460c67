"""all-MiniLM-L6-v2 in numpy: a BERT of six layers whose mean output says what a text means.

Reads the model's own files (model.safetensors, vocab.txt). Only to learn word vectors from.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.matching.meaning import Vectors, pieces_of, unit_length

_TOKENS = re.compile(r"[^\W_]+|[^\w\s]|_")
_HEADS = 12
_LONGEST = 256
_TOKENS_AT_ONCE = 2048


class SentenceModel:
    def __init__(self, folder: Path) -> None:
        self._weights = _tensors(folder / "model.safetensors")
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.vocabulary = {piece: number for number, piece in enumerate(lines)}
        self._start, self._end = self.vocabulary["[CLS]"], self.vocabulary["[SEP]"]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a vector of length one for each text."""
        return self.encode_pieces([self._pieces(text) for text in texts])

    def encode_pieces(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Return a vector of length one for each text, given as numbers of the vocabulary."""
        framed = [[self._start, *pieces[: _LONGEST - 2], self._end] for pieces in texts]
        by_length: dict[int, list[int]] = {}
        for number, pieces in enumerate(framed):
            by_length.setdefault(len(pieces), []).append(number)
        found = np.zeros((len(texts), self._weights["embeddings.LayerNorm.bias"].size), np.float32)
        for length, numbers in by_length.items():
            step = max(1, _TOKENS_AT_ONCE // length)
            for start in range(0, len(numbers), step):
                some = numbers[start : start + step]
                found[some] = self._read(np.array([framed[n] for n in some])).mean(axis=1)
        return unit_length(found)

    def _pieces(self, text: str) -> list[int]:
        plain = unicodedata.normalize("NFD", text.lower())
        tokens = _TOKENS.findall("".join(c for c in plain if not unicodedata.combining(c)))
        return [piece for token in tokens for piece in pieces_of(token, self.vocabulary)]

    def _read(self, pieces: NDArray[np.int64]) -> Vectors:
        """Return the last layer for texts of one length, one vector a piece."""
        of = self._weights
        state = of["embeddings.word_embeddings.weight"][pieces]
        state = state + of["embeddings.position_embeddings.weight"][: pieces.shape[1]]
        state = state + of["embeddings.token_type_embeddings.weight"][0]
        state = self._normal(state, "embeddings.LayerNorm")
        for number in range(6):
            layer = f"encoder.layer.{number}."
            seen = self._attention(state, layer + "attention.self.")
            told = self._linear(seen, layer + "attention.output.dense")
            state = self._normal(state + told, layer + "attention.output.LayerNorm")
            inner = _gelu(self._linear(state, layer + "intermediate.dense"))
            told = self._linear(inner, layer + "output.dense")
            state = self._normal(state + told, layer + "output.LayerNorm")
        return state

    def _attention(self, state: Vectors, layer: str) -> Vectors:
        texts, length, size = state.shape
        query, key, value = (
            self._linear(state, layer + name)
            .reshape(texts, length, _HEADS, size // _HEADS)
            .transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        weights = query @ key.transpose(0, 1, 3, 2) / np.float32(math.sqrt(size // _HEADS))
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        seen: Vectors = (weights @ value).transpose(0, 2, 1, 3).reshape(texts, length, size)
        return seen

    def _linear(self, state: Vectors, name: str) -> Vectors:
        result: Vectors = state @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return result

    def _normal(self, state: Vectors, name: str) -> Vectors:
        state = state - state.mean(axis=-1, keepdims=True)
        scaled = state / np.sqrt((state**2).mean(axis=-1, keepdims=True) + 1e-12)
        result: Vectors = scaled * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        return result


def _gelu(state: Vectors) -> Vectors:
    bent = np.tanh(np.float32(math.sqrt(2 / math.pi)) * (state + np.float32(0.044715) * state**3))
    result: Vectors = np.float32(0.5) * state * (1 + bent)
    return result


def _tensors(file: Path) -> dict[str, Vectors]:
    """Read the numbers of a safetensors file: a length, a JSON header, the bytes."""
    stored = file.read_bytes()
    begin = 8 + int.from_bytes(stored[:8], "little")
    header = json.loads(stored[8:begin])
    found = {}
    for name, tensor in header.items():
        if name != "__metadata__" and tensor["dtype"] == "F32":
            first, last = tensor["data_offsets"]
            numbers = np.frombuffer(stored[begin + first : begin + last], np.float32)
            found[name] = numbers.reshape(tensor["shape"])
    return found
