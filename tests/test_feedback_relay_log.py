"""The relay's log settles what a lost answer left uncertain, and touches nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from digest import config, database
from digest.__main__ import app
from digest.database import Database
from digest.deliveries.answers import Blame
from digest.enums import DeliveryStatus, FeedbackKind
from digest.feedback import Reconciled, reconcile
from digest.feedback.relay_log import read
from digest.message import envelope_sender, message_id
from tests.factories import NOW, subscriber
from tests.processes import wait_for
from tests.servers import mail, postfix
from tests.test_feedback import delivery, reader, status, who

KEYS = (b"k" * 32,)
DOMAIN = "papers.example.com"
OLD, NEW = "Jun  3 09:30:01 mx postfix", "2026-06-03T09:30:01.5+02:00 mx postfix-out"


def log(
    number: int, *, keys: tuple[bytes, ...] = KEYS, head: str = OLD, end: str = ""
) -> list[str]:
    """Postfix's lines about one mail, up to its place in the queue, and one more."""
    sender = f"from=<{envelope_sender(keys, number, DOMAIN)}>"
    lines = [
        f"{head}/smtpd[1]: 4bXyZ01AbCz: client=localhost[127.0.0.1]",
        f"{head}/cleanup[2]: 4bXyZ01AbCz: message-id={message_id(keys, number, DOMAIN)}",
        f"{head}/qmgr[3]: 4bXyZ01AbCz: {sender}, size=9, nrcpt=1 (queue active)",
    ]
    return [*lines, *([f"{head}/smtp[4]: 4bXyZ01AbCz: {end}"] if end else [])]


SENT = (
    "to=<a@example.org>, relay=mx[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, "
    "status=sent (250 2.0.0 Ok: queued as 99)"
)
BOUNCED = SENT.replace("dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 99)", "dsn=5.1.1, ") + (
    "status=bounced (host mx[192.0.2.1] said: 550 5.1.1 <a@example.org>: unknown)"
)


@pytest.mark.parametrize("head", [OLD, NEW])
def test_a_place_in_the_queue_proves_that_the_mail_was_taken(head: str) -> None:
    (event,) = read(log(7, head=head), KEYS)
    assert (event.kind, event.delivery_id) == (FeedbackKind.DELIVERED, 7)


def test_a_message_id_alone_proves_nothing() -> None:
    assert list(read(log(7)[:2], KEYS)) == []


def test_a_relay_that_rewrites_senders_is_understood_by_the_message_id() -> None:
    lines = log(7)
    lines[2] = lines[2].replace("bounces+", "srs0=x+")
    assert [event.delivery_id for event in read(lines, KEYS)] == [7]


def test_what_became_of_the_mail_is_read_too() -> None:
    assert [event.kind for event in read(log(7, end=SENT), KEYS)] == [FeedbackKind.DELIVERED] * 2
    bounced = list(read(log(7, end=BOUNCED), KEYS))[-1]
    assert (bounced.kind, bounced.blame) == (FeedbackKind.BOUNCED, Blame.ADDRESS)
    assert (bounced.enhanced_code, bounced.recipient) == ("5.1.1", "a@example.org")
    assert "a@example.org" not in bounced.text


def test_lines_about_other_peoples_mail_prove_nothing() -> None:
    assert list(read(log(7, keys=(b"s" * 32,), end=SENT), KEYS)) == []
    assert list(read(["", "\x00\xff", "postfix/qmgr[1]: : removed"], KEYS)) == []


def test_only_uncertain_deliveries_are_settled(any_database: Database) -> None:
    mine = reader(any_database)
    uncertain = delivery(any_database, mine, DeliveryStatus.UNCERTAIN)
    missing = delivery(any_database, reader(any_database), DeliveryStatus.UNCERTAIN)
    sent = delivery(any_database, reader(any_database))
    lines = [*log(uncertain), *log(sent, end=BOUNCED)]
    assert reconcile(any_database, KEYS, lines, NOW) == Reconciled(uncertain=2, settled=1)
    assert status(any_database, uncertain) is DeliveryStatus.SENT
    assert who(any_database, mine).read_through == 1
    assert status(any_database, missing) is DeliveryStatus.UNCERTAIN
    assert status(any_database, sent) is DeliveryStatus.SENT


def test_the_log_of_a_real_postfix_is_understood(sqlite: Database) -> None:
    """Two mails are handed over and their answers lost; a third never was."""
    with sqlite.write() as session:
        names = ("fine", "gone", "never")
        readers = {n: subscriber(session, address=f"{n}@example.org").id for n in names}
    numbers = {n: delivery(sqlite, readers[n], DeliveryStatus.UNCERTAIN) for n in names}
    with mail.serve() as server:
        server.at_rcpt["gone@example.org"].append("550 5.1.1 unknown")
        routes = {"example.org": f"smtp:[127.0.0.1]:{server.port}", DOMAIN: "discard:"}
        with postfix.serve(routes) as relay:
            for name in ("fine", "gone"):
                relay.send(
                    envelope_sender(KEYS, numbers[name], DOMAIN),
                    f"{name}@example.org",
                    f"Message-ID: {message_id(KEYS, numbers[name], DOMAIN)}\r\n\r\n".encode(),
                )
            wait_for(lambda: relay.log.read_text().count("status=") >= 3, 20, relay.log)
            lines = relay.log.read_text().splitlines()
    assert reconcile(sqlite, KEYS, lines, NOW) == Reconciled(uncertain=3, settled=2)
    assert {name: status(sqlite, number) for name, number in numbers.items()} == {
        "fine": DeliveryStatus.SENT,
        "gone": DeliveryStatus.BOUNCED,
        "never": DeliveryStatus.UNCERTAIN,
    }


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path))
    runner = CliRunner()
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    return lambda *words, **options: runner.invoke(app, words, **options)


def test_the_command_reads_a_file_or_stdin(digest: Callable[..., Result], tmp_path: Path) -> None:
    settings = config.load()
    own = database.connect(settings.database)
    number = delivery(own, reader(own), DeliveryStatus.UNCERTAIN)
    lines = "\n".join(log(number, keys=settings.keys))
    assert digest("deliveries", "reconcile", "-", input=lines).stdout == "1 uncertain, 1 settled.\n"
    (tmp_path / "log").write_text(lines)
    result = digest("deliveries", "reconcile", str(tmp_path / "log"))
    assert result.stdout == "0 uncertain, 0 settled.\n"
    result = digest("deliveries", "reconcile", str(tmp_path / "nope"))
    assert (result.exit_code, "Postfix's log" in result.stderr) == (1, True)
    own.close()
