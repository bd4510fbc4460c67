from __future__ import annotations

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
