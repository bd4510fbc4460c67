"""When a mailbox is given up: refused twice without saying why, or full for weeks."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, exists, select, update
from sqlalchemy.orm import Session

from digest.deliveries.answers import FULL, Blame, blame_for, says_full
from digest.enums import DeliveryStatus, FeedbackKind, SubscriberStatus
from digest.models import Attempt, Delivery, FeedbackEvent, Subscriber

_log = logging.getLogger(__name__)
_BETWEEN_STRIKES = timedelta(hours=20)
_FULL_FOR = timedelta(days=13, hours=20)
"""Two weeks, less what hours of sending differ."""
_FULL_MAILS = 3
_TAKEN = frozenset({DeliveryStatus.SENT, DeliveryStatus.COMPLAINED, DeliveryStatus.UNCERTAIN})
"""An uncertain one may have been; so hearing later that it was changes no decision made before."""


@dataclass(frozen=True, slots=True)
class _Mail:
    """One that is over: when it was sent (not when its bounce came), and what was heard."""

    delivery_id: int
    at: datetime
    is_taken: bool
    is_strike: bool
    is_full: bool


def has_struck_out(session: Session, subscriber_id: int) -> bool:
    """Tell whether mails sent a day apart were refused without saying why, none taken since."""
    strikes: list[datetime] = []
    for mail in _mails(session, subscriber_id):
        if mail.is_taken:
            strikes.clear()
        elif mail.is_strike:
            strikes.append(mail.at)
    return bool(strikes) and strikes[-1] - strikes[0] >= _BETWEEN_STRIKES


def has_been_full(session: Session, subscriber_id: int, delivery_id: int) -> bool:
    """Tell whether mails of two weeks, this one among them, found a full mailbox, none taken.

    Mails sent since may not be decided yet: a mail server tries for days to fill a full mailbox.
    So this looks at those around the one just heard of, and the order of hearing does not matter.
    """
    full: list[datetime] = []
    is_among = False
    for mail in _mails(session, subscriber_id):
        if not mail.is_taken:
            is_among |= mail.delivery_id == delivery_id
            full += [mail.at] * mail.is_full
        elif is_among:
            break
        else:
            full.clear()
    return is_among and len(full) >= _FULL_MAILS and full[-1] - full[0] >= _FULL_FOR


def give_up(session: Session, subscriber_id: int, now: datetime) -> None:
    """Send no more to a mailbox that is full; its owner may subscribe anew."""
    reading = (SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED)
    left = session.execute(
        update(Subscriber)
        .where(Subscriber.id == subscriber_id, Subscriber.status.in_(reading))
        .values(status=SubscriberStatus.UNSUBSCRIBED, left_at=now)
        .returning(Subscriber.id)
    )
    if left.first():
        _log.info("subscriber %d is unsubscribed: the mailbox was full for weeks", subscriber_id)


def _mails(session: Session, subscriber_id: int) -> list[_Mail]:
    """Return a subscriber's mails that are over, in the order they were sent."""
    bounced = exists().where(
        FeedbackEvent.delivery_id == Delivery.id, FeedbackEvent.kind == FeedbackKind.BOUNCED
    )
    rows = session.execute(
        select(
            Delivery.id,
            Delivery.finished_at,
            Delivery.status,
            Attempt.code,
            Attempt.enhanced_code,
            bounced.where(FeedbackEvent.blame == Blame.UNKNOWN).label("bounced_unexplained"),
            bounced.where(FeedbackEvent.enhanced_code.in_(FULL)).label("bounced_full"),
        )
        .outerjoin(
            Attempt,
            and_(Attempt.delivery_id == Delivery.id, Attempt.number == Delivery.attempt),
        )
        .where(Delivery.subscriber_id == subscriber_id, Delivery.finished_at.is_not(None))
        .order_by(Delivery.finished_at, Delivery.id)
    )
    return [_mail(row) for row in rows]


def _mail(row: Row[*tuple[Any, ...]]) -> _Mail:
    code, enhanced_code = row.code or 0, row.enhanced_code or ""
    is_refused = row.status is DeliveryStatus.FAILED
    is_bounced = row.status is DeliveryStatus.BOUNCED
    is_full = says_full(code, enhanced_code)
    is_unexplained = code >= 500 and not is_full and blame_for(enhanced_code) is Blame.UNKNOWN
    return _Mail(
        delivery_id=row.id,
        at=row.finished_at,
        is_taken=row.status in _TAKEN,
        is_strike=(is_refused and is_unexplained) or (is_bounced and row.bounced_unexplained),
        is_full=(is_refused and is_full) or (is_bounced and row.bounced_full),
    )
