"""What speaks for a paper belonging to free words, as numbers for each bag or topic and paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from digest.matching.index import Row, WordIndex
from digest.matching.lists import Numbers, Rows, picked
from digest.matching.meaning import Vectors, sums, unit_length
from digest.matching.occurrences import Occurrences
from digest.matching.queries import Queries

_NARROWER = 0.7
"""What all narrower terms add to a concept's meaning among others; its own words add 1."""
HALF = 1.5
"""Occurrences that count half of what any number of them could."""


class Evidence:
    """Queries held against indexed papers: every distinct concept once."""

    def __init__(self, queries: Queries, index: WordIndex) -> None:
        self.queries = queries
        self.index = index
        weigh = index.statistics.weight
        concepts = queries.concepts
        self.weights: Row = np.array([max(map(weigh, c.stems)) for c in concepts], np.float32)
        self.concepts = Occurrences(concepts, index)
        self._first, self._last = self._ends(0), self._ends(-1)

    def _ends(self, end: int) -> Numbers:
        stems = (concept.terms[0].words[end].stem for concept in self.queries.concepts)
        return self.index.stem_numbers(stems)

    def frequency(self, concepts: Numbers) -> Rows:
        """Return how often each concept occurs in each paper."""
        found: Rows = self.concepts.rows[self.concepts.row_of[concepts]]
        return found

    def presence(self, bags: Numbers) -> Rows:
        """Return how strongly each paper holds the words, from 0 to 1; rare words weigh more."""
        concepts, sizes = self.queries.bags.of(bags)
        weights = np.add.reduceat(self.weights[concepts], np.cumsum(sizes) - sizes)
        held = picked(np.add, self._held, self.concepts.row_of[concepts], sizes)
        held /= weights[:, None]
        return held

    @cached_property
    def _held(self) -> Rows:
        """How strongly each paper holds each concept that occurs, rare ones more."""
        weights = np.zeros(len(self.concepts.rows), np.float32)
        weights[self.concepts.row_of] = self.weights
        return saturated(self.concepts.rows) * weights[:, None]

    @cached_property
    def quoted(self) -> Occurrences:
        """Where the quoted phrases and excluded words stand, in the order of `queries.quoted`."""
        return Occurrences(list(self.queries.quoted.values()), self.index)

    def neighbours(self, bags: Numbers) -> tuple[Rows, Row]:
        """Return what each bag's neighbours that stand together in a paper weigh, and could."""
        concepts, sizes = self.queries.bags.of(bags)
        bag = np.repeat(np.arange(len(bags)), sizes)
        first = np.nonzero(bag[:-1] == bag[1:])[0]
        left, right, owner = concepts[first], concepts[first + 1], bag[first]
        weights = np.minimum(self.weights[left], self.weights[right])
        pair, paper, near = self.index.near(self._last[left], self._first[right])
        found: Rows = np.zeros((len(bags), len(self.index)), np.float32)
        np.add.at(found, (owner[pair], paper), weights[pair] * saturated(near))
        return found, np.bincount(owner, weights, len(bags)).astype(np.float32)

    def closeness(self, bags: Numbers) -> Rows:
        """Return how much neighbours in the bag are neighbours in the paper, from 0 to 1."""
        found, possible = self.neighbours(bags)
        found /= np.maximum(possible, 1e-9)[:, None]
        return found

    def rarity(self, bags: Numbers) -> Row:
        """Return how rare the rarest concept of each bag is, from 0 to 1."""
        concepts, sizes = self.queries.bags.of(bags)
        starts = np.cumsum(sizes) - sizes
        rarest: Row = np.maximum.reduceat(self.weights[concepts], starts)
        return rarest / np.float32(self.index.statistics.greatest_weight)

    def similarity(self, meant: Numbers) -> Rows:
        """Return how near what a bag means is to the nearest sentence of the paper."""
        concepts, sizes = self.queries.bags.of(meant)
        meanings = picked(np.add, self._among_others, concepts, sizes)
        alone = sizes == 1
        only, _ = self.queries.bags.of(meant[alone])
        meanings[alone] = self._own[only] + self._narrower[only]
        return self.index.closest_sentence(unit_length(meanings))

    @cached_property
    def _own(self) -> Vectors:
        """What each concept's own words mean."""
        return self._sums([concept.meaning for concept in self.queries.concepts])

    @cached_property
    def _narrower(self) -> Vectors:
        """What all that falls under each concept means."""
        return self._sums([concept.narrower for concept in self.queries.concepts])

    @cached_property
    def _among_others(self) -> Vectors:
        """What each concept means among others, however much falls under it."""
        lengths = np.linalg.norm(self._own, axis=1, keepdims=True)
        meanings: Vectors = self._own + _NARROWER * lengths * unit_length(self._narrower)
        return meanings

    def _sums(self, texts: Sequence[Sequence[str]]) -> Vectors:
        forms = list(dict.fromkeys(chain.from_iterable(texts)))
        place = {form: number for number, form in enumerate(forms)}
        rows = np.array([place[form] for text in texts for form in text], np.int64)
        sizes = np.array([len(text) for text in texts], np.int64)
        return sums(self.index.form_meanings(forms)[rows], sizes)


def saturated(frequencies: Rows) -> Rows:
    held: Rows = frequencies / (frequencies + HALF)
    return held
