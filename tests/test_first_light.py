"""The whole way, end to end: lists over HTTP with faults mixed in, digests over SMTP."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from digest import deliveries, editions, matches
from digest.config import Settings
from digest.database import Database
from digest.deliveries import Composer, Sending
from digest.enums import DeliveryStatus
from digest.models import Delivery, Edition, Entry, Paper
from digest.smtp import transport
from digest.sources import HttpClient, HuggingFace
from tests.factories import subscriber
from tests.servers import mail, papers
from tests.servers.mail import MailServer
from tests.servers.papers import (
    ERROR_OBJECT,
    HTML_PAGE,
    SERVER_ERROR,
    TOO_MANY_REQUESTS,
    TRUNCATED,
    Fault,
    PapersServer,
    item,
)

DAY = timedelta(days=1)
SLOW = Fault(delay_seconds=0.3)
Lists = dict[str, list[dict[str, Any]]]


def recorded_lists() -> Lists:
    shared = Path(os.environ.get("DIGEST_SHARED", Path(__file__).parents[2] / "shared"))
    folder = shared / "hf" / "lists"
    if not folder.is_dir():
        pytest.skip("the recorded lists are not here (DIGEST_SHARED names their folder)")
    return papers.recorded(folder)


def small_lists() -> Lists:
    """Three days; one paper stands in two lists, the middle day is an empty weekend."""
    return {
        "2026-06-05": [
            item("2606.00001", "Diffusion Models at Rest"),
            item("2606.00002", "A Survey of Robots"),
        ],
        "2026-06-06": [],
        "2026-06-08": [
            item("2606.00002", "A Survey of Robots"),
            item("2606.00003", "Video Diffusion in Motion"),
        ],
    }


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail.serve() as running:
        yield running


@pytest.fixture
def settings(post: MailServer, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        smtp_url=post.url,
        base_url="https://papers.example.org",
        postal_address="1 Sample Street",
        DIGEST_FROM="Trending papers <digest@papers.example.org>",
    )


def live_through(
    database: Database, settings: Settings, server: PapersServer, faults: tuple[Fault, ...]
) -> None:
    """Let every listed day pass: fetched at noon and after midnight, read the next morning."""
    waits: list[float] = []
    http = HttpClient(server.url, "tests@example.org", sleep=waits.append, jitter=lambda: 0.5)
    source = HuggingFace(http)
    moment = datetime.now(UTC)
    composer, post = Composer.of(settings), transport(settings)
    for number, day in enumerate(sorted(server.lists)):
        server.fail("api", faults[number % len(faults)])
        noon = datetime.combine(date.fromisoformat(day), time(12), UTC)
        editions.fetch_due(database, source, noon, 0)
        over = noon + timedelta(hours=12, minutes=30)
        editions.fetch_due(database, source, over, 1)
        editions.close_due(database, over, 24)
        matches.match(database)
        moment = noon + timedelta(hours=20)
        deliveries.plan(database, moment)
        at = moment
        deliveries.deliver(Sending(database, composer, post, "test", lambda at=at: at, 4))  # type: ignore[misc]


FAULTS = (TOO_MANY_REQUESTS, SERVER_ERROR, SLOW, TRUNCATED, HTML_PAGE, ERROR_OBJECT)


@pytest.mark.parametrize("lists", [small_lists, recorded_lists])
def test_every_day_becomes_its_edition_and_every_reader_gets_one_digest_of_it(
    any_database: Database, settings: Settings, post: MailServer, lists: Any
) -> None:
    server = PapersServer(lists())
    with any_database.write() as session:
        subscriber(
            session,
            address="all@example.org",
            hour=8,
            next_due_at=datetime(2026, 1, 1, tzinfo=UTC),
            max_papers=30,
        )
        subscriber(
            session,
            "diffusion",
            address="some@example.org",
            hour=8,
            next_due_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        subscriber(
            session,
            "unheardof",
            address="none@example.org",
            hour=8,
            next_due_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    with papers.serve(server):
        live_through(any_database, settings, server, FAULTS)

    assert stored_lists(any_database) == {
        day: [entry["paper"]["id"] for entry in entries]
        for day, entries in server.lists.items()
        if entries
    }
    assert new_once(any_database)
    days_with_new_papers = days_of_new_papers(server.lists)
    sent = Counter(post.recipients)
    assert sent["all@example.org"] == days_with_new_papers
    assert 1 <= sent["some@example.org"] <= days_with_new_papers
    assert sent["none@example.org"] == 0
    assert statuses(any_database) == {DeliveryStatus.SENT}
    assert nothing_came_twice(post, "all@example.org", server.lists)


def stored_lists(database: Database) -> dict[str, list[str]]:
    with database.read() as session:
        rows = session.execute(
            select(Edition.day, Paper.arxiv_id)
            .join(Entry, Entry.edition_id == Edition.id)
            .join(Paper, Paper.id == Entry.paper_id)
            .order_by(Edition.day, Entry.rank)
        )
        found: dict[str, list[str]] = {}
        for day, arxiv_id in rows:
            found.setdefault(day.isoformat(), []).append(arxiv_id)
        return found


def new_once(database: Database) -> bool:
    with database.read() as session:
        new = session.scalars(select(Entry.paper_id).where(Entry.is_new)).all()
        everything = session.scalars(select(Paper.id)).all()
    return sorted(new) == sorted(everything)


def days_of_new_papers(lists: Lists) -> int:
    seen: set[str] = set()
    days = 0
    for _, entries in sorted(lists.items()):
        ids = {entry["paper"]["id"] for entry in entries}
        days += bool(ids - seen)
        seen |= ids
    return days


def statuses(database: Database) -> set[DeliveryStatus]:
    with database.read() as session:
        return set(session.scalars(select(Delivery.status)))


def nothing_came_twice(post: MailServer, address: str, lists: Lists) -> bool:
    """Whether each paper's page is linked from one mail at most."""
    ids = {entry["paper"]["id"] for entries in lists.values() for entry in entries}
    texts = [
        message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        for message in post.messages()
        if message["To"] == address
    ]
    return all(sum(f"/papers/{i}\n" in text for text in texts) <= 1 for i in ids)


def test_a_digest_sent_over_smtp_is_complete(
    sqlite: Database, settings: Settings, post: MailServer
) -> None:
    server = PapersServer(small_lists())
    with sqlite.write() as session:
        subscriber(
            session,
            "diffusion",
            address="some@example.org",
            next_due_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    with papers.serve(server):
        live_through(sqlite, settings, server, (SLOW,))
    first, second = post.messages()
    assert first["Subject"] == "Diffusion Models at Rest"
    assert second["Subject"] == "Video Diffusion in Motion"
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first["List-Unsubscribe"].startswith("<https://papers.example.org/unsubscribe/")
    assert first["Message-ID"] != second["Message-ID"]
    html = first.get_body(("html",))
    assert html is not None
    assert "mentions Diffusion" in html.get_content()
