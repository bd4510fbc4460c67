"""Pace: how fast mail may go, and to whom. A limit only ever delays; it never makes work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from digest.config import Settings
from digest.database import insert_into
from digest.enums import DeliveryStatus
from digest.models import Delivery
from digest.models import Pace as Row

_ANYBODY = ""
_PLENTY = 10_000_000
"""An allowance nobody needs to count against."""
_SAVED = timedelta(seconds=1)
"""How much of an idle time may be made up for at once."""
_GROWTH_A_DAY = 1.5
_HANDED_OVER = (
    DeliveryStatus.CLAIMED,
    DeliveryStatus.SENT,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.BOUNCED,
    DeliveryStatus.COMPLAINED,
)


@dataclass(frozen=True, slots=True)
class Pace:
    """An operator's limits; 0 and None: no limit."""

    per_second: float = 0.0
    per_domain_per_second: float = 0.0
    warm_up_from: date | None = None
    warm_up_mails: int = 500
    """On the first day, UTC; half as many again each day after."""

    @classmethod
    def of(cls, settings: Settings) -> Pace:
        return cls(
            settings.max_per_second,
            settings.max_per_domain_per_second,
            settings.warm_up_from,
            settings.warm_up_mails,
        )

    @property
    def is_limited(self) -> bool:
        return bool(self.per_second or self.per_domain_per_second)

    def allowance(self, day: date) -> int | None:
        """Return how many mails a day of the warm-up allows; None: as many as there are."""
        if self.warm_up_from is None or day < self.warm_up_from:
            return None
        return int(self.warm_up_mails * _GROWTH_A_DAY ** min((day - self.warm_up_from).days, 100))


UNLIMITED = Pace()


@dataclass(frozen=True, slots=True)
class Turns:
    """The state of one limit: when the next mail may go, and until when turns are given out."""

    free_at: datetime
    queue_at: datetime


def take_turns(
    turns: Turns, per_second: float, wanted: int, now: datetime
) -> tuple[int, list[datetime], Turns]:
    """Let the first of `wanted` mails go, give each other one its time, and return the new state.

    Every mail is put off once, to the end of the row; at its time there is room for it.
    """
    step = timedelta(seconds=1 / per_second)
    free = max(turns.free_at, now - _SAVED)
    going = min(wanted, (now - free) // step + 1) if free <= now else 0
    free += going * step
    queue = max(turns.queue_at, free)
    waits = [queue + number * step for number in range(wanted - going)]
    return going, waits, Turns(free, queue + len(waits) * step)


def room(session: Session, pace: Pace, wanted: int, now: datetime) -> int:
    """Return how many of `wanted` mails may go now to anybody; locks until the commit."""
    allowed = pace.allowance(now.astimezone(UTC).date())
    if allowed is not None and allowed < _PLENTY:
        wanted = min(wanted, allowed - _handed_over_today(session, now))
    if pace.per_second and wanted > 0:
        turns = _locked(session, [_ANYBODY], now)[_ANYBODY]
        wanted = take_turns(turns, pace.per_second, wanted, now)[0]
    return max(wanted, 0)


def is_day_full(session: Session, pace: Pace, now: datetime) -> bool:
    """Whether the warm-up allows no more mail today."""
    return room(session, Pace(0, 0, pace.warm_up_from, pace.warm_up_mails), 1, now) == 0


def use(session: Session, pace: Pace, count: int, now: datetime) -> None:
    """Count mails that go now, of those there was room for."""
    if pace.per_second and count:
        turns = _locked(session, [_ANYBODY], now)[_ANYBODY]
        _write(session, {_ANYBODY: take_turns(turns, pace.per_second, count, now)[2]})


def domain_turns(
    session: Session, pace: Pace, mails: Sequence[tuple[int, str]], now: datetime
) -> dict[int, datetime]:
    """Return which of `mails` (number, domain) must wait, and until when."""
    if not pace.per_domain_per_second:
        return {}
    by_domain: dict[str, list[int]] = {}
    for number, domain in mails:
        by_domain.setdefault(domain, []).append(number)
    waiting: dict[int, datetime] = {}
    states = _locked(session, sorted(by_domain), now)
    for domain, numbers in by_domain.items():
        going, times, states[domain] = take_turns(
            states[domain], pace.per_domain_per_second, len(numbers), now
        )
        waiting |= dict(zip(numbers[going:], times, strict=True))
    _write(session, states)
    return waiting


def _locked(session: Session, domains: Sequence[str], now: datetime) -> dict[str, Turns]:
    """Make missing rows, and lock all in the order of their names."""
    fresh = [{"domain": domain, "free_at": now, "queue_at": now} for domain in domains]
    session.execute(insert_into(session, Row).on_conflict_do_nothing(), fresh)
    rows = session.execute(
        select(Row.domain, Row.free_at, Row.queue_at)
        .where(Row.domain.in_(domains))
        .order_by(Row.domain)
        .with_for_update()
    )
    return {row.domain: Turns(row.free_at, row.queue_at) for row in rows}


def _write(session: Session, states: Mapping[str, Turns]) -> None:
    rows = [
        {"domain": domain, "free_at": turns.free_at, "queue_at": turns.queue_at}
        for domain, turns in states.items()
    ]
    session.execute(update(Row), rows)


def _handed_over_today(session: Session, now: datetime) -> int:
    midnight = datetime.combine(now.astimezone(UTC).date(), time.min, UTC)
    today = or_(Delivery.finished_at >= midnight, Delivery.status == DeliveryStatus.CLAIMED)
    counted = select(func.count(Delivery.id)).where(today, Delivery.status.in_(_HANDED_OVER))
    return session.scalar(counted) or 0
