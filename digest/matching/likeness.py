"""How alike two papers are."""

from __future__ import annotations

import numpy as np

from digest.matching.index import Row, WordIndex
from digest.papers import Paper

_SHARED, _SIMILARITY, _BIAS = 20.0, 4.0, -5.7
"""Of papers drawn at random, one in two hundred then comes up to a half."""


def likeness(wanted: Paper | None, index: WordIndex) -> Row:
    """Return how likely a reader of one paper wants each of the others; none for an unknown.

    The evidence is the rare words that both use, and what both mean.
    """
    if wanted is None:
        return np.zeros(len(index), np.float32)
    example = WordIndex([wanted], index.statistics, index.vectors)
    shared = _shared(example, index)
    similarity = index.meanings @ example.meanings[0]
    odds = _SHARED * shared + _SIMILARITY * similarity + _BIAS
    row: Row = 1 / (1 + np.exp(-odds))
    row[[n for n, paper in enumerate(index.papers) if paper.arxiv_id == wanted.arxiv_id]] = 0
    return row


def _shared(example: WordIndex, index: WordIndex) -> Row:
    """Return the cosine between the weighted words of the example and of each paper."""
    own, theirs = _told(example), _told(index)
    asked = np.zeros(len(index.stems) + 1, np.float32)
    asked[index.stem_numbers(example.stems)] = own
    asked[-1] = 0  # where all stems that the others lack have gone
    terms = index.terms
    found = np.bincount(terms.papers, theirs * asked[terms.stems], len(index))
    lengths = np.sqrt(np.bincount(terms.papers, theirs**2, len(index))) * np.linalg.norm(own)
    row: Row = (found / np.maximum(lengths, 1e-9)).astype(np.float32)
    return row


def _told(index: WordIndex) -> Row:
    """Return what each stem tells in each paper: rare and repeated words more."""
    told: Row = index.weights[index.terms.stems] * np.log1p(index.terms.frequencies)
    return told
