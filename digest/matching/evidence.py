"""What speaks for a paper belonging to free words: three numbers for each bag and paper."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from digest.matching.index import Numbers, Row, WordIndex
from digest.matching.meaning import SIZE, Vectors, sums, unit_length
from digest.matching.queries import Queries
from digest.matching.words import is_telling, word

Rows = NDArray[np.float32]
"""One row a bag, one column a paper."""
HALF = 1.5
"""Occurrences that count half of what any number of them could."""


class Evidence:
    """Queries held against indexed papers: every distinct concept once."""

    def __init__(self, queries: Queries, index: WordIndex) -> None:
        self.queries = queries
        self.index = index
        weigh = index.statistics.weight
        self.weights: Row = np.array(
            [max(map(weigh, c.stems)) for c in queries.concepts], np.float32
        )
        self._row_of, self.frequencies = self._concept_rows()
        self._first, self._last = self._ends(0), self._ends(-1)

    def _concept_rows(self) -> tuple[Numbers, Rows]:
        """Return the rows of the concepts that occur at all, and where each concept's row is."""
        place: Numbers = np.zeros(len(self.queries.concepts), np.int64)
        rows = [np.zeros(len(self.index), np.float32)]
        for number, concept in enumerate(self.queries.concepts):
            row = self.index.concept_frequency(concept)
            if row is not None:
                place[number] = len(rows)
                rows.append(row)
        return place, np.stack(rows)

    def _ends(self, end: int) -> Numbers:
        stems = (concept.terms[0].words[end].stem for concept in self.queries.concepts)
        return self.index.stem_numbers(stems)

    def rows(self, concepts: Numbers) -> Rows:
        """Return how often each concept occurs in each paper."""
        found: Rows = self.frequencies[self._row_of[concepts]]
        return found

    def members(self, bags: Numbers) -> tuple[Numbers, Numbers]:
        """Return the concepts of some bags one after the other, and how many each bag has."""
        sizes = self.queries.sizes[bags]
        ends = np.cumsum(sizes)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - sizes, sizes)
        return self.queries.members[np.repeat(self.queries.starts[bags], sizes) + within], sizes

    def presence(self, bags: Numbers) -> Rows:
        """Return how strongly each paper holds the words, from 0 to 1; rare words weigh more."""
        concepts, sizes = self.members(bags)
        weights = self.weights[concepts][:, None]
        held = saturated(self.rows(concepts))
        return sums(held * weights, sizes) / sums(weights, sizes)

    def neighbours(self, bags: Numbers) -> tuple[Rows, Row]:
        """Return what each bag's neighbours that stand together in a paper weigh, and could."""
        concepts, sizes = self.members(bags)
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
        share: Rows = np.divide(found, np.maximum(possible, 1e-9)[:, None], dtype=np.float32)
        return share

    def rarity(self, bags: Numbers) -> Row:
        """Return how rare the rarest concept of each bag is, from 0 to 1."""
        concepts, _ = self.members(bags)
        starts = np.cumsum(self.queries.sizes[bags]) - self.queries.sizes[bags]
        rarest: Row = np.maximum.reduceat(self.weights[concepts], starts)
        return rarest / np.float32(self.index.statistics.greatest_weight)

    def similarity(self, bags: Numbers) -> Rows:
        """Return the cosine between what the bag and the paper mean."""
        concepts, sizes = self.members(bags)
        meanings = unit_length(sums(self.concept_meanings[concepts], sizes))
        found: Rows = meanings @ self.index.meanings.T
        return found

    @cached_property
    def concept_meanings(self) -> Vectors:
        concepts = self.queries.concepts
        if self.index.vectors is None or not concepts:
            return np.zeros((len(concepts), SIZE), np.float32)
        forms = list({form: None for concept in concepts for form in concept.meaning})
        vectors = self.index.vectors.of(forms)
        stems = [word(form).stem for form in forms]
        weigh = self.index.statistics.weight
        vectors *= np.array([weigh(s) * is_telling(s) for s in stems], np.float32)[:, None]
        place = {form: number for number, form in enumerate(forms)}
        rows = np.array([place[f] for c in concepts for f in c.meaning], np.int64)
        return sums(vectors[rows], np.array([len(c.meaning) for c in concepts], np.int64))


def saturated(frequencies: Rows) -> Rows:
    held: Rows = frequencies / (frequencies + HALF)
    return held
