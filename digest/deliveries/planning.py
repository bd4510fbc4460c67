"""Planning: promise a digest to every due reader who has something new in front of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    String,
    and_,
    case,
    column,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
    values,
)
from sqlalchemy.orm import Session, aliased

from digest.database import Database, insert_into
from digest.digests import Schedule, local_day, next_due
from digest.enums import DeliveryStatus, MailKind, Selectivity, SubscriberStatus
from digest.matches import newest_with_papers
from digest.matching import FEWER, MORE, NORMAL
from digest.models import (
    Delivery,
    Edition,
    Match,
    PlanRun,
    Subscriber,
    Subscription,
    Topic,
    UtcDateTime,
)

_NOT_YET_TRIED = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)
_UNDER_WAY = (*_NOT_YET_TRIED, DeliveryStatus.CLAIMED)
_PLANNER_LOCK = 7263550
_STRETCH = 25_000
"""About how many readers a transaction plans: half a second of locks, not half a minute."""
_AT_ONCE = 2
"""How many stretches PostgreSQL plans at once, each on a processor of its own."""
_MANY = 1_000
"""Digests planned at once, from which fresh statistics are worth their tenth of a second."""
THRESHOLDS = {Selectivity.FEWER: FEWER, Selectivity.NORMAL: NORMAL, Selectivity.MORE: MORE}
"""The score from which a paper belongs, by the reader's own wish."""


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
class _Due:
    """Who is due: on which schedules, and numbered from where to where."""

    schedules: tuple[Schedule, ...]
    readers: int
    first: int
    last: int

    def stretches(self) -> list[tuple[int, int]]:
        """Cut the numbers into stretches (from, up to but without) of about _STRETCH readers."""
        width = -(-(self.last - self.first + 1) * _STRETCH // self.readers)
        return list(pairwise([*range(self.first, self.last + 1, width), self.last + 1]))


def plan(database: Database, now: datetime, window: timedelta | None = None) -> PlanCounts:
    """Plan every due digest; a second run finds nobody due.

    A digest is sent until the next one is due, or within `window`. One still waiting from an
    earlier day expires here, and its papers go into the new one: the position it never moved is
    where the new one starts.

    1. One planner at a time: a lock in PostgreSQL, and on SQLite the write lock of each stretch.
    2. The due readers are cut into stretches, each planned and counted in a transaction of its
       own, so that mail goes out while others are planned. Of a planner killed at any moment,
       each stretch is planned and counted, or due as before: the next run goes on there.
    """
    with _only_planner(database):
        with database.read() as session:
            due = _due(session, now)
        if due is None:
            return PlanCounts()
        with database.write() as session:
            run = PlanRun(planned_at=now, through_sequence=0, **asdict(PlanCounts()))
            session.add(run)
            session.flush()
            number = run.id
        timetable = _timetable(due.schedules, now, window)

        def plan_stretch(stretch: tuple[int, int]) -> PlanCounts:
            with database.write() as session:
                return _plan_and_count(session, number, timetable, stretch, now)

        with ThreadPoolExecutor(1 if database.is_sqlite else _AT_ONCE) as pool:
            parts = list(pool.map(plan_stretch, due.stretches()))
        counts = PlanCounts(*map(sum, zip(*map(astuple, parts), strict=True)))
        _refresh_statistics(database, counts.planned)
        return counts


def plan_now(database: Database, now: datetime, window: timedelta | None = None) -> PlanCounts:
    """Plan for every active reader whatever their hour; still one digest a reader and local day."""
    with database.write() as session:
        session.execute(
            update(Subscriber)
            .where(Subscriber.status == SubscriberStatus.ACTIVE)
            .values(next_due_at=now)
        )
    return plan(database, now, window)


def plan_first_digest(session: Session, subscriber: Subscriber, now: datetime) -> None:
    """Plan the digest that follows a confirmation at once, or a welcome when nothing matches.

    The reader starts just before the newest edition that holds papers. Joins the caller's
    transaction.
    """
    through = _matched_through(session)
    subscriber.read_through = max(newest_with_papers(session, through) - 1, 0)
    subscriber.next_due_at = next_due(_schedule(subscriber), now)
    session.flush()
    mine = Subscriber.id == subscriber.id
    if not session.scalar(select(_has_news(session, through)).where(mine)):
        subscriber.read_through = through
        plan_mail(session, subscriber.id, MailKind.WELCOME, now, expires_after=timedelta(days=1))
        return
    today = local_day(now, subscriber.time_zone)
    if local_day(subscriber.next_due_at, subscriber.time_zone) == today:
        # One digest a day: the next one is tomorrow's.
        subscriber.next_due_at = next_due(_schedule(subscriber), subscriber.next_due_at)
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
            expires_at=subscriber.next_due_at,
        )
        .on_conflict_do_nothing()
    )


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


@contextmanager
def _only_planner(database: Database) -> Iterator[None]:
    if database.is_sqlite:
        yield
        return
    with database.write() as session:
        session.execute(select(func.pg_advisory_xact_lock(_PLANNER_LOCK)))
        yield


def _plan_and_count(
    session: Session,
    run: int,
    timetable: FromClause,
    stretch: tuple[int, int],
    now: datetime,
) -> PlanCounts:
    if session.get_bind().dialect.name == "postgresql":
        # Compiling takes longer than a stretch.
        session.execute(text("SET LOCAL jit = off"))
    through = _matched_through(session)
    counts = _plan(session, timetable, stretch, through, now)
    more = {name: getattr(PlanRun, name) + count for name, count in asdict(counts).items()}
    session.execute(
        update(PlanRun).where(PlanRun.id == run).values(through_sequence=through, **more),
        execution_options={"synchronize_session": False},
    )
    return counts


def _plan(
    session: Session,
    timetable: FromClause,
    stretch: tuple[int, int],
    through: int,
    now: datetime,
) -> PlanCounts:
    """Plan the due readers of a stretch.

    1. Digests of earlier days that no worker has taken expire.
    2. Whoever has a digest of an earlier day under way still is being mailed now, and stays due.
    3. Whoever has nothing new is done with: the position moves, and they are due another time.
    4. All others are promised a digest, unless they had one this day, and are due another time.

    Nobody becomes due meanwhile: all others that set a due time set one after `now`. Whoever
    leaves or pauses meanwhile may still be promised a digest, which the gate will stop.
    """
    first, end = stretch
    is_due = and_(
        Subscriber.id >= first,
        Subscriber.id < end,
        Subscriber.status == SubscriberStatus.ACTIVE,
        Subscriber.next_due_at <= now,
        _same_schedule(timetable),
    )
    earlier = and_(
        Delivery.subscriber_id >= first,
        Delivery.subscriber_id < end,
        Delivery.kind == MailKind.DIGEST,
        Delivery.subscriber_id == Subscriber.id,
        Delivery.due_on != timetable.c.due_on,
        is_due,
    )
    _expire(session, and_(earlier, Delivery.status.in_(_NOT_YET_TRIED)), now)
    waiting = session.scalars(
        select(Subscriber.id).where(earlier, Delivery.status.in_(_UNDER_WAY))
    ).all()
    is_free = and_(is_due, Subscriber.id.not_in(waiting))
    quiet = _pass_by(session, is_free, timetable, through)
    planned = _promise(session, is_free, timetable, through, now)
    moved_on = update(Subscriber).where(is_free).values(next_due_at=timetable.c.following)
    repeated = max(_rows(session, moved_on) - planned, 0)
    return PlanCounts(
        candidates=planned + quiet + len(waiting) + repeated,
        planned=planned,
        quiet=quiet,
        waiting=len(waiting),
        repeated=repeated,
    )


def _refresh_statistics(database: Database, planned: int) -> None:
    """Let PostgreSQL count a table that has just grown many times over.

    By what it knew before, it may look for the digests of one reader among all.
    """
    if planned >= _MANY and not database.is_sqlite:
        with database.write() as session:
            session.execute(text("ANALYZE deliveries"))


def _due(session: Session, now: datetime) -> _Due | None:
    settings = (Subscriber.frequency, Subscriber.weekday, Subscriber.hour, Subscriber.time_zone)
    readers, first, last = func.count(), func.min(Subscriber.id), func.max(Subscriber.id)
    rows = session.execute(
        select(*settings, readers.label("readers"), first.label("first"), last.label("last"))
        .where(Subscriber.status == SubscriberStatus.ACTIVE, Subscriber.next_due_at <= now)
        .group_by(*settings)
    ).all()
    if not rows:
        return None
    return _Due(
        tuple(Schedule(row.frequency, row.weekday, row.hour, row.time_zone) for row in rows),
        sum(row.readers for row in rows),
        min(row.first for row in rows),
        max(row.last for row in rows),
    )


def _timetable(
    schedules: Sequence[Schedule], now: datetime, window: timedelta | None
) -> FromClause:
    """Return the schedules of all due readers, with their local day, next due time and deadline.

    Time zone rules live in Python; a million readers share a few hundred schedules.
    """
    rows: list[tuple[str, int, int, str, date, datetime, datetime]] = []
    for schedule in schedules:
        following = next_due(schedule, now)
        deadline = min(following, now + window) if window else following
        today = local_day(now, schedule.time_zone)
        setting = (schedule.frequency.value, schedule.weekday, schedule.hour, schedule.time_zone)
        rows.append((*setting, today, following, deadline))
    return (
        values(
            column("frequency", String),
            column("weekday", Integer),
            column("hour", Integer),
            column("time_zone", String),
            column("due_on", Date),
            column("following", UtcDateTime()),
            column("deadline", UtcDateTime()),
            name="timetable",
        )
        .data(rows)
        .cte("timetable")
    )


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


def _pass_by(
    session: Session, readers: ColumnElement[bool], timetable: FromClause, through: int
) -> int:
    """Move the position of readers for whom there is nothing new; return how many there are."""
    # In a CASE the likelier and in an order of ours; in an AND, PostgreSQL takes its own.
    is_quiet = case((_has_news(session, through), false()), else_=~_has_digest_of(timetable))
    position = case((Subscriber.read_through < through, through), else_=Subscriber.read_through)
    return _rows(
        session,
        update(Subscriber)
        .where(readers, is_quiet)
        .values(read_through=position, next_due_at=timetable.c.following),
    )


def _promise(
    session: Session,
    readers: ColumnElement[bool],
    timetable: FromClause,
    through: int,
    now: datetime,
) -> int:
    moment = literal(now, UtcDateTime())
    wanted = select(
        Subscriber.id,
        literal(MailKind.DIGEST.value),
        literal(DeliveryStatus.PLANNED.value),
        timetable.c.due_on,
        Subscriber.read_through,
        literal(through),
        moment,
        moment,
        timetable.c.deadline,
        literal(0),
        literal(""),
    )
    names = (
        "subscriber_id",
        "kind",
        "status",
        "due_on",
        "from_sequence",
        "through_sequence",
        "planned_at",
        "next_attempt_at",
        "expires_at",
        "attempt",
        "answer",
    )
    wanted = wanted.where(readers).order_by(Subscriber.id)
    # Only a digest of the same day may stand in the way: looking for others costs a microsecond.
    one_a_day = [Delivery.subscriber_id, Delivery.due_on]
    return _rows(
        session,
        insert_into(session, Delivery)
        .from_select(names, wanted)
        .on_conflict_do_nothing(index_elements=one_a_day),
    )


def _has_news(session: Session, through: int) -> ColumnElement[bool]:
    """Whether an edition in front of the reader holds something for them."""
    return or_(_has_matches(through), _has_whole_list(session, through))


def _has_matches(through: int) -> ColumnElement[bool]:
    """Whether a topic of theirs matched something in front of the reader."""
    # One match is enough: joined, a reader would be held against every match of every topic.
    matched = (
        select(Match.topic_id)
        .where(
            Match.topic_id == Subscription.topic_id,
            Match.sequence > Subscriber.read_through,
            Match.sequence <= through,
            Match.score >= case(THRESHOLDS, value=Subscriber.selectivity),
        )
        .correlate(Subscription, Subscriber)
    )
    return exists().where(
        Subscription.subscriber_id == Subscriber.id, ~Subscription.is_paused, matched.exists()
    )


def _has_whole_list(session: Session, through: int) -> ColumnElement[bool]:
    """Whether papers lie in front of a reader without topics, who gets the whole list."""
    # Compared as a value, here and below, since for an EXISTS PostgreSQL may list all readers.
    followed = select(Subscription.id).where(Subscription.subscriber_id == Subscriber.id).limit(1)
    return and_(
        followed.scalar_subquery().is_(None),
        Subscriber.read_through < newest_with_papers(session, through),
    )


def _has_digest_of(timetable: FromClause) -> ColumnElement[bool]:
    own = aliased(Delivery)
    today = select(own.id).where(
        own.subscriber_id == Subscriber.id, own.due_on == timetable.c.due_on
    )
    return today.scalar_subquery().is_not(None)


def _same_schedule(timetable: FromClause) -> ColumnElement[bool]:
    return tuple_(
        Subscriber.frequency, Subscriber.weekday, Subscriber.hour, Subscriber.time_zone
    ) == tuple_(timetable.c.frequency, timetable.c.weekday, timetable.c.hour, timetable.c.time_zone)


def _matched_through(session: Session) -> int:
    """Return the last edition that every topic was held against."""
    newest = session.scalar(select(func.max(Edition.sequence))) or 0
    slowest = session.scalar(select(func.min(Topic.matched_through)))
    return newest if slowest is None else min(newest, slowest)


def _schedule(subscriber: Subscriber) -> Schedule:
    return Schedule(subscriber.frequency, subscriber.weekday, subscriber.hour, subscriber.time_zone)


def _rows(session: Session, statement: Any) -> int:
    """Execute, and return how many rows were written."""
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result: Any = session.execute(statement, execution_options=options)
    if session.get_bind().dialect.name == "sqlite":
        # Its driver does not count when a statement begins with WITH.
        return session.scalar(select(func.changes())) or 0
    return int(result.rowcount)
