"""Holds: who refuses us is left in peace, nobody else waits, and nothing is lost by waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, DeliverCounts, NotHeld, Sending, active, deliver, plan
from digest.deliveries.holds import hold, release
from digest.enums import DeliveryStatus, HoldKind
from digest.matches import match
from digest.models import Delivery, Hold, Suppression
from digest.smtp import SmtpServer
from tests.factories import NOW, closed_edition, stored_paper, subscriber
from tests.servers import mail
from tests.servers.mail import MailServer

Send = Callable[..., DeliverCounts]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail.serve() as running:
        yield running


@pytest.fixture
def send(
    any_database: Database, server: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Send:
    composer = Composer.of(Settings(data_dir=tmp_path_factory.mktemp("holds")))

    def run(now: datetime = NOW) -> DeliverCounts:
        relay = SmtpServer.at(server.url)
        return deliver(Sending(any_database, composer, relay, "test", lambda: now, 1))

    return run


def planned(database: Database, *addresses: str) -> None:
    with database.write() as session:
        for address in addresses:
            subscriber(session, address=address)
        closed_edition(session, [stored_paper(session)])
    match(database)
    plan(database, NOW)


def held(database: Database, now: datetime) -> list[tuple[HoldKind, str]]:
    with database.read() as session:
        return [(one.kind, one.name) for one in active(session, now)]


def test_a_domain_that_refuses_us_waits_and_the_others_do_not(
    any_database: Database, server: MailServer, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    planned(any_database, "a@strict.example", "b@kind.example")
    server.at_rcpt["a@strict.example"].append("550 5.7.1 your network is listed")
    assert send() == DeliverCounts(sent=1, deferred=1)
    assert held(any_database, NOW) == [(HoldKind.DOMAIN, "strict.example")]
    assert "domain strict.example waits until 03 Jun 10:30 UTC" in caplog.text
    with any_database.read() as session:
        assert session.scalar(select(func.count(Suppression.id))) == 0


def test_mail_to_a_held_domain_is_put_off_and_goes_when_the_hold_ends(
    any_database: Database, server: MailServer, send: Send
) -> None:
    with any_database.write() as session:
        hold(session, HoldKind.DOMAIN, "strict.example", "550 5.7.1 listed", NOW)
    planned(any_database, "a@strict.example", "b@kind.example", "c@not-strict.example")
    assert send() == DeliverCounts(sent=2)
    assert "a@strict.example" not in server.recipients
    assert send(NOW + timedelta(minutes=59)) == DeliverCounts()
    assert send(NOW + timedelta(hours=1)) == DeliverCounts(sent=1)


def test_a_hold_that_comes_back_at_once_lasts_longer(any_database: Database) -> None:
    ends = NOW
    lengths = []
    for _ in range(5):
        with any_database.write() as session:
            began = ends + timedelta(minutes=1)
            hold(session, HoldKind.DOMAIN, "strict.example", "5.7.1", began)
            ends = session.scalars(select(Hold.until)).one()
            lengths.append((ends - began).total_seconds() / 3600)
    assert lengths == [1, 2, 4, 8, 8]


def test_a_second_refusal_does_not_lengthen_a_hold(any_database: Database) -> None:
    with any_database.write() as session:
        hold(session, HoldKind.DOMAIN, "strict.example", "5.7.1", NOW)
        hold(session, HoldKind.DOMAIN, "strict.example", "5.7.1", NOW + timedelta(minutes=30))
        assert session.scalars(select(Hold.until)).one() == NOW + timedelta(hours=1)


def test_a_server_that_wants_a_login_holds_everybody(
    any_database: Database, server: MailServer, send: Send
) -> None:
    planned(any_database, *(f"r{number}@example.org" for number in range(5)))
    server.at_rcpt["r0@example.org"].append("530 5.7.0 authentication required")
    assert send() == DeliverCounts(deferred=1)
    assert held(any_database, NOW) == [(HoldKind.SERVER, "")]
    assert send(NOW + timedelta(seconds=59)) == DeliverCounts()
    assert send(NOW + timedelta(seconds=61)) == DeliverCounts(sent=4)


def test_a_released_hold_lets_its_mails_go_at_once(any_database: Database, send: Send) -> None:
    with any_database.write() as session:
        hold(session, HoldKind.EDITION, "1", "too many complaints", NOW)
    planned(any_database, "a@example.org", "b@example.org")
    assert send() == DeliverCounts()
    assert release(any_database, HoldKind.EDITION, "1", NOW) == 2
    assert send() == DeliverCounts(sent=2)


def test_releasing_what_is_not_held_is_refused(any_database: Database) -> None:
    with pytest.raises(NotHeld, match="no domain example"):
        release(any_database, HoldKind.DOMAIN, "example.org", NOW)


def test_digests_of_a_held_edition_expire_like_any_other(
    any_database: Database, send: Send
) -> None:
    planned(any_database, "a@example.org")
    with any_database.write() as session:
        hold(session, HoldKind.EDITION, "1", "too many complaints", NOW)
    send()
    plan(any_database, NOW + timedelta(days=1))
    with any_database.read() as session:
        statuses = session.scalars(select(Delivery.status).order_by(Delivery.id)).all()
    assert statuses == [DeliveryStatus.EXPIRED, DeliveryStatus.PLANNED]
