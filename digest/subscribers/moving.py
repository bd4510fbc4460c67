"""Moving a subscription to another address, whose owner has to agree."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from digest import signups
from digest.addresses import Origin
from digest.config import Settings
from digest.database import Database
from digest.deliveries import is_being_planned, plan_mail
from digest.enums import DeliveryStatus, MailKind, SignUpKind, SubscriberStatus
from digest.models import Change, Consent, Delivery, Subscriber, Subscription
from digest.signups import Wish
from digest.subscribers.links import LinkUsed, check_link, use_link
from digest.subscribers.overview import overview
from digest.subscribers.subscribing import AddressRefused, address_key

_WAITING = (DeliveryStatus.PLANNED, DeliveryStatus.DEFERRED)


class OnItsWay(Exception):
    """A digest is being handed over at this moment; in a few minutes it is settled."""


def ask_to_move(
    database: Database,
    settings: Settings,
    subscriber_id: int,
    link: int,
    address: str,
    origin: Origin,
    now: datetime,
) -> None:
    """Ask a (checked) new address whether the subscription may come; uses the fresh link up.

    Until its owner agrees everything stays as it is. Raises AddressRefused for the address that
    it has, NotSubscribed, LinkUsed or TooManySignUps; returns the same for every other address.
    """
    reader = overview(database, subscriber_id)
    if address_key(address) == address_key(reader.address):
        raise AddressRefused("That is the address you have now.")
    check_link(database, subscriber_id, link)
    content = reader.preferences.to_json() | {"moves": subscriber_id}
    # Who holds a fresh link need not solve a challenge as well.
    proof = f"fresh link {link}".encode()
    wish = Wish(SignUpKind.SUBSCRIBE, address, origin, content, proof)
    signups.ask(database, settings, wish, now)
    use_link(database, subscriber_id, link, now)


def take_over(session: Session, subscriber: Subscriber, old_id: int, now: datetime) -> None:
    """Go on at a new address where the old one stopped, and tell the old one.

    1. Lock the old subscriber: the row that a worker's gate locks before it hands over.
    2. A digest already through the gate must be settled first: OnItsWay.
    3. What waits for the old address, or to be planned, is due at the new one at once.
    4. Position, settings, topics, changes and past digests go over, so that nothing comes twice.
    """
    old = session.get(Subscriber, old_id, with_for_update=True)
    if old is None or old.status not in {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED}:
        raise LinkUsed("the subscription it was about has ended")
    if _has_digest(session, old_id, (DeliveryStatus.CLAIMED,)):
        raise OnItsWay
    is_due = _has_digest(session, old_id, _WAITING) or is_being_planned(session, old)
    _cancel_waiting(session, old_id, now)
    for setting in ("frequency", "weekday", "hour", "time_zone", "max_papers", "selectivity"):
        setattr(subscriber, setting, getattr(old, setting))
    subscriber.status = old.status
    subscriber.read_through = old.read_through
    subscriber.paused_until = old.paused_until
    subscriber.schedule_id = old.schedule_id
    subscriber.due_at = now if is_due else old.due_at
    subscriber.confirmed_at = now
    subscriber.left_at = None
    subscriber.subscriptions.clear()
    session.flush()
    for table in (Subscription, Change, Consent):
        mine = table.subscriber_id == old_id
        session.execute(update(table).where(mine).values(subscriber_id=subscriber.id))
    _hand_over_history(session, old_id, subscriber.id)
    _forget_soon(old, now)
    day = timedelta(days=1)
    plan_mail(session, old_id, MailKind.FAREWELL, now, content={"moved": True}, expires_after=day)


def _hand_over_history(session: Session, old_id: int, new_id: int) -> None:
    taken = select(Delivery.due_on).where(_digests_of(new_id))
    session.execute(
        update(Delivery)
        .where(
            _digests_of(old_id),
            Delivery.status != DeliveryStatus.CANCELLED,
            Delivery.due_on.not_in(taken),
        )
        .values(subscriber_id=new_id)
        .execution_options(synchronize_session=False)
    )


def _forget_soon(old: Subscriber, now: datetime) -> None:
    """Keep the old address as one that never confirmed: long enough for the note it gets."""
    old.status = SubscriberStatus.PENDING
    old.created_at = now
    old.confirmed_at = None


def _digests_of(subscriber_id: int) -> ColumnElement[bool]:
    return (Delivery.subscriber_id == subscriber_id) & (Delivery.kind == MailKind.DIGEST)


def _has_digest(session: Session, subscriber_id: int, statuses: tuple[DeliveryStatus, ...]) -> bool:
    wanted = select(Delivery.id).where(_digests_of(subscriber_id), Delivery.status.in_(statuses))
    return session.scalar(wanted.limit(1)) is not None


def _cancel_waiting(session: Session, subscriber_id: int, now: datetime) -> None:
    session.execute(
        update(Delivery)
        .where(_digests_of(subscriber_id), Delivery.status.in_(_WAITING))
        .values(
            status=DeliveryStatus.CANCELLED,
            finished_at=now,
            answer="the subscription moved to another address",
        )
    )
