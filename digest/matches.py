"""Matches: stored topics held against new papers; trying topics and searching over stored ones."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digest import topics
from digest.database import Database, Row, bound, by_number, insert_many, write_json
from digest.library import Hit, Library, closed, learn, library, papers_named, references, stretch
from digest.matching import (
    MORE,
    NORMAL,
    Choice,
    CorpusStatistics,
    Match,
    PaperIndex,
    Queries,
    Reason,
)
from digest.models import Edition, Entry, Topic
from digest.models import Match as MatchRow
from digest.papers import Paper as PaperValue

_log = logging.getLogger(__name__)
TOPICS_AT_ONCE = 50_000
_COLUMNS = ("topic_id", "sequence", "paper_id", "score", "reason")
_TOO_BROAD_PERCENT = 50
_FEW_PAPERS = 20
_NEWEST_HITS = 8
_SENTENCE_WORDS = 10
_CLOSE = 0.1
"""The score of a paper that does not belong, but comes near."""


_MOVE_TOPICS = (
    update(Topic.__table__)  # type: ignore[arg-type]
    .where(Topic.id == by_number("topics").c.number)
    .values(matched_through=bindparam("newest"))
)


@dataclass(frozen=True, slots=True)
class MatchCounts:
    topics: int
    papers: int
    matches: int


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


def match(database: Database) -> MatchCounts:
    """Hold every topic that is behind against the editions it has not seen; safe to run twice.

    A topic's matches and its `matched_through` are written in one transaction, and a paper
    matches a topic once (primary key), so a crash or a second run changes nothing.
    """
    learn(database)
    total = MatchCounts(0, 0, 0)
    while (counts := _match_some(database)).topics:
        total = MatchCounts(
            total.topics + counts.topics,
            max(total.papers, counts.papers),
            total.matches + counts.matches,
        )
    return total


def ensure_topic(session: Session, query: str, now: datetime) -> Topic:
    """Return the topic that `query` means, stored if it is new; raises TopicSyntaxError.

    A new topic is held against the latest edition at once, so that a first digest can go out.
    Joins the caller's transaction.
    """
    normal = str(topics.parse(query))
    wanted = select(Topic).where(Topic.query == normal)
    found = session.scalar(wanted)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            fresh = Topic(query=normal, created_at=now, matched_through=_newest(session))
            session.add(fresh)
    except IntegrityError:
        # Another process stored it between our look and our insert.
        return session.scalars(wanted).one()
    _match_latest(session, fresh)
    return fresh


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


def _is_too_broad(found: int, papers: int) -> bool:
    return papers >= _FEW_PAPERS and found * 100 >= _TOO_BROAD_PERCENT * papers


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a topic brings from some papers."""

    query: str
    papers: int
    found: tuple[tuple[PaperValue, Match], ...]
    """Best first."""
    unknown: tuple[str, ...]
    """Papers that it wants others to be like, and that are not among them."""


def sift(papers: Sequence[PaperValue], query: str) -> Sifted:
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


@dataclass(frozen=True, slots=True)
class Ranking:
    """Papers in order for one topic, each with its score."""

    papers: list[tuple[str, float]]
    unreadable: str = ""
    """Why the topic was taken as plain words."""


def rank(
    papers: Sequence[PaperValue], queries: Iterable[str], *, matches_only: bool
) -> Iterator[Ranking]:
    """Order any papers for each query: all by relevance, or those that belong by their score."""
    index = PaperIndex(papers, CorpusStatistics.of(papers))
    read = [_topic_or_words(query) for query in queries]
    wanted = [topic for topic, _ in read]
    orders = _scored(index, wanted) if matches_only else index.rank_all(wanted)
    for order, (_, unreadable) in zip(orders, read, strict=True):
        yield Ranking([(papers[n].arxiv_id, score) for n, score in order], unreadable)


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


def _readable(queries: Iterable[str]) -> list[topics.Topic]:
    """Read stored topics, without those of another release's grammar."""
    read = []
    for query in queries:
        with suppress(topics.TopicSyntaxError):
            read.append(topics.parse(query))
    return read


def newest_with_papers(session: Session, through: int) -> int:
    """Return the last sequence up to `through` whose edition brought new papers, or 0."""
    return (
        session.scalar(
            select(func.max(Edition.sequence)).where(
                Edition.sequence <= through, Edition.entries.any(Entry.is_new)
            )
        )
        or 0
    )


def _match_some(database: Database) -> MatchCounts:
    """Match one chunk of the topics that are furthest behind."""
    with database.write() as session:
        newest = _newest(session)
        behind = session.execute(
            select(Topic.id, Topic.query, Topic.matched_through)
            .where(Topic.matched_through < newest)
            .order_by(Topic.matched_through, Topic.id)
            .limit(TOPICS_AT_ONCE)
            .with_for_update(skip_locked=True)
        ).all()
        if not behind:
            return MatchCounts(0, 0, 0)
        oldest = behind[0].matched_through
        together = [topic for topic in behind if topic.matched_through == oldest]
        queries = {topic.id: topic.query for topic in together}
        found = _store_matches(session, queries, oldest, newest)
        moved = bound("topics", dict.fromkeys(queries)) | {"newest": newest}
        session.execute(_MOVE_TOPICS, moved)
        return found


def _store_matches(
    session: Session, queries: Mapping[int, str], after: int, through: int
) -> MatchCounts:
    """Hold stored topics against the editions after one sequence up to another."""
    new = stretch(session, after, through)
    with without_collecting():
        matches = _matches(session, queries, new)
        insert_many(session, MatchRow, _COLUMNS, matches)
    return MatchCounts(len(queries), len(new.papers), len(matches))


@contextmanager
def without_collecting() -> Iterator[None]:
    """Make very many small values that form no cycles without looking for cycles among them.

    Else the collector takes as long as the matching.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _matches(session: Session, queries: Mapping[int, str], new: Library) -> list[Row]:
    wanted = new.index.queries()
    ids = _add(wanted, queries)
    found = new.index.choose(wanted, MORE, papers_named(session, wanted.papers_named()))
    return rows(found, ids, new.sequences, new.numbers)


def rows(
    found: Choice, topics: Sequence[int], sequences: Sequence[int | None], papers: Sequence[int]
) -> list[Row]:
    """Return matches as they are stored, given the ids of topics and papers, by their places."""
    told, reasons = found.told()
    texts = [write_json(reason.to_json()) for reason in reasons]
    columns = zip(
        np.array(topics, np.int64)[found.topics].tolist(),
        np.array(sequences)[found.papers].tolist(),
        np.array(papers)[found.papers].tolist(),
        np.round(found.scores.astype(np.float64), 6).tolist(),
        [texts[number] for number in told.tolist()],
        strict=True,
    )
    return list(columns)


def _add(wanted: Queries, queries: Mapping[int, str]) -> list[int]:
    """Add stored topics; returns the ids of those that can be read."""
    added = []
    for topic_id, query in queries.items():
        try:
            wanted.add_stored(query)
            added.append(topic_id)
        except topics.TopicSyntaxError as error:
            # Stored under another release's grammar; it must not hold up the others.
            _log.error("topic %s is skipped: %s", topic_id, error)
    return added


def _match_latest(session: Session, topic: Topic) -> None:
    filled = newest_with_papers(session, topic.matched_through)
    _store_matches(session, {topic.id: topic.query}, filled - 1, filled)


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Edition.sequence))) or 0
