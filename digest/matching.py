"""Which papers belong to a topic, how well, and why: stored queries held against few papers.

A paper's score is the weight of the topic's words it holds (rare words weigh more), squared,
times how strongly it holds them: in the title, often, side by side. Phrases, fields and
exclusions decide yes or no. Scores lie between 0 and 1 and compare between topics.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any as AnyValue

import snowballstemmer

from digest import topics
from digest.acronyms import LONG_FORMS, SHORT_FORMS
from digest.papers import Paper
from digest.topics import Node, Topic

FEWER, NORMAL, MORE = 0.7, 0.55, 0.4
"""The score from which a paper belongs, by how much a reader wants to see."""

_WORDS = re.compile(r"[^\W_]+(?:\+\+|#)?")
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from has how in into is it its of on or that the their this "
        "to via was we were what when which with without",
    )
)
_FIELD_GAP = 1000
"""Positions between two fields, so that no phrase reaches from one into the next."""
_WINDOW_PER_WORD = 3
"""Words count as together when they lie within this many positions each."""
_TITLE, _KEYWORDS, _ABSTRACT_HALF = 1.0, 0.9, 0.7
_APART = 0.45
_OTHER_FORM = 0.2

_stemmer = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper belongs: the kind of evidence, and its words as they stand in the paper."""

    kind: str
    """words, phrase, author, organization or category."""
    terms: tuple[str, ...]

    def sentence(self) -> str:
        """Say it to the reader."""
        listed = ", ".join(self.terms)
        match self.kind:
            case "author":
                return f"by {listed}"
            case "organization":
                return f"from {listed}"
            case "category":
                return f"filed under {listed}"
            case _:
                return f"mentions {listed}"

    def to_json(self) -> dict[str, AnyValue]:
        return {"kind": self.kind, "terms": list(self.terms)}

    @classmethod
    def from_json(cls, value: dict[str, AnyValue]) -> Reason:
        return cls(value["kind"], tuple(value["terms"]))


@dataclass(frozen=True, slots=True)
class Match:
    paper: int
    """Its place among the indexed papers."""
    score: float
    reason: Reason


@dataclass(slots=True)
class CorpusStatistics:
    """In how many of the stored papers each stem occurs."""

    papers: int = 0
    frequencies: Counter[str] = field(default_factory=Counter)

    def add(self, paper: Paper) -> None:
        self.papers += 1
        self.frequencies.update(set(_stems(_searchable(paper))))

    def weight(self, stem: str) -> float:
        """Inverse document frequency, smoothed so that the smallest corpus gives sane weights."""
        return math.log(1 + (self.papers + 50) / (self.frequencies[stem] + 1))


@dataclass(frozen=True, slots=True)
class _Occurrences:
    """Where a stem stands in one paper, and the word it first stands as."""

    strength: float
    positions: tuple[int, ...]
    surface: str
    forms: frozenset[str]
    """The words that share the stem here, without their plural s."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What evaluating a node found in one paper."""

    score: float
    reason: Reason | None = None


class PaperIndex:
    """Papers indexed once, to hold any number of topics against."""

    def __init__(self, papers: Sequence[Paper], statistics: CorpusStatistics) -> None:
        self._papers = papers
        self._statistics = statistics
        self._postings: dict[str, dict[int, _Occurrences]] = {}
        for number, paper in enumerate(papers):
            for stem, occurrences in _occurrences(paper).items():
                self._postings.setdefault(stem, {})[number] = occurrences

    def match(self, topic: Topic, threshold: float = NORMAL) -> list[Match]:
        """Return the papers that belong to the topic, best first."""
        return [match for match in self.rank(topic) if match.score >= threshold]

    def rank(self, topic: Topic) -> list[Match]:
        """Return every paper with anything of the topic, best first, whatever its score."""
        root = _with_other_forms(topic.root)
        matches = [
            Match(number, round(evidence.score, 6), evidence.reason or Reason("words", ()))
            for number in self._candidates(root)
            if (evidence := self._evidence(root, number)).score > 0
        ]
        return sorted(matches, key=lambda match: (-match.score, match.paper))

    def _candidates(self, node: Node) -> Iterable[int]:
        match node:
            case topics.Word(text) | topics.Phrase(text):
                found: set[int] = set()
                return found.union(*(self._postings.get(stem, {}) for stem in _stems(text)))
            case topics.All(nodes) | topics.Any(nodes):
                positive = [part for part in nodes if not isinstance(part, topics.Not)]
                return set().union(*(self._candidates(part) for part in positive))
            case _:
                return range(len(self._papers))

    def _evidence(self, node: Node, number: int) -> _Evidence:
        match node:
            case topics.Word():
                return self._words((node,), number)
            case topics.Phrase(text):
                return self._phrase(text, number)
            case topics.Field(name, text):
                return _field_evidence(name, text, self._papers[number])
            case topics.Not(inner):
                return _Evidence(0.0 if self._holds(inner, number) else 1.0)
            case topics.Any(nodes):
                return max((self._evidence(n, number) for n in nodes), key=lambda e: e.score)
            case topics.All(nodes):
                return self._every(nodes, number)

    def _every(self, nodes: tuple[Node, ...], number: int) -> _Evidence:
        words = tuple(node for node in nodes if isinstance(node, topics.Word))
        parts = [self._words(words, number)] if words else []
        parts += [self._evidence(n, number) for n in nodes if not isinstance(n, topics.Word)]
        return _Evidence(min(part.score for part in parts), _joined(part.reason for part in parts))

    def _holds(self, node: Node, number: int) -> bool:
        """Whether an excluded part occurs at all: every word of it, wherever it stands."""
        match node:
            case topics.Word(text):
                stems = _stems(text)
                return all(number in self._postings.get(stem, {}) for stem in stems)
            case topics.All(nodes):
                return all(self._holds(part, number) for part in nodes)
            case topics.Any(nodes):
                return any(self._holds(part, number) for part in nodes)
            case _:
                return self._evidence(node, number).score > 0

    def _words(self, words: tuple[topics.Word, ...], number: int) -> _Evidence:
        text = " ".join(word.text for word in words)
        stems = [stem for stem in _stems(text) if stem not in _STOP_WORDS] or _stems(text)
        weights = {stem: self._statistics.weight(stem) for stem in stems}
        held = {
            stem: self._postings[stem][number]
            for stem in weights
            if number in self._postings.get(stem, {})
        }
        if not held:
            return _Evidence(0.0)
        total, got = sum(weights.values()), sum(weights[stem] for stem in held)
        forms = {_singular(word) for word in _WORDS.findall(text)}
        strength = sum(weights[stem] * _strength_for(forms, held[stem]) for stem in held) / got
        closeness = 1.0 if _stand_together([o.positions for o in held.values()]) else _APART
        score = (got / total) ** 2 * (0.4 + 0.6 * strength) * closeness
        return _Evidence(score, Reason("words", tuple(o.surface for o in held.values())))

    def _phrase(self, text: str, number: int) -> _Evidence:
        stems = _stems(text)
        postings = [self._postings.get(stem, {}).get(number) for stem in stems]
        if not postings or not all(postings):
            return _Evidence(0.0)
        found = [posting for posting in postings if posting is not None]
        starts = {p - offset for offset, o in enumerate(found) for p in o.positions}
        runs = [s for s in starts if all(s + i in o.positions for i, o in enumerate(found))]
        if not runs:
            return _Evidence(0.0)
        strength = 1.0 if min(runs) < _FIELD_GAP else _saturated(len(runs))
        surface = " ".join(posting.surface for posting in found)
        return _Evidence(max(NORMAL, 0.4 + 0.6 * strength), Reason("phrase", (surface,)))


def _with_other_forms(node: Node) -> Node:
    """Let an acronym find its long form, and a long form its acronym."""
    match node:
        case topics.Word(text):
            long = LONG_FORMS.get(_singular(text))
            return topics.Any((node, topics.Phrase(long))) if long else node
        case topics.Phrase(text):
            short = _short_form(text)
            return topics.Any((node, topics.Word(short))) if short else node
        case topics.Any(nodes):
            return topics.Any(tuple(map(_with_other_forms, nodes)))
        case topics.All(nodes):
            words = " ".join(str(part) for part in nodes)
            if short := _short_form(words):
                return topics.Any((node, topics.Word(short)))
            return topics.All(tuple(map(_with_other_forms, nodes)))
        case _:
            return node


def _short_form(text: str) -> str | None:
    return SHORT_FORMS.get(tuple(_singular(word) for word in _WORDS.findall(text)))


def fold(text: str) -> str:
    """Return `text` without case and accents, as names are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _occurrences(paper: Paper) -> dict[str, _Occurrences]:
    found: dict[str, tuple[list[int], str, set[str]]] = {}
    fields = (paper.title, " . ".join(paper.keywords), paper.abstract)
    for number, text in enumerate(fields):
        for position, (stem, surface) in enumerate(_words_of(text), start=number * _FIELD_GAP):
            positions, _, forms = found.setdefault(stem, ([], surface, set()))
            positions.append(position)
            forms.add(_singular(surface))
    return {
        stem: _Occurrences(_strength(positions), tuple(positions), surface, frozenset(forms))
        for stem, (positions, surface, forms) in found.items()
    }


def _strength(positions: list[int]) -> float:
    if positions[0] < _FIELD_GAP:
        return _TITLE
    if positions[0] < 2 * _FIELD_GAP:
        return _KEYWORDS
    return _saturated(len(positions))


def _strength_for(forms: Set[str], held: _Occurrences) -> float:
    """Count a word less when only its stem agrees: an optimizer is not all that is optimal."""
    return held.strength if held.forms & forms else held.strength * _OTHER_FORM


def _saturated(occurrences: int) -> float:
    return occurrences / (occurrences + _ABSTRACT_HALF)


def _stand_together(positions: list[tuple[int, ...]]) -> bool:
    """Whether some stretch of a field holds one position of each word."""
    reach = _WINDOW_PER_WORD * len(positions)
    return any(
        all(any(abs(p - start) < reach for p in others) for others in positions[1:])
        for start in positions[0]
    )


def _field_evidence(name: str, text: str, paper: Paper) -> _Evidence:
    match name:
        case "title":
            held = set(_stems(paper.title)) >= set(_stems(text))
            return _Evidence(1.0, Reason("words", (text,))) if held else _Evidence(0.0)
        case "author":
            named = tuple(author for author in paper.authors if _same_person(text, author))
            return _Evidence(1.0, Reason("author", named)) if named else _Evidence(0.0)
        case "org":
            held = fold(text) in fold(paper.organization or "")
            return _Evidence(1.0, _organization(paper)) if held else _Evidence(0.0)
        case _:
            filed = tuple(c for c in paper.categories if _is_category(text, c))
            return _Evidence(1.0, Reason("category", filed)) if filed else _Evidence(0.0)


def _organization(paper: Paper) -> Reason:
    return Reason("organization", (paper.organization or "",))


def _is_category(wanted: str, category: str) -> bool:
    wanted, category = wanted.casefold(), category.casefold()
    return category == wanted or category.startswith(f"{wanted}.")


def _same_person(wanted: str, author: str) -> bool:
    """Whether every part of the wanted name is in the author's, in full or as an initial.

    One part at least must agree in full, so that "K. H." is not everybody.
    """
    parts, names = _WORDS.findall(fold(wanted)), _WORDS.findall(fold(author))
    in_full = [part for part in parts if len(part) > 1 and part in names]
    return bool(in_full) and all(_names(part, names) for part in parts)


def _names(part: str, names: list[str]) -> bool:
    return any(
        part == name or (1 in (len(part), len(name)) and part[0] == name[0]) for name in names
    )


def _joined(reasons: Iterable[Reason | None]) -> Reason | None:
    given = [reason for reason in reasons if reason is not None and reason.terms]
    if len(given) < 2:
        return given[0] if given else None
    kinds = {reason.kind for reason in given}
    terms = tuple(dict.fromkeys(term for reason in given for term in reason.terms))
    return Reason(kinds.pop() if len(kinds) == 1 else "words", terms)


def _searchable(paper: Paper) -> str:
    return " ".join((paper.title, *paper.keywords, paper.abstract))


def _stems(text: str) -> list[str]:
    return [stem for stem, _ in _words_of(text)]


def _words_of(text: str) -> list[tuple[str, str]]:
    """Return the words of a text, each as its stem and as it stands; hyphens separate."""
    return [(_stem(word), word) for word in _WORDS.findall(text)]


@lru_cache(maxsize=200_000)
def _singular(word: str) -> str:
    """Return a word folded and without the s of its plural."""
    plain = fold(word)
    if len(plain) < 4 or not plain.endswith("s") or plain.endswith(("ss", "us", "is")):
        return plain
    return plain[:-3] + "y" if plain.endswith("ies") else plain[:-1]


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stem: str = _stemmer.stemWord(fold(word))
    return stem
