from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from digest import database as databases
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


def test_a_plan_outlives_what_was_read(postgres: Database) -> None:
    query = text("SELECT count(*) FROM topics WHERE query = :query")
    for _ in range(20):
        with postgres.read() as session:
            session.execute(query, {"query": "diffusion"})
    with postgres.read() as session:
        prepared = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("SELECT count(*) FROM topics" in statement for statement in prepared)


def test_a_plan_made_for_an_empty_table_is_not_kept_while_it_fills(postgres: Database) -> None:
    table = Table("filling", MetaData(), Column("id", Integer, primary_key=True), Column("said"))
    rows = databases.by_number("rows")
    change = update(table).where(table.c.id == rows.c.number).values(said="changed")
    read = text(
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = :name"
    )
    fresh = databases.connect(postgres.engine.url.render_as_string(hide_password=False))
    with fresh.statement() as connection:
        connection.execute(text("CREATE TABLE filling (id integer PRIMARY KEY, said text)"))
    try:
        for first in range(0, 8_000, 16):
            group = range(first, first + 16)
            with fresh.statement() as connection:
                connection.execute(insert(table), [{"id": n, "said": "x" * 300} for n in group])
                connection.execute(change, databases.bound("rows", dict.fromkeys(group)))
        with fresh.statement() as connection:
            connection.execute(text("SELECT pg_stat_force_next_flush()"))
            fetched = connection.scalar(read, {"name": "filling"})
    finally:
        with fresh.statement() as connection:
            connection.execute(text("DROP TABLE filling"))
        fresh.close()
    assert fetched < 100_000  # two million when each of 500 groups reads all there is


def test_what_was_only_read_is_not_written_back(any_database: Database) -> None:
    with any_database.write() as session:
        factories.topic(session, "diffusion")
    with any_database.read() as session:
        session.scalars(select(Topic)).one().query = "changed"
    with any_database.read() as session:
        assert session.scalars(select(Topic.query)).all() == ["diffusion"]


@pytest.mark.parametrize("ask_after_seconds", [0, 3600])
def test_a_connection_that_died_is_replaced_where_it_is_asked_or_told_to_forget_its_plans(
    postgres: Database, monkeypatch: pytest.MonkeyPatch, ask_after_seconds: int
) -> None:
    monkeypatch.setattr(databases, "_ASK_AFTER_IDLE_SECONDS", ask_after_seconds)
    url = postgres.engine.url.render_as_string(hide_password=False)
    fresh, killer = databases.connect(url), databases.connect(url)
    with fresh.read() as session:
        own = session.scalar(text("SELECT pg_backend_pid()"))
    with killer.read() as session:
        assert session.scalar(text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    with fresh.read() as session:
        assert session.scalar(text("SELECT 1")) == 1
    fresh.close()
    killer.close()
