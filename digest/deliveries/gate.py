"""The gate: the last look at a reader before the terminator, and the mark that it comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, bindparam, cast, func, select, update

from digest.database import Database
from digest.deliveries.answers import Verdict
from digest.deliveries.composing import Composed
from digest.deliveries.recording import Result
from digest.models import (
    Attempt,
    Delivery,
    DeliveryStatus,
    MailKind,
    Phase,
    Subscriber,
    SubscriberStatus,
)

_ALLOWED = {
    MailKind.CONFIRMATION: {SubscriberStatus.PENDING, SubscriberStatus.UNSUBSCRIBED},
    MailKind.FAREWELL: {SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.PENDING},
    MailKind.FRESH_LINK: {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED},
}
"""Who may get a mail of a kind; any other kind is for active subscribers."""
_READERS = (
    select(
        Delivery.id,
        Delivery.kind,
        Delivery.status,
        Delivery.attempt,
        Delivery.expires_at,
        Subscriber.status.label("reader"),
    )
    .join(Delivery.subscriber)
    .where(Delivery.id.in_(bindparam("deliveries", expanding=True)))
    .order_by(Delivery.id)
    .with_for_update()
)
_MARK = (
    update(Attempt.__table__)  # type: ignore[arg-type]
    .where(
        Attempt.delivery_id.in_(bindparam("deliveries", expanding=True)),
        Attempt.number == bindparam("its_number"),
    )
    .values(phase=Phase.TERMINATOR, terminator_at=bindparam("at"))
)
_contents = func.json_each(bindparam("contents", type_=JSON)).table_valued("key", "value")
_FREEZE = (
    # One statement for a group: the contents by delivery id, as one JSON object.
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == cast(_contents.c.key, Integer))
    .values(content=_contents.c.value)
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Who may go through; whoever is in neither was taken over by another worker."""

    passed: tuple[Delivery, ...]
    stopped: tuple[Result, ...]


def pass_gate(
    database: Database,
    ready: Sequence[Delivery],
    composed: Mapping[int, Composed],
    now: datetime,
) -> Passage:
    """Decide and mark in one transaction, which locks the rows that unsubscribing locks.

    Whoever left before this commit gets nothing. After it, a crash leaves the delivery uncertain.
    """
    if not ready:
        return Passage((), ())
    with database.write() as session:
        connection = session.connection()
        rows = connection.execute(_READERS, {"deliveries": [delivery.id for delivery in ready]})
        current = {row.id: row for row in rows}
        ours = [d for d in ready if d.id in current and _is_ours(d, current[d.id])]
        objections = {d.id: _objection(current[d.id], now) for d in ours}
        passed = tuple(delivery for delivery in ours if not objections[delivery.id])
        for number in {delivery.attempt for delivery in passed}:
            same = [delivery.id for delivery in passed if delivery.attempt == number]
            connection.execute(_MARK, {"deliveries": same, "its_number": number, "at": now})
        fresh = {d.id: composed[d.id].content for d in passed if d.content is None}
        if fresh:
            connection.execute(_FREEZE, {"contents": fresh})
    cancelled = Verdict(DeliveryStatus.CANCELLED)
    stopped = (Result.of(d, cancelled, reason) for d in ours if (reason := objections[d.id]))
    return Passage(passed, tuple(stopped))


def _is_ours(delivery: Delivery, row: Any) -> bool:
    return row.status is DeliveryStatus.CLAIMED and row.attempt == delivery.attempt


def _objection(row: Any, now: datetime) -> str:
    """Say why a mail must not go out after all, or nothing."""
    if row.expires_at <= now:
        return "its time was over"
    allowed = _ALLOWED.get(row.kind, {SubscriberStatus.ACTIVE})
    return "" if row.reader in allowed else f"the subscriber is {row.reader}"
