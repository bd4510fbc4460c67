"""Single mails, planned where they are asked for: short ones, and a reader's first digest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from digest.database import insert_into
from digest.deliveries.news import has_news, matched_through
from digest.deliveries.schedules import enlist, schedule_of
from digest.digests import due_after, local_day, next_due
from digest.enums import DeliveryStatus, MailKind
from digest.matches import newest_with_papers
from digest.models import Delivery, Subscriber


def plan_mail(
    session: Session,
    subscriber_id: int,
    kind: MailKind,
    now: datetime,
    *,
    content: dict[str, Any] | None = None,
    expires_after: timedelta,
) -> int:
    """Plan a confirmation, welcome, fresh link or farewell; joins the caller's transaction.

    Returns the delivery's number.
    """
    return session.scalars(
        insert(Delivery)
        .values(
            subscriber_id=subscriber_id,
            kind=kind,
            status=DeliveryStatus.PLANNED,
            planned_at=now,
            next_attempt_at=now,
            expires_at=now + expires_after,
            content=content or {},
        )
        .returning(Delivery.id)
    ).one()


def plan_first_digest(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Plan the digest that follows a confirmation at once, or a welcome when nothing matches.

    The reader starts just before the newest edition that holds papers. Joins the caller's
    transaction.
    """
    through = matched_through(session)
    subscriber.read_through = max(newest_with_papers(session, through) - 1, 0)
    enlist(session, subscriber, now)
    session.flush()
    mine = Subscriber.id == subscriber.id
    if not session.scalar(select(has_news(session, through)).where(mine)):
        subscriber.read_through = through
        plan_mail(session, subscriber.id, MailKind.WELCOME, now, expires_after=timedelta(days=1))
        return
    schedule = schedule_of(subscriber)
    today = local_day(now, subscriber.time_zone)
    session.execute(
        insert_into(session, Delivery)
        .values(
            subscriber_id=subscriber.id,
            kind=MailKind.DIGEST,
            status=DeliveryStatus.PLANNED,
            due_on=today,
            from_sequence=subscriber.read_through,
            through_sequence=through,
            planned_at=now,
            next_attempt_at=now,
            expires_at=due_after(schedule, next_due(schedule, now), today),
        )
        .on_conflict_do_nothing()
    )
