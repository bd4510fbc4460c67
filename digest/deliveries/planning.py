"""Planning: promise a digest to every due reader who has something new in front of them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session, aliased

from digest.database import Database, insert_into
from digest.deliveries.news import has_news, matched_through
from digest.deliveries.schedules import hand_over, is_late, is_work_ahead
from digest.enums import DeliveryStatus, MailKind, SubscriberStatus
from digest.models import Delivery, PlanRun, Schedule, Stretch, Subscriber, UtcDateTime

_NOT_YET_TRIED = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)
_UNDER_WAY = (*_NOT_YET_TRIED, DeliveryStatus.CLAIMED)
_PLANNER_LOCK = 7263550
_STRETCH = 25_000
"""About how many readers a transaction plans: half a second of locks, not half a minute."""
_AT_ONCE = 2
"""How many stretches PostgreSQL plans at once, each on a processor of its own."""
_MANY = 1_000
"""Digests planned at once, from which fresh statistics are worth their tenth of a second."""


@dataclass(frozen=True, slots=True)
class PlanCounts:
    """candidates = planned + quiet + waiting + repeated."""

    candidates: int = 0
    """Active readers whose time had come."""
    planned: int = 0
    quiet: int = 0
    """Nothing new matched; the position moves, no mail."""
    waiting: int = 0
    """Their last digest is being handed over at this moment; looked at again in a minute."""
    repeated: int = 0
    """They had a digest on this day of theirs already."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Readers planned in one transaction, as conditions of its statements."""

    run: int
    are_due: ColumnElement[bool]
    """On subscribers and schedules."""
    digests: ColumnElement[bool]
    """On their deliveries."""


def plan(database: Database, now: datetime, window: timedelta | None = None) -> PlanCounts:
    """Plan every due digest; a second run finds nobody due.

    A digest is sent until the next one is due, or within `window`. One still waiting from an
    earlier day expires here, and its papers go into the new one: the position it never moved is
    where the new one starts.

    1. One planner at a time: a lock in PostgreSQL, and on SQLite the write lock of each step.
    2. In one transaction the due schedules get their next due time, and the numbers of their
       readers are written down in stretches.
    3. Whoever is due off schedule is planned.
    4. Each stretch is planned, counted and deleted in a transaction of its own, so that mail goes
       out while others are planned. Of a planner killed at any moment, each stretch is planned
       and counted, or still written down: the next run goes on there.
    """
    with _only_planner(database):
        with database.write() as session:
            run = _begin(session, now)
            stretches = session.scalars(select(Stretch).order_by(Stretch.id)).all()
        parts = [_plan_late(database, run, now, window)] if run else []
        with ThreadPoolExecutor(1 if database.is_sqlite else _AT_ONCE) as pool:
            parts += pool.map(lambda each: _plan_stretch(database, each, now, window), stretches)
        counts = PlanCounts(*map(sum, zip(*map(astuple, parts), strict=True)))
        _refresh_statistics(database, counts.planned)
        return counts


def plan_now(database: Database, now: datetime, window: timedelta | None = None) -> PlanCounts:
    """Plan for every active reader whatever their hour; still one digest a reader and local day."""
    with database.write() as session:
        session.execute(update(Schedule).values(next_due_at=now))
    return plan(database, now, window)


@contextmanager
def _only_planner(database: Database) -> Iterator[None]:
    if database.is_sqlite:
        yield
        return
    with database.write() as session:
        session.execute(select(func.pg_advisory_xact_lock(_PLANNER_LOCK)))
        yield


def _begin(session: Session, now: datetime) -> int | None:
    """Hand the due schedules over to a new run, and return its number, if anybody is due."""
    if not session.scalar(select(is_work_ahead(now))):
        return None
    run = PlanRun(planned_at=now, through_sequence=0, **asdict(PlanCounts()))
    session.add(run)
    session.flush()
    hand_over(session, run.id, now)
    readers, first, last = session.execute(
        select(func.count(), func.min(Subscriber.id), func.max(Subscriber.id))
        .join(Subscriber.schedule)
        .where(Subscriber.status == SubscriberStatus.ACTIVE, Schedule.run_id == run.id)
    ).one()
    if not readers and not session.scalar(select(exists().where(is_late(now)))):
        session.delete(run)
        return None
    session.add_all(Stretch(run_id=run.id, first=a, last=b) for a, b in _cut(readers, first, last))
    return run.id


def _cut(readers: int, first: int, last: int) -> list[tuple[int, int]]:
    """Cut the numbers of readers into stretches (from, to) of about _STRETCH readers."""
    if not readers:
        return []
    width = -(-(last - first + 1) * _STRETCH // readers)
    return [(a, b - 1) for a, b in pairwise([*range(first, last + 1, width), last + 1])]


def _plan_late(database: Database, run: int, now: datetime, window: timedelta | None) -> PlanCounts:
    """Plan whoever is due off schedule, and not on schedule as well."""
    is_in_stretch = exists().where(Stretch.run_id == Schedule.run_id)
    readers = and_(is_late(now), ~is_in_stretch)
    with database.write() as session:
        return _plan(session, _Group(run, readers, literal(True)), now, window)


def _plan_stretch(
    database: Database, stretch: Stretch, now: datetime, window: timedelta | None
) -> PlanCounts:
    readers = and_(
        Subscriber.id.between(stretch.first, stretch.last), Schedule.run_id == stretch.run_id
    )
    # Said of the digests too, or PostgreSQL may look through those of all readers.
    digests = Delivery.subscriber_id.between(stretch.first, stretch.last)
    with database.write() as session:
        if not _rows(session, delete(Stretch).where(Stretch.id == stretch.id)):
            return PlanCounts()  # On SQLite, another planner was faster.
        return _plan(session, _Group(stretch.run_id, readers, digests), now, window)


def _plan(session: Session, group: _Group, now: datetime, window: timedelta | None) -> PlanCounts:
    """Plan the due readers of a group, and count them.

    1. Digests of earlier days that no worker has taken expire.
    2. Whoever has a digest of an earlier day under way still is being mailed now, and is due again
       at once, off schedule.
    3. Of whoever has nothing new the position moves to the newest edition.
    4. All others are promised a digest, unless they had one this day.

    Whoever leaves or pauses meanwhile may still be promised a digest, which the gate will stop.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Compiling takes longer than a stretch.
        session.execute(text("SET LOCAL jit = off"))
    through = matched_through(session)
    are_due = and_(
        group.are_due,
        Subscriber.status == SubscriberStatus.ACTIVE,
        Subscriber.schedule_id == Schedule.id,
    )
    earlier = and_(
        group.digests,
        Delivery.kind == MailKind.DIGEST,
        Delivery.subscriber_id == Subscriber.id,
        Delivery.due_on != Schedule.due_on,
        are_due,
    )
    _expire(session, and_(earlier, Delivery.status.in_(_NOT_YET_TRIED)), now)
    waiting = session.scalars(
        select(Subscriber.id).where(earlier, Delivery.status.in_(_UNDER_WAY))
    ).all()
    are_free = and_(are_due, Subscriber.id.not_in(waiting))
    _pass_by(session, are_free, through)
    planned = _promise(session, are_free, through, now, window)
    free, quiet = _count(session, are_free, through)
    _set_due(session, and_(are_free, Subscriber.due_at.is_not(None)), None)
    _set_due(session, Subscriber.id.in_(waiting), now)
    repeated = max(free - planned - quiet, 0)
    counts = PlanCounts(
        candidates=planned + quiet + len(waiting) + repeated,
        planned=planned,
        quiet=quiet,
        waiting=len(waiting),
        repeated=repeated,
    )
    _note(session, group.run, counts, through)
    return counts


def _refresh_statistics(database: Database, planned: int) -> None:
    """Let PostgreSQL count what has just grown many times over.

    By what it knew before, it may look for the digests of one reader among all.
    """
    if planned >= _MANY and not database.is_sqlite:
        with database.write() as session:
            session.execute(text("ANALYZE deliveries, schedules"))


def _expire(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(Delivery)
        .where(which)
        .values(
            status=DeliveryStatus.EXPIRED,
            finished_at=now,
            answer="the next digest was due; its papers are in that one",
        )
        .execution_options(synchronize_session=False)
    )


def _pass_by(session: Session, readers: ColumnElement[bool], through: int) -> None:
    """Move the position of readers for whom there is nothing new: it stands behind all others."""
    # In a CASE the likelier and in an order of ours; in an AND, PostgreSQL takes its own.
    is_quiet = case(
        (Subscriber.read_through >= through, false()),
        (has_news(session, through), false()),
        else_=~_has_digest_of_the_day(),
    )
    _rows(session, update(Subscriber).where(readers, is_quiet).values(read_through=through))


def _promise(
    session: Session,
    readers: ColumnElement[bool],
    through: int,
    now: datetime,
    window: timedelta | None,
) -> int:
    """Promise digests to readers whose position is not the newest; return how many."""
    moment = literal(now, UtcDateTime())
    deadline: Any = Schedule.next_due_at
    if window:
        latest = literal(now + window, UtcDateTime())
        deadline = case((Schedule.next_due_at < latest, Schedule.next_due_at), else_=latest)
    columns = {
        "subscriber_id": Subscriber.id,
        "kind": literal(MailKind.DIGEST.value),
        "status": literal(DeliveryStatus.PLANNED.value),
        "due_on": Schedule.due_on,
        "from_sequence": Subscriber.read_through,
        "through_sequence": literal(through),
        "planned_at": moment,
        "next_attempt_at": moment,
        "expires_at": deadline,
        "attempt": literal(0),
        "answer": literal(""),
    }
    wanted = (
        select(*columns.values())
        .where(readers, Subscriber.read_through < through)
        .order_by(Subscriber.id)
    )
    # Only a digest of the same day may stand in the way: looking for others costs a microsecond.
    one_a_day = [Delivery.subscriber_id, Delivery.due_on]
    return _rows(
        session,
        insert_into(session, Delivery)
        .from_select(list(columns), wanted)
        .on_conflict_do_nothing(index_elements=one_a_day),
    )


def _count(session: Session, readers: ColumnElement[bool], through: int) -> tuple[int, int]:
    """Count readers after planning: all, and those for whom there was nothing."""
    is_quiet = case((Subscriber.read_through < through, false()), else_=~_has_digest_of_the_day())
    counts = select(func.count(), func.count().filter(is_quiet))
    found, quiet = session.execute(counts.where(readers)).one()
    return found, quiet


def _set_due(session: Session, which: ColumnElement[bool], due_at: datetime | None) -> None:
    _rows(session, update(Subscriber).where(which).values(due_at=due_at))


def _note(session: Session, run: int, counts: PlanCounts, through: int) -> None:
    more = {name: getattr(PlanRun, name) + count for name, count in asdict(counts).items()}
    session.execute(
        update(PlanRun).where(PlanRun.id == run).values(through_sequence=through, **more),
        execution_options={"synchronize_session": False},
    )


def _has_digest_of_the_day() -> ColumnElement[bool]:
    own = aliased(Delivery)
    today = select(own.id).where(own.subscriber_id == Subscriber.id, own.due_on == Schedule.due_on)
    # Compared as a value, since for an EXISTS PostgreSQL may list the digests of all readers.
    return today.scalar_subquery().is_not(None)


def _rows(session: Session, statement: Any) -> int:
    """Execute, and return how many rows were written."""
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result: Any = session.execute(statement, execution_options=options)
    return int(result.rowcount)
