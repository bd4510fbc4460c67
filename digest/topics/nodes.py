"""What a topic asks for, as a tree of values that print as a query."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NEEDS_QUOTES = re.compile(r'[\s()"]')


@dataclass(frozen=True, slots=True)
class Word:
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    text: str

    def __str__(self) -> str:
        is_plain = not _NEEDS_QUOTES.search(self.text)
        return f"{self.name}:{self.text}" if is_plain else f'{self.name}:"{self.text}"'


@dataclass(frozen=True, slots=True)
class Not:
    node: Node

    def __str__(self) -> str:
        return f"-({self.node})" if isinstance(self.node, All | Any) else f"-{self.node}"


@dataclass(frozen=True, slots=True)
class All:
    """Every part; its bare words are weighed together."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({n})" if isinstance(n, Any) else str(n) for n in self.nodes)


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part."""

    nodes: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(str(node) for node in self.nodes)


Node = Word | Phrase | Field | Not | All | Any


@dataclass(frozen=True, slots=True)
class Topic:
    """A parsed query; `str(topic)` is its normalised text, and parses to an equal topic."""

    root: Node

    def __str__(self) -> str:
        return str(self.root)


def is_plain(topic: Topic) -> bool:
    """Whether a topic is nothing but words."""
    nodes = topic.root.nodes if isinstance(topic.root, All) else (topic.root,)
    return all(isinstance(node, Word) for node in nodes)


def papers_named(topic: Topic) -> set[str]:
    """Return the ids of the papers that a topic wants others to be like."""
    return set(_papers_named(topic.root))


def _papers_named(node: Node) -> Iterator[str]:
    match node:
        case Field("like", text):
            yield text
        case Not(inner):
            yield from _papers_named(inner)
        case All(nodes) | Any(nodes):
            for part in nodes:
                yield from _papers_named(part)
