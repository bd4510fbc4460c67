"""A world to measure in: a fresh PostgreSQL or SQLite database with editions, topics, readers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, text

from digest import database, matches
from digest.config import Settings
from digest.database import Database
from digest.models import (
    Base,
    Edition,
    EditionStatus,
    Entry,
    Frequency,
    Paper,
    Selectivity,
    Subscriber,
    SubscriberStatus,
    Subscription,
    Topic,
)

NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
"""Workers live by the real clock."""
_WORDS = re.findall(
    r"\w+",
    "diffusion video agent reasoning robot speech retrieval quantization graph protein "
    "safety planning memory attention token vision language audio code benchmark policy "
    "reward image geometry latent arithmetic sparse expert router kernel cache context "
    "alignment preference distillation compression translation segmentation depth motion "
    "camera splatting tabular forecast causal bayesian federated privacy watermark "
    "detection caption dialogue tool search",
)
_PAPERS = 50
_TOPICS = 400
_TOPICS_A_READER = 3
_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class World:
    """Where a measurement takes place."""

    database: Database
    settings: Settings
    folder: Path


@contextmanager
def world(url: str, readers: int, smtp_url: str, *, signed: bool = True) -> Iterator[World]:
    """Make a world with `readers` readers due at NOW, each with three topics."""
    with TemporaryDirectory(prefix="digest-bench-") as folder:
        path = Path(folder)
        opened = database.connect(url or f"sqlite:///{path / 'digest.db'}")
        Base.metadata.drop_all(opened.engine)
        Base.metadata.create_all(opened.engine)
        _fill(opened, readers)
        settings = _settings(path, opened, smtp_url, signed=signed)
        yield World(opened, settings, path)
        opened.close()


def _settings(folder: Path, opened: Database, smtp_url: str, *, signed: bool) -> Settings:
    from digest import dkim

    keys = folder / "dkim"
    if signed:
        dkim.generate(keys, "papers.example.org", "bench")
    return Settings(
        data_dir=folder,
        database_url=opened.engine.url.render_as_string(hide_password=False),
        smtp_url=smtp_url,
        base_url="https://papers.example.org",
        postal_address="1 Sample Street",
        secret_keys="k" * 40,
        dkim_dir=keys if signed else None,
        DIGEST_FROM="Trending papers <digest@papers.example.org>",
    )


def _fill(opened: Database, readers: int) -> None:
    rng = random.Random(7)
    with opened.write() as session:
        session.execute(insert(Paper), [_paper(number, rng) for number in range(1, _PAPERS + 1)])
        session.execute(
            insert(Edition),
            [
                {
                    "id": 1,
                    "source": "huggingface",
                    "day": date(2026, 6, 2),
                    "status": EditionStatus.CLOSED,
                    "sequence": 1,
                    "opened_at": NOW,
                    "fetch_status": "ok",
                    "fetch_note": "",
                    "skipped": 0,
                }
            ],
        )
        entries = [
            {"edition_id": 1, "paper_id": number, "rank": number, "is_new": True}
            for number in range(1, _PAPERS + 1)
        ]
        session.execute(insert(Entry), entries)
        queries = sorted({" ".join(rng.sample(_WORDS, rng.choice((1, 1, 2)))) for _ in range(2000)})
        topics = [
            {"id": number, "query": query, "matched_through": 0, "created_at": NOW}
            for number, query in enumerate(queries[:_TOPICS], start=1)
        ]
        session.execute(insert(Topic), topics)
    for start in range(1, readers + 1, _ROWS_AT_ONCE):
        ids = range(start, min(start + _ROWS_AT_ONCE, readers + 1))
        with opened.write() as session:
            session.execute(insert(Subscriber), [_reader(number) for number in ids])
            session.execute(
                insert(Subscription),
                [
                    {
                        "subscriber_id": number,
                        "topic_id": topic,
                        "is_paused": False,
                        "created_at": NOW,
                    }
                    for number in ids
                    for topic in rng.sample(range(1, len(topics) + 1), _TOPICS_A_READER)
                ],
            )
    matches.match(opened)
    if not opened.is_sqlite:
        with opened.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def _paper(number: int, rng: random.Random) -> dict[str, object]:
    def words(count: int) -> str:
        return " ".join(rng.choice(_WORDS) for _ in range(count))

    return {
        "id": number,
        "arxiv_id": f"2606.{number:05d}",
        "title": words(9).title(),
        "abstract": ". ".join(words(18).capitalize() for _ in range(9)) + ".",
        "authors": [f"Author {rng.randrange(500)}" for _ in range(6)],
        "organization": "Sample Lab",
        "summary": words(16).capitalize() + ".",
        "keywords": rng.sample(_WORDS, 5),
        "categories": ["cs.LG"],
        "upvotes": rng.randrange(150),
        "comments": rng.randrange(10),
        "code_url": "https://example.org/code",
        "first_seen_at": NOW,
        "listed_on": date(2026, 6, 2),
    }


def _reader(number: int) -> dict[str, object]:
    address = f"reader{number}@example.org"
    return {
        "id": number,
        "address": address,
        "address_key": address,
        "status": SubscriberStatus.ACTIVE,
        "frequency": Frequency.DAILY,
        "weekday": 0,
        "hour": NOW.hour,
        "time_zone": "UTC",
        "max_papers": 10,
        "selectivity": Selectivity.NORMAL,
        "read_through": 0,
        "next_due_at": NOW - timedelta(minutes=1),
        "created_at": NOW,
        "confirmed_at": NOW,
    }
