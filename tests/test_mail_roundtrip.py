"""Through a real Postfix into a real Dovecot: what arrives is what was sent, and still signed."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import dkim as dkimpy
import pytest
from sqlalchemy import select

from digest import dkim
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending, deliver, plan
from digest.models import Attempt
from digest.smtp import Parcel, SmtpServer, in_step
from tests import mails
from tests.factories import NOW, closed_edition, stored_paper, subscriber
from tests.servers import mailbox
from tests.servers.mailbox import Mailboxes

READER = f"reader@{mailbox.DOMAIN}"
BOUNCES = "bounces+7.0123456789abcdef0123@example.org"


@pytest.fixture(scope="module")
def mailboxes() -> Iterator[Mailboxes]:
    with mailbox.serve() as running:
        yield running


@pytest.fixture(scope="module")
def signers(tmp_path_factory: pytest.TempPathFactory) -> tuple[dkim.Signer, ...]:
    return dkim.generate(tmp_path_factory.mktemp("dkim"), "example.org", "s2026")


def hand_over(server: SmtpServer, octets: bytes) -> str:
    """Hand a mail over as a delivery would; returns the queue id that Postfix answered with."""
    connection = server.connect()
    in_step([connection.offer(Parcel(sender=BOUNCES, recipient=READER, octets=octets))])
    (answer,) = in_step([connection.conclude()])
    connection.close()
    assert not isinstance(answer, Exception)
    return answer.queue_id


def passes(octets: bytes, signers: tuple[dkim.Signer, ...]) -> list[bool]:
    records = {f"{s.dns_name}.".encode(): s.dns_value.encode() for s in signers}
    verifier = dkimpy.DKIM(octets)
    return [
        verifier.verify(idx=index, dnsfunc=lambda name, **_: records.get(name))
        for index in range(len(signers))
    ]


def test_every_mail_arrives_octet_by_octet_and_passes_both_signatures(
    mailboxes: Mailboxes, signers: tuple[dkim.Signer, ...]
) -> None:
    sent = [mails.octets(name, signers) for name in mails.every_shape()]
    server = SmtpServer.at(mailboxes.smtp_url)
    queue_ids = [hand_over(server, octets) for octets in sent]
    arrived = mailboxes.read(READER, len(sent))
    # Servers write their headers above ours, and touch nothing below.
    assert sorted(octets[octets.index(b"DKIM-Signature:") :] for octets in arrived) == sorted(sent)
    assert [passes(octets, signers) for octets in arrived] == [[True, True]] * len(sent)
    assert {message_from_bytes(o)["Return-Path"] for o in arrived} == {f"<{BOUNCES}>"}
    log = mailboxes.log.read_text()
    assert all(f"{queue_id}: to=<{READER}>" in log for queue_id in queue_ids)


def test_a_planned_digest_ends_in_its_readers_mailbox(
    mailboxes: Mailboxes, sqlite: Database, tmp_path: Path
) -> None:
    address = f"planned@{mailbox.DOMAIN}"
    with sqlite.write() as session:
        closed_edition(session, [stored_paper(session, title="Ζητούμενα — 未知の論文 🧪")])
        subscriber(session, address=address)
    plan(sqlite, NOW)
    composer = Composer.of(Settings(data_dir=tmp_path))
    server = SmtpServer.at(mailboxes.smtp_url)
    deliver(Sending(sqlite, composer, server, "test", lambda: NOW, 1))
    (arrived,) = mailboxes.read(address, 1)
    assert "未知の論文 🧪" in message_from_bytes(arrived, policy=policy.default)["Subject"]
    with sqlite.read() as session:
        queue_id = session.scalars(select(Attempt.queue_id)).one()
    assert f"{queue_id}: to=<{address}>" in mailboxes.log.read_text()
