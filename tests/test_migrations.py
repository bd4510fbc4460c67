from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, text

from digest import database as databases
from digest import migrations, models
from digest.database import Database


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A database without a single table."""
    if request.param == "sqlite":
        return databases.connect(f"sqlite:///{tmp_path / 'empty.db'}")
    postgres_url: str = request.getfixturevalue("postgres_url")
    admin = databases.connect(postgres_url)
    name = f"digest_migrations_{tmp_path.parent.name.replace('-', '_')}"
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.close()
    url = make_url(postgres_url).set(database=name)
    return databases.connect(url.render_as_string(hide_password=False))


def test_migrating_makes_exactly_the_tables_of_the_models(empty: Database) -> None:
    migrations.migrate(empty)
    migrations.check(empty)
    assert set(inspect(empty.engine).get_table_names()) == {
        "alembic_version",
        *models.Base.metadata.tables,
    }


def test_migrating_twice_is_the_same_as_once(empty: Database) -> None:
    migrations.migrate(empty)
    migrations.migrate(empty)
    migrations.check(empty)


def test_downgrading_leaves_nothing_and_can_be_undone(empty: Database) -> None:
    migrations.migrate(empty)
    migrations.migrate(empty, "base")
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    migrations.migrate(empty)
    migrations.check(empty)


def test_constraints_are_in_the_migrated_schema_too(empty: Database) -> None:
    migrations.migrate(empty)
    indexes = {index["name"] for index in inspect(empty.engine).get_indexes("deliveries")}
    assert {"uq_deliveries_digest_day", "uq_deliveries_digest_under_way"} <= indexes


def test_what_digests_said_moves_to_a_table_of_its_own(empty: Database) -> None:
    migrations.migrate(empty, "0006")
    with empty.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO deliveries (kind, status, from_sequence, through_sequence, planned_at,"
                " next_attempt_at, expires_at, attempt, content, answer) VALUES ('digest', 'sent',"
                " 0, 1, :now, :now, :now, 1, :content, '')"
            ),
            {"now": "2026-06-02 08:00:00+00:00", "content": '{"items":[]}'},
        )
        connection.execute(
            text(
                "INSERT INTO attempts (delivery_id, number, worker, phase, claimed_at,"
                " terminator_at, enhanced_code, answer, queue_id) VALUES (1, 1, 'w', 'terminator',"
                " :now, :now, '', '', '')"
            ),
            {"now": "2026-06-02 08:00:00+00:00"},
        )
    migrations.migrate(empty)
    assert stored(empty, "SELECT content FROM frozen_digests") == '{"items":[]}'
    assert stored(empty, "SELECT content FROM deliveries") == "null"
    assert stored(empty, "SELECT number FROM attempts WHERE delivery_id = 1") == "1"
    migrations.migrate(empty, "base")


READER = """
    INSERT INTO subscribers (id, address, address_key, status, frequency, weekday, hour, time_zone,
    max_papers, selectivity, read_through, next_due_at, created_at, feed_number) VALUES (:id, :name,
    :name, :status, 'daily', 0, :hour, 'UTC', 10, 'normal', 3, :due, '2026-06-01 08:00:00+00:00', 0)
"""
PAST, FUTURE, LATER = (f"{year}-06-03 08:00:00" for year in (2020, 2120, 2121))
READERS = [
    (1, "active", 8, FUTURE),
    (2, "active", 8, LATER),  # had a digest today already
    (3, "active", 8, PAST),  # was being mailed when its digest was due
    (4, "paused", 8, None),
    (5, "active", 9, PAST),
]


def due_times(database: Database, query: str) -> dict[int, str | None]:
    with database.engine.connect() as connection:
        rows = connection.execute(text(query)).all()
    return {number: str(due)[:19] if due else None for number, due in rows}


def test_due_times_move_to_the_schedules(empty: Database) -> None:
    migrations.migrate(empty, "0008")
    zone = "" if empty.is_sqlite else "+00:00"
    with empty.engine.begin() as connection:
        for number, status, hour, due in READERS:
            values = {"id": number, "name": f"r{number}", "status": status, "hour": hour}
            connection.execute(text(READER), values | {"due": due and due + zone})
    migrations.migrate(empty)
    by_schedule = due_times(
        empty,
        "SELECT subscribers.id, schedules.next_due_at FROM subscribers"
        " LEFT JOIN schedules ON schedules.id = subscribers.schedule_id",
    )
    assert by_schedule.pop(5) not in {None, PAST, FUTURE}
    assert by_schedule == {1: FUTURE, 2: FUTURE, 3: FUTURE, 4: None}
    off_schedule = due_times(empty, "SELECT id, due_at FROM subscribers")
    assert off_schedule == {1: None, 2: None, 3: PAST, 4: None, 5: PAST}
    migrations.migrate(empty, "base")


def stored(database: Database, query: str) -> str:
    with database.engine.connect() as connection:
        value = connection.execute(text(query)).scalar_one()
        return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
