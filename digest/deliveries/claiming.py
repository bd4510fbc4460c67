"""Claiming: one worker at a time works on a delivery, for as long as it keeps its lease alive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload

from digest.database import Database
from digest.deliveries.pace import UNLIMITED, Pace
from digest.deliveries.ready import choose_ready
from digest.models import Attempt, Delivery, DeliveryStatus, Phase, UtcDateTime

LEASE = timedelta(minutes=2)
_RENEW_SECONDS = 30.0
_log = logging.getLogger(__name__)


def claim(
    database: Database, now: datetime, worker: str, size: int, pace: Pace = UNLIMITED
) -> list[Delivery]:
    """Take up to `size` deliveries for this worker alone, until their lease ends.

    Short mails come first: somebody is waiting for a confirmation. What is held, or has to wait
    for its turn, is put off. The attempt's number fences every later write, so a worker that
    lost its lease can change nothing.
    """
    while True:
        with database.write() as session:
            candidates, going = choose_ready(session, now, size, pace)
            if going:
                return _take(session, going, now, worker)
        if not candidates:
            return []


def _take(session: Session, ids: Sequence[int], now: datetime, worker: str) -> list[Delivery]:
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
    attempts: dict[str, Any] = {
        "delivery_id": Delivery.id,
        "number": Delivery.attempt,
        "worker": literal(worker),
        "phase": literal(Phase.CLAIMED, Attempt.phase.type),
        "claimed_at": literal(now, UtcDateTime()),
        "enhanced_code": literal(""),
        "answer": literal(""),
        "queue_id": literal(""),
    }
    mine = select(*attempts.values()).where(Delivery.id.in_(ids))
    session.execute(insert(Attempt).from_select(list(attempts), mine))
    claimed = session.scalars(
        select(Delivery)
        .where(Delivery.id.in_(ids))
        .options(joinedload(Delivery.subscriber))
        .order_by(Delivery.id)
    )
    return list(claimed)


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
            try:
                _write(database, batch, status=DeliveryStatus.CLAIMED, until=clock() + LEASE)
            except OperationalError as error:
                # Tried again soon; a batch taken over meanwhile is safe behind its fence.
                _log.warning("the lease could not be renewed: %s", error)

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
