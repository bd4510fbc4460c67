"""The digests that a reader was sent, as they were chosen then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from digest.database import Database
from digest.deliveries.choosing import digests
from digest.digests import Digest
from digest.models import Delivery, DeliveryStatus, MailKind

_NOT_GONE = (
    DeliveryStatus.PLANNED,
    DeliveryStatus.CLAIMED,
    DeliveryStatus.DEFERRED,
    DeliveryStatus.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class PastDigest:
    delivery_id: int
    planned_at: datetime
    digest: Digest


def past_digests(database: Database, subscriber_id: int, limit: int) -> list[PastDigest]:
    """Return a reader's newest digests, newest first, also those that did not get through."""
    wanted = (
        select(Delivery)
        .where(
            Delivery.subscriber_id == subscriber_id,
            Delivery.kind == MailKind.DIGEST,
            Delivery.status.not_in(_NOT_GONE),
            Delivery.content.is_not(None),
        )
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    with database.read() as session:
        found = session.scalars(wanted).all()
        filled = digests(session, {d.id: d.content for d in found if d.content})
    return [PastDigest(d.id, d.planned_at, filled[d.id]) for d in found if d.id in filled]


def past_digest(database: Database, delivery_id: int) -> Digest | None:
    """Return one digest as it was chosen; none for other mails and for what was erased."""
    with database.read() as session:
        delivery = session.get(Delivery, delivery_id)
        if delivery is None or delivery.kind is not MailKind.DIGEST or not delivery.content:
            return None
        return digests(session, {delivery.id: delivery.content}).get(delivery.id)
