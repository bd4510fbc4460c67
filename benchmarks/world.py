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

from sqlalchemy import (
    BigInteger,
    String,
    cast,
    exists,
    false,
    insert,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from digest import database, library, matches
from digest.config import Settings
from digest.database import Database
from digest.enums import EditionStatus, Frequency, Selectivity, SubscriberStatus
from digest.models import (
    Base,
    Edition,
    Entry,
    Match,
    Paper,
    Schedule,
    Subscriber,
    Subscription,
    Topic,
    UtcDateTime,
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
_OLDER_LISTS = 29
_OLDER_PAPERS = 30
_TOPICS = 400
_MULTIPLIERS = (48_271, 69_621, 16_807)
"""Three topics a reader."""


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
        _store_list(session, 1, date(2026, 6, 2), rng, _PAPERS)
        queries = sorted({" ".join(rng.sample(_WORDS, rng.choice((1, 1, 2)))) for _ in range(2000)})
        topics = [
            {"id": number, "query": query, "matched_through": 0, "created_at": NOW}
            for number, query in enumerate(queries[:_TOPICS], start=1)
        ]
        session.execute(insert(Topic), topics)
        _fill_readers(session, readers, len(topics))
    matches.match(opened)
    _analyze(opened)


def give_history(place: World, readers: int) -> None:
    """Store a month of lists that came before, which the first `readers` have followed all along.

    Their sequences lie before every reader's position, so that no digest contains them. Of these
    readers one half is told that nothing matched, the other that they have just begun.
    """
    rng = random.Random(8)
    with place.database.write() as session:
        for back in range(_OLDER_LISTS):
            _store_list(session, -back, date(2026, 6, 1) - timedelta(days=back), rng, _OLDER_PAPERS)
            columns = (Match.topic_id, literal(-back), Match.paper_id, Match.score, Match.reason)
            again = select(*columns).where(Match.sequence == 1)
            names = ["topic_id", "sequence", "paper_id", "score", "reason"]
            session.execute(insert(Match).from_select(names, again))
        mine, long_ago = Subscription.subscriber_id <= readers, NOW - timedelta(days=90)
        session.execute(update(Subscription).where(mine).values(created_at=long_ago))
        half = update(Subscriber).where(Subscriber.id <= readers // 2)
        session.execute(half.values(confirmed_at=long_ago))
    library.learn(place.database)
    _analyze(place.database)


def _store_list(
    session: Session, sequence: int, day: date, rng: random.Random, papers: int
) -> None:
    """Store a closed list of new papers; the newest is closed after the last digests were due."""
    number = 2 - sequence
    first = number * 1_000
    stored = [_paper(first + rank, rng) for rank in range(1, papers + 1)]
    session.execute(insert(Paper), stored)
    edition = {
        "id": number,
        "source": "huggingface",
        "day": day,
        "status": EditionStatus.CLOSED,
        "sequence": sequence,
        "opened_at": NOW,
        "closed_at": NOW + timedelta(days=sequence, hours=-1),
        "fetch_status": "ok",
        "fetch_note": "",
        "skipped": 0,
    }
    session.execute(insert(Edition), [edition])
    entries = [
        {"edition_id": number, "paper_id": first + rank, "rank": rank, "is_new": True}
        for rank in range(1, papers + 1)
    ]
    session.execute(insert(Entry), entries)


def _analyze(opened: Database) -> None:
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


def _fill_readers(session: Session, readers: int, topics: int) -> None:
    """Make readers and what they follow in the database itself: a million takes seconds."""
    session.execute(
        insert(Schedule),
        {
            "id": 1,
            "frequency": Frequency.DAILY,
            "weekday": 0,
            "hour": NOW.hour,
            "time_zone": "UTC",
            "next_due_at": NOW - timedelta(minutes=1),
        },
    )
    first = select(literal(1).label("id")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.id + 1).where(first.c.id < readers))
    address = literal("reader") + cast(numbers.c.id, String) + literal("@example.org")
    values = {
        "id": numbers.c.id,
        "address": address,
        "address_key": address,
        "status": literal(SubscriberStatus.ACTIVE, Subscriber.status.type),
        "frequency": literal(Frequency.DAILY, Subscriber.frequency.type),
        "weekday": literal(0),
        "hour": literal(NOW.hour),
        "time_zone": literal("UTC"),
        "max_papers": literal(10),
        "selectivity": literal(Selectivity.NORMAL, Subscriber.selectivity.type),
        "read_through": literal(0),
        "schedule_id": literal(1),
        "created_at": literal(NOW, UtcDateTime()),
        "confirmed_at": literal(NOW, UtcDateTime()),
    }
    names, columns = list(values), list(values.values())
    session.execute(insert(Subscriber).from_select(names, select(*columns)))
    for multiplier in _MULTIPLIERS:
        # A congruential generator (Park and Miller): topics without a pattern, each time the same.
        number = cast(Subscriber.id, BigInteger) * multiplier % (2**31 - 1) % topics + 1
        columns = [Subscriber.id, number, false(), literal(NOW, UtcDateTime())]
        taken = exists().where(
            Subscription.subscriber_id == Subscriber.id, Subscription.topic_id == number
        )
        session.execute(
            insert(Subscription).from_select(
                ["subscriber_id", "topic_id", "is_paused", "created_at"],
                select(*columns).where(~taken),
            )
        )
