"""Kill -9 of every process at every moment, then a restart: does the ledger balance?

    python -m tests.kill_matrix [--only workers] [--readers 40]

Runs PostgreSQL (with fsync), Redis, two workers, beat, the web process and a mail server, all
real. Each line of the table is one kill: the victim, the moment, and what was lost, sent twice
or left uncertain afterwards. Nothing in the program knows of it: a moment is something that can
be seen from outside, a phase of the SMTP dialogue or a statement that waits in the database.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from digest import models
from digest.database import Database
from digest.enums import DeliveryStatus, EditionStatus, MailKind
from digest.models import Delivery, Hold, Match, Schedule, Subscriber
from tests.factories import closed_edition, stored_paper, subscriber
from tests.installation import DAYS_AGO, PAPERS, System, connected, running, wait_until
from tests.servers.faults import FaultyServer, Phase

OPEN = (DeliveryStatus.PLANNED, DeliveryStatus.CLAIMED, DeliveryStatus.DEFERRED)
GATE = 4711
"""The advisory lock at which a statement waits for its killer."""
STOP_HERE = f"""
    CREATE OR REPLACE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_lock({GATE});
        PERFORM pg_advisory_unlock({GATE});
        RETURN NEW;
    END $$
"""
WAITING = f"""
    SELECT count(*) FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 0 AND objid = {GATE} AND NOT granted
"""
QUIET_SECONDS = 1.5
NEWCOMER = "new@example.org"
LATER = timedelta(days=30)
STATEMENTS = {
    "closing the edition": "BEFORE UPDATE ON editions FOR EACH ROW WHEN (NEW.status = 'closed')",
    "matching": "BEFORE INSERT ON matches FOR EACH ROW",
    "planning": "BEFORE INSERT ON deliveries FOR EACH ROW WHEN (NEW.kind = 'digest')",
    "claiming": "BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.attempt > OLD.attempt)",
    "the gate": "BEFORE INSERT ON attempts FOR EACH ROW WHEN (NEW.phase = 'terminator')",
    "recording": "BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.status = 'sent')",
    "subscribing": "BEFORE INSERT ON signups FOR EACH ROW",
}
"""Moments inside a transaction, each as the trigger that stops there."""
PHASES = {
    "connecting": Phase.BANNER,
    "MAIL": Phase.MAIL,
    "RCPT": Phase.RCPT,
    "DATA": Phase.DATA,
    "the body": Phase.BODY,
    "the terminator": Phase.TERMINATOR,
    "the answer": Phase.ANSWERED,
}
IN_DATABASE = [moment for moment in STATEMENTS if moment != "subscribing"]
CELLS = [
    *(("workers", moment) for moment in [*IN_DATABASE, *PHASES]),
    *(
        ("postgres", moment)
        for moment in [*IN_DATABASE, "the body", "the terminator", "the answer"]
    ),
    *(("redis", moment) for moment in ["planning", "claiming", "the body", "the answer"]),
    *(("beat", moment) for moment in ["planning", "the body"]),
    *(("web", moment) for moment in ["subscribing", "the body"]),
]
SHORT = [("postgres", "recording"), ("redis", "the body")]
"""What the test suite runs each time."""


@dataclass
class Outcome:
    victim: str
    moment: str
    readers: int
    lost: int
    doubled: int
    uncertain: int
    open_connections: int
    """At the kill: more digests than these cannot be uncertain."""

    @property
    def is_kept(self) -> bool:
        return not self.lost and not self.doubled and self.uncertain <= self.open_connections


def play(system: System, readers: int, victim: str, moment: str) -> Outcome:
    """Start an ordinary day, kill the victim at the moment, start it again, and look."""
    with connected(system) as own:
        clear(own, system.server)
        with armed(system, own, victim, moment) as has_happened:
            begin_day(own, readers)
            if moment == "subscribing":
                threading.Thread(target=subscribe, args=(system,), daemon=True).start()
            wait_until(has_happened, 60, f"{victim} at {moment}", lambda: let_hour_come(own))
    system.start(victim)
    with connected(system) as own:
        if moment == "subscribing":
            wait_until(lambda: subscribe(system), 30, "subscribing again")
            wait_until(lambda: NEWCOMER in system.server.accepted, 30, "the confirmation")
        settle(own, system.server, readers)
        books = balance(own, system.server, readers)
    return Outcome(victim, moment, readers, *books, system.open_at_kill)


def clear(own: Database, server: FaultyServer) -> None:
    for moment in STATEMENTS.values():
        table = moment.split(" FOR ")[0].rpartition(" ")[2]
        with own.write() as session:
            session.execute(text(f"DROP TRIGGER IF EXISTS stop_here ON {table}"))
    tables = ", ".join(table.name for table in models.Base.metadata.sorted_tables)
    with own.write() as session:
        session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    server.accepted.clear()


def begin_day(own: Database, readers: int) -> None:
    """An edition whose day is over, and readers whose hour comes soon: the rest is up to beat."""
    now = datetime.now(UTC)
    with own.write() as session:
        for number in range(readers):
            address = f"r{number}@example.org"
            subscriber(
                session, "diffusion", address=address, hour=now.hour, next_due_at=now + LATER
            )
        rows = [stored_paper(session, arxiv_id=number, title=title) for number, title in PAPERS]
        edition = closed_edition(session, rows, day=now.date() - DAYS_AGO)
        edition.status, edition.sequence = EditionStatus.OPEN, None
        edition.closed_at, edition.fetched_at = None, now


def let_hour_come(own: Database) -> None:
    """Readers become due when their edition is matched; before, it would be a quiet day."""
    now = datetime.now(UTC)
    is_matched = select(Match.topic_id).exists()
    due = update(Schedule).where(Schedule.next_due_at > now + LATER / 2, is_matched)
    with suppress(SQLAlchemyError), own.write() as session:
        session.execute(due.values(next_due_at=now))


Armed = Callable[[], bool]
"""Asked again and again; kills the victim when the moment has come, and then says so."""


@contextmanager
def armed(system: System, own: Database, victim: str, moment: str) -> Iterator[Armed]:
    own_way = at_phase if moment in PHASES else at_statement
    with own_way(system, own, victim, moment) as has_happened:
        yield has_happened


@contextmanager
def at_phase(system: System, _own: Database, victim: str, moment: str) -> Iterator[Armed]:
    """Kill while the mail server has just been told something, and has not answered yet."""
    done, lock = threading.Event(), threading.Lock()
    left = 1 if PHASES[moment] is Phase.BANNER else 10

    def watch(phase: Phase, _recipient: str) -> None:
        nonlocal left
        with lock:
            left -= phase is PHASES[moment]
            if left == 0 and not done.is_set():
                system.kill(victim)
                done.set()

    system.server.watch = watch
    try:
        yield done.is_set
    finally:
        system.server.watch = lambda _phase, _recipient: None


@contextmanager
def at_statement(system: System, own: Database, victim: str, moment: str) -> Iterator[Armed]:
    """Kill while a statement, not committed yet, waits at a lock that only we hold."""
    with own.write() as session:
        session.execute(text(STOP_HERE))
        trigger = f"CREATE TRIGGER stop_here {STATEMENTS[moment]} EXECUTE FUNCTION stop_here()"
        session.execute(text(trigger))
    keeper = own.engine.connect()
    keeper.execute(text(f"SELECT pg_advisory_lock({GATE})"))

    def has_happened() -> bool:
        with own.read() as session:
            if not session.scalar(text(WAITING)):
                return False
        system.kill(victim)
        return True

    try:
        yield has_happened
    finally:
        with suppress(SQLAlchemyError):
            keeper.execute(text(f"SELECT pg_advisory_unlock({GATE})"))
            keeper.close()


def subscribe(system: System) -> bool:
    """Ask for a subscription; tell whether the web process took it."""
    url = f"{system.environment['DIGEST_BASE_URL']}/api/v1/subscriptions"
    try:
        wish = {"address": NEWCOMER, "topics": ["diffusion"]}
        return httpx.post(url, json=wish, timeout=20).status_code == 202
    except httpx.HTTPError:
        return False


def settle(own: Database, server: FaultyServer, readers: int, seconds: float = 30) -> None:
    """Let beat and the workers go on until nothing is open; time passes when all is quiet."""
    deadline, quiet_since = time.monotonic() + seconds, time.monotonic()
    while not is_settled(own, readers) and time.monotonic() < deadline:
        let_hour_come(own)
        if server.open_connections:
            quiet_since = time.monotonic()
        if time.monotonic() - quiet_since > QUIET_SECONDS:
            let_time_pass(own)
            quiet_since = time.monotonic()
        time.sleep(0.1)


def is_settled(own: Database, readers: int) -> bool:
    with own.read() as session:
        digests = select(func.count(Delivery.id)).where(Delivery.kind == MailKind.DIGEST)
        is_open = Delivery.status.in_(OPEN)
        return (
            session.scalar(digests) == readers
            and session.scalar(select(func.count(Delivery.id)).where(is_open)) == 0
        )


def let_time_pass(own: Database) -> None:
    """Leases, retries and holds end now instead of in some minutes."""
    now = datetime.now(UTC)
    with own.write() as session:
        session.execute(update(Hold).values(until=now))
        session.execute(
            update(Delivery).where(Delivery.status.in_(OPEN)).values(next_attempt_at=now)
        )


def balance(own: Database, server: FaultyServer, readers: int) -> tuple[int, int, int]:
    """Compare the mail server's books with ours: lost, sent twice, uncertain."""
    accepted = Counter(server.accepted)
    with own.read() as session:
        named = select(Subscriber.address, Delivery.status).join(Delivery.subscriber)
        ledger = dict(session.execute(named).all())
    everybody = {f"r{number}@example.org" for number in range(readers)} | set(ledger)
    sent = {address for address, status in ledger.items() if status is DeliveryStatus.SENT}
    uncertain = {a for a, status in ledger.items() if status is DeliveryStatus.UNCERTAIN}
    wrong = sum((accepted[address] > 0) != (address in sent) for address in everybody - uncertain)
    missing = len(everybody - sent - uncertain)
    doubled = sum(count - 1 for count in accepted.values())
    return max(wrong, missing), doubled, len(uncertain)


def line(outcome: Outcome) -> str:
    return (
        f"| {outcome.victim} | {outcome.moment} | {outcome.readers} | {outcome.lost} | "
        f"{outcome.doubled} | {outcome.uncertain} | {outcome.open_connections} |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kill_matrix", description=__doc__)
    parser.add_argument("--only", help="one victim", choices=sorted({v for v, _ in CELLS}))
    parser.add_argument("--readers", type=int, default=40)
    given = parser.parse_args(arguments)
    print("| killed | at | digests | lost | twice | uncertain | connections open |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    is_kept = True
    with running() as system:
        for victim, moment in CELLS:
            if given.only in {None, victim}:
                outcome = play(system, given.readers, victim, moment)
                is_kept &= outcome.is_kept
                print(line(outcome), flush=True)
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
