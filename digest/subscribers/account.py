"""What needs more than the link in a digest, or the operator: list, add, export, erase."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from digest.database import Database
from digest.deliveries import plan_first_digest
from digest.digests import due_after
from digest.enums import DeliveryStatus, SubscriberStatus
from digest.matches import ensure_topic
from digest.models import Attempt, Change, Consent, Delivery, FrozenDigest, Subscriber, Subscription
from digest.subscribers.overview import NotSubscribed
from digest.subscribers.preferences import Preferences
from digest.subscribers.subscribing import AddressRefused, address_key
from digest.suppressions import is_suppressed

_OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED)


def find(database: Database, address: str) -> int:
    """Return the number of the subscriber with this address; raises NotSubscribed."""
    with database.read() as session:
        found = session.scalar(
            select(Subscriber.id).where(Subscriber.address_key == address_key(address))
        )
    if found is None:
        raise NotSubscribed(f"nobody is subscribed as {address}")
    return found


def everyone(database: Database, status: SubscriberStatus | None = None) -> list[dict[str, Any]]:
    """Return one record for each subscriber, oldest first."""
    wanted = select(Subscriber).order_by(Subscriber.id)
    if status is not None:
        wanted = wanted.where(Subscriber.status == status)
    topics = selectinload(Subscriber.subscriptions).joinedload(Subscription.topic)
    loaded = (topics, joinedload(Subscriber.schedule))
    with database.read() as session:
        days = _last_days(session)
        return [_record(s, days.get(s.id)) for s in session.scalars(wanted.options(*loaded))]


def add(
    database: Database,
    keys: tuple[bytes, ...],
    address: str,
    preferences: Preferences,
    now: datetime,
) -> int:
    """Subscribe somebody who has agreed elsewhere; the first digest is planned at once.

    Raises AddressRefused for an address that is subscribed or suppressed.
    """
    key = address_key(address)
    with database.write() as session:
        if is_suppressed(session, keys, key):
            raise AddressRefused(f"{address} is suppressed and must not be mailed")
        if session.scalar(select(Subscriber.id).where(Subscriber.address_key == key)):
            raise AddressRefused(f"{address} is known already")
        subscriber = Subscriber(
            address=address,
            address_key=key,
            status=SubscriberStatus.ACTIVE,
            frequency=preferences.frequency,
            weekday=preferences.weekday,
            hour=preferences.hour,
            time_zone=preferences.time_zone,
            max_papers=preferences.max_papers,
            selectivity=preferences.selectivity,
            created_at=now,
            confirmed_at=now,
        )
        subscriber.subscriptions = [
            Subscription(topic=ensure_topic(session, query, now), is_paused=False, created_at=now)
            for query in preferences.topics
        ]
        session.add(subscriber)
        session.flush()
        session.add(_agreed_elsewhere(subscriber.id, now))
        plan_first_digest(session, subscriber, now)
        return subscriber.id


def export(database: Database, subscriber_id: int) -> dict[str, Any]:
    """Return everything kept about a subscriber, as JSON values; raises NotSubscribed."""
    with database.read() as session:
        subscriber = session.get(Subscriber, subscriber_id)
        if subscriber is None:
            raise NotSubscribed
        deliveries = session.execute(
            select(Delivery, FrozenDigest.content)
            .outerjoin(FrozenDigest, FrozenDigest.delivery_id == Delivery.id)
            .where(Delivery.subscriber_id == subscriber_id)
            .order_by(Delivery.id)
        )
        changes = session.scalars(
            select(Change).where(Change.subscriber_id == subscriber_id).order_by(Change.id)
        )
        day = _last_days(session, Delivery.subscriber_id == subscriber_id).get(subscriber_id)
        return _record(subscriber, day) | {
            "deliveries": [
                {
                    "kind": d.kind,
                    "status": d.status,
                    "planned_at": d.planned_at.isoformat(),
                    "finished_at": d.finished_at.isoformat() if d.finished_at else None,
                    "answer": d.answer,
                    "content": chosen or d.content,
                }
                for d, chosen in deliveries
            ],
            "consents": _consents(session, subscriber_id),
            "changes": [
                {"made_at": c.made_at.isoformat(), "sentence": c.sentence} for c in changes
            ],
        }


def renew_feed(database: Database, subscriber_id: int) -> None:
    """Give a reader's feed a new address; the old one ends at once."""
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is None:
            raise NotSubscribed
        subscriber.feed_number += 1


def erase(database: Database, subscriber_id: int, now: datetime) -> None:
    """Forget a subscriber; only nameless delivery records and a suppression, if any, stay."""
    with database.write() as session:
        _forget_deliveries(session, subscriber_id, now)
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is None:
            raise NotSubscribed
        session.delete(subscriber)


def _forget_deliveries(session: Session, subscriber_id: int, now: datetime) -> None:
    # Deliveries before the subscriber: the order in which a worker's gate locks them.
    mine = Delivery.subscriber_id == subscriber_id
    session.execute(
        update(Delivery)
        .where(mine, Delivery.status.in_(_OPEN))
        .values(status=DeliveryStatus.CANCELLED, finished_at=now)
    )
    # What mail servers answer often repeats the address.
    numbers = select(Delivery.id).where(mine)
    session.execute(update(Attempt).where(Attempt.delivery_id.in_(numbers)).values(answer=""))
    session.execute(delete(FrozenDigest).where(FrozenDigest.delivery_id.in_(numbers)))
    nameless = {"content": None, "subscriber_id": None, "answer": "the subscriber was erased"}
    session.execute(update(Delivery).where(mine).values(nameless))


def _agreed_elsewhere(subscriber_id: int, now: datetime) -> Consent:
    return Consent(
        subscriber_id=subscriber_id,
        wording="added by hand",
        asked_at=now,
        asked_from="",
        confirmed_at=now,
    )


def _consents(session: Session, subscriber_id: int) -> list[dict[str, Any]]:
    given = select(Consent).where(Consent.subscriber_id == subscriber_id).order_by(Consent.id)
    return [
        {
            "wording": c.wording,
            "asked_at": c.asked_at.isoformat(),
            "asked_from": c.asked_from,
            "confirmed_at": c.confirmed_at.isoformat() if c.confirmed_at else None,
        }
        for c in session.scalars(given)
    ]


def _last_days(session: Session, *which: ColumnElement[bool]) -> dict[int, date]:
    """Return the local day of the last digest of those who had one, by subscriber."""
    last = func.max(Delivery.due_on)
    digests = select(Delivery.subscriber_id, last).where(Delivery.due_on.is_not(None), *which)
    rows = session.execute(digests.group_by(Delivery.subscriber_id)).all()
    return {reader: day for reader, day in rows if reader is not None and day is not None}


def _record(subscriber: Subscriber, last_day: date | None) -> dict[str, Any]:
    preferences, due = Preferences.of(subscriber), _due(subscriber, last_day)
    return {
        "address": subscriber.address,
        "status": subscriber.status.value,
        **preferences.to_json(),
        "created_at": subscriber.created_at.isoformat(),
        "confirmed_at": subscriber.confirmed_at.isoformat() if subscriber.confirmed_at else None,
        "next_due_at": due.isoformat() if due else None,
        "paused_until": subscriber.paused_until.isoformat() if subscriber.paused_until else None,
    }


def _due(subscriber: Subscriber, last_day: date | None) -> datetime | None:
    if subscriber.status is not SubscriberStatus.ACTIVE or subscriber.schedule is None:
        return None
    schedule = Preferences.of(subscriber).schedule
    return subscriber.due_at or due_after(schedule, subscriber.schedule.next_due_at, last_day)
