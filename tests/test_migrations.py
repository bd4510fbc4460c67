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


def stored(database: Database, query: str) -> str:
    with database.engine.connect() as connection:
        value = connection.execute(text(query)).scalar_one()
        return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
