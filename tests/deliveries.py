"""What tests of planning and sending set up, and what they look at afterwards."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from digest.database import Database
from digest.enums import DeliveryStatus
from digest.matches import match
from digest.models import Delivery, Subscriber
from tests.factories import closed_edition, stored_paper


def edition(database: Database, sequence: int, *titles: str) -> None:
    with database.write() as session:
        papers = [stored_paper(session, title=title) for title in titles]
        day = date(2026, 6, 1) + timedelta(days=sequence)
        closed_edition(session, papers, day=day, sequence=sequence)
    match(database)


def statuses(database: Database) -> list[DeliveryStatus]:
    with database.read() as session:
        return list(session.scalars(select(Delivery.status).order_by(Delivery.id)))


def position(database: Database, subscriber_id: int) -> int:
    with database.read() as session:
        return session.get_one(Subscriber, subscriber_id).read_through
