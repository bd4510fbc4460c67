"""The suppression list: it goes in and out as a file, survives erasure, and names nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from digest.__main__ import app
from digest.database import Database
from digest.enums import SubscriberStatus
from digest.feedback import act, read
from digest.message import envelope_sender
from digest.models import Attempt, Base, Delivery, Suppression
from digest.subscribers import erase
from digest.suppressions import (
    Imported,
    UnusableList,
    bring_in,
    export,
    is_suppressed,
    suppress,
    unsuppress,
)
from tests.factories import NOW
from tests.test_feedback import delivery, reader, who
from tests.test_feedback_reports import dsn

OLD, NEW = b"o" * 32, b"n" * 32


def suppressed(database: Database, address: str, keys: tuple[bytes, ...] = (NEW,)) -> bool:
    with database.read() as session:
        return is_suppressed(session, keys, address)


def add(database: Database, *addresses: str, keys: tuple[bytes, ...] = (NEW,)) -> None:
    with database.write() as session:
        suppress(session, keys, addresses, "complained", NOW)


def test_a_suppression_survives_erasure(any_database: Database) -> None:
    mine = reader(any_database, address="gone@example.org")
    add(any_database, "gone@example.org")
    erase(any_database, mine, NOW)
    assert suppressed(any_database, "gone@example.org")


def test_nothing_names_the_address_after_erasure(any_database: Database) -> None:
    mine = reader(any_database, address="gone@example.org")
    number = delivery(any_database, mine)
    refusal = "550 5.1.1 <gone@example.org>: no such user"
    with any_database.write() as session:
        session.get_one(Delivery, number).answer = refusal
        attempt = Attempt(delivery_id=number, number=1, worker="w", answer=refusal)
        session.add(attempt)
    act(any_database, (NEW,), read(dsn(to=bounce_address(number)), (NEW,)), NOW)
    erase(any_database, mine, NOW)
    with any_database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            assert "gone@" not in str(connection.execute(table.select()).all())


def bounce_address(number: int) -> str:
    return envelope_sender((NEW,), number, "papers.example.org")


def test_what_was_exported_can_be_brought_into_another_installation(
    any_database: Database,
) -> None:
    add(any_database, "a@example.org", "b@example.org")
    lines = list(export(any_database, (NEW,)))
    with any_database.write() as session:
        for row in session.scalars(select(Suppression)):
            session.delete(row)
    assert bring_in(any_database, (NEW,), lines, NOW) == Imported(2, 0, ())
    assert suppressed(any_database, "a@example.org")
    assert bring_in(any_database, (NEW,), lines, NOW) == Imported(0, 2, ())
    with any_database.read() as session:
        assert {row.reason for row in session.scalars(select(Suppression))} == {"complained"}


def test_an_export_names_nobody(sqlite: Database) -> None:
    add(sqlite, "a@example.org")
    assert "example" not in "\n".join(export(sqlite, (NEW,)))


def test_hashes_of_an_older_key_stay_valid_while_it_is_in_the_ring(sqlite: Database) -> None:
    add(sqlite, "a@example.org", keys=(OLD,))
    lines = list(export(sqlite, (NEW, OLD)))
    assert bring_in(sqlite, (NEW, OLD), lines, NOW) == Imported(0, 1, ())
    assert suppressed(sqlite, "a@example.org", (NEW, OLD))


def test_hashes_of_a_foreign_key_are_refused(sqlite: Database) -> None:
    add(sqlite, "a@example.org")
    lines = list(export(sqlite, (NEW,)))
    with pytest.raises(UnusableList, match="DIGEST_SECRET_KEYS"):
        bring_in(sqlite, (OLD,), lines, NOW)


@pytest.mark.parametrize(
    "lines",
    [
        ["gone@example.org"],
        ["Gone@Example.ORG"],
        ["# a comment", "", "gone@example.org"],
        ["email,reason,created", '"gone@example.org","550 5.1.1, unknown","2026-06-01"'],
        ["Id,Recipient,Origin", "17, gone@example.org ,Customer"],
    ],
)
def test_lists_of_other_systems_are_read(any_database: Database, lines: list[str]) -> None:
    assert bring_in(any_database, (NEW,), lines, NOW) == Imported(1, 0, ())
    assert suppressed(any_database, "gone@example.org")


def test_whoever_is_subscribed_with_an_imported_address_gets_no_more_mail(
    any_database: Database,
) -> None:
    mine = reader(any_database, address="Gone@example.org")
    other = reader(any_database, address="here@example.org")
    bring_in(any_database, (NEW,), ["gone@example.org"], NOW)
    assert who(any_database, mine).status is SubscriberStatus.SUPPRESSED
    assert who(any_database, other).status is SubscriberStatus.ACTIVE


def test_whoever_is_subscribed_with_an_imported_hash_gets_no_more_mail(
    any_database: Database,
) -> None:
    add(any_database, "gone@example.org")
    lines = list(export(any_database, (NEW,)))
    mine = reader(any_database, address="Gone@example.org")
    bring_in(any_database, (NEW,), lines, NOW)
    assert who(any_database, mine).status is SubscriberStatus.SUPPRESSED


def test_lines_that_cannot_be_read_are_named(sqlite: Database) -> None:
    lines = ["a@example.org", "not an @ddress", "b@example.org", "c0ffee", "\0", "@"]
    assert bring_in(sqlite, (NEW,), lines, NOW) == Imported(2, 0, (2, 4, 6))


def test_a_reason_that_holds_an_address_is_not_kept(sqlite: Database) -> None:
    bring_in(sqlite, (NEW,), ["email,reason", "a@example.org,a@example.org is gone"], NOW)
    with sqlite.read() as session:
        assert session.scalars(select(Suppression.reason)).all() == ["imported"]


def test_an_address_allowed_again_may_subscribe_but_is_not_mailed(any_database: Database) -> None:
    mine = reader(any_database, address="back@example.org")
    add(any_database, "back@example.org")
    with any_database.write() as session:
        assert unsuppress(session, (NEW,), "back@example.org")
    assert who(any_database, mine).status is SubscriberStatus.UNSUBSCRIBED
    assert not suppressed(any_database, "back@example.org")
    with any_database.write() as session:
        assert not unsuppress(session, (NEW,), "back@example.org")


@pytest.fixture
def digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path))
    runner = CliRunner()
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    return lambda *words, **options: runner.invoke(app, ["suppressions", *words], **options)


def test_the_command_adds_checks_lists_and_removes(digest: Callable[..., Result]) -> None:
    assert digest("add", "A@example.org", "--reason", "asked by letter").exit_code == 0
    assert digest("check", "a@example.org").exit_code == 0
    assert "asked by letter" in digest("list").stdout
    assert digest("remove", "a@example.org").exit_code == 0
    assert digest("check", "a@example.org").exit_code == 1
    assert digest("remove", "a@example.org").exit_code == 1
    assert digest("add", "no address").exit_code == 1


def test_the_command_exports_and_imports(digest: Callable[..., Result], tmp_path: Path) -> None:
    digest("add", "a@example.org")
    kept = tmp_path / "kept.csv"
    assert digest("export", "--out", str(kept)).stdout.startswith("1 suppressions written")
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.read_text() == digest("export").stdout
    digest("remove", "a@example.org")
    assert digest("import", str(kept)).stdout == "1 added, 0 known before, 0 not read.\n"
    result = digest("import", "-", "--json", input="b@example.org\nrubbish @\n")
    assert (result.exit_code, json.loads(result.stdout)) == (
        1,
        {"added": 1, "known": 0, "unread": [2]},
    )
    assert digest("import", str(tmp_path / "nope")).exit_code == 1
