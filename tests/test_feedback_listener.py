"""The listener: what it refuses, what it commits, and a real Postfix sending its bounces to it."""

from __future__ import annotations

import smtplib
import ssl
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending, deliver, plan
from digest.enums import DeliveryStatus, SubscriberStatus
from digest.feedback import CertificateUnusable, Listener, act, read
from digest.matches import match
from digest.message import envelope_sender
from digest.models import Delivery, FeedbackEvent, Subscriber
from digest.smtp import Parcel, SmtpServer, in_step, transport
from tests.certificates import self_signed
from tests.factories import NOW, closed_edition, stored_paper, subscriber
from tests.processes import free_port, running, wait_for
from tests.servers import mail, postfix
from tests.test_feedback import delivery, reader, status, who
from tests.test_feedback_reports import complaint, dsn

DOMAIN = "papers.example.com"
KEYS = (b"k" * 32,)
ADDRESS = envelope_sender(KEYS, 1, DOMAIN)


@contextmanager
def listening(
    database: Database,
    keys: tuple[bytes, ...] = KEYS,
    scheme: str = "lmtp",
    certificate: tuple[Path, ...] = (),
) -> Iterator[int]:
    def take(octets: bytes, recipients: Sequence[str]) -> None:
        act(database, keys, read(octets, keys, recipients), NOW)

    listener = Listener.at(f"{scheme}://127.0.0.1:0", keys, DOMAIN, take, certificate)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(listener.listening()) as port,
    ):
        yield port


def client(port: int, scheme: str) -> smtplib.SMTP:
    lmtp: smtplib.SMTP = smtplib.LMTP("127.0.0.1", port)
    return lmtp if scheme == "lmtp" else smtplib.SMTP("127.0.0.1", port)


@pytest.mark.parametrize("scheme", ["lmtp", "smtp"])
def test_a_bounce_is_committed_before_it_is_answered(sqlite: Database, scheme: str) -> None:
    number = delivery(sqlite, reader(sqlite))
    with listening(sqlite, scheme=scheme) as port, client(port, scheme) as smtp:
        smtp.sendmail("", [ADDRESS], dsn(to=ADDRESS))
        assert status(sqlite, number) is DeliveryStatus.BOUNCED


@pytest.mark.parametrize(
    "address",
    [
        f"digest@{DOMAIN}",
        envelope_sender((b"s" * 32,), 1, DOMAIN),
        ADDRESS.replace("+1.", "+2."),
        f"bounces@{DOMAIN}",
        "complaints@elsewhere.example",
    ],
)
def test_an_address_that_is_not_ours_is_refused(sqlite: Database, address: str) -> None:
    with listening(sqlite) as port, client(port, "lmtp") as smtp:
        smtp.ehlo_or_helo_if_needed()
        assert smtp.mail("")[0] == 250
        assert smtp.rcpt(address) == (550, b"5.1.1 this address takes bounces of our own mail only")


def test_a_complaint_comes_to_its_own_address(sqlite: Database) -> None:
    number = delivery(sqlite, reader(sqlite))
    report = complaint(original=f"Return-Path: <{ADDRESS}>\r\n")
    with listening(sqlite) as port, client(port, "lmtp") as smtp:
        smtp.sendmail("fbl@example.net", [f"Complaints@{DOMAIN}"], report)
    assert status(sqlite, number) is DeliveryStatus.COMPLAINED


def test_a_mail_has_one_recipient(sqlite: Database) -> None:
    other = envelope_sender(KEYS, 2, DOMAIN)
    with listening(sqlite) as port, client(port, "lmtp") as smtp:
        refused = smtp.sendmail("", [ADDRESS, other], dsn(to=ADDRESS))
    assert refused == {other: (452, b"4.5.3 one recipient a mail")}


def test_a_database_out_of_reach_makes_the_mail_server_keep_it() -> None:
    def take(_octets: bytes, _recipients: Sequence[str]) -> None:
        raise OperationalError("insert", {}, Exception("gone"))

    listener = Listener.at("lmtp://127.0.0.1:0", KEYS, DOMAIN, take)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(listener.listening()) as port,
        client(port, "lmtp") as smtp,
        pytest.raises(smtplib.SMTPDataError) as refused,
    ):
        smtp.sendmail("", [ADDRESS], dsn(to=ADDRESS))
    assert refused.value.smtp_code == 451


def test_mail_with_lines_of_any_length_is_read(sqlite: Database) -> None:
    number = delivery(sqlite, reader(sqlite))
    octets = dsn(to=ADDRESS, diagnostic="smtp; 550 5.1.1 " + "x" * 20_000)
    with listening(sqlite) as port, client(port, "lmtp") as smtp:
        smtp.sendmail("", [ADDRESS], octets)
    assert status(sqlite, number) is DeliveryStatus.BOUNCED


def test_a_bounce_may_come_through_tls_and_nobody_is_asked_to_log_in(
    sqlite: Database, tmp_path: Path
) -> None:
    number = delivery(sqlite, reader(sqlite))
    certificate = self_signed(tmp_path)
    with (
        listening(sqlite, scheme="smtp", certificate=(certificate,)) as port,
        client(port, "smtp") as smtp,
    ):
        smtp.starttls(context=ssl.create_default_context(cafile=str(certificate)))
        smtp.sendmail("", [ADDRESS], dsn(to=ADDRESS))
        assert not smtp.has_extn("auth")
    assert status(sqlite, number) is DeliveryStatus.BOUNCED


def test_a_renewed_certificate_counts_at_once(sqlite: Database, tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    with listening(sqlite, scheme="smtp", certificate=(certificate,)) as port:
        self_signed(tmp_path)
        with client(port, "smtp") as smtp:
            trust = ssl.create_default_context(cafile=str(certificate))
            assert smtp.starttls(context=trust)[0] == 220


def test_a_certificate_that_cannot_be_read_is_named(sqlite: Database, tmp_path: Path) -> None:
    missing = tmp_path / "missing.pem"
    with (
        pytest.raises(CertificateUnusable, match="No such file"),
        listening(sqlite, certificate=(missing,)),
    ):
        pass


def test_the_command_takes_bounces_until_it_is_stopped(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    environment = {
        "DIGEST_DATA_DIR": str(tmp_path),
        "DIGEST_FEEDBACK_LISTEN": f"lmtp://127.0.0.1:{port}",
        "DIGEST_FROM": f"digest@{DOMAIN}",
    }
    with running(["digest", "feedback", "listen"], log, environment, tmp_path) as process:
        wait_for(lambda: b"Taking bounces" in log.read_bytes(), 20, log)
        with client(port, "lmtp") as smtp:
            smtp.ehlo_or_helo_if_needed()
            smtp.mail("")
            assert smtp.rcpt(f"complaints@{DOMAIN}")[0] == 250
            assert smtp.rcpt(ADDRESS)[0] == 550
        process.terminate()
        assert process.wait(20) == 0


REFUSALS = {
    "gone@example.org": "550 5.1.1 no such user",
    "blocked@example.org": "550 5.7.1 not from you",
    "full@example.org": "552 5.2.2 mailbox is full",
    "busy@example.org": "451 4.3.2 try again",
    "fine@example.org": "",
}


def test_bounces_of_a_real_postfix_reach_exactly_whom_they_concern(
    any_database: Database, tmp_path: Path
) -> None:
    readers = _subscribed(any_database)
    with mail.serve() as server:
        for address, refusal in REFUSALS.items():
            server.at_rcpt[address] = deque([refusal] * 50 if refusal else [])
        settings = Settings(
            data_dir=tmp_path,
            smtp_url="smtp://127.0.0.1",
            base_url=f"https://{DOMAIN}",
            postal_address="Example Lab",
            DIGEST_FROM=f"Papers <digest@{DOMAIN}>",
        )
        with listening(any_database, settings.keys) as port:
            routes = {
                "example.org": f"smtp:[127.0.0.1]:{server.port}",
                DOMAIN: f"lmtp:inet:127.0.0.1:{port}",
            }
            with postfix.serve(routes) as relay:
                _send(any_database, settings, relay.url)
                # Three bounces, and the warning that one mail is late.
                wait_for(lambda: relay.log.read_text().count("250 2.0.0 read") == 4, 20, relay.log)
    assert _heard(any_database) == EXPECTED
    assert server.recipients == ["fine@example.org"]
    states = {address: who(any_database, number).status for address, number in readers.items()}
    assert states.pop("gone@example.org") is SubscriberStatus.SUPPRESSED
    assert set(states.values()) == {SubscriberStatus.ACTIVE}


def test_a_relay_that_offers_it_returns_headers_only_and_says_whom_they_were_for() -> None:
    returned: list[bytes] = []
    recipient = "gone+1=2@example.org"
    listener = Listener.at(
        "lmtp://127.0.0.1:0", KEYS, DOMAIN, lambda octets, _: returned.append(octets)
    )
    with (
        mail.serve() as server,
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(listener.listening()) as port,
    ):
        server.at_rcpt[recipient] = deque(["550 5.1.1 no such user"])
        routes = {
            "example.org": f"smtp:[127.0.0.1]:{server.port}",
            DOMAIN: f"lmtp:inet:127.0.0.1:{port}",
        }
        with postfix.serve(routes) as relay:
            connection = SmtpServer.at(relay.url).connect()
            in_step([connection.offer(Parcel(ADDRESS, recipient, b"Subject: S\r\n\r\nwords\r\n"))])
            in_step([connection.conclude()])
            connection.close()
            wait_for(lambda: bool(returned), 20, relay.log)
    token = ADDRESS.partition("+")[2].partition("@")[0].encode()
    assert b"Original-Envelope-Id: " + token in returned[0]
    assert b"Original-Recipient: rfc822;gone+1=2@example.org" in returned[0]
    assert b"Subject: S" in returned[0]
    assert b"words" not in returned[0]


EXPECTED = {
    ("gone@example.org", DeliveryStatus.BOUNCED, "5.1.1"),
    ("blocked@example.org", DeliveryStatus.BOUNCED, "5.7.1"),
    ("full@example.org", DeliveryStatus.BOUNCED, "5.2.2"),
    ("busy@example.org", DeliveryStatus.SENT, ""),
    ("fine@example.org", DeliveryStatus.SENT, ""),
}


def _subscribed(database: Database) -> dict[str, int]:
    with database.write() as session:
        closed_edition(session, [stored_paper(session)], day=date(2026, 6, 2))
        return {address: subscriber(session, address=address).id for address in REFUSALS}


def _send(database: Database, settings: Settings, url: str) -> None:
    match(database)
    plan(database, NOW)
    through = settings.model_copy(update={"smtp_url": url})
    sending = Sending(database, Composer.of(settings), transport(through), "test", lambda: NOW, 2)
    assert deliver(sending).sent == len(REFUSALS)


def _heard(database: Database) -> set[tuple[str, DeliveryStatus, str]]:
    with database.read() as session:
        rows = session.execute(
            select(Subscriber.address, Delivery.status, FeedbackEvent.enhanced_code)
            .join(Delivery, Delivery.subscriber_id == Subscriber.id)
            .outerjoin(FeedbackEvent)
        )
        return {(address, state, code or "") for address, state, code in rows}
