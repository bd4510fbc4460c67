"""Claiming: one worker at a time works on a delivery, for as long as it keeps its lease alive."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import bindparam, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from digest.database import Database, by_number
from digest.deliveries.jobs import Job, numbers, read_jobs
from digest.deliveries.pace import UNLIMITED, Pace
from digest.deliveries.ready import choose_ready
from digest.enums import DeliveryStatus
from digest.models import Delivery

LEASE = timedelta(minutes=2)
_RENEW_SECONDS = 30.0
_log = logging.getLogger(__name__)


def claim(database: Database, now: datetime, size: int, pace: Pace = UNLIMITED) -> list[Job]:
    """Take up to `size` deliveries for this worker alone, until their lease ends.

    Short mails come first: somebody is waiting for a confirmation. What is held, or has to wait
    for its turn, is put off. The attempt's number fences every later write, so a worker that
    lost its lease can change nothing.
    """
    while True:
        with database.write() as session:
            candidates, going = choose_ready(session, now, size, pace)
            jobs = _take(session, going, now) if going else []
        if jobs or not candidates:
            return jobs


def _take(session: Session, ids: Sequence[int], now: datetime) -> list[Job]:
    connection = session.connection()
    connection.execute(_CLAIM, numbers(ids) | {"until": now + LEASE})
    jobs = read_jobs(session, ids)
    if len(jobs) < len(ids):
        readerless = set(ids) - {job.id for job in jobs}
        connection.execute(_CANCEL, numbers(list(readerless)) | {"now": now})
    return jobs


_taken = by_number("deliveries")
_CLAIM = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == _taken.c.number)
    .values(
        status=DeliveryStatus.CLAIMED,
        attempt=Delivery.attempt + 1,
        next_attempt_at=bindparam("until"),
    )
)
_CANCEL = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == _taken.c.number)
    .values(
        status=DeliveryStatus.CANCELLED,
        finished_at=bindparam("now"),
        answer="the subscriber is gone",
    )
)


def give_back(database: Database, jobs: Sequence[Job], now: datetime) -> None:
    """Make claimed deliveries that were not tried ready again."""
    _write(database, jobs, status=DeliveryStatus.PLANNED, until=now)


@contextmanager
def lease_renewed(
    database: Database, clock: Callable[[], datetime], batch: Sequence[Job]
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
    database: Database, jobs: Sequence[Job], status: DeliveryStatus, until: datetime
) -> None:
    rows = [
        {"delivery": job.id, "number": job.attempt, "new_status": status, "until": until}
        for job in jobs
    ]
    if rows:
        with database.write() as session:
            session.connection().execute(_SET_CLAIMED, rows)
