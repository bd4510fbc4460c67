"""Fewer and smaller indexes to write to when digests are planned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ACTIVE = sa.text("status = 'active'")
_DIGEST = sa.text("kind = 'digest'")


def upgrade() -> None:
    op.drop_index("ix_subscribers_due", table_name="subscribers")
    op.create_index(
        "ix_subscribers_due",
        "subscribers",
        ["next_due_at"],
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    )
    op.drop_index("ix_deliveries_subscriber_id", table_name="deliveries")
    op.drop_index("uq_deliveries_digest_day", table_name="deliveries")
    # Other mails have no day, so this one serves for every mail of a reader.
    op.create_index(
        "uq_deliveries_digest_day", "deliveries", ["subscriber_id", "due_on"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_deliveries_digest_day", table_name="deliveries")
    op.create_index(
        "uq_deliveries_digest_day",
        "deliveries",
        ["subscriber_id", "due_on"],
        unique=True,
        sqlite_where=_DIGEST,
        postgresql_where=_DIGEST,
    )
    op.create_index("ix_deliveries_subscriber_id", "deliveries", ["subscriber_id"])
    op.drop_index("ix_subscribers_due", table_name="subscribers")
    op.create_index("ix_subscribers_due", "subscribers", ["status", "next_due_at"])
