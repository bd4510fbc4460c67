"""Subscribing: an address asks, its owner confirms. A stranger learns nothing either way."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from digest import signups
from digest.database import Database
from digest.deliveries import plan_mail
from digest.deliveries.composing import CONFIRM_WITHIN, FRESH_LINK_WITHIN
from digest.enums import MailKind, SignUpKind, SubscriberStatus
from digest.message import AddressError, wire_address
from digest.models import Consent, Delivery, SignUp, Subscriber
from digest.notes import CONFIRMATION_WORDING
from digest.suppressions import is_suppressed, suppress

_log = logging.getLogger(__name__)
_AT_ONCE = 500
"""Sign-ups decided in one run of a worker."""
_READING = {SubscriberStatus.ACTIVE, SubscriberStatus.PAUSED}


class AddressRefused(ValueError):
    """We cannot mail this address; the text says why."""


def checked_address(text: str, *, check_dns: bool = False) -> str:
    """Return the address in its usual spelling; raises AddressRefused with the reason.

    With `check_dns`, a domain that says it takes no mail (no MX and no address, or a null MX,
    RFC 7505) is refused; when DNS gives no answer, the address is believed.
    """
    try:
        found = validate_email(text, check_deliverability=False)
        if check_dns:
            validate_email(found.normalized, check_deliverability=True, timeout=3)
        wire_address(found.normalized)
    except EmailNotValidError as error:
        raise AddressRefused(str(error)) from None
    except AddressError:
        raise AddressRefused(_unwritable(found.normalized)) from None
    return found.normalized


def admit(database: Database, keys: tuple[bytes, ...], now: datetime) -> int:
    """Decide on the sign-ups that wait: a confirmation, a fresh link, or no mail at all.

    What was asked for travels with the confirmation and takes effect when its link is pressed,
    so nobody but the owner of the address can change anything. Returns how many were decided.
    """
    with database.read() as session:
        waiting = signups.undecided(session, _AT_ONCE)
    return sum(_decide(database, keys, number, now) for number in waiting)


def refuse(database: Database, keys: tuple[bytes, ...], subscriber_id: int, now: datetime) -> None:
    """Never mail this address again, as its owner asked in the confirmation mail."""
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is not None:
            suppress(session, keys, [subscriber.address_key], "refused by its owner", now)


def address_key(address: str) -> str:
    """Return what makes two spellings the same inbox."""
    return address.casefold()


def forget_unconfirmed(database: Database, now: datetime, after: timedelta) -> int:
    """Delete who never confirmed, and what they asked for; it was only lent to us."""
    stale = select(Subscriber.id).where(
        Subscriber.status == SubscriberStatus.PENDING, Subscriber.created_at < now - after
    )
    with database.write() as session:
        numbers = session.scalars(stale.with_for_update(skip_locked=True)).all()
        mine = Delivery.subscriber_id.in_(numbers)
        session.execute(update(Delivery).where(mine).values(content=None, subscriber_id=None))
        session.execute(delete(Subscriber).where(Subscriber.id.in_(numbers)))
        session.execute(
            delete(Consent).where(Consent.confirmed_at.is_(None), Consent.asked_at < now - after)
        )
    return len(numbers)


def _unwritable(address: str) -> str:
    """Say what is wrong with an address that needs SMTPUTF8 (RFC 6531), which we do not speak."""
    strange = "".join(dict.fromkeys(c for c in address.rpartition("@")[0] if not c.isascii()))
    return (
        f"We cannot send to an address with “{strange}” before the @ sign. If that slipped in, "
        "write plain letters there, a to z; otherwise please use another address of yours."
    )


def _decide(database: Database, keys: tuple[bytes, ...], number: int, now: datetime) -> bool:
    try:
        with database.write() as session:
            wish = signups.taken(session, number)
            if wish is None:
                return False
            _grant(session, keys, wish, now)
            signups.settle(wish)
    except Exception:
        # One that cannot be decided must not keep the others waiting.
        _log.exception("sign-up %d could not be decided; it is tried again in a minute", number)
        return False
    return True


def _grant(session: Session, keys: tuple[bytes, ...], wish: SignUp, now: datetime) -> None:
    address = wish.address or ""
    key = address_key(address)
    if is_suppressed(session, keys, key):
        return
    subscriber = session.scalar(select(Subscriber).where(Subscriber.address_key == key))
    if subscriber is not None and subscriber.status in _READING:
        if signups.grant(session, keys, wish, SignUpKind.LINK, now):
            kind, lifetime = MailKind.FRESH_LINK, FRESH_LINK_WITHIN
            plan_mail(session, subscriber.id, kind, now, expires_after=lifetime)
    elif wish.preferences is not None:
        wanted = wish.preferences
        if signups.grant(session, keys, wish, SignUpKind.SUBSCRIBE, now):
            _ask_to_confirm(session, subscriber or _stranger(address, key), wish, wanted, now)


def _stranger(address: str, key: str) -> Subscriber:
    return Subscriber(address=address, address_key=key, status=SubscriberStatus.PENDING)


def _ask_to_confirm(
    session: Session,
    subscriber: Subscriber,
    wish: SignUp,
    preferences: dict[str, Any],
    now: datetime,
) -> None:
    if subscriber.status is SubscriberStatus.PENDING:
        # Forgotten a week after the last mail that could be confirmed.
        subscriber.created_at = now
    session.add(subscriber)
    session.flush()
    delivery = plan_mail(
        session,
        subscriber.id,
        MailKind.CONFIRMATION,
        now,
        content=preferences,
        expires_after=CONFIRM_WITHIN,
    )
    session.add(
        Consent(
            subscriber_id=subscriber.id,
            delivery_id=delivery,
            wording=CONFIRMATION_WORDING,
            asked_at=wish.asked_at,
            asked_from=wish.network,
        )
    )
