"""One address: suppressed or not, and the keyed hash that stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from digest.enums import SubscriberStatus
from digest.macs import mac
from digest.models import Subscriber, Suppression


def address_hash(key: bytes, address_key: str) -> bytes:
    """Return what stands for a (case-folded) address; it cannot be turned back without the key."""
    return mac(key, "suppression", address_key.encode())


def is_suppressed(session: Session, keys: Sequence[bytes], address_key: str) -> bool:
    """Tell whether an address was suppressed under any key of the ring."""
    hashes = [address_hash(key, address_key) for key in keys]
    wanted = select(Suppression.id).where(Suppression.address_hash.in_(hashes)).limit(1)
    return session.scalar(wanted) is not None


def suppress(
    session: Session,
    keys: Sequence[bytes],
    address_keys: Iterable[str],
    reason: str,
    now: datetime,
) -> None:
    """Suppress addresses and whoever subscribed with them; joins the caller's transaction."""
    for address_key in address_keys:
        if not is_suppressed(session, keys, address_key):
            digest = address_hash(keys[0], address_key)
            session.add(Suppression(address_hash=digest, reason=reason, created_at=now))
        session.execute(
            update(Subscriber)
            .where(Subscriber.address_key == address_key)
            .values(status=SubscriberStatus.SUPPRESSED, left_at=now)
        )
    session.flush()


def unsuppress(session: Session, keys: Sequence[bytes], address_key: str) -> bool:
    """Allow an address again; who subscribed with it may do so anew. False if it was allowed."""
    hashes = [address_hash(key, address_key) for key in keys]
    gone = session.scalars(
        delete(Suppression).where(Suppression.address_hash.in_(hashes)).returning(Suppression.id)
    ).all()
    session.execute(
        update(Subscriber)
        .where(
            Subscriber.address_key == address_key,
            Subscriber.status == SubscriberStatus.SUPPRESSED,
        )
        .values(status=SubscriberStatus.UNSUBSCRIBED)
    )
    return bool(gone)
