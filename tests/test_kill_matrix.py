"""Workers killed at every phase: nothing lost, nothing sent twice, what is unknown named."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending, deliver, plan, sweep
from digest.enums import DeliveryStatus
from digest.matches import match
from digest.models import Delivery, Subscriber
from digest.smtp import transport
from tests import installation, kill_matrix
from tests.factories import closed_edition, stored_paper, subscriber
from tests.installation import System
from tests.processes import running, wait_for
from tests.servers import mail
from tests.servers.mail import MailServer

READERS = 40
CONNECTIONS = 16
PHASES = ("mail", "rcpt", "data", "accepted", "answered")
Environment = dict[str, str]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail.serve() as served:
        yield served


@pytest.fixture
def environment(any_database: Database, server: MailServer, tmp_path: Path) -> Environment:
    return {
        "DIGEST_DATA_DIR": str(tmp_path),
        "DIGEST_DATABASE_URL": any_database.engine.url.render_as_string(hide_password=False),
        "DIGEST_SMTP_URL": server.url,
        "DIGEST_BASE_URL": "https://papers.example.org",
        "DIGEST_FROM": "Trending papers <digest@papers.example.org>",
        "DIGEST_POSTAL_ADDRESS": "1 Sample Street",
        "DIGEST_SECRET_KEYS": "k" * 40,
    }


@pytest.fixture
def readers(any_database: Database) -> Database:
    """Readers whose hour has come, and an edition for them."""
    now = datetime.now(UTC)
    with any_database.write() as session:
        for number in range(READERS):
            address = f"r{number}@example.org"
            subscriber(session, address=address, hour=now.hour, next_due_at=now)
        closed_edition(session, [stored_paper(session, title="The First Paper")])
    match(any_database)
    return any_database


class AtPhase:
    """Sends a signal to a process the n-th time the server reaches a phase."""

    def __init__(self, phase: str, number: int, send: signal.Signals) -> None:
        self.phase, self.left, self.send = phase, number, send
        self.pid = 0

    def __call__(self, phase: str) -> None:
        if phase != self.phase or not self.pid:
            return
        self.left -= 1
        if self.left == 0:
            os.kill(self.pid, self.send)


@pytest.mark.parametrize(
    ("phase", "number"),
    [("ehlo", 1), *((phase, number) for phase in PHASES for number in (1, 19))],
)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    readers: Database,
    server: MailServer,
    environment: Environment,
    tmp_path: Path,
    phase: str,
    number: int,
) -> None:
    killer = server.watch = AtPhase(phase, number, signal.SIGKILL)
    with running(["digest", "send"], tmp_path / "log", environment, tmp_path) as worker:
        killer.pid = worker.pid
        wait_for(lambda: worker.poll() is not None, 30, tmp_path / "log")
    assert worker.returncode == -signal.SIGKILL, (tmp_path / "log").read_text()

    settle_down(readers, environment, datetime.now(UTC) + timedelta(minutes=3))
    assert_ledger_balances(readers, server)


def settle_down(database: Database, environment: Environment, now: datetime) -> None:
    """Let the leases run out, and another worker go on."""
    sweep(database, now)
    deliver(sending(database, environment, now))


def sending(database: Database, environment: Environment, now: datetime) -> Sending:
    settings = Settings(
        data_dir=Path(environment["DIGEST_DATA_DIR"]),
        smtp_url=environment["DIGEST_SMTP_URL"],
        base_url=environment["DIGEST_BASE_URL"],
        postal_address=environment["DIGEST_POSTAL_ADDRESS"],
        secret_keys=environment["DIGEST_SECRET_KEYS"],
        DIGEST_FROM=environment["DIGEST_FROM"],
    )
    mailing = transport(settings)
    return Sending(database, Composer.of(settings), mailing, "second", lambda: now, CONNECTIONS)


def assert_ledger_balances(database: Database, server: MailServer) -> None:
    accepted = Counter(server.recipients)
    with database.read() as session:
        named = select(Subscriber.address, Delivery.status).join(Delivery.subscriber)
        rows = session.execute(named).all()
    ledger = dict(rows)
    assert len(rows) == READERS
    assert max(accepted.values()) == 1, "somebody was mailed twice"
    sent = {address for address, status in ledger.items() if status is DeliveryStatus.SENT}
    uncertain = {a for a, status in ledger.items() if status is DeliveryStatus.UNCERTAIN}
    assert sent | uncertain == set(ledger), "a digest was lost"
    assert sent <= set(accepted) <= sent | uncertain
    assert len(uncertain) <= CONNECTIONS


def test_papers_of_uncertain_digests_are_in_the_next_one(
    readers: Database, server: MailServer, environment: Environment, tmp_path: Path
) -> None:
    killer = server.watch = AtPhase("accepted", 1, signal.SIGKILL)
    with running(["digest", "send"], tmp_path / "log", environment, tmp_path) as worker:
        killer.pid = worker.pid
        wait_for(lambda: worker.poll() is not None, 30, tmp_path / "log")
    tomorrow = datetime.now(UTC) + timedelta(days=1, minutes=1)
    settle_down(readers, environment, datetime.now(UTC) + timedelta(minutes=3))
    with readers.read() as session:
        unknown = select(Subscriber.address).join(Delivery.subscriber)
        uncertain = set(session.scalars(unknown.where(Delivery.status == DeliveryStatus.UNCERTAIN)))
    assert uncertain
    before = len(server.accepted)
    plan(readers, tomorrow)
    deliver(sending(readers, environment, tomorrow))
    again = {str(message["To"]) for message in server.messages()[before:]}
    assert again == uncertain


def test_a_worker_that_slept_past_its_lease_sends_nothing_when_it_wakes(
    readers: Database, server: MailServer, environment: Environment, tmp_path: Path
) -> None:
    sleeper = server.watch = AtPhase("rcpt", 1, signal.SIGSTOP)
    with running(["digest", "send"], tmp_path / "log", environment, tmp_path) as worker:
        sleeper.pid = worker.pid
        wait_for(lambda: is_stopped(worker.pid), 30, tmp_path / "log")
        settle_down(readers, environment, datetime.now(UTC) + timedelta(minutes=3))
        assert len(server.recipients) == READERS
        os.kill(worker.pid, signal.SIGCONT)
        assert worker.wait(30) == 0, (tmp_path / "log").read_text()
    assert_ledger_balances(readers, server)


def is_stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def test_two_planners_and_two_senders_at_once_mail_everybody_once(
    readers: Database, server: MailServer, environment: Environment, tmp_path: Path
) -> None:
    def start(name: str) -> Callable[[], bool]:
        command = running(["digest", "send"], tmp_path / name, environment, tmp_path)
        process = command.__enter__()
        stack.append(command)
        return lambda: process.poll() is not None

    stack: list[object] = []
    ended = [start("one"), start("two")]
    wait_for(lambda: all(done() for done in ended), 40, tmp_path / "one")
    time.sleep(0.1)
    assert Counter(server.recipients) == {f"r{n}@example.org": 1 for n in range(READERS)}
    assert_ledger_balances(readers, server)


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    with installation.running() as running_system:
        yield running_system


@pytest.mark.parametrize(("victim", "moment"), kill_matrix.SHORT)
def test_killed_servers_lose_nothing_and_double_nothing(
    system: System, victim: str, moment: str
) -> None:
    outcome = kill_matrix.play(system, 20, victim, moment)
    assert outcome.is_kept, outcome


def test_the_documented_table_has_every_cell_and_every_cell_kept_the_promise() -> None:
    documented = (installation.ROOT / "docs" / "delivery.md").read_text()
    row = re.compile(r"^\| (\w+) \| ([^|]+) \| 40 \| 0 \| 0 \| (\d+) \| (\d+) \|$", re.MULTILINE)
    rows = row.findall(documented)
    assert [(victim, moment) for victim, moment, _, _ in rows] == kill_matrix.CELLS
    assert all(int(uncertain) <= int(connections) for *_, uncertain, connections in rows)
