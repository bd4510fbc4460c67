"""The digests that a reader was sent, as they were chosen then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from digest.database import Database
from digest.deliveries.choosing import digests
from digest.digests import Digest
from digest.enums import DeliveryStatus
from digest.models import Delivery, FrozenDigest

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
        select(Delivery.id, Delivery.planned_at, FrozenDigest.content)
        .join(FrozenDigest, FrozenDigest.delivery_id == Delivery.id)
        .where(
            Delivery.subscriber_id == subscriber_id,
            Delivery.status.not_in(_NOT_GONE),
        )
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    with database.read() as session:
        found = session.execute(wanted).all()
        filled = digests(session, {row.id: row.content for row in found})
    return [PastDigest(r.id, r.planned_at, filled[r.id]) for r in found if r.id in filled]


def past_digest(database: Database, delivery_id: int) -> Digest | None:
    """Return one digest as it was chosen; none for other mails and for what was erased."""
    with database.read() as session:
        frozen = session.get(FrozenDigest, delivery_id)
        return digests(session, {delivery_id: frozen.content}).get(delivery_id) if frozen else None
