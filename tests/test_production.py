"""The parts that compose starts, as real processes over PostgreSQL, Redis and SMTP."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from digest.database import Database
from digest.enums import DeliveryStatus
from digest.models import Delivery, Edition, SignUp, Subscriber
from tests.factories import subscriber
from tests.processes import free_port, running, wait_for
from tests.servers import mail, papers
from tests.servers.mail import MailServer
from tests.servers.papers import SERVER_ERROR, PapersServer, item

READERS = 40


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail.serve() as served:
        yield served


@pytest.fixture
def source() -> Iterator[PapersServer]:
    today = datetime.now(UTC).date()
    lists = {
        (today - timedelta(days=back)).isoformat(): [
            item(f"2606.{back:02d}{number:03d}", f"Diffusion Models, Day {back} Number {number}")
            for number in range(5)
        ]
        for back in range(3)
    }
    server = PapersServer(lists)
    server.fail("api", SERVER_ERROR)
    with papers.serve(server):
        yield server


@pytest.fixture
def environment(
    postgres: Database, redis_url: str, post: MailServer, source: PapersServer, tmp_path: Path
) -> dict[str, str]:
    return {
        "DIGEST_DATA_DIR": str(tmp_path),
        "DIGEST_DATABASE_URL": postgres.engine.url.render_as_string(hide_password=False),
        "DIGEST_BROKER_URL": redis_url,
        "DIGEST_SMTP_URL": post.url,
        "DIGEST_HF_URL": source.url,
        "DIGEST_ARXIV_URL": source.url,
        "DIGEST_BASE_URL": f"http://127.0.0.1:{free_port()}",
        "DIGEST_FROM": "Trending papers <digest@papers.example.org>",
        "DIGEST_POSTAL_ADDRESS": "1 Sample Street",
        "DIGEST_SECRET_KEYS": "k" * 40,
        "DIGEST_BACKFILL_DAYS": "2",
        "DIGEST_CHECK_DNS": "false",
    }


def test_two_workers_beat_and_web_send_exactly_one_digest_a_reader(
    postgres: Database, environment: dict[str, str], post: MailServer, tmp_path: Path
) -> None:
    with postgres.write() as session:
        for number in range(READERS):
            subscriber(
                session,
                "diffusion",
                address=f"r{number}@example.org",
                hour=datetime.now(UTC).hour,
                next_due_at=datetime.now(UTC) - timedelta(minutes=1),
            )
    port = environment["DIGEST_BASE_URL"].rsplit(":", 1)[1]
    with ExitStack() as stack:

        def start(name: str, *command: str) -> None:
            own = environment | {"DIGEST_PORT": port}
            stack.enter_context(running(command, tmp_path / f"{name}.log", own, tmp_path))

        celery = ("celery", "-A", "digest.tasks")
        for name in ("one", "two"):
            worker = ("worker", "--loglevel", "INFO", "--concurrency", "2", "-n", f"{name}@test")
            start(name, *celery, *worker)
        start("beat", *celery, "beat", "--loglevel", "INFO", "-s", str(tmp_path / "schedule"))
        start("web", "digest", "web")

        def digests_sent() -> bool:
            return len(post.recipients) >= READERS

        wait_for(digests_sent, 90, tmp_path / "one.log")
        subscribe_and_confirm(environment["DIGEST_BASE_URL"], post)
        wait_for(lambda: all_settled(postgres), 30, tmp_path / "one.log")
        states = examined(environment, tmp_path)
        parts = ("papers", "broker", "workers", "mail server")
        assert {states[part] for part in parts} == {"ok"}, states

    counts = Counter(post.recipients)
    assert counts.pop("new@example.org") == 2
    assert counts == {f"r{number}@example.org": 1 for number in range(READERS)}
    with postgres.read() as session:
        assert session.scalar(select(func.count(Edition.sequence))) == 2
        behind = select(Subscriber.id).where(Subscriber.read_through < 2)
        assert session.scalars(behind).all() == []


def subscribe_and_confirm(base: str, post: MailServer) -> None:
    """A new reader comes through the web process; its mails go out through the workers."""
    wait_for(lambda: is_up(base), 20)
    wish = {"address": "new@example.org", "topics": ["diffusion"]}
    assert httpx.post(f"{base}/api/v1/subscriptions", json=wish).status_code == 202
    wait_for(lambda: "new@example.org" in post.recipients, 20)
    confirmation = next(m for m in post.messages() if m["To"] == "new@example.org")
    body = confirmation.get_body(("plain",))
    assert body is not None
    link = re.search(r"http\S+/confirm/\S+", body.get_content())
    assert link is not None
    assert "first mail is on its way" in httpx.post(link[0]).text
    wait_for(lambda: post.recipients.count("new@example.org") == 2, 20)


def examined(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """Ask the operator's doctor how each part is."""
    with running(["digest", "doctor", "--json"], folder / "doctor", environment, folder) as process:
        process.wait(60)
    findings = json.loads((folder / "doctor").read_text())
    return {found["part"]: found["state"] for found in findings}


def is_up(base: str) -> bool:
    try:
        return httpx.get(f"{base}/healthz").status_code == 200
    except httpx.HTTPError:
        return False


def all_settled(database: Database) -> bool:
    with database.read() as session:
        return set(session.scalars(select(Delivery.status))) == {DeliveryStatus.SENT}


def test_the_web_process_serves_and_subscribes_while_redis_is_gone(
    postgres: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    port = environment["DIGEST_BASE_URL"].rsplit(":", 1)[1]
    gone = {"DIGEST_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0", "DIGEST_PORT": port}
    with running(["digest", "web"], tmp_path / "log", environment | gone, tmp_path):
        base = environment["DIGEST_BASE_URL"]
        wait_for(lambda: is_up(base), 20, tmp_path / "log")
        wish = {"address": "new@example.org"}
        answer = httpx.post(f"{base}/api/v1/subscriptions", json=wish, timeout=30)
    assert answer.status_code == 202, (tmp_path / "log").read_text()
    # Nobody waits for the broker; connecting to it is tried for six seconds.
    assert answer.elapsed.total_seconds() < 3
    with postgres.read() as session:
        assert session.scalar(select(func.count(SignUp.id))) == 1
