"""A reader's position when evidence comes after the fact: on with what arrived, back for what
did not."""

from __future__ import annotations

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from digest.enums import DeliveryStatus, MailKind
from digest.models import Delivery, FrozenDigest, Subscriber

_PASSED = (DeliveryStatus.SENT, DeliveryStatus.COMPLAINED, DeliveryStatus.CLAIMED)
_WAITING = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)


def move_on(session: Session, delivery: Delivery) -> None:
    """Pass the editions of a digest that was sent after all."""
    if delivery.kind is not MailKind.DIGEST:
        return
    session.execute(
        update(Subscriber)
        .where(
            Subscriber.id == delivery.subscriber_id,
            Subscriber.read_through < delivery.through_sequence,
        )
        .values(read_through=delivery.through_sequence)
    )


def step_back(session: Session, delivery: Delivery) -> None:
    """Put the editions of digests that bounced in front of their reader again.

    Only those behind which no later digest has arrived or is on its way: going back further would
    say its papers twice. A digest that is planned and not yet composed is widened. The order in
    which the bounces of several digests come does not matter; the caller holds the reader's row.
    """
    if delivery.kind is not MailKind.DIGEST:
        return
    mine = and_(Delivery.subscriber_id == delivery.subscriber_id, Delivery.kind == MailKind.DIGEST)
    is_composed = exists().where(FrozenDigest.delivery_id == Delivery.id)
    not_composed = and_(Delivery.status.in_(_WAITING), ~is_composed)
    arrives = or_(
        Delivery.status.in_(_PASSED),
        and_(Delivery.status.in_(_WAITING), is_composed),
    )
    passed = session.scalar(select(func.max(Delivery.through_sequence)).where(mine, arrives)) or 0
    bounced = session.scalar(
        select(func.min(Delivery.from_sequence)).where(
            mine, Delivery.status == DeliveryStatus.BOUNCED, Delivery.through_sequence > passed
        )
    )
    if bounced is None:
        return
    start = max(bounced, passed)
    session.execute(
        update(Subscriber)
        .where(Subscriber.id == delivery.subscriber_id, Subscriber.read_through > start)
        .values(read_through=start)
    )
    session.execute(
        update(Delivery)
        .where(mine, not_composed, Delivery.from_sequence > start)
        .values(from_sequence=start)
    )
