"""Papers indexed once: where each stem stands, how often terms occur, what papers mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from digest.matching.concepts import Concept, Term
from digest.matching.corpus import CorpusStatistics
from digest.matching.meaning import SIZE, Vectors, WordVectors, unit_length
from digest.matching.words import is_telling, words
from digest.papers import Paper

Numbers = NDArray[np.int64]
Row = NDArray[np.float32]
"""One number a paper."""
_BOOSTS = (3.0, 2.0, 1.0)
"""What an occurrence in title, keywords and abstract counts."""
_GAP = 8
"""Empty places between two fields, so that nothing reaches from one into the next."""
_NOTHING = -1
_NOWHERE = np.empty(0, np.int64)
_NEAR = 3
"""Words at most this far apart stand together."""
_OTHER_FORM = 0.5
"""What a word counts that shares only its stem, where nothing tells how alike they are."""
_REVERSED = 0.5


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """How often each stem occurs in each paper: only what is not zero, by stem, then paper."""

    stems: Numbers
    papers: Numbers
    frequencies: Row
    starts: Numbers
    """Where each stem begins; one more at the end."""

    def of_stem(self, stem: int) -> slice:
        return slice(int(self.starts[stem]), int(self.starts[stem + 1]))


class WordIndex:
    """The words of some papers as one row of places, with gaps between papers and fields."""

    def __init__(
        self, papers: Sequence[Paper], statistics: CorpusStatistics, vectors: WordVectors | None
    ) -> None:
        self.papers = papers
        self.statistics = statistics
        self.vectors = vectors
        self._stems: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._surfaces: list[str] = []
        self._fill()
        self._order = np.argsort(self._stem_at, kind="stable")
        counts = np.bincount(self._stem_at[self._stem_at >= 0], minlength=len(self._stems))
        first = len(self._stem_at) - counts.sum()
        self._starts = np.concatenate([[first], first + np.cumsum(counts)])
        self._pairs = self._stand_together()

    def __len__(self) -> int:
        return len(self.papers)

    def _fill(self) -> None:
        stems: list[int] = []
        forms: list[int] = []
        owners: list[int] = []
        boosts: list[float] = []
        for number, paper in enumerate(self.papers):
            fields = (paper.title, *paper.keywords, paper.abstract)
            kinds = (0, *(1 for _ in paper.keywords), 2)
            for kind, text in zip(kinds, fields, strict=True):
                found = words(text)
                stems += [self._stems.setdefault(w.stem, len(self._stems)) for w in found]
                forms += [self._forms.setdefault(w.form, len(self._forms)) for w in found]
                self._surfaces += [w.surface for w in found] + [""] * _GAP
                stems += [_NOTHING] * _GAP
                forms += [_NOTHING] * _GAP
                owners += [number] * (len(found) + _GAP)
                boosts += [_BOOSTS[kind]] * (len(found) + _GAP)
        self._stem_at = np.array(stems, np.int64)
        self._form_at = np.array(forms, np.int64)
        self._owner = np.array(owners, np.int64)
        self._boost = np.array(boosts, np.float32)

    def places(self, stem: str) -> Numbers:
        """Return where a stem stands, in order."""
        number = self._stems.get(stem)
        if number is None:
            return _NOWHERE
        return self._order[self._starts[number] : self._starts[number + 1]]

    def occurrences(self, term: Term) -> Numbers:
        """Return where the words of a term stand side by side."""
        if any(word.stem not in self._stems for word in term.words):
            return _NOWHERE
        first, *others = (self.places(word.stem) for word in term.words)
        for offset, places in enumerate(others, start=1):
            after = np.searchsorted(places, first + offset)
            first = first[places[np.minimum(after, len(places) - 1)] == first + offset]
        return first

    def _frequency(self, term: Term, places: Numbers) -> Row:
        """Return how often a term occurs, more in the title.

        Other forms of its last word count as far as they mean the same, together at most once:
        an optimizer is not all that is optimal, however often that is said.
        """
        asked = term.words[-1].form
        written = self._form_at[places + len(term.words) - 1]
        is_same = written == self._forms.get(asked, _NOTHING)
        if is_same.all():
            return self._by_paper(places, self._boost[places] * term.factor)
        same = self._by_paper(places[is_same], self._boost[places[is_same]])
        others = self._other_forms(asked, places[~is_same], written[~is_same])
        total: Row = term.factor * (same + np.minimum(others, 1))
        return total

    def _other_forms(self, asked: str, places: Numbers, written: Numbers) -> Row:
        weights = self._boost[places].copy()
        for form in set(written.tolist()):
            weights[written == form] *= self._kinship(asked, self._form_names[form])
        return self._by_paper(places, weights)

    def _kinship(self, one: str, other: str) -> float:
        return self.vectors.kinship(one, other) if self.vectors else _OTHER_FORM

    @cached_property
    def _form_names(self) -> list[str]:
        return list(self._forms)

    def _by_paper(self, places: Numbers, weights: Row) -> Row:
        total = np.bincount(self._owner[places], weights, len(self.papers))
        return total.astype(np.float32)

    def concept_frequency(self, concept: Concept) -> Row | None:
        """Return how often a concept occurs under any of its terms; nothing if nowhere."""
        found = [(term, places) for term in concept.terms if len(places := self.occurrences(term))]
        if not found:
            return None
        total: Row = np.sum([self._frequency(*one) for one in found], axis=0, dtype=np.float32)
        return total

    def surfaces(self, term: Term) -> Iterator[tuple[int, str]]:
        """Yield where a term stands, as the paper and the words there."""
        size = len(term.words)
        for place in self.occurrences(term).tolist():
            yield int(self._owner[place]), " ".join(self._surfaces[place : place + size])

    def _stand_together(self) -> tuple[Numbers, Numbers, Row]:
        """Return all pairs of near stems: their key, the paper, and how near how often."""
        keys, owners, weights = [], [], []
        for distance in range(1, _NEAR + 1):
            left, right = self._stem_at[:-distance], self._stem_at[distance:]
            near = (left >= 0) & (right >= 0) & (left != right)
            near &= self._owner[:-distance] == self._owner[distance:]
            keys.append(self._pair_key(left[near], right[near]))
            owners.append(self._owner[:-distance][near])
            weights.append(self._boost[:-distance][near] / distance**2)
        key = np.concatenate(keys) * max(len(self.papers), 1) + np.concatenate(owners)
        unique, place = np.unique(key, return_inverse=True)
        total = np.bincount(place, np.concatenate(weights), len(unique)).astype(np.float32)
        many = max(len(self.papers), 1)
        return unique // many, unique % many, total

    def _pair_key(self, left: Numbers, right: Numbers) -> Numbers:
        return left * len(self._stems) + right

    def stem_numbers(self, stems: Iterable[str]) -> Numbers:
        return np.array([self._stems.get(stem, _NOTHING) for stem in stems], np.int64)

    def near(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Row]:
        """Find pairs of stem numbers: which pair, in which paper, how near how often.

        "recognition of speech" counts half of what "speech recognition" does, being reversed.
        """
        forward, backward = self._in_order(left, right), self._in_order(right, left)
        size = max(len(self.papers), 1)
        cells = np.concatenate([pair * size + paper for pair, paper, _ in (forward, backward)])
        cell, place = np.unique(cells, return_inverse=True)
        weights = np.concatenate([forward[2], _REVERSED * backward[2]])
        total = np.bincount(place, weights, len(cell)).astype(np.float32)
        return cell // size, cell % size, total

    def _in_order(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Row]:
        keys, owners, weights = self._pairs
        is_known = (left >= 0) & (right >= 0)
        asked = np.where(is_known, self._pair_key(left, right), _NOTHING)
        begin, end = np.searchsorted(keys, asked, "left"), np.searchsorted(keys, asked, "right")
        counts = end - begin
        pair = np.repeat(np.arange(len(asked)), counts)
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        place = np.repeat(begin, counts) + within
        return pair, owners[place], weights[place]

    @cached_property
    def lengths(self) -> Row:
        """The length of each paper, as a multiple of the average."""
        weights = np.where(self._stem_at >= 0, self._boost, 0)
        total = self._by_paper(np.arange(len(self._owner)), weights)
        scaled: Row = total / max(float(total.mean()), 1e-9)
        return scaled

    @cached_property
    def stems(self) -> list[str]:
        return list(self._stems)

    @cached_property
    def weights(self) -> Row:
        """What each stem weighs; those that tell nothing by themselves weigh nothing."""
        weigh = self.statistics.weight
        return np.array([weigh(s) if is_telling(s) else 0 for s in self._stems], np.float32)

    @cached_property
    def terms(self) -> TermMatrix:
        written = self._stem_at >= 0
        size = max(len(self.papers), 1)
        cells = self._stem_at[written] * size + self._owner[written]
        cell, place = np.unique(cells, return_inverse=True)
        frequencies = np.bincount(place, self._boost[written], len(cell)).astype(np.float32)
        stems = cell // size
        starts = np.searchsorted(stems, np.arange(len(self._stems) + 1))
        return TermMatrix(stems, cell % size, frequencies, starts)

    @cached_property
    def meanings(self) -> Vectors:
        """What each paper means, as a vector of length one; rare words weigh more."""
        if self.vectors is None or not self._forms:
            return np.zeros((len(self.papers), SIZE), np.float32)
        of_form = self.vectors.of(list(self._forms))
        written = self._form_at >= 0
        counts = np.zeros((len(self.papers), len(self._forms)), np.float32)
        boost = np.minimum(self._boost[written], 2)
        values = self.weights[self._stem_at[written]] * boost
        np.add.at(counts, (self._owner[written], self._form_at[written]), values)
        return unit_length(counts @ of_form)
