"""A reader's feed has an address that can be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "subscribers", sa.Column("feed_number", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("subscribers", "feed_number")
