"""What a topic's words stand for: each asked word or term, with the other ways to say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from digest.acronyms import LONG_FORMS
from digest.matching.corpus import CorpusStatistics
from digest.matching.spelling import HALVES
from digest.matching.words import Word, is_subject, key, telling, words
from digest.thesaurus import NARROWER

_NARROWER_FACTOR = 0.8
"""What a mention of a narrower term counts, as a mention of the term itself."""
_MEANT = 10
"""Of narrower terms, how many say what the broad one means: the words of fifty mean anything."""
_LONGEST_TERM = 6
_WORDS_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side, and how much finding them counts."""

    words: tuple[Word, ...]
    factor: float = 1.0
    sense: frozenset[str] = frozenset()
    """Of a short form, what it stands for: a paper may say that it stands for something else."""


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """One thing asked for: the term itself, its other forms, narrower terms.

    A lexicon makes each concept once, so that one is compared by identity.
    """

    terms: tuple[Term, ...]
    stems: tuple[str, ...]
    """Of the term as asked: what it weighs."""
    meaning: tuple[str, ...]
    """The words whose vectors say what it means."""
    narrower: tuple[str, ...] = ()
    """The words of the first terms that are narrower: what else it means."""

    @property
    def same(self) -> tuple[Term, ...]:
        """The terms that mean the same, without the narrower ones."""
        return tuple(term for term in self.terms if term.factor == 1.0)


Bag = tuple[Concept, ...]
"""Concepts weighed together."""


class Lexicon:
    """Reads free words as concepts, with the curated lists and what the papers define."""

    def __init__(self, statistics: CorpusStatistics) -> None:
        learned = {short: statistics.long_form(short) for short in statistics.definitions}
        self._long_forms = {s: long for s, long in learned.items() if long} | LONG_FORMS
        self._short_forms = {key(long): short for short, long in self._long_forms.items()}
        self._narrower_terms = {key(broad): terms for broad, terms in NARROWER.items()}
        self._terms: set[tuple[str, ...]] = {(short,) for short in self._long_forms}
        self._terms.update(self._short_forms, self._narrower_terms)
        self._begins = {forms[:2] for forms in self._short_forms if len(forms) > 1} | HALVES
        self._known: dict[tuple[str, ...], Concept] = {}
        self._single: dict[str, Concept] = {}
        self._alone: dict[str, Concept] = {}

    def bags(self, text: str) -> tuple[list[Bag], Bag]:
        """Return the readings of free words, and the one that says best what they mean.

        A paper belongs by its best reading.
        """
        for piece in text.split(" "):
            if piece not in self._alone:
                self._keep_alone(piece)
        if known := self.known(text):
            return [known], known
        asked = words(text)
        told = telling(asked)
        whole = self._whole(asked, told)
        readings = [self._concepts(asked, told), *whole]
        readings += [self._concepts(part, part) for part in _alternatives(asked)]
        return list(dict.fromkeys(readings)), (whole or readings)[0]

    def known(self, text: str) -> Bag | None:
        """Return the one reading of words that have all been read before, or nothing.

        They are no term together, no two begin one that has a short form or are one word, none
        says nothing.
        """
        pieces = text.split(" ")
        bag = tuple(filter(None, map(self._alone.get, pieces)))
        if len(bag) < len(pieces):
            return None
        if len(bag) == 1:
            return bag
        forms = tuple([concept.meaning[0] for concept in bag])
        return None if forms in self._terms or self._has_term(forms) else bag

    def _has_term(self, forms: tuple[str, ...]) -> bool:
        """Whether any two of some words begin a term that has a short form, or are one word."""
        return not self._begins.isdisjoint(pairwise(forms))

    def _keep_alone(self, piece: str) -> None:
        """Keep a word that is one concept wherever it stands; nearly all are."""
        asked = words(piece)
        if len(asked) == 1 and is_subject(asked[0]):
            self._alone[piece] = self._of_one(asked[0])

    def _whole(self, asked: Sequence[Word], told: Sequence[Word]) -> list[Bag]:
        """Read several words as one term, and as the single telling words among them."""
        concept = self._concept(asked) or self._concept(told)
        if len(told) < 2 or not concept:
            return []
        return [(concept,), tuple(map(self._of_one, told))]

    def concept(self, text: str) -> Concept:
        """Return a quoted phrase as one concept, without narrower terms."""
        asked = words(text)
        same = self._concept(asked)
        return _plain(asked) if same is None else _only(same)

    def _concepts(self, asked: Sequence[Word], told: Sequence[Word]) -> Bag:
        """Take the longest known terms first, single telling words where there is none."""
        found: list[Concept] = []
        start = 0
        while start < len(asked):
            length, concept = self._longest(asked[start : start + _LONGEST_TERM])
            if length > 1 or asked[start] in told:
                found.append(concept)
            start += length
        return tuple(found)

    def _longest(self, asked: Sequence[Word]) -> tuple[int, Concept]:
        forms = tuple([w.form for w in asked])
        longest = len(asked) if forms[:2] in self._begins else 1
        for length in range(longest, 1, -1):
            is_known = forms[:length] in self._short_forms
            if is_known and (concept := self._concept(asked[:length])):
                return length, concept
        return 1, self._of_one(asked[0])

    def _of_one(self, asked: Word) -> Concept:
        if asked.surface not in self._single:
            if len(self._single) >= _WORDS_KEPT:
                self._single, self._alone = {}, {}
            self._single[asked.surface] = self._concept((asked,)) or _plain((asked,))
        return self._single[asked.surface]

    def _concept(self, asked: Sequence[Word]) -> Concept | None:
        """Return the concept of a term that has other forms or narrower terms."""
        forms = tuple(w.form for w in asked)
        if forms not in self._terms:
            return None
        if forms not in self._known:
            self._known[forms] = self._made(asked, forms)
        return self._known[forms]

    def _made(self, asked: Sequence[Word], forms: tuple[str, ...]) -> Concept:
        short = self._short_forms.get(forms)
        long = self._long_forms.get(forms[0]) if len(forms) == 1 else None
        others = [other for other in (short, long) if other]
        terms = [Term(tuple(asked))]
        if short:
            terms.append(Term(tuple(words(short)), sense=frozenset(w.form for w in telling(asked))))
        if long:
            terms.append(Term(tuple(words(long))))
        narrower = self._narrower(forms, others)
        terms += [Term(_words_of(term), _NARROWER_FACTOR) for term in narrower]
        distinct = {tuple(w.form for w in term.words): term for term in reversed(terms)}
        meaning = [*asked, *words(long)] if long else asked
        return Concept(
            tuple(distinct.values())[::-1],
            tuple(w.stem for w in asked),
            tuple(w.form for w in meaning),
            tuple(w.form for term in narrower[:_MEANT] for w in _words_of(term)),
        )

    def _narrower(self, forms: tuple[str, ...], others: Sequence[str]) -> list[str]:
        names = [forms, *(key(other) for other in others)]
        return [term for name in names for term in self._narrower_terms.get(name, ())]


@cache
def _words_of(term: str) -> tuple[Word, ...]:
    """Read a term of the thesaurus, which stands in several entries."""
    return tuple(words(term))


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
