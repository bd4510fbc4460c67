"""Confirming what a mail asked its reader: to begin, or to go on at this address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries import plan_first_digest
from digest.enums import SubscriberStatus
from digest.matches import ensure_topic
from digest.models import Consent, Delivery, Subscriber, Subscription
from digest.subscribers.links import LinkUsed
from digest.subscribers.moving import take_over
from digest.subscribers.overview import NotSubscribed, overview
from digest.subscribers.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who has just begun to read, and when the first regular digest is due."""

    subscriber_id: int
    address: str
    next_due_at: datetime | None
    """None: paused, as it was at the old address."""
    has_moved: bool


def confirm(database: Database, subscriber_id: int, delivery_id: int, now: datetime) -> Confirmed:
    """Begin to send what the confirmation mail described; the first digest is planned at once.

    Where it asked to move a subscription here, that goes on as it was. Raises LinkUsed when it
    was confirmed before, NotSubscribed when the subscriber is gone, and OnItsWay for a move in the
    wrong minute.
    """
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        delivery = session.get(Delivery, delivery_id)
        if subscriber is None or delivery is None or not delivery.content:
            raise NotSubscribed
        if subscriber.status is SubscriberStatus.SUPPRESSED:
            raise LinkUsed("mail to this address is switched off")
        if subscriber.confirmed_at is not None and subscriber.confirmed_at >= delivery.planned_at:
            raise LinkUsed("this link was used before")
        moves = delivery.content.get("moves")
        if moves is not None:
            take_over(session, subscriber, moves, now)
        else:
            _begin(session, subscriber, Preferences.from_json(delivery.content), now)
        given = update(Consent).where(Consent.delivery_id == delivery_id)
        session.execute(given.values(confirmed_at=now))
    reader = overview(database, subscriber_id)
    return Confirmed(subscriber_id, reader.address, reader.next_due_at, moves is not None)


def _begin(
    session: Session, subscriber: Subscriber, preferences: Preferences, now: datetime
) -> None:
    subscriber.frequency = preferences.frequency
    subscriber.weekday = preferences.weekday
    subscriber.hour = preferences.hour
    subscriber.time_zone = preferences.time_zone
    subscriber.max_papers = preferences.max_papers
    subscriber.selectivity = preferences.selectivity
    subscriber.subscriptions.clear()
    session.flush()
    subscriber.subscriptions = [
        Subscription(topic=ensure_topic(session, query, now), is_paused=False, created_at=now)
        for query in preferences.topics
    ]
    subscriber.status = SubscriberStatus.ACTIVE
    subscriber.confirmed_at = now
    subscriber.left_at = None
    subscriber.paused_until = None
    session.flush()
    plan_first_digest(session, subscriber, now)
