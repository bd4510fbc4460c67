"""What was heard about deliveries after they were handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.String(length=128), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "delivered",
                "delayed",
                "bounced",
                "complained",
                name="feedbackkind",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("blame", sa.String(length=16), nullable=False),
        sa.Column("enhanced_code", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name=op.f("fk_feedback_events_delivery_id_deliveries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_events")),
        sa.UniqueConstraint("source", "event_id", name=op.f("uq_feedback_events_source_event_id")),
    )
    op.create_index(
        op.f("ix_feedback_events_delivery_id"), "feedback_events", ["delivery_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("feedback_events")
