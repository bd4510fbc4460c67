"""Subscribing: an address asks, its owner confirms. A stranger learns nothing either way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from email_validator import EmailNotValidError, EmailUndeliverableError, validate_email
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries import plan_mail
from digest.deliveries.composing import CONFIRM_WITHIN, FRESH_LINK_WITHIN
from digest.message import AddressError, wire_address
from digest.models import (
    Delivery,
    MailKind,
    Subscriber,
    SubscriberStatus,
)
from digest.subscribers.preferences import Preferences
from digest.suppressions import is_suppressed, suppress

_MAILS_A_DAY = 3
"""Confirmations and fresh links that strangers can make us send to one address."""
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
    except EmailUndeliverableError as error:
        raise AddressRefused(str(error)) from None
    except EmailNotValidError as error:
        raise AddressRefused(str(error)) from None
    except AddressError:
        raise AddressRefused(
            "This address needs a mail server that takes non-ASCII letters before the @ sign, "
            "which ours does not. Please use another address."
        ) from None
    return found.normalized


def subscribe(
    database: Database,
    keys: tuple[bytes, ...],
    address: str,
    preferences: Preferences,
    now: datetime,
) -> None:
    """Mail a confirmation to a (checked) address; whoever reads already gets a link instead.

    What was asked for travels with the mail and takes effect when its link is confirmed, so
    nobody but the owner of the address can change anything. Returns the same for all addresses.
    """
    ask_to_confirm(database, keys, address, preferences.to_json(), now)


def ask_to_confirm(
    database: Database,
    keys: tuple[bytes, ...],
    address: str,
    content: dict[str, Any],
    now: datetime,
) -> None:
    """Mail a confirmation of what `content` says."""
    key = address_key(address)
    try:
        with database.write() as session:
            _ask(session, keys, key, address, content, now)
    except IntegrityError:
        # The same address was added by another request at the same moment.
        with database.write() as session:
            _ask(session, keys, key, address, content, now)


def refuse(database: Database, keys: tuple[bytes, ...], subscriber_id: int, now: datetime) -> None:
    """Never mail this address again, as its owner asked in the confirmation mail."""
    with database.write() as session:
        subscriber = session.get(Subscriber, subscriber_id, with_for_update=True)
        if subscriber is not None:
            suppress(session, keys, [subscriber.address_key], "refused by its owner", now)


def send_fresh_link(database: Database, address: str, now: datetime) -> None:
    """Mail a link to whoever reads at this address; returns the same for all addresses."""
    with database.write() as session:
        subscriber = session.scalar(
            select(Subscriber).where(Subscriber.address_key == address_key(address))
        )
        if subscriber is not None and subscriber.status in _READING:
            _send_fresh_link(session, subscriber, now)


def address_key(address: str) -> str:
    """Return what makes two spellings the same inbox."""
    return address.casefold()


def forget_unconfirmed(database: Database, now: datetime, after: timedelta) -> int:
    """Delete who never confirmed; their addresses were only lent to us."""
    with database.write() as session:
        result = session.execute(
            delete(Subscriber)
            .where(
                Subscriber.status == SubscriberStatus.PENDING, Subscriber.created_at < now - after
            )
            .returning(Subscriber.id)
        )
        return len(result.all())


def _ask(
    session: Session,
    keys: tuple[bytes, ...],
    key: str,
    address: str,
    content: dict[str, Any],
    now: datetime,
) -> None:
    if is_suppressed(session, keys, key):
        return
    subscriber = session.scalar(select(Subscriber).where(Subscriber.address_key == key))
    if subscriber is not None and subscriber.status in _READING:
        _send_fresh_link(session, subscriber, now)
        return
    if subscriber is None:
        subscriber = Subscriber(
            address=address, address_key=key, status=SubscriberStatus.PENDING, created_at=now
        )
        session.add(subscriber)
        session.flush()
    if _may_be_mailed(session, subscriber, MailKind.CONFIRMATION, now):
        plan_mail(
            session,
            subscriber.id,
            MailKind.CONFIRMATION,
            now,
            content=content,
            expires_after=CONFIRM_WITHIN,
        )


def _send_fresh_link(session: Session, subscriber: Subscriber, now: datetime) -> None:
    if _may_be_mailed(session, subscriber, MailKind.FRESH_LINK, now):
        kind, lifetime = MailKind.FRESH_LINK, FRESH_LINK_WITHIN
        plan_mail(session, subscriber.id, kind, now, expires_after=lifetime)


def _may_be_mailed(session: Session, subscriber: Subscriber, kind: MailKind, now: datetime) -> bool:
    recent = select(func.count(Delivery.id)).where(
        Delivery.subscriber_id == subscriber.id,
        Delivery.kind == kind,
        Delivery.planned_at > now - timedelta(days=1),
    )
    return (session.scalar(recent) or 0) < _MAILS_A_DAY
