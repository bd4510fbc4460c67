"""Papers indexed once, to hold any number of topics against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from digest import topics
from digest.matching.concepts import Lexicon
from digest.matching.corpus import CorpusStatistics
from digest.matching.evidence import Evidence
from digest.matching.explaining import Explainer
from digest.matching.index import Row, WordIndex
from digest.matching.lists import Numbers, Rows
from digest.matching.meaning import word_vectors
from digest.matching.queries import Queries, only_words
from digest.matching.ranking import relevance
from digest.matching.reasons import Reason
from digest.matching.scoring import NORMAL, Scores
from digest.papers import Paper
from digest.topics import Node, Topic

_RANKED_AT_ONCE = 256
_RULED_OUT = 1000.0
_NO_PAPERS: Mapping[str, Paper] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Match:
    paper: int
    """Its place among the indexed papers."""
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Choice:
    """Which papers belong to which topics: one entry a match, by topic, then paper."""

    evidence: Evidence
    leaves: Rows
    topics: Numbers
    papers: Numbers
    scores: Row

    def told(self) -> tuple[Numbers, list[Reason]]:
        """Return the number of each match's reason, and the reasons, each once."""
        explainer = Explainer(self.evidence, self.leaves)
        return explainer.tell(self.topics, self.papers), explainer.reasons

    def matches(self) -> Iterator[list[Match]]:
        """Yield the matches of each topic in turn, best first, each with its reason."""
        numbers, reasons = self.told()
        rows = zip(self.papers.tolist(), self.scores.tolist(), numbers.tolist(), strict=True)
        found = [Match(paper, round(score, 6), reasons[n]) for paper, score, n in rows]
        topics = len(self.evidence.queries.roots)
        bounds = np.searchsorted(self.topics, np.arange(topics + 1)).tolist()
        for start, end in pairwise(bounds):
            yield sorted(found[start:end], key=lambda match: (-match.score, match.paper))


class PaperIndex:
    """The papers of an edition, or of a collection.

    `references` are other papers that `like:` may name, by id; an unknown one is like nothing.
    """

    def __init__(self, papers: Sequence[Paper], statistics: CorpusStatistics) -> None:
        self._words = WordIndex(papers, statistics, word_vectors())
        self._lexicon = Lexicon(statistics)
        self._papers = {paper.arxiv_id: paper for paper in papers}

    def match(
        self,
        topic: Topic,
        threshold: float = NORMAL,
        references: Mapping[str, Paper] = _NO_PAPERS,
    ) -> list[Match]:
        """Return the papers that belong to a topic, best first."""
        return next(self.match_all([topic], threshold, references))

    def queries(self, wanted: Iterable[Topic] = ()) -> Queries:
        """Make topics ready to be held against this index; more can be added."""
        queries = Queries(self._lexicon)
        for topic in wanted:
            queries.add(topic)
        return queries

    def match_all(
        self,
        wanted: Iterable[Topic],
        threshold: float = NORMAL,
        references: Mapping[str, Paper] = _NO_PAPERS,
    ) -> Iterator[list[Match]]:
        """Yield the papers that belong to each topic, best first."""
        return self.choose(self.queries(wanted), threshold, references).matches()

    def choose(
        self,
        queries: Queries,
        threshold: float = NORMAL,
        references: Mapping[str, Paper] = _NO_PAPERS,
    ) -> Choice:
        """Score every topic and paper and keep what belongs, without telling why."""
        evidence = Evidence(queries, self._words)
        scores = Scores(evidence, self._papers | dict(references))
        found = [_belonging(start, rows, threshold) for start, rows in scores.chunks()]
        topic, paper, score = (np.concatenate(part) for part in zip(*found, strict=True))
        return Choice(evidence, scores.leaves, topic, paper, score)

    def rank_all(self, wanted: Sequence[Topic]) -> Iterator[list[tuple[int, float]]]:
        """Yield, for each topic, every paper with its relevance, best first.

        Relevance orders the papers for one topic; it does not compare between topics. What a
        topic rules out comes after everything else.
        """
        for start in range(0, len(wanted), _RANKED_AT_ONCE):
            yield from map(_ordered, self._relevance(wanted[start : start + _RANKED_AT_ONCE]))

    def _relevance(self, wanted: Sequence[Topic]) -> Rows:
        subjects = [subject(topic) for topic in wanted]
        has_words = np.array([s is not None for s in subjects])
        rows = np.zeros((len(wanted), len(self._words)), np.float32)
        if has_words.any():
            queries = self.queries(s for s in subjects if s is not None)
            wholly = [only_words(root) for root in queries.roots]
            rows[has_words] = relevance(Evidence(queries, self._words), wholly)
        evidence = Evidence(self.queries(wanted), self._words)
        for start, scores in Scores(evidence, self._papers).chunks():
            rows[start : start + len(scores)][scores == 0] -= _RULED_OUT
        return rows


def _ordered(row: Row) -> list[tuple[int, float]]:
    order = np.argsort(-row, kind="stable").tolist()
    return [(paper, float(row[paper])) for paper in order]


def subject(topic: Topic) -> Topic | None:
    """Return the words that a topic asks for, without its conditions."""
    text = " ".join(_wanted_words(topic.root))
    return topics.plain_words(text) if text else None


def _wanted_words(node: Node) -> Iterator[str]:
    match node:
        case topics.Word(text) | topics.Phrase(text) | topics.Field("title", text):
            yield text
        case topics.All(nodes) | topics.Any(nodes):
            for part in nodes:
                yield from _wanted_words(part)


def _belonging(start: int, rows: Rows, threshold: float) -> tuple[Numbers, Numbers, Row]:
    cells = np.flatnonzero(rows >= threshold)
    topic, paper = np.divmod(cells, max(rows.shape[1], 1))
    return topic + start, paper, rows.ravel()[cells]
