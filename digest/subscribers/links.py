"""Links that do their work once."""

from __future__ import annotations

from datetime import datetime

from digest.database import Database
from digest.enums import MailKind
from digest.models import Delivery
from digest.subscribers.overview import NotSubscribed


class LinkUsed(Exception):
    """The link has done its work already, or what it was about is over."""


def check_link(database: Database, subscriber_id: int, delivery_id: int) -> None:
    """Raise LinkUsed or NotSubscribed unless a fresh link, named by its mail, is unused."""
    with database.read() as session:
        _require_unused(session.get(Delivery, delivery_id), subscriber_id)


def use_link(database: Database, subscriber_id: int, delivery_id: int, now: datetime) -> None:
    """Use a fresh link up; of two at the same moment, one raises LinkUsed."""
    with database.write() as session:
        delivery = session.get(Delivery, delivery_id, with_for_update=True)
        _require_unused(delivery, subscriber_id).content = {"used_at": now.isoformat()}


def _require_unused(delivery: Delivery | None, subscriber_id: int) -> Delivery:
    if (
        delivery is None
        or delivery.kind is not MailKind.FRESH_LINK
        or delivery.subscriber_id != subscriber_id
    ):
        raise NotSubscribed
    if (delivery.content or {}).get("used_at"):
        raise LinkUsed("this link was used before; ask for a fresh one")
    return delivery
