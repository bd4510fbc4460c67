"""Recovery: what a crash, a lost poke or a passed time has left lying about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, select, update
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries.positions import move_on
from digest.enums import DeliveryStatus, Phase
from digest.models import Attempt, Delivery, Hold, Pace, PlanRun


@dataclass(frozen=True, slots=True)
class SweepCounts:
    again: int = 0
    """Their worker died before the terminator: surely not sent, tried again."""
    uncertain: int = 0
    """Their worker died after it: perhaps sent, never sent again by us."""
    expired: int = 0


class NotUncertain(Exception):
    """The delivery to settle is not uncertain."""


def sweep(database: Database, now: datetime) -> SweepCounts:
    """Take deliveries back from workers whose lease ran out, and expire what is too late."""
    with database.write() as session:
        is_lost = and_(Delivery.status == DeliveryStatus.CLAIMED, Delivery.next_attempt_at <= now)
        uncertain = _set(
            session,
            and_(is_lost, _terminator_written()),
            status=DeliveryStatus.UNCERTAIN,
            finished_at=now,
            answer="the worker died after sending the whole message; the answer is not known",
        )
        again = _set(
            session,
            is_lost,
            status=DeliveryStatus.PLANNED,
            next_attempt_at=now,
            answer="the worker died before sending it",
        )
        expired = _set(
            session,
            and_(
                Delivery.status.in_((DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)),
                Delivery.expires_at <= now,
            ),
            status=DeliveryStatus.EXPIRED,
            finished_at=now,
        )
    return SweepCounts(again, uncertain, expired)


def settle(database: Database, delivery_id: int, *, was_sent: bool, now: datetime) -> None:
    """Say what the operator found out about an uncertain delivery.

    Was it sent, the reader's position moves on; was it not, its papers come again. Raises
    NotUncertain for any other delivery.
    """
    with database.write() as session:
        delivery = session.get(Delivery, delivery_id, with_for_update=True)
        if delivery is None or delivery.status is not DeliveryStatus.UNCERTAIN:
            state = f"is {delivery.status}" if delivery else "does not exist"
            raise NotUncertain(f"delivery {delivery_id} {state}; only uncertain ones are settled")
        delivery.status = DeliveryStatus.SENT if was_sent else DeliveryStatus.FAILED
        delivery.answer += f"; settled by hand as {delivery.status} on {now:%Y-%m-%d %H:%M} UTC"
        if was_sent:
            move_on(session, delivery)


def purge(database: Database, now: datetime, retention: timedelta) -> int:
    """Delete finished deliveries, with their attempts, and old counts, past `retention`."""
    with database.write() as session:
        session.execute(delete(PlanRun).where(PlanRun.planned_at < now - retention))
        session.execute(delete(Hold).where(Hold.until < now - retention))
        session.execute(delete(Pace).where(Pace.queue_at < now - retention))
        result: Any = session.execute(
            delete(Delivery).where(Delivery.finished_at < now - retention)
        )
        return int(result.rowcount)


def _terminator_written() -> ColumnElement[bool]:
    return exists(
        select(Attempt.number).where(
            Attempt.delivery_id == Delivery.id,
            Attempt.number == Delivery.attempt,
            Attempt.phase == Phase.TERMINATOR,
        )
    )


def _set(session: Session, condition: ColumnElement[bool], **changes: Any) -> int:
    result: Any = session.execute(
        update(Delivery)
        .where(condition)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)
