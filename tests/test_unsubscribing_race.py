"""Unsubscribing while one's digest is claimed: it was already handed over, or it never goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import Queue

import pytest
from sqlalchemy import select

from digest import subscribers
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending, deliver, plan
from digest.enums import DeliveryStatus, Phase
from digest.matches import match
from digest.models import Attempt, Delivery, Subscriber
from digest.smtp import SmtpServer
from tests.factories import NOW, closed_edition, stored_paper, subscriber
from tests.servers import faults
from tests.servers.faults import FaultyServer

READERS = 900
"""So many that each side wins now and then, also on SQLite, where writers queue."""
CONNECTIONS = 4
HANDED_OVER = {Phase.TERMINATOR, Phase.ANSWERED}


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faults.serve(FaultyServer()) as running:
        yield running


@pytest.fixture
def readers(any_database: Database) -> Database:
    with any_database.write() as session:
        for number in range(1, READERS + 1):
            subscriber(session, address=f"r{number}@example.org")
        closed_edition(session, [stored_paper(session)])
    match(any_database)
    plan(any_database, NOW)
    return any_database


class Leaving(threading.Thread):
    """Unsubscribes whoever's digest is on the wire, and looks whether it had been handed over."""

    def __init__(self, database: Database) -> None:
        super().__init__(daemon=True)
        self.database = database
        self.asked: Queue[int] = Queue()
        self.too_late: set[int] = set()
        self.in_time: set[int] = set()

    def hear(self, phase: faults.Phase, recipient: str) -> None:
        if phase is faults.Phase.BODY and self.asked.empty():
            self.asked.put(int(recipient.partition("@")[0][1:]))

    def run(self) -> None:
        while reader := self.asked.get():
            subscribers.unsubscribe(self.database, reader, NOW)
            was_handed_over = self.phase_of(reader) in HANDED_OVER
            (self.too_late if was_handed_over else self.in_time).add(reader)

    def phase_of(self, reader: int) -> Phase | None:
        with self.database.read() as session:
            latest = select(Attempt.phase).join(Delivery, Delivery.id == Attempt.delivery_id)
            return session.scalar(latest.where(Delivery.subscriber_id == reader))


def test_who_unsubscribed_before_the_hand_over_never_gets_the_digest(
    readers: Database, server: FaultyServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    leaving = Leaving(readers)
    server.watch = leaving.hear
    leaving.start()
    composer = Composer.of(Settings(data_dir=tmp_path_factory.mktemp("composer")))
    mail = SmtpServer.at(server.url)
    deliver(Sending(readers, composer, mail, "racing", lambda: NOW, CONNECTIONS))
    leaving.asked.put(0)
    leaving.join(30)

    accepted = {int(address.partition("@")[0][1:]) for address in server.accepted}
    assert leaving.in_time, "nobody was fast enough; the race was not run"
    assert leaving.too_late, "everybody was fast enough; the race was not run"
    assert not leaving.in_time & accepted, "a digest went out after its reader had left"
    assert leaving.too_late <= accepted
    with readers.read() as session:
        stopped = select(Subscriber.id).join(
            Delivery,
            (Delivery.subscriber_id == Subscriber.id)
            & (Delivery.status == DeliveryStatus.CANCELLED),
        )
        assert set(session.scalars(stopped)) == leaving.in_time
