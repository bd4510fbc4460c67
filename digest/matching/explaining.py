"""Telling why papers belong: the same parts as scoring, for many matches at once.

Each distinct reason has a number, and 0 says nothing. Topics share most of their reasons, so that
telling them is mostly looking numbers up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np

from digest.matching.evidence import Evidence
from digest.matching.fields import authors_named, categories_named
from digest.matching.lists import Lists, Numbers, Rows
from digest.matching.occurrences import Occurrences
from digest.matching.queries import Either, Every, Exact, Part, Words
from digest.matching.reasons import Reason, joined
from digest.matching.scoring import MORE
from digest.papers import Paper
from digest.topics import Field


class Explainer:
    """Finds the words of the evidence as they stand in the papers."""

    def __init__(self, evidence: Evidence, leaves: Rows) -> None:
        self._evidence = evidence
        self._queries = evidence.queries
        self._leaves = leaves
        self.reasons = [Reason("words", ())]
        """By number."""
        self._numbers = {self.reasons[0]: 0}

    def tell(self, topics: Numbers, papers: Numbers) -> Numbers:
        """Return the number of the reason why each paper belongs to its topic."""
        told = np.zeros(len(topics), np.int64)
        words = len(self._queries.words)
        matched, place = np.unique(topics, return_inverse=True)
        for which, parts in self._parts(matched).steps(place):
            is_free = parts < words
            free, exact = which[is_free], which[~is_free]
            self._add(told, free, self._of_words(parts[is_free], papers[free]))
            self._add(told, exact, self._of_leaves(parts[~is_free] - words, papers[exact]))
        return told

    def _parts(self, topics: Numbers) -> Lists:
        """What some topics ask for: the numbers of their words, and after all words the leaves."""
        words, roots = len(self._queries.words), self._queries.roots
        return Lists(
            [p.number if isinstance(p, Words) else words + p.leaf for p in _asked(roots[topic])]
            for topic in topics.tolist()
        )

    def _add(self, told: Numbers, which: Numbers, more: Numbers) -> None:
        """Join what was told of some matches with more."""
        before = told[which]
        after = np.where(before == 0, more, before)
        both = np.nonzero((before > 0) & (more > 0) & (before != more))[0]
        size = len(self.reasons)
        pairs, place = np.unique(before[both] * size + more[both], return_inverse=True)
        known = [[self.reasons[n] for n in divmod(pair, size)] for pair in pairs.tolist()]
        after[both] = np.array([self._number(joined(pair)) for pair in known], np.int64)[place]
        told[which] = after

    def _number(self, reason: Reason | None) -> int:
        if reason is None:
            return 0
        number = self._numbers.setdefault(reason, len(self.reasons))
        if number == len(self.reasons):
            self.reasons.append(reason)
        return number

    def _of_words(self, words: Numbers, papers: Numbers) -> Numbers:
        """Quote the whole term where the paper has it, else whatever words it has."""
        told = np.zeros(len(words), np.int64)
        for is_whole in (True, False):
            rest = np.nonzero(told == 0)[0]
            self._quote(told, rest, words[rest], papers[rest], is_whole=is_whole)
        rest = np.nonzero(told == 0)[0]
        similar = np.zeros(len(self._queries.words), np.int64)
        similar[words[rest]] = 1
        for number in np.nonzero(similar)[0].tolist():
            reason = Reason("similar", (self._queries.words[number].text,))
            similar[number] = self._number(reason)
        told[rest] = similar[words[rest]]
        return told

    def _quote(
        self, told: Numbers, which: Numbers, words: Numbers, papers: Numbers, *, is_whole: bool
    ) -> None:
        """Add what some papers say of the readings of words, or of those that are one term."""
        bags, readings_of = self._queries.bags, self._queries.readings
        for some, readings in readings_of.steps(words):
            if is_whole:
                is_term = (readings_of.sizes[words[some]] > 1) & (bags.sizes[readings] == 1)
                some, readings = some[is_term], readings[is_term]
            for one, concepts in bags.steps(readings):
                rows = self._evidence.concepts.row_of[concepts]
                said = self._said[rows, papers[some[one]]]
                self._add(told, which[some[one]], said)

    @cached_property
    def _said(self) -> Numbers:
        return self._said_of(self._evidence.concepts)

    @cached_property
    def _quoted(self) -> Numbers:
        return self._said_of(self._evidence.quoted)

    @cached_property
    def _row_of_leaf(self) -> dict[int, int]:
        rows = self._evidence.quoted.row_of.tolist()
        return dict(zip(self._queries.quoted, rows, strict=True))

    def _said_of(self, occurrences: Occurrences) -> Numbers:
        """Return the reason that each concept's row is for each paper."""
        quotes = occurrences.quotes()
        numbers = [self._number(Reason("words", words)) for words in quotes.words]
        said: Numbers = np.zeros(occurrences.rows.shape, np.int64)
        told = np.array(numbers, np.int64)[quotes.numbers]
        said[occurrences.row_of[quotes.concepts], quotes.papers] = told
        return said

    def _of_leaves(self, leaves: Numbers, papers: Numbers) -> Numbers:
        told = np.zeros(len(leaves), np.int64)
        holds = np.nonzero(self._leaves[leaves, papers] >= MORE)[0]
        size = len(self._evidence.index)
        cells, place = np.unique(leaves[holds] * size + papers[holds], return_inverse=True)
        reasons = (self._of_leaf(*divmod(cell, size)) for cell in cells.tolist())
        told[holds] = np.array([self._number(reason) for reason in reasons], np.int64)[place]
        return told

    def _of_leaf(self, number: int, paper: int) -> Reason | None:
        leaf = self._queries.leaves[number]
        if isinstance(leaf, Field):
            return _field(leaf, self._evidence.index.papers[paper])
        said = self._quoted[self._row_of_leaf[number], paper]
        return Reason("phrase", self.reasons[said].terms) if said else None


def _asked(part: Part) -> Iterator[Words | Exact]:
    """Yield what a topic asks for, without what it excludes."""
    match part:
        case Words() | Exact():
            yield part
        case Every(parts) | Either(parts):
            for one in parts:
                yield from _asked(one)


def _field(field: Field, paper: Paper) -> Reason | None:
    match field.name:
        case "author":
            return _named("author", authors_named(field.text, paper))
        case "org":
            return Reason("organization", (paper.organization or "",))
        case "cat":
            return _named("category", categories_named(field.text, paper))
        case "has":
            return Reason("code", (paper.code_url,)) if paper.code_url else None
        case "upvotes":
            return Reason("upvotes", (str(paper.upvotes),))
        case "like":
            return Reason("like", (field.text,))
        case _:
            return Reason("words", (field.text,))


def _named(kind: str, names: Iterable[str]) -> Reason | None:
    found = tuple(names)
    return Reason(kind, found) if found else None
