"""Ready: which deliveries may go now, and which have to wait for a hold or for their turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from digest.deliveries.holds import Held, active, domain_of, held, is_server_held
from digest.deliveries.pace import Pace, domain_turns, is_day_full, room, use
from digest.enums import DeliveryStatus, MailKind
from digest.models import Delivery, Subscriber, UtcDateTime

_NOT_YET_TRIED = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)


def choose_ready(
    session: Session, now: datetime, size: int, pace: Pace
) -> tuple[list[int], list[int]]:
    """Return the numbers of what is ready, and of that what may go; the others are put off.

    Short mails come first: somebody is waiting for a confirmation.
    """
    holds = active(session, now)
    size = 0 if is_server_held(holds) else room(session, pace, size, now)
    candidates = _ready(session, now, _NOTES, size)
    candidates += _ready(session, now, _DIGESTS, size - len(candidates))
    if not candidates or not (holds or pace.is_limited):
        return candidates, candidates
    later = _to_wait(session, candidates, held(holds), pace, now)
    _put_off(session, later)
    going = [number for number in candidates if number not in later]
    use(session, pace, len(going), now)
    return candidates, going


def _to_wait(
    session: Session, candidates: Sequence[int], held: Held, pace: Pace, now: datetime
) -> dict[int, datetime]:
    """Return until when deliveries have to wait, by number; those that need not are left out."""
    rows = session.execute(
        select(Delivery.id, Delivery.kind, Delivery.through_sequence, Subscriber.address_key)
        .join(Delivery.subscriber)
        .where(Delivery.id.in_(candidates))
    ).all()
    by_number = {row.id: row for row in rows}
    later: dict[int, datetime] = {}
    free: list[tuple[int, str]] = []
    for row in (by_number[number] for number in candidates if number in by_number):
        until = held.until(row.address_key, row.kind, row.through_sequence)
        if until:
            later[row.id] = until
        else:
            free.append((row.id, domain_of(row.address_key)))
    return later | domain_turns(session, pace, free, now)


def _put_off(session: Session, later: Mapping[int, datetime]) -> None:
    rows = [{"delivery": number, "until": until} for number, until in later.items()]
    if rows:
        session.connection().execute(_SET_LATER, rows)


def next_turn(session: Session, pace: Pace, now: datetime, within: timedelta) -> datetime | None:
    """Return when a mail gets its turn, if limits give out turns and one is near."""
    if (
        not pace.is_limited
        or is_server_held(active(session, now))
        or is_day_full(session, pace, now)
    ):
        return None
    return session.scalar(
        select(func.min(Delivery.next_attempt_at)).where(
            Delivery.status.in_(_NOT_YET_TRIED),
            Delivery.expires_at > now,
            Delivery.next_attempt_at <= now + within,
        )
    )


def _ready(session: Session, now: datetime, wanted: Select[int], size: int) -> list[int]:
    if size <= 0:
        return []
    return list(session.connection().scalars(wanted, {"now": now, "size": size}))


def _ready_where(is_of_kind: ColumnElement[bool]) -> Select[int]:
    now = bindparam("now", type_=UtcDateTime())
    return (
        select(Delivery.id)
        .where(
            is_of_kind,
            # Written out, so that a plan kept for any value can use the partial indexes.
            Delivery.status.in_(
                bindparam("not_yet_tried", _NOT_YET_TRIED, expanding=True, literal_execute=True)
            ),
            Delivery.next_attempt_at <= now,
            Delivery.expires_at > now,
        )
        .order_by(Delivery.next_attempt_at)
        .limit(bindparam("size"))
        .with_for_update(skip_locked=True)
    )


_IS_DIGEST = Delivery.kind == bindparam("digest", MailKind.DIGEST, literal_execute=True)
_NOTES = _ready_where(~_IS_DIGEST)
_DIGESTS = _ready_where(_IS_DIGEST)
_SET_LATER = (
    update(Delivery.__table__)  # type: ignore[arg-type]
    .where(Delivery.id == bindparam("delivery"))
    .values(next_attempt_at=bindparam("until"))
)
