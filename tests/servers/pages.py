"""The pages on a real port, over a database with a few weeks of papers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import uvicorn

from digest import subscribers
from digest.config import Settings
from digest.database import Database
from digest.matches import match
from digest.web import create_app
from tests.factories import closed_edition, stored_paper
from tests.readers import deliver

TITLES = (
    "Diffusion Models at Rest",
    "A Survey of Robots That Fold Laundry",
    (
        "Agents That Ask Before They Act: Clarifying Questions, Costs of Being Wrong, and What Two "
        "Hundred Annotators Thought of Interruptions in Long-Horizon Computer Use"
    ),
    "Quantization Without Tears",
    "Speech in Forty Languages From One Small Model",
    "x" * 90 + " and Other Words That Do Not Break",
)
ABSTRACT = (
    "We study how small models keep what they have learned when they are asked to forget. "
    "Across twelve benchmarks the gap closes with a simple rule of thumb, which we derive from "
    "first principles and test on three families of models. The rule needs no labels. "
    "Code and data are released, and every figure in the paper can be made again from them."
)


def store_papers(database: Database, days: int = 20) -> None:
    """Store an edition for each of the last days, closed at its end."""
    today = datetime.now(UTC).date()
    with database.write() as session:
        for sequence, back in enumerate(range(days, 0, -1), start=1):
            day = today - timedelta(days=back)
            papers = [
                stored_paper(
                    session,
                    title=title if number == 5 else f"{title}, Part {back}",
                    abstract=ABSTRACT,
                    authors=[f"Author {letter}. Example" for letter in "ABCDE"[: number + 1]],
                    organization="Example Lab" if number % 2 else None,
                    upvotes=120 - 17 * number,
                    comments=number,
                    code_url="https://code.example.org/x" if number == 1 else None,
                    code_stars=340 if number == 1 else None,
                    project_url="https://project.example.org" if number == 2 else None,
                    summary="One sentence that says what it is about." if number == 3 else None,
                    published_on=day if number else date(2025, 12, 30),
                    listed_on=day,
                )
                for number, title in enumerate(TITLES)
            ]
            edition = closed_edition(session, papers, day=day, sequence=sequence)
            edition.closed_at = edition.fetched_at = datetime.combine(
                day + timedelta(days=1), datetime.min.time(), UTC
            )
    match(database)


@contextmanager
def serve(settings: Settings, database: Database) -> Iterator[str]:
    """Serve the pages at the settings' own address; mail goes into the outbox at once."""
    listening = socket.create_server(("127.0.0.1", urlsplit(settings.url).port or 0))

    def work(_stage: str) -> None:
        subscribers.admit(database, settings.keys, datetime.now(UTC))
        deliver(database, settings, datetime.now(UTC))

    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, database, work), log_level="warning")
    )
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield settings.url
    server.should_exit = True
    thread.join()
