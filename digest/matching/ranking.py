"""All papers of a collection in order: BM25, neighbours, meaning, feedback.

Each part is standardised over the collection before it is added. Feedback takes the five best
papers as if the reader had approved them, and looks for their words and their meaning too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digest.matching.evidence import Evidence
from digest.matching.index import Row, WordIndex
from digest.matching.lists import Numbers, Rows
from digest.matching.meaning import sums
from digest.matching.queries import Words

_K1, _B = 1.2, 0.4
_MEANING = 0.5
_FEEDBACK = 0.2
_BEST = 5
_FEEDBACK_WORDS = 50


def relevance(evidence: Evidence, wanted: Sequence[Words]) -> Rows:
    """Return a number for each topic and paper that orders the papers of the collection."""
    bags = np.array([words.readings[0] for words in wanted], np.int64)
    meant = np.array([words.meant for words in wanted], np.int64)
    words = _bm25(evidence, bags) + _neighbours(evidence, bags)
    first = _standard(words) + _MEANING * _standard(evidence.similarity(meant))
    best = np.argsort(-first, axis=1, kind="stable")[:, :_BEST]
    found = zip(best, np.take_along_axis(first, best, 1), strict=True)
    more_words = np.stack([_more_words(evidence.index, b, scores) for b, scores in found])
    meanings = evidence.index.meanings
    more_meaning = meanings[best].mean(axis=1) @ meanings.T
    full: Rows = first + _FEEDBACK * (_standard(more_words) + _standard(more_meaning))
    return full


def _bm25(evidence: Evidence, bags: Numbers) -> Rows:
    concepts, sizes = evidence.queries.bags.of(bags)
    scores = bm25(evidence.frequency(concepts), evidence.index.lengths)
    return sums(scores * evidence.weights[concepts][:, None], sizes)


def bm25(frequencies: Rows, lengths: Row) -> Rows:
    scores = frequencies * (_K1 + 1) / (frequencies + _K1 * (1 - _B + _B * lengths))
    return np.asarray(scores, np.float32)


def _neighbours(evidence: Evidence, bags: Numbers) -> Rows:
    """Weigh two neighbours in the topic that are neighbours in the paper as one more word."""
    found, _ = evidence.neighbours(bags)
    return found * (_K1 + 1)


def _more_words(index: WordIndex, best: Numbers, scores: Row) -> Row:
    """Score all papers by the words that weigh most in the best ones."""
    terms = index.terms
    trust = np.zeros(len(index), np.float32)
    trust[best] = np.maximum(scores, 0)
    cells = np.nonzero(trust[terms.papers] > 0)[0]
    told = index.weights[terms.stems[cells]] * trust[terms.papers[cells]]
    told *= bm25(terms.frequencies[cells], index.lengths[terms.papers[cells]])
    weights = np.bincount(terms.stems[cells], told, len(index.stems))
    chosen = np.argsort(-weights, kind="stable")[:_FEEDBACK_WORDS]
    row: Row = np.zeros(len(index), np.float32)
    for stem in chosen[weights[chosen] > 0]:
        held = terms.of_stem(stem)
        papers = terms.papers[held]
        gain = bm25(terms.frequencies[held], index.lengths[papers])
        row[papers] += weights[stem] * index.weights[stem] * gain
    return row


def _standard(rows: Rows) -> Rows:
    spread = rows.std(axis=1, keepdims=True)
    scaled: Rows = (rows - rows.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return scaled
