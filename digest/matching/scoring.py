"""Yes or no: how likely each paper belongs to each topic, from 0 to 1.

The evidence for free words makes a probability by logistic regression; phrases, fields and
exclusions decide by themselves. Every part of a topic must hold, so the weakest one counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from digest import topics
from digest.matching.evidence import Evidence, saturated
from digest.matching.fields import FieldIndex
from digest.matching.likeness import likeness
from digest.matching.lists import Numbers, Rows, picked, reduced
from digest.matching.queries import Every, Exact, Part, Without, Words
from digest.papers import Paper

FEWER, NORMAL, MORE = 0.65, 0.5, 0.35
"""The score from which a paper belongs, by how much a reader wants to see."""
_PRESENCE_OF_ONE, _PRESENCE_OF_SEVERAL = 6.4, 2.7
_CLOSENESS, _SIMILARITY, _RARITY, _BIAS = 5.7, 6.9, 2.5, -7.35
_AT_ONCE = 4096


class Scores:
    """The scores of all topics of some queries, in chunks that fit the processor's cache."""

    def __init__(self, evidence: Evidence, references: dict[str, Paper]) -> None:
        self._evidence = evidence
        self._references = references
        self._fields = FieldIndex(evidence.index.papers)
        self._bags = self._bag_rows()
        self.leaves = self._leaf_rows()

    def chunks(self) -> Iterator[tuple[int, Rows]]:
        """Yield the number of a chunk's first topic and one row of scores a topic."""
        roots = self._evidence.queries.roots
        for start in range(0, max(len(roots), 1), _AT_ONCE):
            yield start, self._of(roots[start : start + _AT_ONCE])

    def _of(self, parts: Sequence[Part]) -> Rows:
        """Score parts of topics, those of a kind together."""
        scores: Rows = np.zeros((len(parts), len(self._evidence.index)), np.float32)
        kinds: dict[type[Part], list[int]] = {}
        for number, part in enumerate(parts):
            kinds.setdefault(type(part), []).append(number)
        for kind, numbers in kinds.items():
            scores[numbers] = self._of_kind(kind, [parts[number] for number in numbers])
        return scores

    def _of_kind(self, kind: type[Part], parts: Sequence[Any]) -> Rows:
        if kind is Exact:
            leaves: Rows = self.leaves[[part.leaf for part in parts]]
            return leaves
        if kind is Without:
            lacks: Rows = (self._of([part.part for part in parts]) == 0).astype(np.float32)
            return lacks
        if kind is Words:
            return self._of_words(parts)
        inner = self._of([one for part in parts for one in part.parts])
        sizes = np.array([len(part.parts) for part in parts], np.int64)
        return reduced(np.minimum if kind is Every else np.maximum, inner, sizes)

    def _of_words(self, parts: Sequence[Words]) -> Rows:
        """Return how likely a reader who asks for these words wants each paper."""
        numbers = np.array([part.number for part in parts], np.int64)
        odds = picked(np.maximum, self._bags, *self._evidence.queries.readings.of(numbers))
        alike = self._evidence.similarity(np.array([part.meant for part in parts], np.int64))
        alike *= _SIMILARITY
        odds += alike
        return logistic(odds)

    def _bag_rows(self) -> Rows:
        bags = np.arange(len(self._evidence.queries.bags.sizes))
        rows: Rows = np.zeros((len(bags), len(self._evidence.index)), np.float32)
        for start in range(0, len(bags), _AT_ONCE):
            chunk = bags[start : start + _AT_ONCE]
            rows[chunk] = word_odds(self._evidence, chunk)
        return rows

    def _leaf_rows(self) -> Rows:
        leaves = self._evidence.queries.leaves
        rows = np.zeros((len(leaves), len(self._evidence.index)), np.float32)
        for number, leaf in enumerate(leaves):
            match leaf:
                case topics.Field("like", wanted):
                    alike = likeness(self._references.get(wanted), self._evidence.index)
                    rows[number] = np.where(alike >= MORE, alike, 0)
                case topics.Field():
                    if named := self._fields.holders(leaf):
                        rows[number, named] = 1.0
        quoted = self._evidence.quoted
        # Who quotes wants every paper with the phrase, however few they ask for.
        held = np.where(quoted.rows > 0, FEWER + (1 - FEWER) * saturated(quoted.rows), 0)
        rows[list(self._evidence.queries.quoted)] = held[quoted.row_of]
        return rows


def word_odds(evidence: Evidence, bags: Numbers) -> Rows:
    """Return what the words alone say for each paper, as the logarithm of odds.

    The constants are those of a logistic regression on judged topics (docs/topics.md).
    """
    is_one = evidence.queries.bags.sizes[bags] == 1
    weight = np.where(is_one, _PRESENCE_OF_ONE, _PRESENCE_OF_SEVERAL).astype(np.float32)
    odds = evidence.presence(bags)
    odds *= weight[:, None]
    close = evidence.closeness(bags)
    close *= _CLOSENESS
    odds += close
    odds += (_RARITY * evidence.rarity(bags) + _BIAS)[:, None]
    return odds


def logistic(odds: Rows) -> Rows:
    """Turn odds into probabilities, where they are."""
    np.negative(odds, out=odds)
    np.exp(odds, out=odds)
    odds += 1
    return np.reciprocal(odds, out=odds)
