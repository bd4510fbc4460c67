"""The gate: the last look at a reader before the terminator, and the mark that it comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Text,
    and_,
    bindparam,
    cast,
    insert,
    literal,
    not_,
    or_,
    select,
)

from digest.database import WrittenJson, bound, by_number
from digest.deliveries.answers import Verdict
from digest.deliveries.jobs import Job
from digest.deliveries.recording import Result
from digest.enums import DeliveryStatus, MailKind, Phase, SubscriberStatus
from digest.models import Attempt, Delivery, FrozenDigest, Subscriber, UtcDateTime

_ALLOWED = {
    MailKind.CONFIRMATION: {SubscriberStatus.PENDING, SubscriberStatus.UNSUBSCRIBED},
    MailKind.FAREWELL: {SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.PENDING},
    MailKind.FRESH_LINK: {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED},
}
"""Who may get a mail of a kind; any other kind is for active subscribers."""
_waiting = by_number("attempts")
_now = bindparam("now", type_=UtcDateTime())
# One by one: a list would be written into the statement anew each time it is executed.
_is_allowed = or_(
    and_(
        *(Delivery.kind != kind for kind in _ALLOWED),
        Subscriber.status == SubscriberStatus.ACTIVE,
    ),
    *(
        and_(Delivery.kind == kind, Subscriber.status == status)
        for kind, who in _ALLOWED.items()
        for status in sorted(who)
    ),
)
_ours = (
    select(Delivery.id)
    .select_from(_waiting)
    .join(Delivery, Delivery.id == _waiting.c.number)
    .join(Delivery.subscriber)
    .where(
        Delivery.status == DeliveryStatus.CLAIMED,
        Delivery.attempt == cast(cast(_waiting.c.value, Text), Integer),
    )
    .order_by(Delivery.id)
    .with_for_update(of=(Delivery, Subscriber))
)
_marks = {
    "delivery_id": Delivery.id,
    "number": Delivery.attempt,
    "worker": bindparam("worker"),
    "phase": literal(Phase.TERMINATOR, Attempt.phase.type),
    "terminator_at": _now,
    "enhanced_code": literal(""),
    "answer": literal(""),
    "queue_id": literal(""),
}
_MARK = (
    insert(Attempt)
    .from_select(
        list(_marks),
        _ours.with_only_columns(*_marks.values()).where(Delivery.expires_at > _now, _is_allowed),
    )
    .returning(Attempt.delivery_id)
)
_STOPPED = _ours.add_columns(
    Delivery.kind, Delivery.expires_at, Subscriber.status.label("reader")
).where(not_(and_(Delivery.expires_at > _now, _is_allowed)))
_chosen = by_number("contents")
_FREEZE = insert(FrozenDigest).from_select(
    ["delivery_id", "content"], select(_chosen.c.number, _chosen.c.value)
)
_marked = _MARK.cte("marked")
_frozen = (
    insert(FrozenDigest)
    .from_select(
        ["delivery_id", "content"],
        select(_chosen.c.number, _chosen.c.value).join(
            _marked, _marked.c.delivery_id == _chosen.c.number
        ),
    )
    .cte("frozen")
)
_MARK_AND_FREEZE = select(_marked.c.delivery_id).add_cte(_frozen)
"""Both in one statement, which SQLite does not know."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Who may go through; whoever is in neither was taken over by another worker."""

    passed: tuple[Job, ...]
    stopped: tuple[Result, ...]


def pass_gate(
    connection: Connection,
    ready: Sequence[Job],
    contents: Mapping[int, str],
    worker: str,
    now: datetime,
) -> Passage:
    """Decide, and mark who passes; the commit opens the gate.

    It locks the rows that unsubscribing locks: whoever left before the commit gets nothing. After
    it, a crash leaves the delivery uncertain. `contents` is JSON, by number, not yet frozen.
    """
    if not ready:
        return Passage((), ())
    mine = bound("attempts", {job.id: job.attempt for job in ready})
    mine |= {"worker": worker, "now": now}
    if connection.dialect.name == "postgresql":
        through = set(connection.execute(_MARK_AND_FREEZE, mine | _bound(contents)).scalars())
    else:
        through = set(connection.execute(_MARK, mine).scalars())
        connection.execute(_FREEZE, _bound({n: contents[n] for n in through if n in contents}))
    # Whoever may go through by now was not to be stopped; the next sweep takes it up.
    stopped = _stopped(connection, ready, mine, now) if len(through) < len(ready) else ()
    return Passage(tuple(job for job in ready if job.id in through), stopped)


def _bound(contents: Mapping[int, str]) -> dict[str, Any]:
    rows = ",".join([f'"{number}":{content}' for number, content in contents.items()])
    return {"contents": WrittenJson("{" + rows + "}"), "contents_size": len(contents)}


def _stopped(
    connection: Connection, ready: Sequence[Job], mine: Mapping[str, Any], now: datetime
) -> tuple[Result, ...]:
    """Return those of ours that must not go out after all."""
    rows = {row.id: row for row in connection.execute(_STOPPED, mine)}
    verdict = Verdict(DeliveryStatus.CANCELLED)
    return tuple(
        Result.of(job, verdict, _objection(rows[job.id], now)) for job in ready if job.id in rows
    )


def _objection(row: Any, now: datetime) -> str:
    return "its time was over" if row.expires_at <= now else f"the subscriber is {row.reader}"
