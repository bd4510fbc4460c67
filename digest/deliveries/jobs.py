"""Jobs: claimed deliveries and their readers as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from digest.database import bound, by_number
from digest.enums import Frequency, MailKind, Selectivity
from digest.models import Delivery, FrozenDigest, Subscriber


class Job(NamedTuple):
    """A delivery and its reader: all it takes to build a mail and to hand it over."""

    id: int
    """The delivery's."""
    kind: MailKind
    attempt: int
    from_sequence: int
    through_sequence: int
    planned_at: datetime
    content: dict[str, Any] | None
    """What a short mail was asked to say, or a digest's frozen choice."""
    subscriber_id: int
    address: str
    frequency: Frequency
    weekday: int
    hour: int
    time_zone: str
    max_papers: int
    selectivity: Selectivity


_numbers = by_number("deliveries")
_JOBS = (
    select(
        Delivery.id,
        Delivery.kind,
        Delivery.attempt,
        Delivery.from_sequence,
        Delivery.through_sequence,
        Delivery.planned_at,
        func.coalesce(FrozenDigest.content, Delivery.content),
        Subscriber.id,
        Subscriber.address,
        Subscriber.frequency,
        Subscriber.weekday,
        Subscriber.hour,
        Subscriber.time_zone,
        Subscriber.max_papers,
        Subscriber.selectivity,
    )
    .select_from(_numbers)
    .join(Delivery, Delivery.id == _numbers.c.number)
    .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
    .outerjoin(FrozenDigest, FrozenDigest.delivery_id == Delivery.id)
    .order_by(Delivery.id)
)


def read_jobs(session: Session, ids: Sequence[int]) -> list[Job]:
    """Return deliveries as jobs; those whose reader is gone are missing."""
    rows = session.connection().execute(_JOBS, numbers(ids))
    return [Job._make(row) for row in rows]


def numbers(ids: Sequence[int]) -> dict[str, Any]:
    """Bind the deliveries of a statement."""
    return bound("deliveries", dict.fromkeys(ids))
