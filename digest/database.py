"""Engine and transactions, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Dialect,
    Engine,
    Integer,
    Subquery,
    bindparam,
    cast,
    column,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

CONNECTIONS = 20
"""Kept open by one process; more are opened when they are needed, and closed again."""
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # A power cut must not forget that a mail was about to go, or gone.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
)
_written = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_ASK_AFTER_IDLE_SECONDS = 1.0


class WrittenJson(str):
    """JSON that has been written already and is bound as it is."""

    __slots__ = ()


def write_json(value: Any) -> str:
    """Return JSON as the database keeps it."""
    return value if isinstance(value, WrittenJson) else _written(value)


_ENGINE: dict[str, Any] = {
    "json_serializer": write_json,
    # Errors are logged, and parameters are addresses.
    "hide_parameters": True,
}
Row = tuple[int | float | str, ...]


class Database:
    """Opens transactions on one database; safe to share between threads.

    `read()` changes nothing; on SQLite it sees one snapshot, on PostgreSQL one a statement.
    `write()` commits when its block ends and rolls back when the block raises. On SQLite a write
    takes the write lock at once (BEGIN IMMEDIATE), so that two writers queue up instead of failing
    half-way.
    """

    def __init__(self, engine: Engine, by_key: Engine | None = None) -> None:
        self.engine = engine
        self._statements = by_key or engine
        # PostgreSQL gives each statement its own snapshot anyway; without a transaction around
        # them, a page that asks once waits for one round trip instead of three, and there is no
        # ROLLBACK, after which psycopg forgets its prepared statements.
        without = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reader = engine.execution_options(**without)
        self._writer = engine.execution_options(digest_writes=True)
        together = {} if self.is_sqlite else {"isolation_level": "READ COMMITTED"}
        self._by_key = self._statements.execution_options(digest_writes=True, **together)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write like `write()`, without a session: a few rows by their keys."""
        with self._by_key.begin() as connection:
            yield connection

    @contextmanager
    def statement(self) -> Iterator[Connection]:
        """Write like `transaction()`; on PostgreSQL each statement is a transaction of its own.

        That is one round trip instead of three, every few mails.
        """
        if self.is_sqlite:
            with self.transaction() as connection:
                yield connection
        else:
            with self._statements.connect() as connection:
                yield connection

    def close(self) -> None:
        """Give back every pooled connection."""
        self.engine.dispose()
        self._statements.dispose()


def insert_into(session: Session, table: Any) -> Any:
    """Return an INSERT that can say ON CONFLICT, in the words of the session's database."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql_insert(table) if is_postgresql else sqlite_insert(table)


def by_number(name: str) -> Subquery:
    """Return the rows (`number`, `value`) of a JSON object that is bound as `name`.

    A short statement for any number of rows, which both databases read; `bound` binds them. Not
    told how many there are, PostgreSQL expects a hundred and reads a whole table for them.
    """
    rows = func.json_each(bindparam(name, type_=JSON)).table_valued("key", column("value", JSON))
    number = cast(rows.c.key, Integer).label("number")
    size = bindparam(f"{name}_size", type_=Integer)
    return select(number, rows.c.value).limit(size).subquery(f"{name}_bound")


def bound(name: str, rows: Mapping[int, Any]) -> dict[str, Any]:
    """Bind the rows of `by_number(name)`, written once for all statements that are given them."""
    return {name: WrittenJson(write_json(rows)), f"{name}_size": len(rows)}


def insert_many(session: Session, table: Any, names: Sequence[str], rows: list[Row]) -> None:
    """Insert very many rows of plain values, without an ORM between; JSON is given as text."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        columns = ", ".join(names)
        with driver.cursor().copy(f"COPY {table.__tablename__} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    elif rows:
        statement = insert(table).compile(connection, column_keys=list(names))
        connection.exec_driver_sql(str(statement), rows)


def connect(url: str) -> Database:
    """Return the database at `url` (`sqlite:///FILE` or `postgresql://…`); opens nothing yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        # Last in, first out: the connection used last has its statements prepared.
        pool = {"pool_size": CONNECTIONS, "max_overflow": 40, "pool_use_lifo": True}
        engine = create_engine(parsed, **_ENGINE, **pool)
        by_key = create_engine(parsed, **_ENGINE, **pool, isolation_level="AUTOCOMMIT")
        for each in (engine, by_key):
            event.listen(each, "checkin", _note_return)
            event.listen(each, "checkout", partial(_ask_idle, each.dialect))
            event.listen(each, "checkout", partial(_plan_anew, each.dialect))
        return Database(engine, by_key)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, **_ENGINE)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _note_return(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["returned_at"] = time.monotonic()


def _ask_idle(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Ask a connection that lay idle whether it still lives; the pool opens another if not.

    SQLAlchemy's own pre-ping asks each time: a round trip more for every short transaction.
    """
    idle_seconds = time.monotonic() - record.info.get("returned_at", time.monotonic())
    if idle_seconds < _ASK_AFTER_IDLE_SECONDS:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _plan_anew(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Have PostgreSQL forget its plans whenever a connection has been used twice as often.

    It keeps the plan of a prepared statement until the table's next ANALYZE: one made while the
    table was empty reads all of it, again and again while it fills.
    """
    uses = record.info["uses"] = record.info.get("uses", 0) + 1
    if uses.bit_count() > 1:
        return
    try:
        connection.execute("DISCARD PLANS")
        connection.commit()
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own implicit BEGIN comes too late for a snapshot; we send BEGIN ourselves.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("digest_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
