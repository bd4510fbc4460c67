"""Holds: what has to wait, and why. They only ever delay; no hold makes or repeats work."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from digest.database import Database, insert_into
from digest.enums import DeliveryStatus, HoldKind, MailKind
from digest.models import Delivery, Hold, Subscriber

_FIRST_WAIT = {
    HoldKind.SERVER: timedelta(minutes=1),
    HoldKind.DOMAIN: timedelta(hours=1),
    HoldKind.EDITION: timedelta(days=30),
}
_LONGEST_WAIT = {
    HoldKind.SERVER: timedelta(minutes=15),
    HoldKind.DOMAIN: timedelta(hours=8),
    HoldKind.EDITION: timedelta(days=30),
}
"""An edition waits for the operator, or until its digests expire."""
_IN_A_ROW = timedelta(hours=1)
"""A hold that comes back so soon after its end waits longer."""
_NOT_YET_TRIED = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)
_log = logging.getLogger(__name__)


class NotHeld(Exception):
    """There is no such hold to release."""


@dataclass(frozen=True, slots=True)
class Held:
    """What waits at one moment, ready to be asked about many deliveries."""

    domains: dict[str, datetime]
    editions: dict[str, datetime]

    def until(self, address_key: str, kind: MailKind, through_sequence: int) -> datetime | None:
        """Return when a mail may go, or None: now."""
        moments = [self.domains.get(domain_of(address_key))]
        if kind is MailKind.DIGEST:
            moments.append(self.editions.get(str(through_sequence)))
        return max((moment for moment in moments if moment), default=None)


def domain_of(address_key: str) -> str:
    """Return the domain of a case-folded address."""
    return address_key.rpartition("@")[2]


def active(session: Session, now: datetime) -> Sequence[Hold]:
    """Return what waits now, the longest first."""
    return session.scalars(select(Hold).where(Hold.until > now).order_by(Hold.since)).all()


def held(holds: Collection[Hold]) -> Held:
    """Sort holds by what they hold."""
    return Held(
        domains={one.name: one.until for one in holds if one.kind is HoldKind.DOMAIN},
        editions={one.name: one.until for one in holds if one.kind is HoldKind.EDITION},
    )


def is_server_held(holds: Collection[Hold]) -> bool:
    return any(one.kind is HoldKind.SERVER for one in holds)


def hold(session: Session, kind: HoldKind, name: str, reason: str, now: datetime) -> None:
    """Let what `kind` and `name` say wait, ever longer; a hold that is active stays as it is.

    The row is made first and locked then, so that two workers hold once.
    """
    ended: dict[str, Any] = {"since": now, "until": now, "times": 0, "reason": ""}
    session.execute(
        insert_into(session, Hold)
        .values(kind=kind, name=name, **ended)
        .on_conflict_do_nothing(index_elements=["kind", "name"])
    )
    mine = select(Hold).where(Hold.kind == kind, Hold.name == name).with_for_update()
    row = session.scalars(mine.execution_options(populate_existing=True)).one()
    if row.until > now:
        return
    row.times = row.times + 1 if now - row.until < _IN_A_ROW else 1
    row.since, row.until, row.reason = now, now + _wait(kind, row.times), reason[:1000]
    session.flush()
    what = f"{kind} {name}".strip()
    _log.error("%s waits until %s: %s", what, f"{row.until:%d %b %H:%M} UTC", reason)


def release(database: Database, kind: HoldKind, name: str, now: datetime) -> int:
    """End a hold; return how many mails may go again. Raises NotHeld."""
    with database.write() as session:
        found = session.scalar(
            select(Hold)
            .where(Hold.kind == kind, Hold.name == name, Hold.until > now)
            .with_for_update()
        )
        if found is None:
            raise NotHeld(f"no {kind} {name} is held".replace("  ", " "))
        waited_for = found.until
        found.until, found.times = now, 0
        rows = session.execute(
            update(Delivery)
            .where(
                Delivery.status.in_(_NOT_YET_TRIED),
                Delivery.next_attempt_at == waited_for,
                _concerned(kind, name),
            )
            .values(next_attempt_at=now)
            .returning(Delivery.id)
            .execution_options(synchronize_session=False)
        )
        return len(rows.all())


def _concerned(kind: HoldKind, name: str) -> ColumnElement[bool]:
    match kind:
        case HoldKind.EDITION:
            return Delivery.through_sequence == int(name)
        case HoldKind.DOMAIN:
            mine = Subscriber.id == Delivery.subscriber_id
            domain = Subscriber.address_key.endswith(f"@{name}", autoescape=True)
            return select(Subscriber.id).where(mine, domain).exists()
        case HoldKind.SERVER:
            return Delivery.id.is_not(None)


def _wait(kind: HoldKind, times: int) -> timedelta:
    doubled: timedelta = _FIRST_WAIT[kind] * 2 ** min(times - 1, 10)
    return min(doubled, _LONGEST_WAIT[kind])
