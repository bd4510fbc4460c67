"""What a topic's words stand for: each asked word or term, with the other ways to say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.acronyms import LONG_FORMS
from digest.matching.corpus import CorpusStatistics
from digest.matching.words import Word, key, telling, words
from digest.thesaurus import NARROWER

_NARROWER_FACTOR = 0.7
"""What a mention of a narrower term counts, as a mention of the term itself."""
_LONGEST_TERM = 6


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side, and how much finding them counts."""

    words: tuple[Word, ...]
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing asked for: the term itself, its other forms, narrower terms."""

    terms: tuple[Term, ...]
    stems: tuple[str, ...]
    """Of the term as asked: what it weighs."""
    meaning: tuple[str, ...]
    """The words whose vectors say what it means."""

    @property
    def same(self) -> tuple[Term, ...]:
        """The terms that mean the same, without the narrower ones."""
        return tuple(term for term in self.terms if term.factor == 1.0)


Bag = tuple[Concept, ...]
"""Concepts weighed together."""


class Lexicon:
    """Reads free words as concepts, with the curated lists and what the papers define."""

    def __init__(self, statistics: CorpusStatistics) -> None:
        self._statistics = statistics
        self._known: dict[tuple[str, ...], Concept] = {}
        learned = {short: statistics.long_form(short) for short in statistics.definitions}
        self._long_forms = {s: long for s, long in learned.items() if long} | LONG_FORMS
        self._short_forms = {key(long): short for short, long in self._long_forms.items()}
        self._narrower_terms = {key(broad): terms for broad, terms in NARROWER.items()}

    def bags(self, text: str) -> list[Bag]:
        """Return the readings of free words; a paper belongs by its best one."""
        asked = words(text)
        readings = [self._concepts(telling(asked)), *self._whole(telling(asked))]
        readings += [self._concepts(part) for part in _alternatives(asked)]
        return list(dict.fromkeys(readings))

    def _whole(self, asked: Sequence[Word]) -> list[Bag]:
        """Read several words as one term, and as the single words they are."""
        if not 1 < len(asked) <= _LONGEST_TERM or not (concept := self._concept(asked)):
            return []
        return [(concept,), tuple(self._longest(asked[n : n + 1])[1] for n in range(len(asked)))]

    def concept(self, text: str) -> Concept:
        """Return a quoted phrase as one concept, without narrower terms."""
        asked = words(text)
        same = self._concept(asked)
        return _plain(asked) if same is None else _only(same)

    def _concepts(self, asked: Sequence[Word]) -> Bag:
        """Take the longest known terms first, single words where there is none."""
        found: list[Concept] = []
        start = 0
        while start < len(asked):
            length, concept = self._longest(asked[start : start + _LONGEST_TERM])
            found.append(concept)
            start += length
        return tuple(found)

    def _longest(self, asked: Sequence[Word]) -> tuple[int, Concept]:
        for length in range(len(asked), 1, -1):
            if tuple(w.form for w in asked[:length]) in self._short_forms:
                return length, self._concept(asked[:length]) or _plain(asked[:length])
        return 1, self._concept(asked[:1]) or _plain(asked[:1])

    def _concept(self, asked: Sequence[Word]) -> Concept | None:
        """Return the concept of a term that has other forms or narrower terms."""
        forms = tuple(w.form for w in asked)
        if forms in self._known:
            return self._known[forms]
        short = self._short_forms.get(forms)
        long = self._long_forms.get(forms[0]) if len(forms) == 1 else None
        others = [other for other in (short, long) if other]
        narrower = self._narrower(forms, others)
        if not others and not narrower:
            return None
        terms = [Term(tuple(asked)), *(Term(tuple(words(other))) for other in others)]
        terms += [Term(tuple(words(term)), _NARROWER_FACTOR) for term in narrower]
        meaning = words(long) if long else asked
        concept = Concept(
            tuple({tuple(w.form for w in t.words): t for t in reversed(terms)}.values())[::-1],
            tuple(w.stem for w in asked),
            tuple(w.form for w in meaning),
        )
        self._known[forms] = concept
        return concept

    def _narrower(self, forms: tuple[str, ...], others: Sequence[str]) -> list[str]:
        names = [forms, *(key(other) for other in others)]
        return [term for name in names for term in self._narrower_terms.get(name, ())]


def _alternatives(asked: Sequence[Word]) -> list[list[Word]]:
    """Read "bias and fairness" as either: two single words joined by and, or."""
    if len(asked) == 3 and asked[1].form in {"and", "or"}:
        return [[asked[0]], [asked[2]]]
    return []


def _plain(asked: Sequence[Word]) -> Concept:
    return Concept(
        (Term(tuple(asked)),), tuple(w.stem for w in asked), tuple(w.form for w in asked)
    )


def _only(concept: Concept) -> Concept:
    return Concept(concept.same, concept.stems, concept.meaning)
