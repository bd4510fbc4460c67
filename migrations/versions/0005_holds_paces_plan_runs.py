"""What has to wait, how fast mail may go, and what each planning run counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KIND = sa.Enum(
    "server",
    "domain",
    "edition",
    name="holdkind",
    native_enum=False,
    create_constraint=True,
    length=16,
)
_COUNTS = ("through_sequence", "candidates", "planned", "quiet", "waiting", "repeated")
_TROUBLE = sa.text("status IN ('failed', 'bounced', 'complained')")
_AGAIN = sa.text("number > 1")
_OUR_FAULT = sa.text("enhanced_code LIKE '5.7.%'")


def upgrade() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_holds_kind_name")),
    )
    op.create_table(
        "paces",
        sa.Column("domain", sa.String(length=255), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queue_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_paces")),
    )
    op.create_table(
        "plan_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_runs")),
    )
    op.create_index("ix_plan_runs_planned_at", "plan_runs", ["planned_at"])
    op.create_index(
        "ix_deliveries_trouble",
        "deliveries",
        ["through_sequence"],
        sqlite_where=_TROUBLE,
        postgresql_where=_TROUBLE,
    )
    op.create_index(
        "ix_attempts_our_fault",
        "attempts",
        ["answered_at"],
        sqlite_where=_OUR_FAULT,
        postgresql_where=_OUR_FAULT,
    )
    op.create_index(
        "ix_attempts_again",
        "attempts",
        ["answered_at"],
        sqlite_where=_AGAIN,
        postgresql_where=_AGAIN,
    )


def downgrade() -> None:
    op.drop_index("ix_attempts_again", "attempts")
    op.drop_index("ix_attempts_our_fault", "attempts")
    op.drop_index("ix_deliveries_trouble", "deliveries")
    op.drop_table("plan_runs")
    op.drop_table("paces")
    op.drop_table("holds")
