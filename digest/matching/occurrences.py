"""Concepts looked up in indexed papers, all at once: where they stand, how often, in what words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digest.matching.concepts import Concept
from digest.matching.index import Row, WordIndex, numbered
from digest.matching.lists import Numbers, Rows, longest


@dataclass(frozen=True, slots=True)
class Quotes:
    """In what words papers say concepts: one entry a concept and paper."""

    concepts: Numbers
    papers: Numbers
    numbers: Numbers
    """Which of the words below."""
    words: list[tuple[str, ...]]
    """One or two ways to say a concept."""


class Occurrences:
    """Each place where a term of some concepts stands, by concept, term and place."""

    rows: Rows
    """How often concepts occur in each paper; the first row is of those that occur nowhere."""
    row_of: Numbers
    """The row of each concept."""

    def __init__(self, concepts: Sequence[Concept], index: WordIndex) -> None:
        self._concepts = concepts
        self._index = index
        self._terms = list(chain.from_iterable(concept.terms for concept in concepts))
        self._sizes = np.array([len(term.words) for term in self._terms], np.int64)
        counts = np.array([len(concept.terms) for concept in concepts], np.int64)
        owners = np.repeat(np.arange(len(concepts)), counts)
        self._term, self._place = index.places(self._terms)
        self._paper = index.owner[self._place]
        others = self._other_senses()
        self._term, self._place = np.delete(self._term, others), np.delete(self._place, others)
        self._paper = np.delete(self._paper, others)
        self._concept = owners[self._term]
        self.row_of, self.rows = self._frequencies()

    def _other_senses(self) -> list[int]:
        """Return where short forms stand in papers that define them by no word of the long form."""
        senses, terms = self._index.senses, self._terms
        has_sense = np.array([bool(term.sense) for term in terms], np.bool_)
        short = np.nonzero(has_sense[self._term])[0]
        rows = (row[short].tolist() for row in (self._term, self._paper))
        return [
            number
            for number, term, paper in zip(short.tolist(), *rows, strict=True)
            if (defined := senses.get((terms[term].words[0].form, paper)))
            and defined.isdisjoint(terms[term].sense)
        ]

    def _frequencies(self) -> tuple[Numbers, Rows]:
        """Return which row is whose, and a row for each concept that occurs, after one of zeros.

        Occurrences in the title count more. Other forms of a term's last word count as far as
        they mean the same, together at most once: an optimizer is not all that is optimal,
        however often that is said.
        """
        cells, cell = np.unique(self._term * len(self._index) + self._paper, return_inverse=True)
        weights, is_other = self._weights()
        same = np.bincount(cell[~is_other], weights[~is_other], len(cells))
        others = np.bincount(cell[is_other], weights[is_other], len(cells))
        factors = np.array([term.factor for term in self._terms], np.float64)
        place = np.empty(len(cells), np.int64)
        place[cell] = np.arange(len(cell))
        total = (same + np.minimum(others, 1)) * factors[self._term[place]]
        occurring, row = np.unique(self._concept[place], return_inverse=True)
        rows = np.zeros((len(occurring) + 1, len(self._index)), np.float32)
        np.add.at(rows, (row + 1, self._paper[place]), total)
        rows_of = np.zeros(len(self._concepts), np.int64)
        rows_of[occurring] = np.arange(1, len(occurring) + 1)
        return rows_of, rows

    def _weights(self) -> tuple[Row, NDArray[np.bool_]]:
        """Return what each occurrence counts, and whether it is in another form."""
        weights = self._index.boost[self._place].copy()
        asked = self._index.form_numbers(term.words[-1].form for term in self._terms)
        written = self._index.form_at[self._place + self._sizes[self._term] - 1]
        is_other = written != asked[self._term]
        weights[is_other] *= self._kinships(self._term[is_other], written[is_other])
        return weights, is_other

    def _kinships(self, terms: Numbers, written: Numbers) -> Row:
        vectors, forms = self._index.vectors, self._index.forms
        pairs, place = np.unique(terms * len(forms) + written, return_inverse=True)
        asked = (self._terms[pair // len(forms)].words[-1].form for pair in pairs.tolist())
        found = zip(asked, (forms[pair % len(forms)] for pair in pairs.tolist()), strict=True)
        return vectors.kinships(list(found))[place]

    def quotes(self) -> Quotes:
        """Return the first two ways in which each paper says each concept, whatever the case."""
        said, longer = self._texts()
        sounds = np.concatenate([self._index.sounds, numbered(longer) + len(self._index.sounds)])
        cell = self._concept * len(self._index) + self._paper
        _, ways = np.unique(cell * len(sounds) + sounds[said], return_index=True)
        ways = ways[np.lexsort((ways, cell[ways]))]
        is_first = np.diff(cell[ways], prepend=-1) > 0
        follows = np.nonzero(is_first[:-1] & ~is_first[1:])[0]
        first, second = ways[is_first], np.full(np.count_nonzero(is_first), -1)
        second[np.cumsum(is_first)[follows] - 1] = said[ways[follows + 1]]
        size = len(sounds) + 1
        pairs, numbers = np.unique(said[first] * size + second + 1, return_inverse=True)
        words = [self._words(longer, pair // size, pair % size - 1) for pair in pairs.tolist()]
        return Quotes(self._concept[first], self._paper[first], numbers, words)

    def _texts(self) -> tuple[Numbers, list[str]]:
        """Return the number of the text at each occurrence, and the texts of several words.

        These are numbered after all texts of one.
        """
        surfaces, surface_at = self._index.surfaces, self._index.surface_at
        said, sizes = surface_at[self._place], self._sizes[self._term]
        several = np.nonzero(sizes > 1)[0]
        places, sizes, text = self._place[several], sizes[several], said[several]
        for step in range(1, longest(sizes)):
            following = surface_at[places + np.minimum(step, sizes - 1)]
            following = np.where(step < sizes, following, -1)
            _, text = np.unique(text * (len(surfaces) + 1) + following + 1, return_inverse=True)
        _, one, text = np.unique(text, return_index=True, return_inverse=True)
        said[several] = len(surfaces) + text
        longer = [
            " ".join(surfaces[surface] for surface in surface_at[place : place + size])
            for place, size in zip(places[one].tolist(), sizes[one].tolist(), strict=True)
        ]
        return said, longer

    def _words(self, longer: Sequence[str], *numbers: int) -> tuple[str, ...]:
        surfaces = self._index.surfaces
        of_one = len(surfaces)
        return tuple(surfaces[n] if n < of_one else longer[n - of_one] for n in numbers if n >= 0)
