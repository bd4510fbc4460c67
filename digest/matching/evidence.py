"""What speaks for a paper belonging to free words: three numbers for each bag and paper."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from digest.matching.index import Row, WordIndex
from digest.matching.lists import Numbers, Rows, picked
from digest.matching.meaning import SIZE, Vectors, sums
from digest.matching.occurrences import Occurrences
from digest.matching.queries import Queries
from digest.matching.words import is_telling, word

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

    def similarity(self, bags: Numbers) -> Rows:
        """Return the cosine between what the bag and the paper mean."""
        concepts, sizes = self.queries.bags.of(bags)
        meanings = picked(np.add, self.concept_meanings, concepts, sizes)
        if len(self.queries.concepts) < len(self.queries.bags.sizes):
            found = picked(np.add, self._alike, concepts, sizes)
        else:
            found = meanings @ self.index.meanings.T
        found /= np.maximum(np.linalg.norm(meanings, axis=1), 1e-9)[:, None]
        return found

    @cached_property
    def _alike(self) -> Rows:
        """How much of each concept's meaning each paper has."""
        alike: Rows = self.concept_meanings @ self.index.meanings.T
        return alike

    @cached_property
    def concept_meanings(self) -> Vectors:
        concepts = self.queries.concepts
        if self.index.vectors is None or not concepts:
            return np.zeros((len(concepts), SIZE), np.float32)
        forms = list({form: None for concept in concepts for form in concept.meaning})
        vectors = self.index.vectors.kept(forms)
        stems = [word(form).stem for form in forms]
        weigh = self.index.statistics.weight
        vectors *= np.array([weigh(s) * is_telling(s) for s in stems], np.float32)[:, None]
        place = {form: number for number, form in enumerate(forms)}
        rows = np.array([place[f] for c in concepts for f in c.meaning], np.int64)
        return sums(vectors[rows], np.array([len(c.meaning) for c in concepts], np.int64))


def saturated(frequencies: Rows) -> Rows:
    held: Rows = frequencies / (frequencies + HALF)
    return held
