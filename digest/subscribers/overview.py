"""A subscription as its reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, case, func, select

from digest.database import Database
from digest.deliveries.news import THRESHOLDS
from digest.digests import due_after
from digest.enums import DeliveryStatus, MailKind, SubscriberStatus
from digest.models import Delivery, Edition, Match, Schedule, Subscriber, Subscription, Topic
from digest.subscribers.preferences import Preferences

_LISTS_COUNTED = 30


class NotSubscribed(Exception):
    """There is no such subscriber, or they have left."""


@dataclass(frozen=True, slots=True)
class FollowedTopic:
    id: int
    query: str
    is_paused: bool
    lists: int
    """How many of the last thirty lists were closed since it is followed."""
    papers: int
    """How many papers in those lists belong to it, by the reader's own wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDigest:
    """What became of the newest digest."""

    due_on: date
    status: DeliveryStatus
    finished_at: datetime | None
    again_at: datetime
    """When it is tried (again), while it waits."""
    answer: str
    """The mail server's last words, or ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that a reader sees of their own subscription."""

    id: int
    address: str
    status: SubscriberStatus
    preferences: Preferences
    topics: tuple[FollowedTopic, ...]
    read_through: int
    confirmed_at: datetime | None
    next_due_at: datetime | None
    """None: no digest comes, as things are."""
    paused_until: date | None
    last_digest: LastDigest | None
    feed_number: int

    @property
    def queries(self) -> tuple[str, ...]:
        """What is followed and not paused."""
        return tuple(topic.query for topic in self.topics if not topic.is_paused)


def overview(database: Database, subscriber_id: int) -> Overview:
    """Return a subscription as its reader sees it; raises NotSubscribed."""
    with database.read() as session:
        rows = session.execute(_EVERYTHING, {"reader": subscriber_id}).all()
    if not rows:
        raise NotSubscribed
    row = rows[0]
    topics = tuple(
        FollowedTopic(each.topic_id, each.query, each.is_paused, each.lists, each.papers)
        for each in rows
        if each.topic_id is not None
    )
    return Overview(
        id=row.id,
        address=row.address,
        status=row.status,
        preferences=_preferences(row, topics),
        topics=topics,
        read_through=row.read_through,
        confirmed_at=row.confirmed_at,
        next_due_at=_next_due(row),
        paused_until=row.paused_until,
        last_digest=_last_digest(row),
        feed_number=row.feed_number,
    )


def _everything() -> Select[*tuple[Any, ...]]:
    """Ask for a reader, topics and newest digest at once, as people wait for it; a row a topic."""
    newest = (
        select(func.max(Delivery.id))
        .where(Delivery.subscriber_id == Subscriber.id, Delivery.kind == MailKind.DIGEST)
        .correlate(Subscriber)
        .scalar_subquery()
    )
    reader = (
        Subscriber.id,
        Subscriber.address,
        Subscriber.status,
        Subscriber.frequency,
        Subscriber.weekday,
        Subscriber.hour,
        Subscriber.time_zone,
        Subscriber.max_papers,
        Subscriber.selectivity,
        Subscriber.read_through,
        Subscriber.confirmed_at,
        Subscriber.due_at,
        Schedule.next_due_at,
        Subscriber.paused_until,
        Subscriber.feed_number,
    )
    digest = (
        Delivery.due_on,
        Delivery.status.label("fate"),
        Delivery.finished_at,
        Delivery.next_attempt_at,
        Delivery.answer,
    )
    lists, papers = _brought()
    topic = (Subscription.topic_id, Subscription.is_paused, Topic.query, lists, papers)
    return (
        select(*reader, *digest, *topic)
        .outerjoin(Schedule, Schedule.id == Subscriber.schedule_id)
        .outerjoin(Delivery, Delivery.id == newest)
        .outerjoin(Subscription, Subscription.subscriber_id == Subscriber.id)
        .outerjoin(Topic, Topic.id == Subscription.topic_id)
        .where(Subscriber.id == bindparam("reader"))
        .order_by(Subscription.id)
    )


def _brought() -> tuple[Any, Any]:
    """Count the newest lists since a topic is followed, and the papers they brought it.

    Since it is followed, not since anybody wrote it: nobody learns what others follow.
    """
    newest = select(func.max(Edition.sequence)).scalar_subquery()
    first = (
        select(func.min(Edition.sequence))
        .where(
            Edition.sequence > newest - _LISTS_COUNTED,
            Edition.closed_at > Subscription.created_at,
        )
        .correlate(Subscription)
        .scalar_subquery()
    )
    papers = (
        select(func.count())
        .where(
            Match.topic_id == Subscription.topic_id,
            Match.sequence >= first,
            Match.score >= case(THRESHOLDS, value=Subscriber.selectivity),
        )
        .correlate(Subscription, Subscriber)
    )
    lists = func.coalesce(newest - first + 1, 0)
    return lists.label("lists"), papers.scalar_subquery().label("papers")


def _preferences(row: Row[*tuple[Any, ...]], topics: tuple[FollowedTopic, ...]) -> Preferences:
    return Preferences(
        topics=tuple(topic.query for topic in topics),
        frequency=row.frequency,
        weekday=row.weekday,
        hour=row.hour,
        time_zone=row.time_zone,
        max_papers=row.max_papers,
        selectivity=row.selectivity,
    )


def _next_due(row: Row[*tuple[Any, ...]]) -> datetime | None:
    if row.status is not SubscriberStatus.ACTIVE:
        return None
    due = due_after(_preferences(row, ()).schedule, row.next_due_at, row.due_on)
    return row.due_at or due


def _last_digest(row: Row[*tuple[Any, ...]]) -> LastDigest | None:
    if row.due_on is None:
        return None
    return LastDigest(
        due_on=row.due_on,
        status=row.fate,
        finished_at=row.finished_at,
        again_at=row.next_attempt_at,
        answer=row.answer,
    )


_EVERYTHING = _everything()
