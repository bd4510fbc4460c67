"""Postfix's log lines -> events, to settle what a lost answer has left uncertain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from digest.database import Database
from digest.deliveries.answers import Blame, blame_for
from digest.enums import DeliveryStatus, FeedbackKind
from digest.feedback.acting import act
from digest.feedback.events import Event, nameless, proven_delivery, telling_code
from digest.models import Delivery

_LINE = re.compile(r"\bpostfix[\w-]*(?:/[\w-]+)*/(\w+)\[\d+\]: (\w{5,20}): (.*)")
_OUTCOME = re.compile(
    r"to=<(?P<to>[^>]*)>.*\bdsn=(?P<code>\d\.\d+\.\d+), "
    r"status=(?P<status>sent|bounced|deferred) \((?P<text>.*)\)"
)
_KINDS = {
    "sent": FeedbackKind.DELIVERED,
    "bounced": FeedbackKind.BOUNCED,
    "deferred": FeedbackKind.DELAYED,
}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many uncertain deliveries there were, and how many the log has settled."""

    uncertain: int
    settled: int


def reconcile(
    database: Database, keys: Sequence[bytes], lines: Iterable[str], now: datetime
) -> Reconciled:
    """Settle the uncertain deliveries that a mail server's log tells about; no others."""
    is_uncertain = Delivery.status == DeliveryStatus.UNCERTAIN
    with database.read() as session:
        uncertain = set(session.scalars(select(Delivery.id).where(is_uncertain)))
    told = (event for event in read(lines, keys) if event.delivery_id in uncertain)
    act(database, keys, told, now)
    with database.read() as session:
        left = session.scalar(select(func.count(Delivery.id)).where(is_uncertain)) or 0
    return Reconciled(len(uncertain), max(len(uncertain) - left, 0))


def read(lines: Iterable[str], keys: Sequence[bytes]) -> Iterator[Event]:
    """Return what Postfix did with mails of ours, found by their Message-ID or bounce address.

    `(queue active)` says that the whole mail was taken: cleanup logs a Message-ID before that.
    """
    ours: dict[str, int] = {}
    for line in lines:
        found = _LINE.search(line)
        if not found:
            continue
        daemon, queue_id, text = found.groups()
        if daemon == "cleanup" and text.startswith("message-id="):
            _name(ours, queue_id, keys, text.removeprefix("message-id="))
        elif daemon == "qmgr" and text.startswith("from="):
            _name(ours, queue_id, keys, text.removeprefix("from="))
            if queue_id in ours and text.endswith("(queue active)"):
                yield _accepted(ours[queue_id], queue_id)
        elif daemon == "qmgr" and text == "removed":
            ours.pop(queue_id, None)
        elif queue_id in ours and (outcome := _OUTCOME.search(text)):
            yield _event(ours[queue_id], queue_id, outcome)


def _name(ours: dict[str, int], queue_id: str, keys: Sequence[bytes], text: str) -> None:
    delivery_id = proven_delivery(keys, [text])
    if delivery_id is not None:
        ours[queue_id] = delivery_id


def _accepted(delivery_id: int, queue_id: str) -> Event:
    return Event(
        source="log",
        id=f"{queue_id}:accepted",
        kind=FeedbackKind.DELIVERED,
        delivery_id=delivery_id,
        text=f"taken as {queue_id}",
    )


def _event(delivery_id: int, queue_id: str, outcome: re.Match[str]) -> Event:
    kind = _KINDS[outcome["status"]]
    code = telling_code(outcome["code"], outcome["text"])
    return Event(
        source="log",
        id=f"{queue_id}:{outcome['status']}:{outcome['code']}",
        kind=kind,
        delivery_id=delivery_id,
        blame=blame_for(code) if kind is FeedbackKind.BOUNCED else Blame.NOBODY,
        recipient=outcome["to"],
        enhanced_code=code,
        text=nameless(outcome["text"]),
    )
