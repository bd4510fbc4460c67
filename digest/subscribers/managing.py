"""Managing a subscription through its link: every change is kept, told in the next digest, and
can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries import enlist
from digest.deliveries.composing import spoken_schedule
from digest.digests import local_day
from digest.enums import Frequency, Selectivity, SubscriberStatus
from digest.matches import ensure_topic
from digest.models import Change, Subscriber, Subscription, Topic
from digest.subscribers.overview import NotSubscribed
from digest.subscribers.preferences import (
    AlreadyFollowed,
    PreferenceError,
    Preferences,
    TooManyTopics,
)

LONGEST_PAUSE = timedelta(days=366)
_READING = {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED}


class NothingToUndo(Exception):
    """The change was undone before, or is not this subscriber's."""


class LastTopic(Exception):
    """Without this topic the whole list would come; that is for the reader to say."""

    def __init__(self, topic_id: int, query: str) -> None:
        super().__init__(f"“{query}” is your last topic.")
        self.topic_id = topic_id
        self.query = query


def follow(
    database: Database, subscriber_id: int, query: str, most_topics: int, now: datetime
) -> int:
    """Follow one more topic from the next edition on; returns the change's number.

    Raises NotSubscribed, TopicSyntaxError, AlreadyFollowed or TooManyTopics.
    """
    with _changing(database, subscriber_id) as (session, subscriber):
        topic = _unfollowed(session, subscriber, query, now)
        if len(subscriber.subscriptions) >= most_topics:
            raise TooManyTopics(most_topics)
        had_none = not subscriber.subscriptions
        subscriber.subscriptions.append(Subscription(topic=topic, is_paused=False, created_at=now))
        instead = ", instead of the whole list" if had_none else ""
        undo = {"drop": topic.id, "to_everything": had_none}
        return _keep(session, subscriber, now, f"added “{topic.query}”{instead}", undo)


def edit(database: Database, subscriber_id: int, topic_id: int, query: str, now: datetime) -> int:
    """Write a topic anew, in its place; returns the change's number.

    Raises NotSubscribed, TopicSyntaxError, AlreadyFollowed, or LookupError.
    """
    with _changing(database, subscriber_id) as (session, subscriber):
        subscription = _subscription(subscriber, topic_id)
        before = subscription.topic.query
        subscription.topic = _unfollowed(session, subscriber, query, now)
        subscription.created_at = now
        session.flush()
        undo = {"edit": subscription.topic_id, "query": before}
        sentence = f"changed “{before}” to “{subscription.topic.query}”"
        return _keep(session, subscriber, now, sentence, undo)


def drop(
    database: Database,
    subscriber_id: int,
    topic_id: int,
    now: datetime,
    *,
    to_everything: bool = False,
) -> int:
    """Stop following a topic; returns the change's number, or raises LookupError.

    Who drops the last topic gets the whole list from then on, and must have said so: else
    LastTopic is raised.
    """
    with _changing(database, subscriber_id) as (session, subscriber):
        subscription = _subscription(subscriber, topic_id)
        query = subscription.topic.query
        is_last = len(subscriber.subscriptions) == 1
        if is_last and not to_everything:
            raise LastTopic(topic_id, query)
        undo = {"follow": query, "is_paused": subscription.is_paused}
        subscriber.subscriptions.remove(subscription)
        instead = ", and get the whole list" if is_last else ""
        return _keep(session, subscriber, now, f"dropped “{query}”{instead}", undo)


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
        _set(session, subscriber, wishes, now)
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
        _pause(subscriber, until)
        return _keep(session, subscriber, now, f"paused until {until}", {"resume": True})


def resume(database: Database, subscriber_id: int, now: datetime) -> int:
    """End a pause now; returns the change's number, or 0 where there is no pause."""
    with _changing(database, subscriber_id) as (session, subscriber):
        until = subscriber.paused_until
        if until is None:
            return 0
        _resume(session, subscriber, now)
        undo = {"pause_until": until.isoformat()}
        return _keep(session, subscriber, now, f"ended the pause until {until}", undo)


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
            _resume(session, subscriber, now)
        return len(due)


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
        case {"settings": settings}:
            _set(session, subscriber, Preferences.from_json(settings), now)
        case {"resume": _}:
            _resume(session, subscriber, now)
        case {"pause_until": day}:
            _pause(subscriber, date.fromisoformat(day))
        case {"pause": topic_id, "is_paused": is_paused}:
            for subscription in subscriber.subscriptions:
                if subscription.topic_id == topic_id:
                    subscription.is_paused = is_paused
        case {"drop": topic_id}:
            _take_away(subscriber, topic_id, to_everything=undo.get("to_everything", False))
        case {"follow": query} | {"edit": _, "query": query}:
            _bring_back(subscriber, ensure_topic(session, query, now), undo, now)


def _take_away(subscriber: Subscriber, topic_id: int, *, to_everything: bool) -> None:
    kept = [s for s in subscriber.subscriptions if s.topic_id != topic_id]
    if not kept and subscriber.subscriptions and not to_everything:
        raise LastTopic(topic_id, subscriber.subscriptions[0].topic.query)
    subscriber.subscriptions = kept


def _bring_back(subscriber: Subscriber, topic: Topic, undo: dict[str, Any], now: datetime) -> None:
    followed = {s.topic_id: s for s in subscriber.subscriptions}
    if topic.id in followed:
        return
    if undo.get("edit") in followed:
        followed[undo["edit"]].topic = topic
    elif "follow" in undo:
        is_paused = undo.get("is_paused", False)
        again = Subscription(topic=topic, is_paused=is_paused, created_at=now)
        subscriber.subscriptions.append(again)


def _set(session: Session, subscriber: Subscriber, wishes: Preferences, now: datetime) -> None:
    subscriber.frequency = Frequency(wishes.frequency)
    subscriber.weekday = wishes.weekday
    subscriber.hour = wishes.hour
    subscriber.time_zone = wishes.time_zone
    subscriber.max_papers = wishes.max_papers
    subscriber.selectivity = Selectivity(wishes.selectivity)
    if subscriber.status is SubscriberStatus.ACTIVE:
        enlist(session, subscriber, now)


def _pause(subscriber: Subscriber, until: date) -> None:
    subscriber.status = SubscriberStatus.PAUSED
    subscriber.paused_until = until


def _resume(session: Session, subscriber: Subscriber, now: datetime) -> None:
    subscriber.status = SubscriberStatus.ACTIVE
    subscriber.paused_until = None
    enlist(session, subscriber, now)


def _pause_is_over(subscriber: Subscriber, now: datetime) -> bool:
    until = subscriber.paused_until
    return until is None or until <= local_day(now, subscriber.time_zone)


def _unfollowed(session: Session, subscriber: Subscriber, query: str, now: datetime) -> Topic:
    """Return the topic that a query means; raises AlreadyFollowed where it is followed."""
    topic = ensure_topic(session, query, now)
    if any(s.topic_id == topic.id for s in subscriber.subscriptions):
        raise AlreadyFollowed(f"You follow “{topic.query}” already.")
    return topic


def _subscription(subscriber: Subscriber, topic_id: int) -> Subscription:
    for subscription in subscriber.subscriptions:
        if subscription.topic_id == topic_id:
            return subscription
    raise LookupError("This topic is not followed any more.")
