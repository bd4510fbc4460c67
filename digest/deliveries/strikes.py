"""Two strikes: a mailbox that refuses twice, a day apart, without saying why, is given up."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from digest.deliveries.answers import Blame
from digest.models import Delivery, DeliveryStatus, FeedbackEvent, FeedbackKind

_BETWEEN_STRIKES = timedelta(hours=20)
_TAKEN = (DeliveryStatus.SENT, DeliveryStatus.COMPLAINED, DeliveryStatus.UNCERTAIN)
"""An uncertain one may have been; so hearing later that it was changes no decision made before."""


def has_struck_out(session: Session, subscriber_id: int) -> bool:
    """Tell whether mails sent a day apart were refused, and none was taken since the first.

    Looks at when mails were sent, not at when their bounces came, which may be in any order.
    """
    mine = Delivery.subscriber_id == subscriber_id
    last_taken = session.scalar(
        select(func.max(Delivery.finished_at)).where(mine, Delivery.status.in_(_TAKEN))
    )
    unexplained = exists().where(
        FeedbackEvent.delivery_id == Delivery.id,
        FeedbackEvent.kind == FeedbackKind.BOUNCED,
        FeedbackEvent.blame == Blame.UNKNOWN,
    )
    first, last = session.execute(
        select(func.min(Delivery.finished_at), func.max(Delivery.finished_at)).where(
            mine,
            or_(
                Delivery.status == DeliveryStatus.FAILED,
                and_(Delivery.status == DeliveryStatus.BOUNCED, unexplained),
            ),
            *([Delivery.finished_at > last_taken] if last_taken else []),
        )
    ).one()
    return first is not None and last is not None and last - first >= _BETWEEN_STRIKES
