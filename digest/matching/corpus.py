"""What the stored papers teach: how rare each word is, and what their short forms stand for."""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from digest.matching.words import fold, key, words
from digest.papers import Paper

_DEFINITION = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,9}?)s?\)")
_UNSEEN = 50
"""Papers that are thought to hold none of the words, so that the smallest corpus is sane."""
_LEAST_AGREEMENT = 0.6


@dataclass(slots=True)
class CorpusStatistics:
    """In how many papers each stem occurs, and which long form each short form was given."""

    papers: int = 0
    frequencies: Counter[str] = field(default_factory=Counter)
    definitions: dict[str, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, papers: Iterable[Paper]) -> CorpusStatistics:
        statistics = cls()
        for paper in papers:
            statistics.add(paper)
        return statistics

    @classmethod
    def from_bytes(cls, stored: bytes) -> CorpusStatistics:
        value = json.loads(zlib.decompress(stored))
        definitions = {short: Counter(long) for short, long in value["definitions"].items()}
        return cls(value["papers"], Counter(value["frequencies"]), definitions)

    def to_bytes(self) -> bytes:
        value = {
            "papers": self.papers,
            "frequencies": self.frequencies,
            "definitions": self.definitions,
        }
        return zlib.compress(json.dumps(value, separators=(",", ":")).encode())

    def add(self, paper: Paper) -> None:
        self.papers += 1
        self.frequencies.update({word.stem for word in words(searchable(paper))})
        for short, long in definitions(f"{paper.title}. {paper.abstract}"):
            self.definitions.setdefault(short, Counter())[long] += 1

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of BM25, as if there were 50 papers more."""
        holders = self.frequencies[stem]
        return math.log(1 + (self.papers + _UNSEEN - holders + 0.5) / (holders + 0.5))

    @property
    def greatest_weight(self) -> float:
        """The weight of a word that no paper has."""
        return math.log(2 * (self.papers + _UNSEEN + 1))

    def long_form(self, short: str) -> str | None:
        """Return what at least two papers, and most of those that say, mean by a short form."""
        if not (given := self.definitions.get(short)):
            return None
        long, papers = given.most_common(1)[0]
        return long if papers > 1 and papers >= _LEAST_AGREEMENT * given.total() else None


def searchable(paper: Paper) -> str:
    return " ".join((paper.title, *paper.keywords, paper.abstract))


def definitions(text: str) -> set[tuple[str, str]]:
    """Find each "long form (LF)" of a text, as short and long form folded and in the singular.

    The algorithm is that of Schwartz and Hearst (2003).
    """
    found = set()
    for defined in _DEFINITION.finditer(text):
        short = fold(defined[1])
        if sum(c.isupper() for c in defined[1]) < 2:
            continue
        before = key(text[max(0, defined.start() - 120) : defined.start()])
        reach = min(len(short) + 5, 2 * len(short))
        if (long := _long_form(short, " ".join(before[-reach:]))) and " " in long:
            found.add((short, long))
    return found


def _long_form(short: str, before: str) -> str | None:
    """Match the letters from the last to the first, which must begin a word."""
    place = len(before)
    for number, letter in reversed(list(enumerate(short))):
        if not letter.isalnum():
            continue
        place = before.rfind(letter, 0, place)
        while number == 0 and place > 0 and before[place - 1] != " ":
            place = before.rfind(letter, 0, place)
        if place < 0:
            return None
    return before[place:]
