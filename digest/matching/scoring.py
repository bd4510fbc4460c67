"""Yes or no: how likely each paper belongs to each topic, from 0 to 1.

The evidence for free words makes a probability by logistic regression; phrases, fields and
exclusions decide by themselves. Every part of a topic must hold, so the weakest one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np

from digest import topics
from digest.matching.evidence import Evidence, Rows, saturated
from digest.matching.fields import FieldIndex
from digest.matching.index import Numbers, Row
from digest.matching.likeness import likeness
from digest.matching.queries import Either, Every, Exact, Leaf, Part, Without, Words
from digest.papers import Paper

FEWER, NORMAL, MORE = 0.65, 0.5, 0.35
"""The score from which a paper belongs, by how much a reader wants to see."""
_PRESENCE_OF_ONE, _PRESENCE_OF_SEVERAL = 7.1, 3.2
_CLOSENESS, _SIMILARITY, _RARITY, _BIAS = 6.0, 3.8, 3.5, -5.8
_TOPICS_AT_ONCE = 4096


class Scores:
    """The scores of all topics of some queries, in chunks that fit the processor's cache."""

    def __init__(self, evidence: Evidence, references: dict[str, Paper]) -> None:
        self._evidence = evidence
        self._references = references
        self._fields = FieldIndex(evidence.index.papers)
        self.leaves = self._leaf_rows()

    def chunks(self) -> Iterator[tuple[int, Rows]]:
        """Yield the number of a chunk's first topic and one row of scores a topic."""
        topics_in_all = len(self._evidence.queries.roots)
        for start in range(0, max(topics_in_all, 1), _TOPICS_AT_ONCE):
            yield start, self._scores(start, min(start + _TOPICS_AT_ONCE, topics_in_all))

    def _scores(self, start: int, end: int) -> Rows:
        """Score topics that are one bag all together, the others part by part."""
        only = self._evidence.queries.plain[start:end]
        roots = self._evidence.queries.roots[start:end]
        composed = [(n, root) for n, root in enumerate(roots) if only[n] < 0]
        parts = np.array([bag for _, root in composed for bag in _bags(root)], np.int64)
        bags = np.unique(np.concatenate([only[only >= 0], parts]))
        rows = probability(self._evidence, bags)
        scores = np.zeros((end - start, rows.shape[1]), np.float32)
        scores[only >= 0] = rows[np.searchsorted(bags, only[only >= 0])]
        place = dict(zip(bags.tolist(), range(len(bags)), strict=True)) if composed else {}
        for number, root in composed:
            scores[number] = self._score(root, rows, place)
        return scores

    def _score(self, part: Part, rows: Rows, place: dict[int, int]) -> Row:
        match part:
            case Words(readings):
                return _best(rows[place[bag]] for bag in readings)
            case Exact(leaf):
                own: Row = self.leaves[leaf]
                return own
            case Without(inner):
                lacks: Row = (self._score(inner, rows, place) == 0).astype(np.float32)
                return lacks
            case Every(parts):
                return _worst(self._score(one, rows, place) for one in parts)
            case Either(parts):
                return _best(self._score(one, rows, place) for one in parts)

    def _leaf_rows(self) -> Rows:
        leaves = self._evidence.queries.leaves
        rows = np.zeros((len(leaves), len(self._evidence.index)), np.float32)
        for number, leaf in enumerate(leaves):
            self._fill(rows[number], leaf)
        return rows

    def _fill(self, row: Row, leaf: Leaf) -> None:
        match leaf:
            case topics.Field("like", wanted):
                alike = likeness(self._references.get(wanted), self._evidence.index)
                row[:] = np.where(alike >= MORE, alike, 0)
            case topics.Field():
                row[self._fields.holders(leaf)] = 1.0
            case topics.Word() | topics.Phrase():
                concept = self._evidence.queries.leaf_concept(leaf)
                found = self._evidence.index.concept_frequency(concept)
                if found is not None:
                    # Who quotes wants every paper with the phrase, however few they ask for.
                    row[:] = np.where(found > 0, FEWER + (1 - FEWER) * saturated(found), 0)


def probability(evidence: Evidence, bags: Numbers) -> Rows:
    """Return how likely a reader who asks for these words wants each paper.

    The constants are those of a logistic regression on judged topics (docs/topics.md).
    """
    is_one = evidence.queries.sizes[bags] == 1
    weight = np.where(is_one, _PRESENCE_OF_ONE, _PRESENCE_OF_SEVERAL)[:, None]
    odds = weight * evidence.presence(bags) + _SIMILARITY * evidence.similarity(bags)
    odds += _CLOSENESS * evidence.closeness(bags)
    odds += _RARITY * evidence.rarity(bags)[:, None] + _BIAS
    return logistic(np.asarray(odds, np.float32))


def logistic(odds: Rows) -> Rows:
    result: Rows = np.reciprocal(1 + np.exp(-odds, dtype=np.float32))
    return result


def _best(rows: Iterable[Row]) -> Row:
    result: Row = reduce(np.maximum, rows)
    return result


def _worst(rows: Iterable[Row]) -> Row:
    result: Row = reduce(np.minimum, rows)
    return result


def _bags(part: Part) -> Iterator[int]:
    match part:
        case Words(readings):
            yield from readings
        case Without(inner):
            yield from _bags(inner)
        case Every(parts) | Either(parts):
            for one in parts:
                yield from _bags(one)
