from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from digest.database import Database
from digest.models import Topic
from tests import factories


def test_a_write_is_kept_when_its_block_ends(any_database: Database) -> None:
    with any_database.write() as session:
        factories.topic(session, "diffusion")
    with any_database.read() as session:
        assert session.scalars(select(Topic.query)).all() == ["diffusion"]


def test_a_write_that_raises_leaves_nothing_behind(any_database: Database) -> None:
    with pytest.raises(RuntimeError), any_database.write() as session:
        factories.topic(session, "diffusion")
        raise RuntimeError
    with any_database.read() as session:
        assert session.scalars(select(Topic)).all() == []


def test_times_come_back_aware_and_in_utc(any_database: Database) -> None:
    paris = datetime(2026, 6, 3, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with any_database.write() as session:
        factories.topic(session, "diffusion", created_at=paris)
    with any_database.read() as session:
        stored = session.scalars(select(Topic.created_at)).one()
    assert (stored, stored.tzinfo) == (paris, UTC)


def test_a_time_without_zone_is_refused(sqlite: Database) -> None:
    with pytest.raises(Exception, match="no time zone"), sqlite.write() as session:
        factories.topic(session, "diffusion", created_at=datetime(2026, 6, 3))  # noqa: DTZ001


def test_a_query_is_stored_once(any_database: Database) -> None:
    def insert(_: int) -> bool:
        try:
            with any_database.write() as session:
                session.add(Topic(query="diffusion", created_at=factories.NOW))
        except IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(insert, range(8))) == 1
