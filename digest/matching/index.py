"""Papers indexed once: where each stem and pair of stems stands, what papers mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digest.matching.concepts import Term
from digest.matching.corpus import CorpusStatistics, definitions
from digest.matching.lists import Numbers, Rows, spans
from digest.matching.meaning import Vectors, WordVectors, sums, unit_length
from digest.matching.words import is_telling, sentences, word, words
from digest.papers import Paper

Row = NDArray[np.float32]
"""One number a paper."""
_BOOSTS = (3.0, 2.0, 1.0)
"""What an occurrence in title, keywords and abstract counts."""
_GAP = 8
"""Empty places between two fields, so that nothing reaches from one into the next."""
_NOTHING = -1
_NEAR = 3
"""Words at most this far apart stand together."""
_REVERSED = 0.5
_WHOLE = 0.5
"""What the whole paper adds to the meaning of each of its sentences, which adds 1."""
_COMMON = 0.5
"""How much is taken away of what the sentences of all papers mean."""
_SENTENCES_AT_ONCE = 4096
_MEANINGS_AT_ONCE = 256
"""Held against all sentences together: few enough for the processor's cache."""


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


class SortedKeys:
    """Keys in order, to find all that equal any of many."""

    def __init__(self, keys: Numbers) -> None:
        self.keys = keys

    def find(self, asked: Numbers) -> tuple[Numbers, Numbers]:
        """Return each slot that holds an asked key, after which of the asked it is."""
        begins = np.searchsorted(self.keys, asked, "left")
        return spans(begins, np.searchsorted(self.keys, asked, "right") - begins)


class WordIndex:
    """The words of some papers as one row of places, with gaps between papers and fields."""

    def __init__(
        self, papers: Sequence[Paper], statistics: CorpusStatistics, vectors: WordVectors
    ) -> None:
        self.papers = papers
        self.statistics = statistics
        self.vectors = vectors
        self._stems: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._surfaces: dict[str, int] = {}
        self.senses: dict[tuple[str, int], set[str]] = {}
        """The words that a paper defines a short form by."""
        self._fill()
        self._stem_places, self._stem_keys = _in_order(self.stem_at)
        pairs = self._pairs(self.stem_at[:-1], self.stem_at[1:])
        self._pair_places, self._pair_keys = _in_order(pairs)
        self._near_keys, self._near_papers, self._near_weights = self._stand_together()

    def __len__(self) -> int:
        return len(self.papers)

    def _fill(self) -> None:
        stems: list[int] = []
        forms: list[int] = []
        surfaces: list[int] = []
        owners: list[int] = []
        boosts: list[float] = []
        lengths: list[int] = []
        first: list[int] = []
        for number, paper in enumerate(self.papers):
            fields = (paper.title, *paper.keywords, paper.abstract)
            kinds = (0, *(1 for _ in paper.keywords), 2)
            first.append(len(lengths))
            for short, long in definitions(f"{paper.title}. {paper.abstract}"):
                self.senses.setdefault((short, number), set()).update(long.split(" "))
            for kind, text in zip(kinds, fields, strict=True):
                told = [words(sentence) for sentence in sentences(text)]
                lengths += map(len, told)
                found = list(chain.from_iterable(told))
                stems += [self._stems.setdefault(w.stem, len(self._stems)) for w in found]
                forms += [self._forms.setdefault(w.form, len(self._forms)) for w in found]
                surfaces += [
                    self._surfaces.setdefault(w.surface, len(self._surfaces)) for w in found
                ]
                for row in (stems, forms, surfaces):
                    row += [_NOTHING] * _GAP
                owners += [number] * (len(found) + _GAP)
                boosts += [_BOOSTS[kind]] * (len(found) + _GAP)
        self.stem_at = np.array(stems, np.int64)
        self.form_at = np.array(forms, np.int64)
        self.surface_at = np.array(surfaces, np.int64)
        self.owner = np.array(owners, np.int64)
        self.boost = np.array(boosts, np.float32)
        self._sentence_lengths = np.array(lengths, np.int64)
        self._first_sentences = np.array(first, np.int64)

    def places(self, terms: Sequence[Term]) -> tuple[Numbers, Numbers]:
        """Return where the words of terms stand side by side: which term, and its first place."""
        sizes = np.array([len(term.words) for term in terms], np.int64)
        begins = np.cumsum(sizes) - sizes
        stems = self.stem_numbers(word.stem for term in terms for word in term.words)
        single, several = np.nonzero(sizes == 1)[0], np.nonzero(sizes > 1)[0]
        which, slots = self._stem_keys.find(stems[begins[single]])
        pairs = self._pairs(stems[begins[several]], stems[begins[several] + 1])
        longer, pair_slots = self._pair_keys.find(pairs)
        term = np.concatenate([single[which], several[longer]])
        place = np.concatenate([self._stem_places[slots], self._pair_places[pair_slots]])
        for offset in range(2, max(sizes, default=0)):
            step = np.minimum(offset, sizes[term] - 1)
            there = self.stem_at[np.minimum(place + step, len(self.stem_at) - 1)]
            stays = (there == stems[begins[term] + step]) & (there >= 0)
            term, place = term[stays], place[stays]
        order = np.argsort(term, kind="stable")
        return term[order], place[order]

    def _pairs(self, left: Numbers, right: Numbers) -> Numbers:
        """Return one key for each pair of stems, -1 where either is unknown."""
        is_known = (left >= 0) & (right >= 0)
        return np.where(is_known, left * len(self._stems) + right, _NOTHING)

    def _stand_together(self) -> tuple[SortedKeys, Numbers, Row]:
        """Return all pairs of near stems: their key, the paper, and how near how often."""
        keys, owners, weights = [], [], []
        for distance in range(1, _NEAR + 1):
            left, right = self.stem_at[:-distance], self.stem_at[distance:]
            near = (left >= 0) & (right >= 0) & (left != right)
            near &= self.owner[:-distance] == self.owner[distance:]
            keys.append(self._pairs(left[near], right[near]))
            owners.append(self.owner[:-distance][near])
            weights.append(self.boost[:-distance][near] / distance**2)
        key = np.concatenate(keys) * max(len(self.papers), 1) + np.concatenate(owners)
        unique, place = np.unique(key, return_inverse=True)
        total = np.bincount(place, np.concatenate(weights), len(unique)).astype(np.float32)
        many = max(len(self.papers), 1)
        return SortedKeys(unique // many), unique % many, total

    def stem_numbers(self, stems: Iterable[str]) -> Numbers:
        """Return the numbers of stems, -1 for one that no paper has."""
        return np.array([self._stems.get(stem, _NOTHING) for stem in stems], np.int64)

    def form_numbers(self, forms: Iterable[str]) -> Numbers:
        return np.array([self._forms.get(form, _NOTHING) for form in forms], np.int64)

    @cached_property
    def forms(self) -> list[str]:
        return list(self._forms)

    def near(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Row]:
        """Find pairs of stem numbers: which pair, in which paper, how near how often.

        "recognition of speech" counts half of what "speech recognition" does, being reversed.
        """
        forward, slots = self._near_keys.find(self._pairs(left, right))
        backward, reversed_slots = self._near_keys.find(self._pairs(right, left))
        slot = np.concatenate([slots, reversed_slots])
        size = max(len(self.papers), 1)
        cells = np.concatenate([forward, backward]) * size + self._near_papers[slot]
        cell, place = np.unique(cells, return_inverse=True)
        weights = self._near_weights[slot]
        weights[len(slots) :] *= _REVERSED
        total = np.bincount(place, weights, len(cell)).astype(np.float32)
        return cell // size, cell % size, total

    @cached_property
    def surfaces(self) -> list[str]:
        return list(self._surfaces)

    @cached_property
    def sounds(self) -> Numbers:
        """One number for all surfaces that differ only in case."""
        return numbered(self.surfaces)

    @cached_property
    def lengths(self) -> Row:
        """The length of each paper, as a multiple of the average."""
        weights = np.where(self.stem_at >= 0, self.boost, 0)
        total = np.bincount(self.owner, weights, len(self.papers)).astype(np.float32)
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
        written = self.stem_at >= 0
        size = max(len(self.papers), 1)
        cells = self.stem_at[written] * size + self.owner[written]
        cell, place = np.unique(cells, return_inverse=True)
        frequencies = np.bincount(place, self.boost[written], len(cell)).astype(np.float32)
        stems = cell // size
        starts = np.searchsorted(stems, np.arange(len(self._stems) + 1))
        return TermMatrix(stems, cell % size, frequencies, starts)

    def form_meanings(self, forms: Sequence[str]) -> Vectors:
        """Return what words mean, one a row; rare words weigh more."""
        weigh = self.statistics.weight
        stems = [word(form).stem for form in forms]
        weights = np.sqrt([weigh(stem) if is_telling(stem) else 0 for stem in stems])
        return self.vectors.kept(forms) * weights[:, None].astype(np.float32)

    @cached_property
    def _sentence_sums(self) -> Vectors:
        """What the words of each sentence mean together."""
        of_form = self.form_meanings(self.forms)
        forms, lengths = self.form_at[self.form_at >= 0], self._sentence_lengths
        ends = np.cumsum(lengths)
        total = [np.zeros((0, of_form.shape[1]), np.float32)]
        for start in range(0, len(lengths), _SENTENCES_AT_ONCE):
            chunk = slice(start, start + _SENTENCES_AT_ONCE)
            some = forms[ends[start] - lengths[start] : ends[chunk][-1]]
            total.append(sums(of_form[some], lengths[chunk]))
        return np.concatenate(total)

    @cached_property
    def _sentence_meanings(self) -> list[Vectors]:
        """What the first sentences of papers mean, then the second ones, and so on.

        Each is taken as part of its paper, and with less of what the sentences of all papers share.
        The papers are in the order of `_by_length`, so that those which have a sentence of some
        number come first.
        """
        told = self.sentences + _WHOLE * np.repeat(self.meanings, self._sentence_counts, axis=0)
        told = told / np.float32(1 + _WHOLE) - np.float32(_COMMON) * self.vectors.common
        first = self._first_sentences[self._by_length]
        counts = self._sentence_counts[self._by_length]
        steps = range(int(counts.max(initial=1)))
        return [told[first[counts > step] + step] for step in steps]

    @cached_property
    def sentences(self) -> Vectors:
        """What each sentence means, as a vector of length one."""
        return unit_length(self._sentence_sums)

    @cached_property
    def _sentence_counts(self) -> Numbers:
        return np.diff(self._first_sentences, append=len(self._sentence_lengths))

    @cached_property
    def _by_length(self) -> Numbers:
        """The papers, those of most sentences first."""
        return np.argsort(-self._sentence_counts, kind="stable")

    def closest_sentence(self, meanings: Vectors) -> Rows:
        """Return how near the nearest sentence of each paper, as part of it, is to meanings.

        It is a weighted mean of two cosines, to the sentence and to the whole paper, less
        some of the cosine to what all sentences share.
        """
        found = np.empty((len(meanings), len(self)), np.float32)
        for start in range(0, len(meanings), _MEANINGS_AT_ONCE):
            chunk = slice(start, start + _MEANINGS_AT_ONCE)
            first, *others = self._sentence_meanings
            closest = first @ meanings[chunk].T
            for some in others:
                best = closest[: len(some)]
                np.maximum(best, some @ meanings[chunk].T, out=best)
            found[chunk, self._by_length] = closest.T
        return found

    @cached_property
    def meanings(self) -> Vectors:
        """What each paper means, as a vector of length one; the title counts twice."""
        told = self._sentence_sums.copy()
        told[self._first_sentences] *= 2
        return unit_length(np.add.reduceat(told, self._first_sentences, axis=0))


def numbered(texts: Iterable[str]) -> Numbers:
    """Number texts so that those which differ only in case are equal."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(text.casefold(), len(known)) for text in texts], np.int64)


def _in_order(keys: Numbers) -> tuple[Numbers, SortedKeys]:
    """Return the places of all keys that are some, by key, and the keys."""
    places = np.nonzero(keys >= 0)[0]
    order = places[np.argsort(keys[places], kind="stable")]
    return order, SortedKeys(keys[order])
