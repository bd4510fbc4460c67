"""Reports in files: what the command reads, what it changes, and that forgeries change nothing."""

from __future__ import annotations

import json
import mailbox
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from digest import config, database
from digest.__main__ import app
from digest.database import Database
from digest.enums import DeliveryStatus, SubscriberStatus
from digest.message import envelope_sender, message_id
from digest.models import Base
from tests.test_feedback import delivery, reader, status, who
from tests.test_feedback_reports import complaint, dsn

DOMAIN = "papers.example.org"
STRANGER = (b"s" * 32,)


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path / "var"))
    runner = CliRunner()
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    return lambda *words, **options: runner.invoke(app, ["feedback", *words], **options)


@pytest.fixture
def own(digest: Callable[..., Result]) -> Iterator[Database]:
    assert digest("list").stdout == "None.\n"
    opened = database.connect(config.load().database)
    yield opened
    opened.close()


def bounce_address(number: int) -> str:
    return envelope_sender(config.load().keys, number, DOMAIN)


def everything(own: Database) -> list[list[object]]:
    with own.engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return [list(connection.execute(table.select())) for table in tables]


def counted(result: Result) -> tuple[int, int, dict[str, int]]:
    told = json.loads(result.stdout)
    return told["mails"], told["unread"], told["feedback"]


def test_a_mail_from_a_pipe_is_acted_on_and_listed(
    digest: Callable[..., Result], own: Database
) -> None:
    number = delivery(own, reader(own, address="gone@example.net"))
    result = digest("read", "-", input=dsn(to=bounce_address(number)))
    assert result.stdout == "1 mail: 1 acted on, 0 known before, 0 unproven, 0 no report.\n"
    assert status(own, number) is DeliveryStatus.BOUNCED
    (listed,) = json.loads(digest("list", "--json").stdout)
    assert (listed["delivery"], listed["kind"], listed["code"]) == (number, "bounced", "5.1.1")
    assert "gone@example.net" not in json.dumps(listed)


@pytest.mark.parametrize("kind", [mailbox.mbox, mailbox.Maildir])
def test_mailboxes_are_read_whole_and_again_without_effect(
    digest: Callable[..., Result],
    own: Database,
    tmp_path: Path,
    kind: type[mailbox.mbox] | type[mailbox.Maildir],
) -> None:
    number = delivery(own, reader(own))
    box = kind(tmp_path / "box")
    for octets in (dsn(to=bounce_address(number)), b"Subject: Hi\n\nHi\n", dsn(to="x@y.z")):
        box.add(octets)
    box.close()
    first = counted(digest("read", str(tmp_path / "box"), "--json"))
    assert first == (3, 1, {"applied": 1, "known": 0, "unproven": 1})
    before = everything(own)
    again = counted(digest("read", str(tmp_path / "box"), "--json"))
    assert again == (3, 1, {"applied": 0, "known": 1, "unproven": 1})
    assert everything(own) == before


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_path_without_mail_is_refused(
    digest: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    result = digest("read", str(tmp_path / name))
    assert result.exit_code == 1
    assert "Maildir" in result.stderr


FORGERIES = {
    "no bounce address": dsn(to=f"digest@{DOMAIN}"),
    "a bounce address of another installation": dsn(to=envelope_sender(STRANGER, 1, DOMAIN)),
    "a guessed bounce address": dsn(to=f"bounces+1.{'0' * 20}@{DOMAIN}"),
    "somebody's address in the report": dsn(to="x@y.z", recipient="rfc822; victim@example.org"),
    "a quoted mail of another installation": dsn(
        to="x@y.z", original=f"Message-ID: {message_id(STRANGER, 1, DOMAIN)}\r\n"
    ),
    "a complaint without proof": complaint(fields="Original-Rcpt-To: victim@example.org\r\n"),
    "a complaint with a forged Message-ID": complaint(
        original=f"Message-ID: {message_id(STRANGER, 1, DOMAIN)}\r\n"
    ),
}


@pytest.mark.parametrize("octets", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_report_changes_nothing(
    digest: Callable[..., Result], own: Database, octets: bytes
) -> None:
    delivery(own, reader(own, address="victim@example.org"))
    before = everything(own)
    told = counted(digest("read", "-", "--json", input=octets))
    assert told == (1, 0, {"applied": 0, "known": 0, "unproven": 1})
    assert everything(own) == before


def test_a_bounce_that_names_another_reader_harms_neither_at_once(
    digest: Callable[..., Result], own: Database
) -> None:
    mine = reader(own, address="attacker@example.org")
    victim = reader(own, address="victim@example.org")
    number = delivery(own, mine)
    octets = dsn(to=bounce_address(number), recipient="rfc822; victim@example.org")
    digest("read", "-", input=octets)
    assert who(own, victim).status is SubscriberStatus.ACTIVE
    assert who(own, mine).status is SubscriberStatus.ACTIVE
