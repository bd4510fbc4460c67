"""Reading a query: characters -> tokens -> tree, by recursive descent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.acronyms import SPELLINGS
from digest.topics.errors import TopicSyntaxError
from digest.topics.fields import EXAMPLES, FIELDS, field_value, folded
from digest.topics.nodes import All, Any, Field, Node, Not, Phrase, Topic, Word

MAX_LENGTH = 200
"""Characters of a query."""
_MAX_DEPTH = 8
_WORD_END = re.compile(r'[\s()"]')
_PLAIN_WORD = re.compile(r"[^\W_]+(?:[-'.+#][^\W_]+)*[+#]*")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int
    field: str = ""


@lru_cache(maxsize=50_000)
def parse(text: str) -> Topic:
    """Read a query; raises TopicSyntaxError, which points at the character."""
    text = unicodedata.normalize("NFC", text)
    # Folding can lengthen a text, and the normal form must be readable too.
    if len(text) > MAX_LENGTH or len(folded(text)) > MAX_LENGTH:
        end = min(len(text), MAX_LENGTH)
        raise TopicSyntaxError("The topic is too long", end, f"use at most {MAX_LENGTH} characters")
    return Topic(_Parser(list(_tokens(text)), len(text)).topic())


def plain_words(text: str) -> Topic:
    """Take any text, of any length, as the words in it; raises TopicSyntaxError without any."""
    words = tuple(Word(folded(word)) for word in _PLAIN_WORD.findall(text))
    if not words:
        raise TopicSyntaxError("The topic is empty", 0, "write a few words")
    # What a sentence repeats matters to it.
    return Topic(words[0] if len(words) == 1 else All(words))


_OPERATORS: dict[str, Callable[[int], _Token | None]] = {
    "OR": lambda position: _Token("OR", "OR", position),
    "NOT": lambda position: _Token("-", "NOT", position),
    "AND": lambda _position: None,
}
"""What stands between parts; AND says what a space says already."""


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while position < len(text):
        char = text[position]
        if char.isspace():
            position += 1
        elif char in "()":
            yield _Token(char, char, position)
            position += 1
        elif char == "-" and position + 1 < len(text) and not text[position + 1].isspace():
            yield _Token("-", char, position)
            position += 1
        else:
            token, position = _word_or_phrase(text, position)
            if token:
                yield token


def _word_or_phrase(text: str, position: int) -> tuple[_Token | None, int]:
    field, start = _field(text, position)
    if start < len(text) and text[start] in '"“”':
        end = next((i for i in range(start + 1, len(text)) if text[i] in '"“”'), -1)
        if end < 0:
            raise TopicSyntaxError("The quotation is not closed", start, 'add a closing "')
        content, after, kind = text[start + 1 : end], end + 1, "phrase"
    else:
        found = _WORD_END.search(text, start)
        after = found.start() if found else len(text)
        content, kind = text[start:after], "word"
    content = " ".join(_visible(content).split())
    if not _LETTER_OR_DIGIT.search(content):
        if field or kind == "phrase":
            raise TopicSyntaxError(
                "Nothing to look for here",
                position,
                f"write {EXAMPLES.get(field, 'a word, as in title:agents')}",
            )
        return None, after
    if field:
        return _Token(kind, field_value(field, content, start), position, field), after
    if kind == "word" and content in _OPERATORS:
        return _OPERATORS[content](position), after
    return _Token(kind, folded(content), position), after


def _field(text: str, position: int) -> tuple[str, int]:
    found = re.compile(r"([A-Za-z]+):(?!//)").match(text, position)
    if not found:
        return "", position
    name = found[1].lower()
    if name not in FIELDS:
        raise TopicSyntaxError(
            f"There is no field {name}",
            position,
            f"use {', '.join(f'{field}:' for field in FIELDS)} or leave the colon out",
        )
    return name, found.end()


def _visible(text: str) -> str:
    return "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")


class _Parser:
    """Recursive descent over the tokens, one method a rule."""

    def __init__(self, tokens: list[_Token], length: int) -> None:
        self.tokens = tokens
        self.length = length
        self.index = 0

    def topic(self) -> Node:
        if not self.tokens:
            raise TopicSyntaxError("The topic is empty", 0, "write a few words")
        node = self.either(0)
        if (rest := self.peek()) is not None:
            raise TopicSyntaxError("This ) has no (", rest.position, "remove it")
        if not _asks_for_something(node):
            raise TopicSyntaxError(
                "The topic only excludes", 0, "write also what you want to read about"
            )
        return node

    def either(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise TopicSyntaxError(
                "Too many nested brackets", self.position(), "remove some of them"
            )
        parts = [self.every(depth)]
        while (token := self.peek()) is not None and token.kind == "OR":
            self.index += 1
            parts.append(self.every(depth))
        return _flat(Any, parts)

    def every(self, depth: int) -> Node:
        parts: list[Node] = []
        while (token := self.peek()) is not None and token.kind not in {"OR", ")"}:
            parts.append(self.one(depth))
        if not parts:
            raise TopicSyntaxError(
                "Something is missing here", self.position(), "write a word on both sides of OR"
            )
        return _flat(All, parts)

    def one(self, depth: int) -> Node:
        token = self.tokens[self.index]
        self.index += 1
        if token.kind == "-":
            return self.excluded(token, depth)
        if token.kind == "(":
            return self.bracketed(token, depth)
        return _leaf(token)

    def excluded(self, minus: _Token, depth: int) -> Node:
        following = self.peek()
        if following is None or following.kind in {"-", "OR", ")"}:
            raise TopicSyntaxError("Nothing follows the minus", minus.position, "write -word")
        return Not(self.one(depth))

    def bracketed(self, opening: _Token, depth: int) -> Node:
        node = self.either(depth + 1)
        closing = self.peek()
        if closing is None:
            raise TopicSyntaxError("This ( is not closed", opening.position, "add a )")
        self.index += 1
        return node

    def peek(self) -> _Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def position(self) -> int:
        token = self.peek()
        return token.position if token else max(self.length - 1, 0)


def _leaf(token: _Token) -> Node:
    if token.field:
        return Field(token.field, token.text)
    if token.kind == "phrase":
        return Phrase(token.text)
    return Word(SPELLINGS.get(token.text, token.text))


def _flat(kind: type[All] | type[Any], parts: list[Node]) -> Node:
    """Join parts, without repeats or needless nesting."""
    merged: list[Node] = []
    for part in parts:
        merged += part.nodes if isinstance(part, kind) else (part,)
    unique = tuple(sorted(dict.fromkeys(merged), key=_place if kind is All else _alphabetic))
    return unique[0] if len(unique) == 1 else kind(unique)


def _place(node: Node) -> tuple[int, str]:
    """What is wanted stays in the reader's order; what is not comes last."""
    return (1, _alphabetic(node)) if isinstance(node, Not) else (0, "")


def _alphabetic(node: Node) -> str:
    return str(node).replace('"', "")


def _asks_for_something(node: Node) -> bool:
    match node:
        case Not():
            return False
        case All(nodes):
            return any(_asks_for_something(part) for part in nodes)
        case Any(nodes):
            return all(_asks_for_something(part) for part in nodes)
        case _:
            return True
