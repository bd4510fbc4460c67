"""What a query brings: searching stored papers, trying a topic on them, ranking any papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest import topics
from digest.database import Database
from digest.library import Hit, closed, library, references
from digest.matching import MORE, NORMAL, CorpusStatistics, Match, PaperIndex, Reason
from digest.papers import Paper

_TOO_BROAD_PERCENT = 50
_FEW_PAPERS = 20
_NEWEST_HITS = 8
_SENTENCE_WORDS = 10
_CLOSE = 0.1
"""The score of a paper that does not belong, but comes near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a topic would have brought in the last days."""

    query: str
    """As it would be stored."""
    days: int
    editions: int
    """How many editions those days had; without one, nothing can be said."""
    hits: int
    last_week: int
    per_day: float
    newest: tuple[Hit, ...]
    is_too_broad: bool
    """Whether it brings at least half of all papers."""
    unknown: tuple[str, ...] = ()
    """Papers that it wants others to be like, and that are not stored."""


@dataclass(frozen=True, slots=True)
class Results:
    query: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a topic brings from some papers."""

    query: str
    papers: int
    found: tuple[tuple[Paper, Match], ...]
    """Best first."""
    unknown: tuple[str, ...]
    """Papers that it wants others to be like, and that are not among them."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Papers in order for one topic, each with its score."""

    papers: list[tuple[str, float]]
    unreadable: str = ""
    """Why the topic was taken as plain words."""


def search(database: Database, query: str, limit: int = 20, offset: int = 0) -> Results:
    """Rank the stored papers that belong to a query; raises TopicSyntaxError."""
    topic = topics.parse(query)
    with database.read() as session:
        stored = library(session)
        known = references(session, [topic])
    found = stored.match(topic, MORE, known)
    best = sorted(found, key=lambda m: (-round(m.score, 2), -stored.days[m.paper].toordinal()))
    page = best[offset : offset + limit]
    return Results(str(topic), len(found), tuple(stored.hit(m) for m in page))


def newest(database: Database, query: str, limit: int) -> tuple[Hit, ...]:
    """Return the newest papers that a topic brings, or of all; raises TopicSyntaxError."""
    topic = topics.parse(query) if query else None
    with database.read() as session:
        stored = library(session)
        known = references(session, [topic] if topic else [])
    if topic is None:
        everything = range(min(limit, len(stored.papers)))
        return tuple(stored.hit(Match(number, 0.0, Reason("words", ()))) for number in everything)
    found = sorted(
        stored.match(topic, NORMAL, known), key=lambda m: (stored.days[m.paper], m.score)
    )
    return tuple(stored.hit(m) for m in reversed(found[-limit:]))


def closest(
    database: Database, queries: Sequence[str], after: int, through: int, limit: int
) -> tuple[Hit, ...]:
    """Return which new papers of some closed editions came nearest to topics that none matched.

    Each topic offers its best, so that a reader sees something of all of them.
    """
    new = closed(database, after, through)
    offers = (found[:1] for found in new.match_all(_readable(queries), _CLOSE, {}))
    best: dict[int, Match] = {}
    for found in sorted((m for offer in offers for m in offer), key=lambda m: m.score):
        best[found.paper] = found
    nearest = sorted(best.values(), key=lambda m: (-m.score, m.paper))[:limit]
    return tuple(new.hit(found) for found in nearest)


def try_topic(database: Database, query: str, now: datetime, days: int = 30) -> Trial:
    """Tell what a topic would have brought in the last days; raises TopicSyntaxError."""
    return try_topics(database, (query,), now, days)[0]


def try_topics(
    database: Database, queries: Sequence[str], now: datetime, days: int = 30
) -> list[Trial]:
    """Tell what each of several topics would have brought; raises TopicSyntaxError."""
    parsed = [topics.parse(query) for query in queries]
    with database.read() as session:
        stored = library(session)
        known = references(session, parsed)
    today = now.date()
    since, week = today - timedelta(days=days), today - timedelta(days=7)
    recent = {number for number, day in enumerate(stored.days) if since < day}
    editions = {stored.days[number] for number in recent}
    trials = []
    for topic in parsed:
        found = [hit for hit in stored.match(topic, NORMAL, known) if hit.paper in recent]
        by_day = sorted(found, key=lambda m: (stored.days[m.paper], m.score), reverse=True)
        trials.append(
            Trial(
                query=str(topic),
                days=days,
                editions=len(editions),
                hits=len(found),
                last_week=sum(stored.days[m.paper] > week for m in found),
                per_day=len(found) / len(editions) if editions else 0.0,
                newest=tuple(stored.hit(m) for m in by_day[:_NEWEST_HITS]),
                is_too_broad=_is_too_broad(len(found), len(recent)),
                unknown=tuple(sorted(topics.papers_named(topic) - known.keys())),
            )
        )
    return trials


def sift(papers: Sequence[Paper], query: str) -> Sifted:
    """Tell what a topic brings from any papers, stored or not; raises TopicSyntaxError."""
    topic = topics.parse(query)
    found = PaperIndex(papers, CorpusStatistics.of(papers)).match(topic, NORMAL)
    known = {paper.arxiv_id for paper in papers}
    return Sifted(
        query=str(topic),
        papers=len(papers),
        found=tuple((papers[match.paper], match) for match in found),
        unknown=tuple(sorted(topics.papers_named(topic) - known)),
    )


def rank(
    papers: Sequence[Paper], queries: Iterable[str], *, matches_only: bool
) -> Iterator[Ranking]:
    """Order any papers for each query: all by relevance, or those that belong by their score."""
    index = PaperIndex(papers, CorpusStatistics.of(papers))
    read = [_topic_or_words(query) for query in queries]
    wanted = [topic for topic, _ in read]
    orders = _scored(index, wanted) if matches_only else index.rank_all(wanted)
    for order, (_, unreadable) in zip(orders, read, strict=True):
        yield Ranking([(papers[n].arxiv_id, score) for n, score in order], unreadable)


def _is_too_broad(found: int, papers: int) -> bool:
    return papers >= _FEW_PAPERS and found * 100 >= _TOO_BROAD_PERCENT * papers


def _readable(queries: Iterable[str]) -> list[topics.Topic]:
    """Read stored topics, without those of another release's grammar."""
    read = []
    for query in queries:
        with suppress(topics.TopicSyntaxError):
            read.append(topics.parse(query))
    return read


def _scored(index: PaperIndex, wanted: Sequence[topics.Topic]) -> Iterator[list[tuple[int, float]]]:
    for matches in index.match_all(wanted):
        yield [(match.paper, match.score) for match in matches]


def _topic_or_words(query: str) -> tuple[topics.Topic, str]:
    """Read a query; a sentence, plain words, or what is no query, as all the words in it."""
    if len(query.split()) >= _SENTENCE_WORDS or query.endswith((".", "?")):
        return topics.plain_words(query), ""
    try:
        topic = topics.parse(query)
    except topics.TopicSyntaxError as error:
        return topics.plain_words(query), str(error)
    return (topics.plain_words(query) if topics.is_plain(topic) else topic), ""
