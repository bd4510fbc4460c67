"""Topics made ready to be held against any edition: everything distinct is kept once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from digest import topics
from digest.matching.concepts import Bag, Concept, Lexicon
from digest.matching.index import Numbers
from digest.topics import Node, Topic


@dataclass(frozen=True, slots=True)
class Words:
    """Free words: the best of some readings, each a bag of concepts."""

    readings: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A phrase or a field: decided by itself."""

    leaf: int


@dataclass(frozen=True, slots=True)
class Without:
    part: Part


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Part, ...]


Part = Words | Exact | Without | Every | Either
Leaf = topics.Word | topics.Phrase | topics.Field
"""What is looked up by itself; a word only where it is excluded."""


class Queries:
    """Any number of topics, read once: their parts, bags, concepts and leaves, all distinct."""

    plain: Numbers
    """The bag of each topic that is nothing but one, or -1."""
    members: Numbers
    """The concepts of all bags, one bag after the other."""
    sizes: Numbers
    starts: Numbers

    def __init__(self, wanted: Iterable[Topic], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._readings: dict[str, tuple[int, ...]] = {}
        self._bags: dict[Bag, int] = {}
        self._leaves: dict[Leaf, int] = {}
        self._concepts: dict[Concept, int] = {}
        self.roots = [self._part(topic.root) for topic in wanted]
        self.plain = np.array([_only_bag(root) for root in self.roots], np.int64)
        self.bags = list(self._bags)
        self.leaves = list(self._leaves)
        members = [[self._number(concept) for concept in bag] for bag in self.bags]
        self.concepts = list(self._concepts)
        self.sizes = np.array([len(bag) for bag in members], np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.members = np.array([number for bag in members for number in bag], np.int64)

    def leaf_concept(self, leaf: topics.Word | topics.Phrase) -> Concept:
        """Return what an exact phrase or an excluded word stands for."""
        return self._lexicon.concept(leaf.text)

    def _number(self, concept: Concept) -> int:
        return self._concepts.setdefault(concept, len(self._concepts))

    def _part(self, node: Node) -> Part:
        match node:
            case topics.Word():
                return self._words((node,))
            case topics.Phrase() | topics.Field():
                return self._leaf(node)
            case topics.Not(inner):
                return Without(self._held(inner))
            case topics.Any(nodes):
                return Either(tuple(self._part(part) for part in nodes))
            case topics.All(nodes):
                return self._every(nodes)

    def _every(self, nodes: Sequence[Node]) -> Part:
        free = tuple(node for node in nodes if isinstance(node, topics.Word))
        parts = [self._words(free)] if free else []
        others = [self._part(node) for node in nodes if not isinstance(node, topics.Word)]
        return Every((*parts, *others)) if others else parts[0]

    def _words(self, free: Sequence[topics.Word]) -> Words:
        text = " ".join(word.text for word in free)
        if text not in self._readings:
            bags = self._lexicon.bags(text)
            numbers = (self._bags.setdefault(bag, len(self._bags)) for bag in bags)
            self._readings[text] = tuple(numbers)
        return Words(self._readings[text], text)

    def _leaf(self, node: Leaf) -> Exact:
        return Exact(self._leaves.setdefault(node, len(self._leaves)))

    def _held(self, node: Node) -> Part:
        """Read an excluded part: it is held where all its words occur, wherever they stand."""
        match node:
            case topics.Not(inner):
                return Without(self._held(inner))
            case topics.All(nodes):
                return Every(tuple(self._held(part) for part in nodes))
            case topics.Any(nodes):
                return Either(tuple(self._held(part) for part in nodes))
            case _:
                return self._leaf(node)


def _only_bag(part: Part) -> int:
    """Return the bag that is all of a topic, or -1."""
    return part.readings[0] if isinstance(part, Words) and len(part.readings) == 1 else -1


def first_bag(part: Part) -> int:
    """Return the bag of a topic that is nothing but words, read as they stand."""
    if not isinstance(part, Words):
        raise TypeError("only a topic of words has a bag of its own")
    return part.readings[0]
