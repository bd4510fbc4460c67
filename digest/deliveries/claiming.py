"""Claiming: one worker at a time works on a delivery, for as long as it keeps its lease alive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import ColumnElement, bindparam, insert, select, update
from sqlalchemy.orm import Session, joinedload

from digest.database import Database
from digest.models import Attempt, Delivery, DeliveryStatus, MailKind, Phase

LEASE = timedelta(minutes=2)
_RENEW_SECONDS = 30.0


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


def give_back(database: Database, deliveries: Sequence[Delivery], now: datetime) -> None:
    """Make claimed deliveries that were not tried ready again."""
    _write(database, deliveries, status=DeliveryStatus.PLANNED, until=now)


@contextmanager
def lease_renewed(
    database: Database, clock: Callable[[], datetime], batch: Sequence[Delivery]
) -> Iterator[None]:
    """Keep the lease of a batch alive while it is worked on, however slow the server is."""
    done = Event()

    def renew() -> None:
        while not done.wait(_RENEW_SECONDS):
            _write(database, batch, status=DeliveryStatus.CLAIMED, until=clock() + LEASE)

    thread = Thread(target=renew, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


_SET_CLAIMED = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(
        Delivery.id == bindparam("delivery"),
        Delivery.attempt == bindparam("number"),
        Delivery.status == DeliveryStatus.CLAIMED,
    )
    .values(status=bindparam("new_status"), next_attempt_at=bindparam("until"))
)


def _write(
    database: Database, deliveries: Sequence[Delivery], status: DeliveryStatus, until: datetime
) -> None:
    rows = [
        {"delivery": d.id, "number": d.attempt, "new_status": status, "until": until}
        for d in deliveries
    ]
    if rows:
        with database.write() as session:
            session.connection().execute(_SET_CLAIMED, rows)
