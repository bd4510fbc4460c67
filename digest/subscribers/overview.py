"""A subscription as its reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from digest.database import Database
from digest.models import (
    Delivery,
    DeliveryStatus,
    MailKind,
    Subscriber,
    SubscriberStatus,
    Subscription,
)
from digest.subscribers.preferences import Preferences


class NotSubscribed(Exception):
    """There is no such subscriber, or they have left."""


@dataclass(frozen=True, slots=True)
class FollowedTopic:
    id: int
    query: str
    is_paused: bool


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
        # One statement for all of it: readers wait for this page.
        together = joinedload(Subscriber.subscriptions).joinedload(Subscription.topic)
        subscriber = session.get(Subscriber, subscriber_id, options=[together])
        if subscriber is None:
            raise NotSubscribed
        return Overview(
            id=subscriber.id,
            address=subscriber.address,
            status=subscriber.status,
            preferences=Preferences.of(subscriber),
            topics=tuple(
                FollowedTopic(s.topic_id, s.topic.query, s.is_paused)
                for s in subscriber.subscriptions
            ),
            read_through=subscriber.read_through,
            confirmed_at=subscriber.confirmed_at,
            next_due_at=subscriber.next_due_at,
            paused_until=subscriber.paused_until,
            last_digest=_last_digest(session, subscriber_id),
            feed_number=subscriber.feed_number,
        )


def _last_digest(session: Session, subscriber_id: int) -> LastDigest | None:
    newest = session.execute(
        select(
            Delivery.due_on,
            Delivery.status,
            Delivery.finished_at,
            Delivery.next_attempt_at,
            Delivery.answer,
        )
        .where(Delivery.subscriber_id == subscriber_id, Delivery.kind == MailKind.DIGEST)
        .order_by(Delivery.id.desc())
        .limit(1)
    ).one_or_none()
    if newest is None or newest.due_on is None:
        return None
    return LastDigest(
        due_on=newest.due_on,
        status=newest.status,
        finished_at=newest.finished_at,
        again_at=newest.next_attempt_at,
        answer=newest.answer,
    )
