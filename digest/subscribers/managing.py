"""Managing a subscription through its link: every change is kept, told in the next digest, and
can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from digest.database import Database
from digest.deliveries import plan_mail
from digest.deliveries.composing import spoken_schedule
from digest.digests import local_day, next_due
from digest.matches import ensure_topic
from digest.models import (
    Change,
    Delivery,
    DeliveryStatus,
    Frequency,
    MailKind,
    Selectivity,
    Subscriber,
    SubscriberStatus,
    Subscription,
)
from digest.subscribers.preferences import (
    AlreadyFollowed,
    PreferenceError,
    Preferences,
    TooManyTopics,
)

LONGEST_PAUSE = timedelta(days=366)
_READING = {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED}


class NotSubscribed(Exception):
    """There is no such subscriber, or they have left."""


class NothingToUndo(Exception):
    """The change was undone before, or is not this subscriber's."""


@dataclass(frozen=True, slots=True)
class FollowedTopic:
    id: int
    query: str
    is_paused: bool


@dataclass(frozen=True, slots=True)
class LastDigest:
    """What became of the newest digest."""

    due_on: date | None
    status: DeliveryStatus
    at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that a reader sees of their own subscription."""

    id: int
    address: str
    status: SubscriberStatus
    preferences: Preferences
    topics: tuple[FollowedTopic, ...]
    next_due_at: datetime | None
    paused_until: date | None
    last_digest: LastDigest | None


def overview(database: Database, subscriber_id: int) -> Overview:
    """Return a subscription as its reader sees it; raises NotSubscribed."""
    with database.read() as session:
        subscriber = session.scalar(
            select(Subscriber)
            .where(Subscriber.id == subscriber_id)
            .options(selectinload(Subscriber.subscriptions).joinedload(Subscription.topic))
        )
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
            next_due_at=subscriber.next_due_at,
            paused_until=subscriber.paused_until,
            last_digest=_last_digest(session, subscriber_id),
        )


def follow(
    database: Database, subscriber_id: int, query: str, most_topics: int, now: datetime
) -> int:
    """Follow one more topic from the next edition on; returns the change's number.

    Raises NotSubscribed, TopicSyntaxError, AlreadyFollowed or TooManyTopics.
    """
    with _changing(database, subscriber_id) as (session, subscriber):
        topic = ensure_topic(session, query, now)
        if any(s.topic_id == topic.id for s in subscriber.subscriptions):
            raise AlreadyFollowed(f"You follow “{topic.query}” already.")
        if len(subscriber.subscriptions) >= most_topics:
            raise TooManyTopics(most_topics)
        subscriber.subscriptions.append(Subscription(topic=topic, is_paused=False, created_at=now))
        return _keep(session, subscriber, now, f"added “{topic.query}”", {"drop": topic.id})


def drop(database: Database, subscriber_id: int, topic_id: int, now: datetime) -> int:
    """Stop following a topic; returns the change's number, or raises LookupError."""
    with _changing(database, subscriber_id) as (session, subscriber):
        subscription = _subscription(subscriber, topic_id)
        query = subscription.topic.query
        subscriber.subscriptions.remove(subscription)
        return _keep(session, subscriber, now, f"dropped “{query}”", {"follow": query})


def pause_topic(
    database: Database, subscriber_id: int, topic_id: int, *, is_paused: bool, now: datetime
) -> int:
    """Pause or resume one topic; returns the change's number, or raises LookupError."""
    with _changing(database, subscriber_id) as (session, subscriber):
        subscription = _subscription(subscriber, topic_id)
        undo = {"pause": topic_id, "is_paused": subscription.is_paused}
        subscription.is_paused = is_paused
        verb = "paused" if is_paused else "resumed"
        return _keep(session, subscriber, now, f"{verb} “{subscription.topic.query}”", undo)


def set_schedule(
    database: Database,
    subscriber_id: int,
    wishes: Preferences,
    now: datetime,
) -> int:
    """Change days, hour, time zone and how much; topics stay. Returns the change's number."""
    with _changing(database, subscriber_id) as (session, subscriber):
        undo = {"settings": Preferences.of(subscriber).to_json()}
        _set(subscriber, wishes, now)
        papers = f"at most {wishes.max_papers} papers"
        sentence = f"now {spoken_schedule(wishes.schedule)}, {papers}"
        return _keep(session, subscriber, now, sentence, undo)


def pause(database: Database, subscriber_id: int, until: date, now: datetime) -> int:
    """Send nothing before `until`; what came meanwhile is in the digest after it.

    Raises PreferenceError for a day that is not ahead, or more than a year away.
    """
    with _changing(database, subscriber_id) as (session, subscriber):
        today = local_day(now, subscriber.time_zone)
        if not today < until <= today + LONGEST_PAUSE:
            raise PreferenceError("Choose a day between tomorrow and a year from now.")
        subscriber.status = SubscriberStatus.PAUSED
        subscriber.paused_until = until
        subscriber.next_due_at = None
        return _keep(session, subscriber, now, f"paused until {until}", {"resume": True})


def resume(database: Database, subscriber_id: int, now: datetime) -> None:
    """End a pause now."""
    with _changing(database, subscriber_id) as (_, subscriber):
        _resume(subscriber, now)


def resume_due(database: Database, now: datetime) -> int:
    """End every pause whose day has come on the reader's own calendar."""
    with database.write() as session:
        paused = session.scalars(
            select(Subscriber)
            .where(
                Subscriber.status == SubscriberStatus.PAUSED,
                Subscriber.paused_until <= (now + timedelta(days=1)).date(),
            )
            .with_for_update(skip_locked=True)
        ).all()
        due = [s for s in paused if _pause_is_over(s, now)]
        for subscriber in due:
            _resume(subscriber, now)
        return len(due)


def unsubscribe(
    database: Database, subscriber_id: int, now: datetime, *, with_farewell: bool = False
) -> None:
    """Stop all mail at once, also what is planned; doing it twice changes nothing.

    The farewell tells the owner of the address, in case somebody else pressed the button in a
    mail passed on to them; one a day.
    """
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is None or subscriber.status not in _READING:
            return
        subscriber.status = SubscriberStatus.UNSUBSCRIBED
        subscriber.next_due_at = None
        subscriber.left_at = now
        if with_farewell and not _had_farewell(session, subscriber_id, now):
            plan_mail(
                session, subscriber_id, MailKind.FAREWELL, now, expires_after=timedelta(days=1)
            )


def come_back(database: Database, subscriber_id: int, now: datetime) -> None:
    """Undo unsubscribing: everything as it was; raises NotSubscribed when that cannot be."""
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is None or subscriber.status is not SubscriberStatus.UNSUBSCRIBED:
            raise NotSubscribed
        _resume(subscriber, now)
        subscriber.left_at = None


def undo(database: Database, subscriber_id: int, change_id: int, now: datetime) -> str:
    """Put back what one change changed; returns the change's sentence, or raises NothingToUndo."""
    with _changing(database, subscriber_id) as (session, subscriber):
        change = session.get(Change, change_id)
        if change is None or change.subscriber_id != subscriber_id:
            raise NothingToUndo
        _put_back(session, subscriber, change.undo, now)
        session.delete(change)
        return change.sentence


@contextmanager
def _changing(database: Database, subscriber_id: int) -> Iterator[tuple[Session, Subscriber]]:
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is None or subscriber.status not in _READING:
            raise NotSubscribed
        yield session, subscriber


def _keep(
    session: Session, subscriber: Subscriber, now: datetime, sentence: str, undo: dict[str, Any]
) -> int:
    change = Change(subscriber_id=subscriber.id, made_at=now, sentence=sentence, undo=undo)
    session.add(change)
    session.flush()
    return change.id


def _put_back(
    session: Session, subscriber: Subscriber, undo: dict[str, Any], now: datetime
) -> None:
    match undo:
        case {"drop": topic_id}:
            kept = [s for s in subscriber.subscriptions if s.topic_id != topic_id]
            subscriber.subscriptions = kept
        case {"follow": query}:
            topic = ensure_topic(session, query, now)
            if all(s.topic_id != topic.id for s in subscriber.subscriptions):
                again = Subscription(topic=topic, is_paused=False, created_at=now)
                subscriber.subscriptions.append(again)
        case {"pause": topic_id, "is_paused": is_paused}:
            for subscription in subscriber.subscriptions:
                if subscription.topic_id == topic_id:
                    subscription.is_paused = is_paused
        case {"settings": settings}:
            _set(subscriber, Preferences.from_json(settings), now)
        case {"resume": _}:
            _resume(subscriber, now)


def _set(subscriber: Subscriber, wishes: Preferences, now: datetime) -> None:
    subscriber.frequency = Frequency(wishes.frequency)
    subscriber.weekday = wishes.weekday
    subscriber.hour = wishes.hour
    subscriber.time_zone = wishes.time_zone
    subscriber.max_papers = wishes.max_papers
    subscriber.selectivity = Selectivity(wishes.selectivity)
    if subscriber.status is SubscriberStatus.ACTIVE:
        subscriber.next_due_at = next_due(wishes.schedule, now)


def _resume(subscriber: Subscriber, now: datetime) -> None:
    subscriber.status = SubscriberStatus.ACTIVE
    subscriber.paused_until = None
    subscriber.next_due_at = next_due(Preferences.of(subscriber).schedule, now)


def _pause_is_over(subscriber: Subscriber, now: datetime) -> bool:
    until = subscriber.paused_until
    return until is None or until <= local_day(now, subscriber.time_zone)


def _subscription(subscriber: Subscriber, topic_id: int) -> Subscription:
    for subscription in subscriber.subscriptions:
        if subscription.topic_id == topic_id:
            return subscription
    raise LookupError("This topic is not followed any more.")


def _had_farewell(session: Session, subscriber_id: int, now: datetime) -> bool:
    recent = select(Delivery.id).where(
        Delivery.subscriber_id == subscriber_id,
        Delivery.kind == MailKind.FAREWELL,
        Delivery.planned_at > now - timedelta(days=1),
    )
    return session.scalar(recent.limit(1)) is not None


def _last_digest(session: Session, subscriber_id: int) -> LastDigest | None:
    newest = session.scalar(
        select(Delivery)
        .where(Delivery.subscriber_id == subscriber_id, Delivery.kind == MailKind.DIGEST)
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    if newest is None:
        return None
    return LastDigest(newest.due_on, newest.status, newest.finished_at, newest.answer)
