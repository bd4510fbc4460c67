"""Planning: promise a digest to every due reader who has something new in front of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
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
from digest.matches import newest_with_papers
from digest.matching import FEWER, MORE, NORMAL
from digest.models import (
    Delivery,
    DeliveryStatus,
    Edition,
    MailKind,
    Match,
    PlanRun,
    Selectivity,
    Subscriber,
    SubscriberStatus,
    Subscription,
    Topic,
    UtcDateTime,
)

_NOT_YET_TRIED = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)
_PLANNER_LOCK = 7263550
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


def plan(database: Database, now: datetime, window: timedelta | None = None) -> PlanCounts:
    """Plan every due digest in one transaction; a second run finds nobody due.

    A digest is sent until the next one is due, or within `window`. One still waiting from an
    earlier day expires here, and its papers go into the new one: the position it never moved is
    where the new one starts.
    """
    with database.write() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(_PLANNER_LOCK)))
        timetable = _timetable(session, now, window)
        if timetable is None:
            return PlanCounts()
        through = _matched_through(session)
        counts = _plan(session, timetable, through, now)
        session.add(PlanRun(planned_at=now, through_sequence=through, **asdict(counts)))
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


def _plan(session: Session, timetable: FromClause, through: int, now: datetime) -> PlanCounts:
    is_due = and_(
        Subscriber.status == SubscriberStatus.ACTIVE,
        Subscriber.next_due_at <= now,
        _same_schedule(timetable),
    )
    candidates = _count(session, is_due, timetable)
    waiting = _count(session, and_(is_due, _is_handed_over()), timetable)
    is_free = and_(is_due, ~_is_handed_over())
    _expire_earlier(session, is_free, timetable, now)
    # One statement a kind of news: together in an OR, each reader would be looked up alone.
    planned = sum(
        _promise(session, and_(is_free, news), timetable, through, now)
        for news in (_has_matches(through), _has_whole_list(session, through))
    )
    _refresh_statistics(session, planned)
    # Whoever got no digest just now is soon found; only they are asked about news once more.
    idle = select(Subscriber.id).where(is_free, ~_has_digest_of(timetable)).cte("idle")
    # read_through is set even where nothing changes, so that the count tells the quiet ones.
    quiet = _rows(
        session,
        update(Subscriber)
        .where(Subscriber.id == idle.prefix_with("MATERIALIZED").c.id, ~_has_news(session, through))
        .values(
            read_through=case(
                (Subscriber.read_through < through, through), else_=Subscriber.read_through
            )
        ),
    )
    session.execute(
        update(Subscriber)
        .where(is_free)
        .values(next_due_at=timetable.c.following)
        .execution_options(synchronize_session=False)
    )
    repeated = candidates - planned - quiet - waiting
    return PlanCounts(candidates, planned, quiet, waiting, repeated)


def _refresh_statistics(session: Session, planned: int) -> None:
    """Let PostgreSQL count a table that has just grown many times over.

    By what it knew before, it may look for each reader among all deliveries of the day.
    """
    if planned >= _MANY and session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE deliveries"))


def _timetable(session: Session, now: datetime, window: timedelta | None) -> FromClause | None:
    """Return the schedules of all due readers, with their local day, next due time and deadline.

    Time zone rules live in Python; a million readers share a few hundred schedules.
    """
    columns = (Subscriber.frequency, Subscriber.weekday, Subscriber.hour, Subscriber.time_zone)
    schedules = session.execute(
        select(*columns)
        .where(Subscriber.status == SubscriberStatus.ACTIVE, Subscriber.next_due_at <= now)
        .distinct()
    ).all()
    if not schedules:
        return None
    rows: list[tuple[str, int, int, str, date, datetime, datetime]] = []
    for row in schedules:
        following = next_due(Schedule(*row), now)
        deadline = min(following, now + window) if window else following
        today = local_day(now, row.time_zone)
        schedule = (row.frequency.value, row.weekday, row.hour, row.time_zone)
        rows.append((*schedule, today, following, deadline))
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


def _expire_earlier(
    session: Session, is_free: ColumnElement[bool], timetable: FromClause, now: datetime
) -> None:
    session.execute(
        update(Delivery)
        .where(
            Delivery.kind == MailKind.DIGEST,
            Delivery.status.in_(_NOT_YET_TRIED),
            Delivery.subscriber_id == Subscriber.id,
            is_free,
            Delivery.due_on != timetable.c.due_on,
        )
        .values(
            status=DeliveryStatus.EXPIRED,
            finished_at=now,
            answer="the next digest was due; its papers are in that one",
        )
        .execution_options(synchronize_session=False)
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
    ).where(readers)
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
    return _rows(
        session, insert_into(session, Delivery).from_select(names, wanted).on_conflict_do_nothing()
    )


def _has_news(session: Session, through: int) -> ColumnElement[bool]:
    """Whether an edition in front of the reader holds something for them."""
    return or_(_has_matches(through), _has_whole_list(session, through))


def _has_matches(through: int) -> ColumnElement[bool]:
    """Whether a topic of theirs matched something in front of the reader."""
    # One match is enough: joined, a reader would be held against every match of every topic.
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
    followed = exists().where(Subscription.subscriber_id == Subscriber.id)
    return and_(~followed, Subscriber.read_through < newest_with_papers(session, through))


def _is_handed_over() -> ColumnElement[bool]:
    # Few at any time, so a list hashed once; a lookup a reader would depend on fresh statistics.
    own = aliased(Delivery)
    return Subscriber.id.in_(
        select(own.subscriber_id).where(
            own.kind == MailKind.DIGEST,
            own.status == DeliveryStatus.CLAIMED,
            own.subscriber_id.is_not(None),
        )
    )


def _has_digest_of(timetable: FromClause) -> ColumnElement[bool]:
    own = aliased(Delivery)
    return exists().where(
        own.subscriber_id == Subscriber.id,
        own.kind == MailKind.DIGEST,
        own.due_on == timetable.c.due_on,
    )


def _same_schedule(timetable: FromClause) -> ColumnElement[bool]:
    return tuple_(
        Subscriber.frequency, Subscriber.weekday, Subscriber.hour, Subscriber.time_zone
    ) == tuple_(timetable.c.frequency, timetable.c.weekday, timetable.c.hour, timetable.c.time_zone)


def _matched_through(session: Session) -> int:
    """Return the last edition that every topic was held against."""
    newest = session.scalar(select(func.max(Edition.sequence))) or 0
    slowest = session.scalar(select(func.min(Topic.matched_through)))
    return newest if slowest is None else min(newest, slowest)


def _count(session: Session, condition: ColumnElement[bool], timetable: FromClause) -> int:
    wanted = select(func.count(Subscriber.id)).select_from(Subscriber, timetable).where(condition)
    return session.scalar(wanted) or 0


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
