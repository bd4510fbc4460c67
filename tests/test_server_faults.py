"""Whatever the mail server does wrong, at whichever phase: nothing lost, nothing sent twice."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import exists, func, select

from digest import database
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending, deliver, plan, sweep
from digest.enums import DeliveryStatus
from digest.matches import match
from digest.models import Delivery, Subscriber, Suppression
from digest.smtp import Patience, SmtpServer
from tests.factories import NOW, closed_edition, stored_paper, subscriber
from tests.servers import faults
from tests.servers.faults import Fault, FaultyServer, Phase

READERS = 4
CONNECTIONS = 2
OPEN = {DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED}
PHASES = [phase for phase in Phase if phase not in {Phase.STARTTLS, Phase.ANSWERED}]
"""STARTTLS has a file of its own, for the certificates."""
MAY_LOSE_THE_ANSWER = {Phase.DATA, Phase.BODY, Phase.TERMINATOR}
ABOUT_READER = {Phase.RCPT, *MAY_LOSE_THE_ANSWER}


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def composer(tmp_path_factory: pytest.TempPathFactory) -> Composer:
    return Composer.of(Settings(data_dir=tmp_path_factory.mktemp("composer")))


@pytest.fixture(scope="module")
def planned(_empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with a digest planned for each reader; made once, copied often."""
    path = shutil.copy(_empty_sqlite, tmp_path_factory.mktemp("planned") / "digest.db")
    template = database.connect(f"sqlite:///{path}")
    with template.write() as session:
        for number in range(READERS):
            subscriber(session, address=f"r{number}@example.org")
        closed_edition(session, [stored_paper(session, title="The First Paper")])
    match(template)
    plan(template, NOW)
    template.close()
    return path


@pytest.fixture
def readers(planned: Path, tmp_path: Path) -> Iterator[Database]:
    own = database.connect(f"sqlite:///{shutil.copy(planned, tmp_path / 'digest.db')}")
    yield own
    own.close()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faults.serve(FaultyServer()) as running:
        yield running


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("phase", PHASES)
def test_the_ledger_balances_after_a_pipelined(
    readers: Database, server: FaultyServer, composer: Composer, phase: Phase, fault: Fault
) -> None:
    server.phase, server.fault, server.faults_left = phase, fault, CONNECTIONS
    deliver_until_settled(readers, server, composer)
    assert_ledger_balances(readers, server)


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("phase", [Phase.MAIL, Phase.RCPT, Phase.DATA])
def test_the_ledger_balances_after_a_command_in_turn(
    readers: Database, server: FaultyServer, composer: Composer, phase: Phase, fault: Fault
) -> None:
    server.pipelining = False
    server.phase, server.fault, server.faults_left = phase, fault, CONNECTIONS
    deliver_until_settled(readers, server, composer)
    assert_ledger_balances(readers, server)


def deliver_until_settled(readers: Database, server: FaultyServer, composer: Composer) -> None:
    """Let the hours of retries pass; what is never sent ends by expiring."""
    impatient = replace(SmtpServer.at(server.url), patience=Patience(0.2, 0.2, 0.2))
    clock = Clock()
    while is_open(readers):
        deliver(Sending(readers, composer, impatient, "test", clock, CONNECTIONS))
        clock.now += timedelta(hours=1, minutes=15)
        sweep(readers, clock.now)


def is_open(readers: Database) -> bool:
    with readers.read() as session:
        return session.scalar(select(exists().where(Delivery.status.in_(OPEN)))) or False


def assert_ledger_balances(readers: Database, server: FaultyServer) -> None:
    accepted = Counter(server.accepted)
    with readers.read() as session:
        named = select(Subscriber.address, Delivery.status).join(Delivery.subscriber)
        ledger = dict(session.execute(named).all())
        assert session.scalar(select(func.count(Suppression.id))) == 0, "a reader was blamed"
    assert len(ledger) == READERS
    assert max(accepted.values()) == 1, "somebody was mailed twice"
    sent = {address for address, status in ledger.items() if status is DeliveryStatus.SENT}
    uncertain = {a for a, status in ledger.items() if status is DeliveryStatus.UNCERTAIN}
    failed = {address for address, status in ledger.items() if status is DeliveryStatus.FAILED}
    assert sent <= set(accepted) <= sent | uncertain
    assert sent | uncertain | failed == set(ledger), "a digest was lost"
    assert len(uncertain) <= (CONNECTIONS if server.phase in MAY_LOSE_THE_ANSWER else 0)
    may_fail = server.fault is Fault.NEVER and server.phase in ABOUT_READER
    assert len(failed) <= (CONNECTIONS if may_fail else 0)
