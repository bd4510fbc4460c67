"""A mail scanner opens every link of every mail, runs the scripts there, and changes nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from digest import deliveries, signups, subscribers
from digest.addresses import Origin
from digest.config import Challenge, Settings
from digest.database import Database
from digest.deliveries import plan_mail
from digest.enums import MailKind, SignUpKind
from digest.matches import match
from digest.models import Delivery
from digest.signups import Wish
from tests.browsers import chromium
from tests.factories import closed_edition, stored_paper
from tests.processes import free_port
from tests.readers import ask_for_link, deliver, reader
from tests.servers.web import serving

HERE = Origin.of("203.0.113.9")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    port = free_port()
    return Settings(
        data_dir=tmp_path,
        port=port,
        base_url=f"http://127.0.0.1:{port}",
        challenge=Challenge.NEVER,
    )


def mail_everything(database: Database, settings: Settings, now: datetime) -> None:
    """Send one mail of every kind there is, and a digest with topics."""
    with database.write() as session:
        papers = [stored_paper(session, title=f"A Survey of Robots {n}") for n in range(2)]
        closed_edition(session, papers, day=now.date() - timedelta(days=1))
    reads = reader(database, "robots", "survey", address="reads@example.org", next_due_at=now)
    leaves = reader(database, address="leaves@example.org", hour=9)
    match(database)
    deliveries.plan(database, now)
    wishes = subscribers.Preferences().to_json()
    wish = Wish(SignUpKind.SUBSCRIBE, "new@example.org", HERE, wishes)
    signups.ask(database, settings, wish, now)
    ask_for_link(database, settings, "reads@example.org", now)
    with database.write() as session:
        plan_mail(session, reads, MailKind.WELCOME, now, expires_after=timedelta(days=1))
        link = session.scalars(
            select(Delivery.id).where(Delivery.kind == MailKind.FRESH_LINK)
        ).one()
    subscribers.ask_to_move(database, settings, reads, link, "moved@example.org", HERE, now)
    subscribers.unsubscribe(database, leaves, now, with_farewell=True)
    ask_for_link(database, settings, "reads@example.org", now)
    deliver(database, settings, now)


def links(settings: Settings) -> set[str]:
    """Return every link to our pages in any part or header of any mail."""
    found: set[str] = set()
    for path in (settings.data_dir / "outbox").glob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        texts = [part.get_content() for part in message.walk() if not part.is_multipart()]
        for text in (*texts, *map(str, message.values())):
            for link in re.findall(re.escape(settings.url) + r"[^\s\"<>]*", text):
                found.add(unescape(link).rstrip(".,)"))
    return found


def everything(path: Path) -> list[str]:
    """Return the whole database as SQL."""
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


@pytest.fixture
def mailed(sqlite: Database, settings: Settings) -> set[str]:
    mail_everything(sqlite, settings, datetime.now(UTC))
    with sqlite.read() as session:
        assert set(session.scalars(select(Delivery.kind))) == set(MailKind)
    found = links(settings)
    pages = {urlsplit(link).path.split("/")[1] for link in found if urlsplit(link).path}
    needed = {"confirm", "refuse", "manage", "unsubscribe", "drop", "account", "digests"}
    assert pages >= needed
    return found


def opened(mailed: set[str]) -> Iterator[tuple[str, int]]:
    """Ask for every link in every way that must not act, twice."""
    with httpx.Client(follow_redirects=True) as scanner:
        for link in sorted(mailed) * 2:
            for method in ("HEAD", "OPTIONS", "GET"):
                yield method, scanner.request(method, link).status_code


def test_a_scanner_that_opens_every_link_and_runs_the_scripts_changes_nothing(
    sqlite: Database, settings: Settings, mailed: set[str], tmp_path: Path
) -> None:
    before = everything(tmp_path / "digest.db")
    with serving(settings, sqlite), chromium() as browser:
        answers = set(opened(mailed))
        page = browser.new_page()
        for link in sorted(mailed):
            page.goto(link)
            page.mouse.move(50, 50)
            page.wait_for_timeout(100)  # Scripts that wait a little.
    # One fresh link has been used, and says so.
    assert {status for method, status in answers if method != "OPTIONS"} == {200, 410}
    assert everything(tmp_path / "digest.db") == before
