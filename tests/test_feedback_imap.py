"""A real IMAP server: unread reports are acted on, then marked; nothing is lost in between."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from typer.testing import CliRunner

from digest.__main__ import app
from digest.database import Database
from digest.enums import DeliveryStatus
from digest.feedback import FeedbackCounts, Mailbox, MailboxUnreachable, Polled, poll
from digest.message import envelope_sender
from tests.factories import NOW
from tests.processes import ROOT
from tests.servers import mailbox
from tests.servers.mailbox import Mailboxes
from tests.test_feedback import KEYS, delivery, reader, status
from tests.test_feedback_reports import dsn


@pytest.fixture(scope="module")
def running() -> Iterator[Mailboxes]:
    with mailbox.serve() as mailboxes:
        yield mailboxes


def deposit(running: Mailboxes, user: str, *mails: bytes) -> Mailbox:
    """Put mails into a user's inbox, and say how to open it."""
    address = f"{user}@{mailbox.DOMAIN}"
    with smtplib.SMTP("127.0.0.1", running.smtp_port) as smtp:
        for octets in mails:
            smtp.sendmail("", [address], octets)
    running.read(address, len(mails))
    return Mailbox.at(url(running, address))


def url(running: Mailboxes, address: str, password: str = "any") -> str:
    return f"imap://{address.replace('@', '%40')}:{password}@127.0.0.1:{running.imap_port}"


def test_unread_reports_are_acted_on_once(sqlite: Database, running: Mailboxes) -> None:
    number = delivery(sqlite, reader(sqlite))
    bounce = dsn(to=envelope_sender(KEYS, number, "papers.example.org"))
    box = deposit(running, "once", bounce, dsn(to="forged@example.org"), b"Subject: Hi\r\n\r\n")
    first = Polled(3, FeedbackCounts(applied=1, unproven=1))
    assert poll(sqlite, KEYS, box, NOW) == first
    assert status(sqlite, number) is DeliveryStatus.BOUNCED
    assert poll(sqlite, KEYS, box, NOW) == Polled(0, FeedbackCounts())


def test_a_report_that_could_not_be_kept_stays_unread(sqlite: Database, running: Mailboxes) -> None:
    number = delivery(sqlite, reader(sqlite))
    box = deposit(running, "kept", dsn(to=envelope_sender(KEYS, number, "papers.example.org")))
    with sqlite.write() as session:
        session.execute(text("ALTER TABLE feedback_events RENAME TO gone"))
    with pytest.raises(SQLAlchemyError):
        poll(sqlite, KEYS, box, NOW)
    with sqlite.write() as session:
        session.execute(text("ALTER TABLE gone RENAME TO feedback_events"))
    assert poll(sqlite, KEYS, box, NOW).feedback.applied == 1


def test_a_wrong_password_is_told_without_it(sqlite: Database, running: Mailboxes) -> None:
    box = Mailbox.at(url(running, "a@example.net", "hunter2"))
    with pytest.raises(MailboxUnreachable) as caught:
        poll(sqlite, KEYS, box, NOW)
    assert "hunter2" not in str(caught.value)


def test_a_folder_that_is_not_there_is_named(sqlite: Database, running: Mailboxes) -> None:
    box = Mailbox.at(url(running, "a@example.net") + "/No%20such")
    with pytest.raises(MailboxUnreachable, match="No such"):
        poll(sqlite, KEYS, box, NOW)


def test_a_server_out_of_reach_is_told(sqlite: Database) -> None:
    with pytest.raises(MailboxUnreachable, match=r"127\.0\.0\.1"):
        poll(sqlite, KEYS, Mailbox.at("imap://a:b@127.0.0.1:1"), NOW)


def test_the_address_of_a_mailbox_is_read_whole() -> None:
    box = Mailbox.at("imaps://a%40example.org:p%2Fw@imap.example.org/Lists/Bounces")
    assert box == Mailbox("imap.example.org", 993, "a@example.org", "p/w", "Lists/Bounces", True)


def test_the_command_polls_and_counts(
    running: Mailboxes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path))
    runner = CliRunner()
    runner.invoke(app, ["migrate"])
    assert runner.invoke(app, ["feedback", "poll"]).exit_code == 1
    deposit(running, "command", dsn(to="forged@example.org"))
    monkeypatch.setenv("DIGEST_IMAP_URL", url(running, "command@example.net"))
    result = runner.invoke(app, ["feedback", "poll"])
    assert (result.exit_code, result.stdout) == (
        0,
        "1 mail: 0 acted on, 0 known before, 1 unproven.\n",
    )


def test_a_worker_reads_the_mailbox_every_minute(running: Mailboxes, tmp_path: Path) -> None:
    """In a process of its own: the tasks read the settings once, when they are imported."""
    environment = {
        "DIGEST_DATA_DIR": str(tmp_path),
        "DIGEST_IMAP_URL": url(running, "worker@example.net"),
    }
    deposit(running, "worker", dsn(to="forged@example.org"))
    code = (
        "from digest import database, feedback, migrations; from digest.feedback import Mailbox\n"
        "from digest.tasks import app; from digest.tasks.stages import poll, resources, settings\n"
        "migrations.migrate(resources().database)\n"
        "assert app.conf.beat_schedule['poll']['task'] == poll.name\n"
        "poll()\n"
        "box = Mailbox.at(settings.imap_url)\n"
        "left = feedback.poll(resources().database, settings.keys, box, poll.app.now()).mails\n"
        "print('left', left)"
    )
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(
        command, env=kept | environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.stdout == "left 0\n", ran.stderr
