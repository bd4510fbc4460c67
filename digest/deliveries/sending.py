"""Sending: claim, build, offer, gate, conclude, record; a group of deliveries at a time.

The order is the promise. Up to the gate nothing can have been sent, so a crash means: try again.
The gate's transaction says "the terminator is about to be written" for the whole group; whatever
has that mark and no answer after a crash is *uncertain* and never sent again by itself.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session, contains_eager, joinedload

from digest.database import Database
from digest.deliveries.answers import Blame, Verdict, judge, unreachable
from digest.deliveries.composing import Composed, Composer
from digest.deliveries.recording import Result, record
from digest.models import (
    Attempt,
    Delivery,
    DeliveryStatus,
    MailKind,
    Phase,
    SubscriberStatus,
)
from digest.smtp import (
    AnswerLost,
    Connection,
    ConnectionFailed,
    Parcel,
    Refused,
    Transport,
)

LEASE = timedelta(minutes=2)
_RENEW_SECONDS = 30.0
_CONNECTIONS = 8
_NOT_BUILT_RETRY = timedelta(hours=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliverCounts:
    """What became of the deliveries of one run."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.deferred + self.failed + self.uncertain + self.cancelled

    def plus(self, results: Sequence[Result]) -> DeliverCounts:
        def count(status: DeliveryStatus) -> int:
            return sum(result.verdict.status is status for result in results)

        return replace(
            self,
            sent=self.sent + count(DeliveryStatus.SENT),
            deferred=self.deferred + count(DeliveryStatus.DEFERRED),
            failed=self.failed + count(DeliveryStatus.FAILED),
            uncertain=self.uncertain + count(DeliveryStatus.UNCERTAIN),
            cancelled=self.cancelled + count(DeliveryStatus.CANCELLED),
        )


@dataclass(frozen=True, slots=True)
class Sending:
    """Where the mails of one worker come from and go to."""

    database: Database
    composer: Composer
    transport: Transport
    worker: str
    clock: Callable[[], datetime]
    connections: int = _CONNECTIONS


def deliver(
    sending: Sending,
    until: datetime | None = None,
    tell: Callable[[DeliverCounts], None] = lambda _: None,
) -> DeliverCounts:
    """Send what is ready, group by group; `tell` hears how it goes.

    Ends when nothing is ready, the mail server is out of reach, or at `until`.
    """
    counts = DeliverCounts()
    connections = [sending.transport.connect() for _ in range(sending.connections)]
    try:
        with ThreadPoolExecutor(len(connections)) as pool:
            while until is None or sending.clock() < until:
                size = len(connections)
                group = claim(sending.database, sending.clock(), sending.worker, size)
                if not group:
                    break
                results = _send_group(sending, pool, connections, group)
                counts = counts.plus(results)
                tell(counts)
                if all(result.verdict.blame is Blame.SERVER for result in results):
                    break
    finally:
        for connection in connections:
            connection.close()
    return counts


def claim(database: Database, now: datetime, worker: str, size: int) -> list[Delivery]:
    """Take up to `size` deliveries for this worker alone, until their lease ends.

    Short mails come first: somebody is waiting for a confirmation. The attempt's number fences
    every later write, so a worker that lost its lease can change nothing.
    """
    with database.write() as session:
        ids = _ready(session, now, Delivery.kind != MailKind.DIGEST, size)
        if len(ids) < size:
            ids += _ready(session, now, Delivery.kind == MailKind.DIGEST, size - len(ids))
        if not ids:
            return []
        session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(
                status=DeliveryStatus.CLAIMED,
                attempt=Delivery.attempt + 1,
                next_attempt_at=now + LEASE,
            )
            .execution_options(synchronize_session=False)
        )
        claimed = session.scalars(
            select(Delivery)
            .where(Delivery.id.in_(ids))
            .options(joinedload(Delivery.subscriber))
            .order_by(Delivery.id)
        ).all()
        session.execute(
            insert(Attempt),
            [
                {
                    "delivery_id": delivery.id,
                    "number": delivery.attempt,
                    "worker": worker,
                    "phase": Phase.CLAIMED,
                    "claimed_at": now,
                    "enhanced_code": "",
                    "answer": "",
                    "queue_id": "",
                }
                for delivery in claimed
            ],
        )
        return list(claimed)


def _ready(session: Session, now: datetime, kind: ColumnElement[bool], size: int) -> list[int]:
    return list(
        session.scalars(
            select(Delivery.id)
            .where(
                kind,
                Delivery.status.in_((DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)),
                Delivery.next_attempt_at <= now,
                Delivery.expires_at > now,
            )
            .order_by(Delivery.next_attempt_at)
            .limit(size)
            .with_for_update(skip_locked=True)
        )
    )


def _send_group(
    sending: Sending,
    pool: ThreadPoolExecutor,
    connections: Sequence[Connection],
    group: Sequence[Delivery],
) -> list[Result]:
    with _lease_renewed(sending, group):
        composed, results = _compose(sending, group)
        waiting = [delivery for delivery in group if delivery.id in composed]
        offers = pool.map(
            _offer, connections, waiting, [composed[delivery.id].parcel for delivery in waiting]
        )
        offered = {}
        for connection, delivery, refusal in zip(connections, waiting, offers, strict=False):
            if refusal is None:
                offered[delivery.id] = connection
            else:
                results.append(refusal)
        results += _conclude_group(sending, pool, offered, waiting, composed)
        record(sending.database, sending.composer.keys, results, sending.clock())
    for result in results:
        _tell(result)
    return results


def _conclude_group(
    sending: Sending,
    pool: ThreadPoolExecutor,
    offered: dict[int, Connection],
    waiting: Sequence[Delivery],
    composed: dict[int, Composed],
) -> list[Result]:
    ready = [delivery for delivery in waiting if delivery.id in offered]
    try:
        stopped = _gate(sending, ready, composed)
    except BaseException:
        for connection in offered.values():
            connection.abandon()
        raise
    for delivery_id in stopped:
        offered[delivery_id].abandon()
    passed = [delivery for delivery in ready if delivery.id not in stopped]
    concluded = pool.map(_conclude, [offered[delivery.id] for delivery in passed], passed)
    return [*(result for result in stopped.values() if result), *concluded]


def _compose(
    sending: Sending, group: Sequence[Delivery]
) -> tuple[dict[int, Composed], list[Result]]:
    """Build the group's mails; one that cannot be built does not hold up the others."""
    with sending.database.read() as session:
        try:
            composed = sending.composer.compose(session, group)
        except Exception:
            if len(group) > 1:
                parts = [_compose(sending, [delivery]) for delivery in group]
                return (
                    {key: value for built, _ in parts for key, value in built.items()},
                    [result for _, failed in parts for result in failed],
                )
            _log.exception("delivery %s could not be built", group[0].id)
            verdict = Verdict(DeliveryStatus.DEFERRED, Blame.OURS, _NOT_BUILT_RETRY)
            return {}, [Result.of(group[0], verdict, "the mail could not be built; see the log")]
    empty = [delivery for delivery in group if delivery.id not in composed]
    return composed, [
        Result.of(delivery, Verdict(DeliveryStatus.CANCELLED), "nothing is left to send")
        for delivery in empty
    ]


def _offer(connection: Connection, delivery: Delivery, parcel: Parcel) -> Result | None:
    try:
        connection.offer(parcel)
    except Refused as refused:
        verdict = judge(refused.answer, delivery.attempt, random.random())
        return Result.of(delivery, verdict, answer=refused.answer, phase=Phase.ENVELOPE)
    except ConnectionFailed as error:
        verdict = unreachable(delivery.attempt, random.random())
        return Result.of(delivery, verdict, str(error), phase=Phase.CONNECT)
    return None


def _gate(
    sending: Sending, ready: Sequence[Delivery], composed: dict[int, Composed]
) -> dict[int, Result | None]:
    """Mark who may go through, in one transaction; return those who may not, and why.

    Locks the rows that unsubscribing locks: whoever left before this commit gets nothing.
    A delivery that another worker took over meanwhile is stopped without a result.
    """
    if not ready:
        return {}
    now = sending.clock()
    stopped: dict[int, Result | None] = {}
    with sending.database.write() as session:
        rows = session.scalars(
            select(Delivery)
            .join(Delivery.subscriber)
            .where(Delivery.id.in_([delivery.id for delivery in ready]))
            .options(contains_eager(Delivery.subscriber))
            .order_by(Delivery.id)
            .with_for_update()
        )
        current = {row.id: row for row in rows}
        for delivery in ready:
            row = current.get(delivery.id)
            if row is None or not _is_ours(row, delivery):
                stopped[delivery.id] = None
            elif reason := _objection(row, now):
                verdict = Verdict(DeliveryStatus.CANCELLED)
                stopped[delivery.id] = Result.of(delivery, verdict, reason)
            else:
                row.content = composed[delivery.id].content
                session.execute(
                    update(Attempt)
                    .where(Attempt.delivery_id == row.id, Attempt.number == row.attempt)
                    .values(phase=Phase.TERMINATOR, terminator_at=now)
                )
    return stopped


def _is_ours(row: Delivery, delivery: Delivery) -> bool:
    return row.status is DeliveryStatus.CLAIMED and row.attempt == delivery.attempt


def _objection(row: Delivery, now: datetime) -> str:
    """Say why a mail must not go out after all, or nothing."""
    reader = row.subscriber
    if reader is None:
        return "the subscriber was erased"
    if row.expires_at <= now:
        return "its time was over"
    allowed = {
        MailKind.CONFIRMATION: {SubscriberStatus.PENDING, SubscriberStatus.UNSUBSCRIBED},
        MailKind.FAREWELL: {SubscriberStatus.UNSUBSCRIBED},
        MailKind.FRESH_LINK: {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED},
    }.get(row.kind, {SubscriberStatus.ACTIVE})
    return "" if reader.status in allowed else f"the subscriber is {reader.status}"


def _conclude(connection: Connection, delivery: Delivery) -> Result:
    try:
        answer = connection.conclude()
    except AnswerLost as error:
        verdict = Verdict(DeliveryStatus.UNCERTAIN)
        text = f"the connection was lost after the whole message was sent: {error}"
        return Result.of(delivery, verdict, text, phase=Phase.TERMINATOR)
    verdict = judge(answer, delivery.attempt, random.random())
    return Result.of(delivery, verdict, answer=answer, phase=Phase.ANSWERED)


@contextmanager
def _lease_renewed(sending: Sending, group: Sequence[Delivery]) -> Iterator[None]:
    """Keep the lease of a group alive while it is worked on, however slow the server is."""
    done = Event()

    def renew() -> None:
        while not done.wait(_RENEW_SECONDS):
            with sending.database.write() as session:
                for delivery in group:
                    session.execute(
                        update(Delivery)
                        .where(
                            Delivery.id == delivery.id,
                            Delivery.attempt == delivery.attempt,
                            Delivery.status == DeliveryStatus.CLAIMED,
                        )
                        .values(next_attempt_at=sending.clock() + LEASE)
                    )

    thread = Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tell(result: Result) -> None:
    facts: tuple[Any, ...] = (result.delivery_id, result.verdict.status, result.text)
    if result.verdict.blame is Blame.OURS:
        _log.error("delivery %s is %s, and that is for the operator to mend: %s", *facts)
    elif result.verdict.status is not DeliveryStatus.SENT:
        _log.warning("delivery %s is %s: %s", *facts)
