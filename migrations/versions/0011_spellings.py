"""Words are counted anew, now that several spellings of one are one word.

The next matching counts the stored papers again, a few at a time.
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM corpus")


def downgrade() -> None:
    op.execute("DELETE FROM corpus")
