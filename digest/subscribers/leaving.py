"""Leaving, at once and for everything planned, and coming back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries import enlist, plan_mail
from digest.enums import MailKind, SubscriberStatus
from digest.models import Delivery, Subscriber
from digest.subscribers.overview import NotSubscribed

_READING = {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED}


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
        subscriber.status = SubscriberStatus.ACTIVE
        subscriber.paused_until = None
        enlist(session, subscriber, now)
        subscriber.left_at = None


def _had_farewell(session: Session, subscriber_id: int, now: datetime) -> bool:
    recent = select(Delivery.id).where(
        Delivery.subscriber_id == subscriber_id,
        Delivery.kind == MailKind.FAREWELL,
        Delivery.planned_at > now - timedelta(days=1),
    )
    return session.scalar(recent.limit(1)) is not None
