"""Which of a reader's digests never arrived is found without looking at all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NEVER_ARRIVED = sa.text(
    "kind = 'digest' AND status IN ('expired', 'failed', 'uncertain', 'bounced')"
)


def upgrade() -> None:
    op.create_index(
        "ix_deliveries_never_arrived",
        "deliveries",
        ["subscriber_id"],
        sqlite_where=_NEVER_ARRIVED,
        postgresql_where=_NEVER_ARRIVED,
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_never_arrived", table_name="deliveries")
