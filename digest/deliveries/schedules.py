"""Schedules: when digests are due next, kept once for all readers who share days and hour."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_, select, union
from sqlalchemy.orm import Session

from digest.database import insert_into
from digest.digests import Schedule, local_day, next_due
from digest.enums import SubscriberStatus
from digest.models import PlanRun, Stretch, Subscriber
from digest.models import Schedule as ScheduleRow


def enlist(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Put a reader on the schedule of their settings, from its next due time on.

    For whoever becomes active, or is and changes settings; joins the caller's transaction.
    """
    wanted = schedule_of(subscriber)
    settings = {
        "frequency": wanted.frequency,
        "weekday": wanted.weekday,
        "hour": wanted.hour,
        "time_zone": wanted.time_zone,
    }
    session.execute(
        insert_into(session, ScheduleRow)
        .values(**settings, next_due_at=next_due(wanted, now))
        .on_conflict_do_nothing()
    )
    subscriber.schedule_id = session.scalars(select(ScheduleRow.id).filter_by(**settings)).one()
    subscriber.due_at = None


def is_work_ahead(now: datetime) -> ColumnElement[bool]:
    """Whether a schedule is due, or a reader off schedule, or a run was left unfinished."""
    return or_(
        exists().where(ScheduleRow.next_due_at <= now),
        exists().where(is_late(now)),
        exists().where(Stretch.id.is_not(None)),
    )


def hand_over(session: Session, run: int, now: datetime) -> None:
    """Hand the due schedules to a run of the planner, and say when each is due next.

    Whose readers are still to be planned, or due off schedule, are told what day it is. Locked
    until the caller's transaction ends, so that who moves meanwhile is found here or there. Time
    zone rules live in Python; a million readers share a few hundred schedules.
    """
    late = select(Subscriber.schedule_id).where(is_late(now))
    is_wanted = or_(
        ScheduleRow.next_due_at <= now,
        ScheduleRow.run_id.in_(select(Stretch.run_id)),
        ScheduleRow.id.in_(late),
    )
    wanted = select(ScheduleRow).where(is_wanted).with_for_update(key_share=True)
    for row in session.scalars(wanted):
        row.due_on = local_day(now, row.time_zone)
        if row.next_due_at <= now:
            row.run_id = run
            row.next_due_at = next_due(schedule_of(row), now)
    session.flush()


def is_late(now: datetime) -> ColumnElement[bool]:
    """Whether an active reader is due off schedule."""
    return and_(Subscriber.due_at <= now, Subscriber.status == SubscriberStatus.ACTIVE)


def is_being_planned(session: Session, subscriber: Subscriber) -> bool:
    """Tell whether a reader stands in a stretch that a run of the planner has still before it.

    Until the caller's transaction ends, the schedule is not handed over to another run.
    """
    mine = select(ScheduleRow.id).where(ScheduleRow.id == subscriber.schedule_id)
    session.execute(mine.with_for_update(read=True))
    stretch = select(Stretch.id).join(ScheduleRow, ScheduleRow.run_id == Stretch.run_id)
    theirs = stretch.where(
        ScheduleRow.id == subscriber.schedule_id,
        Stretch.first <= subscriber.id,
        Stretch.last >= subscriber.id,
    )
    return session.scalar(theirs.limit(1)) is not None


def overdue(session: Session, since: datetime) -> tuple[int, datetime | None]:
    """Count the readers due before `since` and not planned yet, and tell the first due time."""
    active = Subscriber.status == SubscriberStatus.ACTIVE
    on_schedule = select(Subscriber.id, ScheduleRow.next_due_at.label("due")).join(
        Subscriber.schedule
    )
    begun = (
        select(Subscriber.id, PlanRun.planned_at)
        .join(Subscriber.schedule)
        .join(PlanRun, PlanRun.id == ScheduleRow.run_id)
        .join(Stretch, Stretch.run_id == PlanRun.id)
        .where(Subscriber.id.between(Stretch.first, Stretch.last))
    )
    late = union(
        on_schedule.where(active, ScheduleRow.next_due_at < since),
        begun.where(active, PlanRun.planned_at < since),
        select(Subscriber.id, Subscriber.due_at).where(active, Subscriber.due_at < since),
    ).subquery()
    readers, first = func.count(distinct(late.c.id)), func.min(late.c.due)
    count, since_when = session.execute(select(readers, first)).one()
    return count, since_when


def schedule_of(settings: Subscriber | ScheduleRow) -> Schedule:
    return Schedule(settings.frequency, settings.weekday, settings.hour, settings.time_zone)
