"""Breakers: an edition that does harm is stopped, once, and loudly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import insert, update

from digest.database import Database
from digest.deliveries import active, plan, release, trip
from digest.deliveries.answers import Blame
from digest.deliveries.breakers import Outcomes, verdict
from digest.deliveries.claiming import claim
from digest.enums import DeliveryStatus, FeedbackKind, HoldKind
from digest.feedback import Event, act
from digest.matches import match
from digest.models import Attempt, Delivery
from tests.factories import NOW, closed_edition, stored_paper, subscriber

READERS = 120


@pytest.mark.parametrize(
    ("outcomes", "stops"),
    [
        (Outcomes(tried=1000), False),
        (Outcomes(tried=1000, refused_by_policy=10), False),
        (Outcomes(tried=1000, refused_by_policy=11), True),
        (Outcomes(tried=3000, complained=3), False),
        (Outcomes(tried=3000, complained=4), True),
        (Outcomes(tried=1000, bounced=50), False),
        (Outcomes(tried=1000, bounced=51), True),
        (Outcomes(tried=99, bounced=99), False),
        (Outcomes(tried=100, complained=2), False),
        (Outcomes(tried=1, sent_twice=1), True),
    ],
)
def test_what_stops_an_edition(outcomes: Outcomes, stops: bool) -> None:
    assert bool(verdict(outcomes)) is stops


@pytest.fixture
def tried(any_database: Database) -> Database:
    """An edition whose digests were all tried once."""
    with any_database.write() as session:
        for number in range(READERS):
            subscriber(session, address=f"r{number}@example.org")
        closed_edition(session, [stored_paper(session)])
    match(any_database)
    plan(any_database, NOW)
    jobs = claim(any_database, NOW, READERS)
    with any_database.write() as session:
        for job in jobs:
            session.add(Attempt(delivery_id=job.id, number=job.attempt, worker="w"))
    return any_database


def became(database: Database, status: DeliveryStatus, ids: Sequence[int]) -> None:
    with database.write() as session:
        session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(status=status))


def held(database: Database) -> list[tuple[HoldKind, str]]:
    with database.read() as session:
        return [(one.kind, one.name) for one in active(session, NOW)]


def test_an_ordinary_day_stops_nothing(tried: Database) -> None:
    became(tried, DeliveryStatus.BOUNCED, range(1, 5))
    became(tried, DeliveryStatus.SENT, range(5, READERS + 1))
    assert trip(tried, NOW) == 0
    assert held(tried) == []


@pytest.mark.parametrize(
    ("status", "count"), [(DeliveryStatus.COMPLAINED, 3), (DeliveryStatus.BOUNCED, 7)]
)
def test_complaints_and_bounces_stop_the_edition(
    tried: Database, status: DeliveryStatus, count: int, caplog: pytest.LogCaptureFixture
) -> None:
    became(tried, status, range(1, count + 1))
    assert trip(tried, NOW) == 1
    assert held(tried) == [(HoldKind.EDITION, "1")]
    assert caplog.records[-1].levelname == "ERROR"
    assert f"{count} of {READERS} digests were" in caplog.text


def test_refusals_by_policy_stop_the_edition(tried: Database) -> None:
    with tried.write() as session:
        session.execute(
            update(Attempt)
            .where(Attempt.delivery_id <= 3)
            .values(code=550, enhanced_code="5.7.1", answered_at=NOW)
        )
    assert trip(tried, NOW) == 1


def test_bounces_by_policy_stop_the_edition(tried: Database) -> None:
    became(tried, DeliveryStatus.SENT, range(1, READERS + 1))
    bounces = [
        Event(
            source="dsn",
            id=str(number),
            kind=FeedbackKind.BOUNCED,
            delivery_id=number,
            blame=Blame.OURS,
        )
        for number in range(1, 4)
    ]
    act(tried, (b"k" * 32,), bounces, NOW)
    assert trip(tried, NOW) == 1


def test_a_digest_taken_twice_stops_the_edition(tried: Database) -> None:
    with tried.write() as session:
        session.execute(update(Attempt).values(code=250, answered_at=NOW))
        second = {"delivery_id": 7, "number": 2, "worker": "x", "phase": "answered"}
        session.execute(insert(Attempt).values(**second, code=250, answered_at=NOW))
    assert trip(tried, NOW) == 1


def test_a_stopped_edition_sends_nothing_until_it_is_released_and_is_not_stopped_again(
    tried: Database,
) -> None:
    became(tried, DeliveryStatus.COMPLAINED, range(1, 10))
    became(tried, DeliveryStatus.PLANNED, range(10, 20))
    with tried.write() as session:
        session.execute(update(Delivery).values(next_attempt_at=NOW))
    trip(tried, NOW)
    assert claim(tried, NOW, 100) == []
    release(tried, HoldKind.EDITION, "1", NOW)
    assert trip(tried, NOW) == 0
    assert len(claim(tried, NOW, 100)) == 10
