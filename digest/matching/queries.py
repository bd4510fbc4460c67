"""Topics made ready to be held against any edition: everything distinct is kept once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from digest import topics
from digest.matching.concepts import Bag, Concept, Lexicon
from digest.matching.lists import Lists
from digest.topics import Node, Topic


class Words(NamedTuple):
    """Free words: the best of some readings, each a bag of concepts."""

    number: int
    readings: tuple[int, ...]
    meant: int
    """The reading that says best what they mean."""
    text: str


class Exact(NamedTuple):
    """A phrase or a field: decided by itself."""

    leaf: int


class Without(NamedTuple):
    part: Part


class Every(NamedTuple):
    parts: tuple[Part, ...]


class Either(NamedTuple):
    parts: tuple[Part, ...]


Part = Words | Exact | Without | Every | Either
Leaf = topics.Word | topics.Phrase | topics.Field
"""What is looked up by itself; a word only where it is excluded."""


class Queries:
    """Any number of topics, read once: their parts, bags, concepts and leaves, all distinct."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._bags: dict[Bag, int] = {}
        self._leaves: dict[Leaf, int] = {}
        self._words: dict[str, Words] = {}
        self.words: list[Words] = []
        self.roots: list[Part] = []
        """One a topic."""

    def add(self, topic: Topic) -> None:
        self.roots.append(self._part(topic.root))

    def add_stored(self, query: str) -> None:
        """Add a query in its normal form; raises TopicSyntaxError.

        Nothing but words that others brought needs no parsing, and that is most of many.
        """
        bag = self._lexicon.known(query)
        if bag is None:
            self.add(topics.read(query))
        else:
            self.roots.append(self._keep(query, [bag], bag))

    @cached_property
    def leaves(self) -> list[Leaf]:
        return list(self._leaves)

    @cached_property
    def bags(self) -> Lists:
        """The concepts of each bag."""
        place = {concept: number for number, concept in enumerate(self.concepts)}
        return Lists([place[concept] for concept in bag] for bag in self._bags)

    @cached_property
    def readings(self) -> Lists:
        """The bags of all words."""
        return Lists(words.readings for words in self.words)

    @cached_property
    def concepts(self) -> list[Concept]:
        return list(dict.fromkeys(chain.from_iterable(self._bags)))

    @cached_property
    def quoted(self) -> dict[int, Concept]:
        """What the quoted phrases and excluded words among the leaves stand for."""
        return {
            number: self._lexicon.concept(leaf.text)
            for number, leaf in enumerate(self.leaves)
            if not isinstance(leaf, topics.Field)
        }

    def papers_named(self) -> set[str]:
        """Return the ids of the papers that topics want others to be like."""
        return {
            leaf.text
            for leaf in self._leaves
            if isinstance(leaf, topics.Field) and leaf.name == "like"
        }

    def _part(self, node: Node) -> Part:
        match node:
            case topics.All(nodes):
                return self._every(nodes)
            case topics.Word(text):
                return self._free(text)
            case topics.Phrase() | topics.Field():
                return self._leaf(node)
            case topics.Not(inner):
                return Without(self._held(inner))
            case topics.Any(nodes):
                return Either(tuple(self._part(part) for part in nodes))

    def _every(self, nodes: Sequence[Node]) -> Part:
        free = [node.text for node in nodes if isinstance(node, topics.Word)]
        if len(free) == len(nodes):
            return self._free(" ".join(free))
        words = [self._free(" ".join(free))] if free else []
        others = (self._part(node) for node in nodes if not isinstance(node, topics.Word))
        return Every((*words, *others))

    def _free(self, text: str) -> Words:
        if text not in self._words:
            self._words[text] = self._keep(text, *self._lexicon.bags(text))
        return self._words[text]

    def _keep(self, text: str, readings: Iterable[Bag], meant: Bag) -> Words:
        bags = self._bags
        numbers = tuple([bags.setdefault(bag, len(bags)) for bag in readings])
        kept = Words(len(self.words), numbers, bags[meant], text)
        self.words.append(kept)
        return kept

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


def only_words(part: Part) -> Words:
    """Return what a topic is that is nothing but words."""
    if not isinstance(part, Words):
        raise TypeError("the topic is more than words")
    return part
