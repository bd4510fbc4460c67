"""Whether the work is done: what the database tells about fetching, planning and sending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from digest.config import Settings
from digest.database import Database
from digest.deliveries import active, overdue
from digest.doctor.findings import Finding, doubtful, ok, wrong
from digest.enums import DeliveryStatus
from digest.models import Delivery, Edition, PlanRun, SignUp
from digest.sources import daily_papers

_LATE = timedelta(minutes=30)
_RUNNING = "are a worker and beat (or `digest up`) running, and what do their logs say?"


def work(settings: Settings, database: Database, now: datetime) -> Iterator[Finding]:
    """Look for what should have happened by now."""
    with database.read() as session:
        yield _fetched(session, settings, now)
        yield _planned(session, now)
        yield _sent(session, now)
        yield _confirmed(session, now)
        yield from _for_the_operator(session, now)


def _fetched(session: Session, settings: Settings, now: datetime) -> Finding:
    # Not the invented papers of a first look.
    ours = Edition.source == daily_papers(settings).name
    last = session.scalar(select(func.max(Edition.fetched_at)).where(ours))
    if last is None:
        return wrong("fetching", f"nothing was fetched yet; run `digest fetch`, and: {_RUNNING}")
    text = f"the last list came {_span(now - last)} ago"
    if now - last <= _LATE + 2 * timedelta(minutes=settings.fetch_minutes):
        return ok("fetching", text)
    note = session.scalar(
        select(Edition.fetch_note).where(ours).order_by(Edition.day.desc()).limit(1)
    )
    trouble = f" (the last try: {note})" if note else ""
    return wrong("fetching", f"{text}{trouble}; {_RUNNING}")


def _planned(session: Session, now: datetime) -> Finding:
    readers, since = overdue(session, now - _LATE)
    if since:
        waits = f"readers overdue: {readers}, the first for {_span(now - since)}"
        return wrong("planning", f"{waits}; {_RUNNING}")
    last = session.scalar(select(PlanRun.planned_at).order_by(PlanRun.id.desc()).limit(1))
    told = f"digests were planned {_span(now - last)} ago" if last else "no reader was due yet"
    return ok("planning", f"{told}, and nobody is overdue")


def _sent(session: Session, now: datetime) -> Finding:
    waiting = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED)
    late = session.execute(
        select(func.count(), func.min(Delivery.next_attempt_at)).where(
            Delivery.status.in_(waiting), Delivery.next_attempt_at < now - _LATE
        )
    ).one()
    if late[1]:
        waits = f"mails not sent yet: {late[0]}, the oldest waits for {_span(now - late[1])}"
        return wrong("sending", f"{waits}; {_RUNNING}")
    last = session.scalar(
        select(Delivery.finished_at)
        .where(Delivery.status == DeliveryStatus.SENT)
        .order_by(Delivery.id.desc())
        .limit(1)
    )
    told = f"the last mail was sent {_span(now - last)} ago" if last else "no mail was sent yet"
    return ok("sending", f"{told}, and none is late")


def _confirmed(session: Session, now: datetime) -> Finding:
    since = session.scalar(select(func.min(SignUp.asked_at)).where(SignUp.address.is_not(None)))
    if since and now - since > _LATE:
        return wrong("sign-ups", f"one waits for {_span(now - since)}; {_RUNNING}")
    return ok("sign-ups", "none waits")


def _for_the_operator(session: Session, now: datetime) -> Iterator[Finding]:
    uncertain = session.scalar(
        select(func.count()).where(Delivery.status == DeliveryStatus.UNCERTAIN)
    )
    if uncertain:
        yield doubtful(
            "uncertain",
            f"mails that may or may not have arrived: {uncertain}; `digest deliveries reconcile "
            "LOGFILE` or `settle` (docs/delivery.md)",
        )
    for held in active(session, now):
        yield doubtful(
            "holds",
            f"{held.kind.value} {held.name} waits until {held.until:%Y-%m-%d %H:%M} UTC: "
            f"{held.reason}; `digest deliveries release` ends it",
        )


def _span(time: timedelta) -> str:
    minutes = max(int(time.total_seconds()) // 60, 0)
    if minutes < 120:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
