"""The stages as tasks: each finds its work in the database, and knocks on the next door."""

from __future__ import annotations

import gc
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from celery.signals import worker_ready
from celery.utils.log import get_task_logger
from sqlalchemy.exc import SQLAlchemyError

from digest import (
    database,
    deliveries,
    editions,
    feedback,
    matches,
    migrations,
    signups,
    sources,
    subscribers,
)
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Sending
from digest.feedback import Mailbox, MailboxUnreachable
from digest.tasks.application import app, settings

_log = get_task_logger(__name__)
_DELIVER_FOR = timedelta(seconds=50)
"""A run ends before its minute is over, so that a worker asked to stop does not keep waiting."""
_UNCONFIRMED_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Resources:
    """What one worker process opens once."""

    settings: Settings
    database: Database
    sending: Sending


@lru_cache(maxsize=1)
def resources() -> Resources:
    """Open this process's resources; not before the first task, so that a fork shares nothing."""
    # A batch makes many objects and hardly a cycle; looking for cycles as often as by default
    # costs a twelfth of the time.
    gc.freeze()
    gc.set_threshold(50_000)
    opened = database.connect(settings.database)
    worker = f"{socket.gethostname()}:{os.getpid()}"
    return Resources(settings, opened, Sending.of(settings, opened, worker, _now))


@app.task(name="digest.fetch")
def fetch() -> None:
    """Fetch today's list and every earlier one that is still open."""
    own = resources()
    source = sources.daily_papers(settings)
    for report in editions.fetch_due(own.database, source, _now(), settings.backfill_days):
        _log.info("%s %s: %s, %d papers", report.source, report.day, report.status, report.listed)
        if report.note:
            _log.warning("%s %s: %s", report.source, report.day, report.note)
    editions.enrich(own.database, sources.arxiv_client(settings), _now())
    _knock(close)


@app.task(name="digest.close")
def close() -> None:
    """Close the editions whose day is over, and hold the topics against them."""
    own = resources()
    closed = editions.close_due(own.database, _now(), settings.close_hours)
    counts = matches.match(own.database)
    for edition in closed:
        _log.info("closed %s %s as number %s", edition.source, edition.day, edition.sequence)
    if closed or counts.topics:
        _log.info("matched %s", counts)
        _knock(plan)


@app.task(name="digest.plan")
def plan() -> None:
    """Plan the digests that are due."""
    own = resources()
    subscribers.resume_due(own.database, _now())
    counts = deliveries.plan(own.database, _now(), settings.send_window)
    if counts.candidates:
        _log.info("planned %s", counts)
    if counts.planned:
        _knock(deliver)


@app.task(name="digest.deliver")
def deliver() -> None:
    """Decide on sign-ups and send what is ready, for a minute at most.

    Where there is more than one batch, an idle worker is called to help.
    """
    until = _now() + _DELIVER_FOR
    has_called = False

    def call_help() -> None:
        nonlocal has_called
        if not has_called:
            has_called = True
            _knock(deliver)

    own = resources()
    subscribers.admit(own.database, settings.keys, _now())
    counts = deliveries.deliver(own.sending, until, call_help=call_help)
    if counts.total:
        _log.info("delivered %s", counts)
    if _now() >= until:
        _knock(deliver)


@app.task(name="digest.sweep")
def sweep() -> None:
    """Take up what a crash or a lost message left behind, and stop what does harm."""
    counts = deliveries.sweep(resources().database, _now())
    if counts.uncertain:
        _log.error("%d deliveries are uncertain: see `digest deliveries list`", counts.uncertain)
    deliveries.trip(resources().database, _now())
    if counts.again:
        _knock(deliver)


@app.task(name="digest.poll")
def poll() -> None:
    """Act on the bounces and complaints in the mailbox at DIGEST_IMAP_URL."""
    if not settings.imap_url:
        return
    try:
        box = Mailbox.at(settings.imap_url)
        polled = feedback.poll(resources().database, settings.keys, box, _now())
    except MailboxUnreachable as error:
        _log.warning("the mailbox cannot be read, again in a minute: %s", error)
    else:
        if polled.mails:
            _log.info("polled %s", polled)


@app.task(name="digest.purge")
def purge() -> None:
    """Delete what is older than the retention time."""
    own = resources()
    kept = timedelta(days=settings.retention_days)
    deleted = deliveries.purge(own.database, _now(), kept)
    forgotten = subscribers.forget_unconfirmed(own.database, _now(), _UNCONFIRMED_KEPT)
    counted = signups.purge(own.database, _now())
    _log.info(
        "purged %d deliveries, %d unconfirmed addresses, %d sign-ups", deleted, forgotten, counted
    )


@worker_ready.connect
def _look_at_the_schema(**_: Any) -> None:
    if settings.is_embedded:
        return  # `digest up` has just migrated
    opened = database.connect(settings.database)
    try:
        if trouble := migrations.state(opened).trouble:
            _log.error("the database is not ready: %s", trouble)
    except SQLAlchemyError as error:
        _log.error("the database is out of reach: %s", type(error).__name__)
    finally:
        opened.close()


@worker_ready.connect
def _fetch_at_once(**_: Any) -> None:
    """Beat waits for a whole interval before the first fetch; a new installation should not."""
    if not settings.is_embedded:
        _knock(fetch)


def _knock(task: Any) -> None:
    """Start the next stage now; were the knock lost, beat would do it within a minute."""
    try:
        task.apply_async(expires=55, retry=False)
    except app.connection_for_write().connection_errors as error:
        _log.warning("the broker is out of reach, beat will make up for it: %s", error)


def _now() -> datetime:
    return datetime.now(UTC)
