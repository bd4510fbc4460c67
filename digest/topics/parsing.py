"""Reading a query: characters -> tokens -> tree, by recursive descent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from digest.acronyms import SPELLINGS
from digest.topics.errors import TopicSyntaxError
from digest.topics.fields import EXAMPLES, FIELDS, field_value, folded
from digest.topics.nodes import All, Any, Field, Node, Not, Phrase, Topic, Word

MAX_LENGTH = 200
"""Characters of a query."""
_MAX_DEPTH = 8
_WORD = r"(?!(?:OR|AND|NOT)\b)[A-Za-z0-9][A-Za-z0-9.+'#-]*"
_PART = rf'(?:{_WORD}|"[a-z0-9][a-z0-9.-]*(?: [a-z0-9.-]+)*")'
_ALL = rf"{_PART}(?: {_PART})*(?: -{_PART})*"
_PLAIN = re.compile(rf"{_ALL}(?: OR {_ALL})*")
"""Words and phrases, then excluded ones, or either: most topics as they are stored."""
_PLAIN_PARTS = re.compile(rf"-?{_PART}")
_NAMED = re.compile(r'(title|author|org):"([a-z0-9][a-z0-9.-]*(?: [a-z0-9.-]+)+)"')
"""A field of several words, as it is stored."""
_PIECE = re.compile(
    r"""
    (?: ([()]|-(?=\S))
      | ([A-Za-z]++:(?!//))?+ (?: ["“”] ([^"“”]*+) (["“”]?) | ([^\s()"]*+) ) )
    \s*+""",
    re.VERBOSE,
)
"""A bracket or minus; or a field or none, before something quoted or a word."""
_PLAIN_WORD = re.compile(r"[^\W_]+(?:[-'.+#][^\W_]+)*[+#]*")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


class _Token(NamedTuple):
    kind: str
    position: int
    leaf: Word | Phrase | Field | None = None


@lru_cache(maxsize=5_000)
def parse(text: str) -> Topic:
    """Read a query, and keep it; raises TopicSyntaxError, which points at the character."""
    return read(text)


def read(text: str) -> Topic:
    """Read one of very many queries; raises TopicSyntaxError, which points at the character."""
    if len(text) <= MAX_LENGTH:
        if _PLAIN.fullmatch(text):
            parts = [_plain(part) for part in text.split(" OR ")]
            return Topic(parts[0] if len(parts) == 1 else _flat(Any, parts))
        if found := _NAMED.fullmatch(text):
            return Topic(Field(found[1], found[2]))
    return read_tokens(text)


def read_tokens(text: str) -> Topic:
    """Read any query token by token; `read` has shorter ways for the usual ones."""
    text = unicodedata.normalize("NFC", _visible(text))
    # Folding can lengthen a text, and the normal form must be readable too.
    if len(text) > MAX_LENGTH or len(folded(text)) > MAX_LENGTH:
        end = min(len(text), MAX_LENGTH)
        raise TopicSyntaxError("The topic is too long", end, f"use at most {MAX_LENGTH} characters")
    return Topic(_Parser(text).topic())


def _plain(text: str) -> Node:
    texts = _PLAIN_PARTS.findall(text) if '"' in text else text.split(" ")
    parts = list(dict.fromkeys(map(_plain_part, texts)))
    return parts[0] if len(parts) == 1 else All(tuple(_in_place(parts)))


@lru_cache(maxsize=50_000)
def _plain_part(text: str) -> Node:
    if text[0] == "-":
        return Not(_plain_part(text[1:]))
    return Phrase(text[1:-1]) if text[0] == '"' else _word(text)


def plain_words(text: str) -> Topic:
    """Take any text, of any length, as the words in it; raises TopicSyntaxError without any."""
    words = tuple(Word(folded(word)) for word in _PLAIN_WORD.findall(text))
    if not words:
        raise TopicSyntaxError("The topic is empty", 0, "write a few words")
    # What a sentence repeats matters to it.
    return Topic(words[0] if len(words) == 1 else All(words))


def _tokens(text: str) -> Iterator[_Token]:
    for found in _PIECE.finditer(text, len(text) - len(text.lstrip())):
        sign, field, quoted, _closing, word = found.groups()
        if sign:
            yield _Token(sign, found.start())
        elif field or quoted is not None:
            yield _Token("leaf", found.start(), _exact(found))
        elif kind := _kind(word):
            yield _Token(kind, found.start(), _word(word) if kind == "leaf" else None)
    yield _Token("end", max(len(text) - 1, 0))


_OPERATORS = {"OR": "OR", "NOT": "-", "AND": ""}
"""What stands between parts; AND says what a space says already."""


@lru_cache(maxsize=50_000)
def _kind(word: str) -> str:
    """Return the kind of token that a word is; nothing for what says nothing."""
    return _OPERATORS.get(word, "leaf" if _LETTER_OR_DIGIT.search(word) else "")


@lru_cache(maxsize=50_000)
def _word(text: str) -> Word:
    """Return a word as it is kept, one value for all topics that use it."""
    spelt = folded(text)
    return Word(SPELLINGS.get(spelt, spelt))


def _exact(found: re.Match[str]) -> Phrase | Field:
    """Read a field or something quoted."""
    _, field, quoted, closing, word = found.groups()
    name = _field_name(field, found.start()) if field else ""
    if quoted is not None and not closing:
        raise TopicSyntaxError("The quotation is not closed", found.start(3) - 1, 'add a closing "')
    content = " ".join((quoted or word or "").split())
    if not _LETTER_OR_DIGIT.search(content):
        raise TopicSyntaxError(
            "Nothing to look for here",
            found.start(),
            f"write {EXAMPLES.get(name, 'a word, as in title:agents')}",
        )
    if not name:
        return Phrase(folded(content))
    return Field(name, field_value(name, content, found.end(2)))


def _field_name(prefix: str, position: int) -> str:
    name = prefix[:-1].lower()
    if name not in FIELDS:
        raise TopicSyntaxError(
            f"There is no field {name}",
            position,
            f"use {', '.join(f'{field}:' for field in FIELDS)} or leave the colon out",
        )
    return name


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")


class _Parser:
    """Recursive descent over the tokens, one method a rule."""

    def __init__(self, text: str) -> None:
        self.tokens = iter(list(_tokens(text)))
        self.next = next(self.tokens)

    def topic(self) -> Node:
        if self.next.kind == "end":
            raise TopicSyntaxError("The topic is empty", 0, "write a few words")
        node = self.either(0)
        if self.next.kind != "end":
            raise TopicSyntaxError("This ) has no (", self.next.position, "remove it")
        if not _asks_for_something(node):
            raise TopicSyntaxError(
                "The topic only excludes", 0, "write also what you want to read about"
            )
        return node

    def either(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise TopicSyntaxError(
                "Too many nested brackets", self.next.position, "remove some of them"
            )
        parts = [self.every(depth)]
        while self.next.kind == "OR":
            self.step()
            parts.append(self.every(depth))
        return _flat(Any, parts)

    def every(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.next.kind not in {"OR", ")", "end"}:
            parts.append(self.one(depth))
        if not parts:
            raise TopicSyntaxError(
                "Something is missing here", self.next.position, "write a word on both sides of OR"
            )
        return _flat(All, parts)

    def one(self, depth: int) -> Node:
        token = self.step()
        if token.leaf:
            return token.leaf
        return self.bracketed(token, depth) if token.kind == "(" else self.excluded(token, depth)

    def excluded(self, minus: _Token, depth: int) -> Node:
        if self.next.kind in {"-", "OR", ")", "end"}:
            raise TopicSyntaxError("Nothing follows the minus", minus.position, "write -word")
        return Not(self.one(depth))

    def bracketed(self, opening: _Token, depth: int) -> Node:
        node = self.either(depth + 1)
        if self.next.kind == "end":
            raise TopicSyntaxError("This ( is not closed", opening.position, "add a )")
        self.step()
        return node

    def step(self) -> _Token:
        token, self.next = self.next, next(self.tokens)
        return token


def _flat(kind: type[All] | type[Any], parts: list[Node]) -> Node:
    """Join parts, without repeats or needless nesting."""
    if len(parts) == 1:
        return parts[0]
    merged: list[Node] = []
    for part in parts:
        merged += part.nodes if isinstance(part, kind) else (part,)
    unique = list(dict.fromkeys(merged))
    ordered = _in_place(unique) if kind is All else sorted(unique, key=_alphabetic)
    return ordered[0] if len(ordered) == 1 else kind(tuple(ordered))


def _in_place(nodes: list[Node]) -> list[Node]:
    """What is wanted stays in the reader's order; what is not comes last."""
    unwanted = [node for node in nodes if isinstance(node, Not)]
    if not unwanted:
        return nodes
    wanted = [node for node in nodes if not isinstance(node, Not)]
    return wanted + sorted(unwanted, key=_alphabetic)


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
