"""`digest doctor`: what is wrong is found, with what to do; what is well is left alone."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import dns.resolver
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import text, update

from digest import dkim
from digest.config import Settings
from digest.database import Database, connect
from digest.deliveries import plan_mail
from digest.doctor import Finding, State, examine
from digest.doctor.records import mail_records
from digest.enums import MailKind
from digest.migrations import migrate
from digest.models import Edition, Schedule
from tests.certificates import self_signed
from tests.factories import closed_edition, subscriber
from tests.processes import free_port, running, wait_for
from tests.servers import faults, mail, names, papers
from tests.servers.faults import FaultyServer
from tests.servers.papers import PapersServer, item

DOMAIN = "papers.example.org"
TODAY = datetime.now(UTC)
Examine = Callable[..., dict[str, Finding]]


@pytest.fixture
def source() -> Iterator[PapersServer]:
    lists = {TODAY.date().isoformat(): [item("2606.00001", "Robots")]}
    with papers.serve(PapersServer(lists)) as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = connect(f"sqlite:///{tmp_path / 'digest.db'}")
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def examined(database: Database, source: PapersServer, tmp_path: Path) -> Examine:
    """Look at an installation that fetched a minute ago, with some settings changed."""
    with database.write() as session:
        closed_edition(session, [], day=date(2026, 6, 2)).fetched_at = TODAY

    def run(
        other: Database = database, *, fast: timedelta = timedelta(), **changes: Any
    ) -> dict[str, Finding]:
        nowhere = dns.resolver.Resolver(configure=False)
        given: dict[str, Any] = {"data_dir": tmp_path, "hf_url": source.url} | changes
        found = examine(Settings(**given), other, nowhere, datetime.now(UTC) + fast)
        return {finding.part: finding for finding in found}

    return run


def sending(url: str) -> dict[str, str]:
    return {
        "smtp_url": url,
        "base_url": f"http://127.0.0.1:{free_port()}",
        "DIGEST_FROM": f"Papers <digest@{DOMAIN}>",
        "postal_address": "1 Sample Street",
    }


def assert_wrong(finding: Finding, *words: str) -> None:
    assert finding.state is State.WRONG
    for word in words:
        assert word in finding.text


def test_a_first_look_finds_nothing_wrong_and_says_that_mail_is_kept(examined: Examine) -> None:
    found = examined()
    assert {part for part, one in found.items() if one.state is not State.OK} == {"mail server"}
    assert "not sent" in found["mail server"].text


def test_a_database_of_another_release_is_told_from_ours(
    examined: Examine, database: Database
) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert_wrong(examined()["database"], "9999", "upgrade digest")
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert_wrong(examined()["database"], "0001", "digest migrate")


def test_a_database_without_tables_needs_to_be_migrated(examined: Examine, tmp_path: Path) -> None:
    empty = connect(f"sqlite:///{tmp_path / 'empty.db'}")
    found = examined(empty)
    empty.close()
    assert_wrong(found["database"], "digest migrate")
    assert "fetching" not in found


def test_the_web_server_says_at_start_that_its_tables_are_missing(tmp_path: Path) -> None:
    log, environment = tmp_path / "log", {"DIGEST_DATA_DIR": str(tmp_path), "DIGEST_PORT": "0"}
    with running(["digest", "web"], log, environment, tmp_path):
        wait_for(lambda: b"digest migrate" in log.read_bytes(), 20, log)


def test_a_database_out_of_reach_is_wrong_and_its_password_stays_secret(examined: Examine) -> None:
    away = connect(f"postgresql+psycopg://me:hunter2@127.0.0.1:{free_port()}/digest")
    found = examined(away)["database"]
    assert_wrong(found, "refused", "DIGEST_DATABASE_URL")
    assert "hunter2" not in found.text


def test_a_source_out_of_reach_is_wrong(examined: Examine) -> None:
    assert_wrong(examined(hf_url=f"http://127.0.0.1:{free_port()}")["papers"], "reach it")


def test_a_wrong_clock_is_told_by_how_much(examined: Examine) -> None:
    assert_wrong(examined(fast=timedelta(minutes=3))["clock"], "3 minutes ahead", "NTP")
    assert_wrong(examined(fast=timedelta(minutes=-3))["clock"], "3 minutes behind", "NTP")


def test_a_broker_out_of_reach_is_wrong(examined: Examine) -> None:
    found = examined(broker_url=f"redis://127.0.0.1:{free_port()}/0")
    assert_wrong(found["broker"], "DIGEST_BROKER_URL")


def test_no_worker_behind_the_broker_is_wrong(examined: Examine, redis_url: str) -> None:
    found = examined(broker_url=redis_url)
    assert_wrong(found["workers"], "celery -A digest.tasks worker")
    assert found["settings"].state is State.DOUBTFUL


def test_work_left_undone_names_worker_and_beat(examined: Examine, database: Database) -> None:
    with database.write() as session:
        session.execute(update(Edition).values(fetched_at=TODAY - timedelta(hours=3)))
        late = subscriber(session, next_due_at=TODAY - timedelta(hours=3), confirmed_at=TODAY)
        hours = timedelta(hours=5)
        plan_mail(session, late.id, MailKind.WELCOME, TODAY - hours, expires_after=2 * hours)
    found = examined()
    for part in ("fetching", "planning", "sending"):
        assert_wrong(found[part], "beat")
    assert "1, the oldest waits for 5 hours" in found["sending"].text
    with database.write() as session:
        session.execute(update(Schedule).values(next_due_at=TODAY))
    assert examined()["planning"].state is State.OK


class _Door:
    """Lets nobody in but one."""

    def __call__(self, *given: Any) -> AuthResult:
        login = given[-1]
        is_known = (login.login, login.password) == (b"me", b"right")
        return AuthResult(success=is_known, handled=is_known)


@pytest.mark.parametrize(("password", "state"), [("right", State.OK), ("wrong", State.WRONG)])
def test_the_login_is_tried_and_nothing_is_sent(
    examined: Examine, password: str, state: State
) -> None:
    port = free_port()
    options: dict[str, Any] = {"authenticator": _Door(), "auth_require_tls": False, "port": port}
    post = Controller(mail.MailServer(), hostname="127.0.0.1", **options)
    post.start()
    try:
        found = examined(**sending(f"smtp://me:{password}@127.0.0.1:{port}"))["mail server"]
    finally:
        post.stop()
    assert found.state is state
    assert ("535" in found.text) is (state is State.WRONG)


def test_a_mail_server_out_of_reach_or_not_to_be_believed_is_wrong(
    examined: Examine, tmp_path: Path
) -> None:
    away = examined(**sending(f"smtp://127.0.0.1:{free_port()}"))["mail server"]
    assert_wrong(away, "refused", "DIGEST_SMTP_URL")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(self_signed(tmp_path))
    with faults.serve(FaultyServer(tls=tls)) as server:
        assert_wrong(examined(**sending(server.url))["mail server"], "SSL_CERT_FILE")
    assert server.accepted == []


def test_pages_that_do_not_open_are_wrong(examined: Examine) -> None:
    assert_wrong(examined(**sending("smtp://127.0.0.1:1"))["pages"], "web server up")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[dkim.Signer, ...]]:
    folder = tmp_path_factory.mktemp("dkim")
    return folder, dkim.generate(folder, DOMAIN, "s1")


def published(signers: tuple[dkim.Signer, ...]) -> dict[str, str]:
    """Return all records that a sender needs, by name."""
    return {
        **{signer.dns_name: names.txt(signer.dns_name, signer.dns_value) for signer in signers},
        DOMAIN: names.txt(DOMAIN, "v=spf1 ip4:192.0.2.1 -all"),
        "_dmarc.example.org": names.txt("_dmarc.example.org", "v=DMARC1; p=none"),
        "MX": f"{DOMAIN}. 60 IN MX 10 mail.example.org.",
    }


def looked_up(zone: dict[str, str], folder: Path | None) -> list[Finding]:
    with names.serve(list(zone.values())) as port:
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port, resolver.lifetime = ["127.0.0.1"], port, 5.0
        settings = Settings(dkim_dir=folder, **sending("smtp://relay.example.org"))  # type: ignore[arg-type]
        return list(mail_records(settings, resolver))


Keys = tuple[Path, tuple[dkim.Signer, ...]]


def test_records_that_match_the_keys_are_well(keys: Keys) -> None:
    folder, signers = keys
    found = looked_up(published(signers), folder)
    assert [one.part for one in found] == ["DKIM", "DKIM", "SPF", "DMARC", "bounces"]
    assert {one.state for one in found} == {State.OK}


@pytest.mark.parametrize(
    ("name", "instead", "part", "words"),
    [
        ("s1r._domainkey.papers.example.org", "", "DKIM", "p=MII"),
        ("s1e._domainkey.papers.example.org", "v=DKIM1; k=ed25519; p=", "DKIM", "another key"),
        (DOMAIN, "", "SPF", "v=spf1"),
        ("_dmarc.example.org", "", "DMARC", "v=DMARC1; p=none"),
        ("MX", "", "bounces", "MX record"),
    ],
)
def test_a_record_that_is_missing_or_other_is_shown(
    keys: Keys, name: str, instead: str, part: str, words: str
) -> None:
    folder, signers = keys
    zone = published(signers)
    del zone[name]
    if instead:
        zone[name] = names.txt(name, instead)
    (found,) = [one for one in looked_up(zone, folder) if one.state is not State.OK]
    assert found.part == part
    assert_wrong(found, words)


def test_two_spf_records_are_as_bad_as_none(keys: Keys) -> None:
    folder, signers = keys
    zone = published(signers)
    zone["second"] = names.txt(DOMAIN, "v=spf1 -all")
    (found,) = [one for one in looked_up(zone, folder) if one.state is not State.OK]
    assert_wrong(found, "2 records", "join")


def test_a_key_of_another_domain_is_wrong(tmp_path: Path, keys: Keys) -> None:
    other = dkim.generate(tmp_path, "example.net", "s1")
    found = looked_up(published(keys[1]), tmp_path)
    assert len([one for one in found if one.part == "DKIM"]) == len(other)
    assert_wrong(found[0], "not a key of", "keygen")


def test_unsigned_mail_is_doubtful(keys: Keys) -> None:
    (found,) = [one for one in looked_up(published(keys[1]), None) if one.state is not State.OK]
    assert (found.part, found.state) == ("DKIM", State.DOUBTFUL)
