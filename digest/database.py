"""Engine and transactions, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # A power cut must not forget that a mail was about to go, or gone.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
)
_ENGINE: dict[str, Any] = {
    # Errors are logged, and parameters are addresses.
    "hide_parameters": True,
    "json_serializer": partial(json.dumps, separators=(",", ":"), ensure_ascii=False),
}


class Database:
    """Opens transactions on one database; safe to share between threads.

    `read()` sees one snapshot and changes nothing; `write()` commits when its block ends and
    rolls back when the block raises. On SQLite a write takes the write lock at once
    (BEGIN IMMEDIATE), so that two writers queue up instead of failing half-way.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = engine.execution_options(digest_writes=True)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Give back every pooled connection."""
        self.engine.dispose()


def insert_into(session: Session, table: Any) -> Any:
    """Return an INSERT that can say ON CONFLICT, in the words of the session's database."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql_insert(table) if is_postgresql else sqlite_insert(table)


def connect(url: str) -> Database:
    """Return the database at `url` (`sqlite:///FILE` or `postgresql://…`); opens nothing yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        pool = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 40}
        return Database(create_engine(parsed, **_ENGINE, **pool))
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, **_ENGINE)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own implicit BEGIN comes too late for a snapshot; we send BEGIN ourselves.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("digest_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
