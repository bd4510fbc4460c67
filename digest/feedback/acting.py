"""Acting on what was heard: each event once, in one transaction, whatever the order."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from digest.database import Database
from digest.deliveries.answers import Blame
from digest.deliveries.positions import move_on, step_back
from digest.deliveries.strikes import give_up, has_been_full, has_struck_out
from digest.enums import DeliveryStatus, FeedbackKind, MailKind
from digest.feedback.events import Event, outcome
from digest.message import AddressError, wire_address
from digest.models import Delivery, FeedbackEvent, Subscriber
from digest.suppressions import suppress

_log = logging.getLogger(__name__)
_ARRIVED = {DeliveryStatus.SENT, DeliveryStatus.COMPLAINED}
_LONGEST_ANSWER = 2_000


class _Result(StrEnum):
    APPLIED = "applied"
    KNOWN = "known"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    applied: int = 0
    known: int = 0
    """Told before, or nothing new."""
    unproven: int = 0
    """Without a signature of ours, or about a delivery long deleted: changed nothing."""

    def __add__(self, other: FeedbackCounts) -> FeedbackCounts:
        return FeedbackCounts(
            self.applied + other.applied, self.known + other.known, self.unproven + other.unproven
        )


def act(
    database: Database, keys: Sequence[bytes], events: Iterable[Event], now: datetime
) -> FeedbackCounts:
    """Act on events and commit; saying the same again, or in another order, ends the same.

    For each event, in a transaction of its own:

    1. Lock the delivery, then its reader: the order in which a worker's gate locks them.
    2. Insert the event; the unique (source, event id) lets only one transaction go on.
    3. Set the delivery to what outweighs the other (`events.outcome`).
    4. Move the position on for what arrived, back for what did not.
    5. Suppress the address after a complaint, an unknown mailbox, or two strikes a day apart;
       unsubscribe it when it was full for weeks.
    """
    counts = Counter(_act(database, keys, event, now) for event in events)
    if counts[_Result.UNPROVEN]:
        _log.warning("reports without a signature of ours: %d", counts[_Result.UNPROVEN])
    return FeedbackCounts(**{result.value: counts[result] for result in _Result})


def pressed(database: Database, keys: Sequence[bytes], delivery_id: int, now: datetime) -> None:
    """Conclude that a mail arrived: its reader has pressed the button behind its own link."""
    proof = Event(
        source="link", id=str(delivery_id), kind=FeedbackKind.DELIVERED, delivery_id=delivery_id
    )
    act(database, keys, [proof], now)


def _act(database: Database, keys: Sequence[bytes], event: Event, now: datetime) -> _Result:
    if event.delivery_id is None:
        return _Result.UNPROVEN
    with database.write() as session:
        delivery = session.get(Delivery, event.delivery_id, with_for_update=True)
        if delivery is None:
            return _Result.UNPROVEN
        if _is_no_news(event, delivery.status):
            return _Result.KNOWN
        reader = session.get(Subscriber, delivery.subscriber_id or 0, with_for_update=True)
        event = _softened(event, reader)
        if not _remember(session, event, now):
            return _Result.KNOWN
        _change(session, delivery, event, now)
        if reader is not None and _was_sent_to(delivery, reader):
            _stop(session, keys, event, delivery, reader, now)
    if event.blame is Blame.OURS:
        _log.error("delivery %d bounced: %s %s", delivery.id, event.enhanced_code, event.text)
    return _Result.APPLIED


def _is_no_news(event: Event, status: DeliveryStatus) -> bool:
    """Whether it only says what is known, as most reports of success do; none of them is kept."""
    return outcome(status, event.kind) is status and event.kind in {
        FeedbackKind.DELIVERED,
        FeedbackKind.DELAYED,
    }


def _softened(event: Event, reader: Subscriber | None) -> Event:
    """Let an unknown mailbox that is not the reader's own count as a strike only.

    The reader's address may be forwarded to it, or be an alias of which it is one member.
    """
    if reader is None or event.blame is not Blame.ADDRESS or not event.recipient:
        return event
    try:
        is_own = wire_address(reader.address).casefold() == event.recipient.casefold()
    except AddressError:
        is_own = False
    return event if is_own else replace(event, blame=Blame.UNKNOWN)


def _remember(session: Session, event: Event, now: datetime) -> bool:
    """Keep the event; false when it was kept before."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql_insert if is_postgresql else sqlite_insert
    kept = session.scalar(
        insert(FeedbackEvent)
        .values(
            source=event.source,
            event_id=event.id[:128],
            delivery_id=event.delivery_id,
            kind=event.kind,
            blame=event.blame,
            enhanced_code=event.enhanced_code,
            text=event.text,
            heard_at=now,
        )
        .on_conflict_do_nothing()
        .returning(FeedbackEvent.id)
    )
    return kept is not None


def _change(session: Session, delivery: Delivery, event: Event, now: datetime) -> None:
    before, after = delivery.status, outcome(delivery.status, event.kind)
    words = " ".join(word for word in (event.kind, event.enhanced_code, event.text) if word)
    line = f"{words} (told by {event.source} on {now:%Y-%m-%d %H:%M} UTC)"
    delivery.answer = "; ".join(part for part in (delivery.answer, line) if part)[:_LONGEST_ANSWER]
    delivery.status = after
    delivery.finished_at = delivery.finished_at or now
    session.flush()
    if after in _ARRIVED:
        move_on(session, delivery)
    elif before is not after:
        step_back(session, delivery)


def _was_sent_to(delivery: Delivery, reader: Subscriber) -> bool:
    """Whether the mail went to the address its reader has now.

    The digests of who moved to another address, and confirmed it, go with them.
    """
    is_digest = delivery.kind is MailKind.DIGEST
    return not is_digest or not reader.confirmed_at or delivery.planned_at >= reader.confirmed_at


def _stop(
    session: Session,
    keys: Sequence[bytes],
    event: Event,
    delivery: Delivery,
    reader: Subscriber,
    now: datetime,
) -> None:
    if _must_suppress(session, event, reader):
        reason = f"{event.kind} {event.enhanced_code}".strip()
        suppress(session, keys, [reader.address_key], reason, now)
    elif event.kind is FeedbackKind.BOUNCED and has_been_full(session, reader.id, delivery.id):
        give_up(session, reader.id, now)


def _must_suppress(session: Session, event: Event, reader: Subscriber) -> bool:
    if event.kind is FeedbackKind.COMPLAINED or event.blame is Blame.ADDRESS:
        return True
    return event.kind is FeedbackKind.BOUNCED and has_struck_out(session, reader.id)
