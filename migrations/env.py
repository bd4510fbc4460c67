"""Runs migrations on the connection handed in, or on the database of the settings."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from digest import config, database, models


def render_item(_kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column type as the plain one it stores."""
    return "sa.DateTime(timezone=True)" if isinstance(item, models.UtcDateTime) else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    own = database.connect(config.load().database)
    with own.engine.begin() as opened:
        run(opened)
    own.close()
