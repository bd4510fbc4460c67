"""Pace: limits delay, evenly, and never lose, repeat or starve a mail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, DeliverCounts, Pace, Sending, deliver, plan
from digest.deliveries.claiming import claim
from digest.deliveries.pace import Turns, take_turns
from digest.enums import DeliveryStatus
from digest.matches import match
from digest.models import Delivery
from digest.smtp import SmtpServer
from tests.factories import NOW, closed_edition, stored_paper, subscriber
from tests.servers import faults
from tests.servers.faults import FaultyServer

SECOND = timedelta(seconds=1)


class Clock:
    """Stands still unless somebody waits."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faults.serve(FaultyServer()) as running:
        yield running


@pytest.fixture(scope="module")
def composer(tmp_path_factory: pytest.TempPathFactory) -> Composer:
    return Composer.of(Settings(data_dir=tmp_path_factory.mktemp("pace")))


def planned(database: Database, *addresses: str) -> None:
    with database.write() as session:
        for address in addresses:
            subscriber(session, address=address)
        closed_edition(session, [stored_paper(session)])
    match(database)
    plan(database, NOW)


def sent_at(database: Database) -> list[datetime]:
    with database.read() as session:
        sent = select(Delivery.finished_at).where(Delivery.status == DeliveryStatus.SENT)
        return sorted(filter(None, session.scalars(sent)))


def most_within(moments: list[datetime], span: timedelta) -> int:
    return max(sum(one <= other < one + span for other in moments) for one in moments)


@given(
    rate=st.floats(0.1, 50),
    bursts=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=12),
)
def test_turns_never_exceed_the_rate_and_every_mail_gets_one(
    rate: float, bursts: list[tuple[int, int]]
) -> None:
    turns, now, gone, given_out = Turns(NOW, NOW), NOW, 0, 0
    for seconds, wanted in bursts:
        now += seconds * SECOND
        going, waits, turns = take_turns(turns, rate, wanted, now)
        gone += going
        given_out += len(waits)
        assert going + len(waits) == wanted
        assert waits == sorted(waits)
        assert all(moment >= now - SECOND for moment in waits)
        elapsed = (now - NOW).total_seconds()
        assert gone <= ceil(elapsed * rate) + ceil(rate) + 1


def test_all_workers_together_keep_to_the_rate(
    sqlite: Database, server: FaultyServer, composer: Composer
) -> None:
    planned(sqlite, *(f"r{number}@example.org" for number in range(30)))
    clock = Clock()
    sending = Sending(
        sqlite,
        composer,
        SmtpServer.at(server.url),
        "test",
        clock,
        4,
        Pace(per_second=5),
        clock.wait,
    )
    assert deliver(sending) == DeliverCounts(sent=30)
    assert most_within(sent_at(sqlite), SECOND) <= 6
    assert clock.now - NOW <= 8 * SECOND


def test_a_slow_domain_does_not_hold_up_the_others(
    any_database: Database, server: FaultyServer, composer: Composer
) -> None:
    many = [f"r{number}@big.example" for number in range(12)]
    planned(any_database, *many, "a@small.example", "b@other.example")
    clock = Clock()
    sending = Sending(
        any_database,
        composer,
        SmtpServer.at(server.url),
        "test",
        clock,
        4,
        Pace(per_domain_per_second=2),
        clock.wait,
    )
    assert deliver(sending) == DeliverCounts(sent=14)
    assert Counter(server.accepted) == Counter([*many, "a@small.example", "b@other.example"])
    assert server.accepted.index("a@small.example") < 4
    assert clock.now - NOW <= 9 * SECOND


def test_a_limit_leaves_its_mails_planned(any_database: Database) -> None:
    planned(any_database, *(f"r{number}@example.org" for number in range(10)))
    limits = Pace(per_second=2, per_domain_per_second=1)
    assert len(claim(any_database, NOW, 10, limits)) == 1
    with any_database.read() as session:
        counts = Counter(session.scalars(select(Delivery.status)))
    assert counts == {DeliveryStatus.PLANNED: 9, DeliveryStatus.CLAIMED: 1}


def test_a_warm_up_grows_by_half_each_day() -> None:
    pace = Pace(warm_up_from=date(2026, 6, 3), warm_up_mails=100)
    days = [date(2026, 6, 2 + after) for after in range(5)]
    assert [pace.allowance(day) for day in days] == [None, 100, 150, 225, 337]


def test_a_warm_up_sends_the_days_number_and_the_rest_the_next_day(
    any_database: Database, server: FaultyServer, composer: Composer
) -> None:
    planned(any_database, *(f"r{number}@example.org" for number in range(10)))
    clock = Clock()
    limits = Pace(per_second=1000, warm_up_from=NOW.date(), warm_up_mails=6)
    relay = SmtpServer.at(server.url)
    sending = Sending(any_database, composer, relay, "test", clock, 4, limits, clock.wait)
    assert deliver(sending) == DeliverCounts(sent=6)
    clock.now = NOW + timedelta(hours=3)
    assert deliver(sending) == DeliverCounts()
    clock.now = NOW + timedelta(hours=15)
    assert deliver(sending) == DeliverCounts(sent=4)


def test_a_window_ends_before_the_next_digest_is_due(any_database: Database) -> None:
    with any_database.write() as session:
        subscriber(session)
        closed_edition(session, [stored_paper(session)])
    match(any_database)
    plan(any_database, NOW, timedelta(hours=6))
    with any_database.read() as session:
        assert session.scalars(select(Delivery.expires_at)).one() == NOW + timedelta(hours=6)
