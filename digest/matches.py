"""Matches: stored topics held against new papers, each pair once."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digest import topics
from digest.database import Database, Row, bound, by_number, insert_many, write_json
from digest.library import Library, learn, papers_named, stretch
from digest.matching import MORE, Choice, Queries
from digest.models import Edition, Entry, Topic
from digest.models import Match as MatchRow

_log = logging.getLogger(__name__)
TOPICS_AT_ONCE = 50_000
_COLUMNS = ("topic_id", "sequence", "paper_id", "score", "reason")
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
