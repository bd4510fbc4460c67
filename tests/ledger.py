"""Both sides of the ledger after a bad day: Redis flushed and two of four workers killed.

    python -m tests.ledger [--readers 100000]

Everything is real: PostgreSQL, Redis, beat, four workers, a mail server on loopback. Prints who
was due and what became of them, and what the mail server took; the differences must be zero.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from redis import Redis
from sqlalchemy import func, insert, select

from digest.database import Database
from digest.enums import DeliveryStatus, Frequency, SubscriberStatus
from digest.models import Delivery, PlanRun, Schedule, Subscriber, Subscription
from tests.factories import topic
from tests.installation import CONNECTIONS, System, connected, running, wait_until
from tests.kill_matrix import LATER, begin_day, clear, let_hour_come, settle

WORKERS = ("one", "two", "three", "four")
KILLED = ("one", "two")
QUIET_ONE_IN = 10
"""Every so many readers follow a topic that nothing matches."""
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Ledger:
    candidates: int
    planned: int
    quiet: int
    repeated: int
    rows: int
    """Deliveries in the database."""
    sent: int
    uncertain: int
    accepted: int
    """Mails the server took."""
    accepted_uncertain: int
    twice: int

    @property
    def planning_difference(self) -> int:
        return self.candidates - self.planned - self.quiet - self.repeated

    @property
    def delivery_difference(self) -> int:
        return abs(self.rows - self.sent - self.uncertain) + abs(
            self.accepted - self.sent - self.accepted_uncertain
        )


def play(system: System, readers: int) -> Ledger:
    """Send a day's digests; two workers die at a third of them, Redis forgets at a half."""
    with connected(system) as own:
        clear(own, system.server)
        begin_day(own, 0)
        due = fill(own, readers)
        accepted = system.server.accepted
        patience = 60 + readers / 50
        wait_until(lambda: len(accepted) > due / 3, patience, "a third", lambda: let_hour_come(own))
        for name in KILLED:
            system.kill(name)
        wait_until(lambda: len(accepted) > due / 2, patience, "a half")
        flush(system)
        settle(own, system.server, due, patience)
        return read(own, Counter(accepted))


def fill(own: Database, readers: int) -> int:
    """Make the readers; return how many of them a digest is due to."""
    now = datetime.now(UTC)
    with own.write() as session:
        topics = [topic(session, query).id for query in ("diffusion", "robots")]
        session.add(
            Schedule(
                id=1,
                frequency=Frequency.DAILY,
                weekday=0,
                hour=now.hour,
                time_zone="UTC",
                next_due_at=now + LATER,
            )
        )
    for start in range(0, readers, ROWS_AT_ONCE):
        numbers = range(start, min(start + ROWS_AT_ONCE, readers))
        with own.write() as session:
            session.execute(insert(Subscriber), [reader(number, now) for number in numbers])
            session.execute(
                insert(Subscription),
                [
                    {
                        "subscriber_id": number + 1,
                        "topic_id": topics[number % QUIET_ONE_IN == 0],
                        "is_paused": False,
                        "created_at": now,
                    }
                    for number in numbers
                ],
            )
    return readers - len(range(0, readers, QUIET_ONE_IN))


def reader(number: int, now: datetime) -> dict[str, object]:
    address = f"r{number}@example.org"
    return {
        "id": number + 1,
        "address": address,
        "address_key": address,
        "status": SubscriberStatus.ACTIVE,
        "hour": now.hour,
        "schedule_id": 1,
        "created_at": now,
        "confirmed_at": now,
    }


def flush(system: System) -> None:
    Redis(unix_socket_path=str(system.folder / "redis.sock")).flushall()


def read(own: Database, accepted: Counter[str]) -> Ledger:
    with own.read() as session:
        counts = session.execute(
            select(
                func.sum(PlanRun.candidates - PlanRun.waiting),
                func.sum(PlanRun.planned),
                func.sum(PlanRun.quiet),
                func.sum(PlanRun.repeated),
            )
        ).one()
        named = select(Subscriber.address, Delivery.status).join(Delivery.subscriber)
        rows = session.execute(named).all()
    statuses = Counter(status for _, status in rows)
    uncertain = {a for a, status in rows if status is DeliveryStatus.UNCERTAIN}
    candidates, planned, quiet, repeated = (int(count or 0) for count in counts)
    return Ledger(
        candidates=candidates,
        planned=planned,
        quiet=quiet,
        repeated=repeated,
        rows=len(rows),
        sent=statuses[DeliveryStatus.SENT],
        uncertain=statuses[DeliveryStatus.UNCERTAIN],
        accepted=accepted.total(),
        accepted_uncertain=sum(accepted[address] for address in uncertain),
        twice=sum(count - 1 for count in accepted.values()),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.ledger", description=__doc__)
    parser.add_argument("--readers", type=int, default=100_000)
    given = parser.parse_args(arguments)
    began = time.monotonic()
    with running(WORKERS) as system:
        ledger = play(system, given.readers)
    print(
        f"due {ledger.candidates:,} = planned {ledger.planned:,} + quiet {ledger.quiet:,} "
        f"+ had theirs {ledger.repeated:,}: difference {ledger.planning_difference}\n"
        f"planned {ledger.rows:,} = sent {ledger.sent:,} + uncertain {ledger.uncertain:,}\n"
        f"taken by the server {ledger.accepted:,} = sent {ledger.sent:,} "
        f"+ {ledger.accepted_uncertain:,} of the uncertain: "
        f"difference {ledger.delivery_difference}\n"
        f"taken twice {ledger.twice}; uncertain at most {len(KILLED) * CONNECTIONS} "
        f"(connections of the killed workers); {time.monotonic() - began:.0f} s"
    )
    kept = not (ledger.planning_difference or ledger.delivery_difference or ledger.twice)
    return 0 if kept and ledger.uncertain <= len(KILLED) * CONNECTIONS else 1


if __name__ == "__main__":
    sys.exit(main())
