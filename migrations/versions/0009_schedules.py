"""When digests are due is kept for each schedule instead of for each reader."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ACTIVE = sa.text("status = 'active'")
_LATE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "daily",
                "weekdays",
                "weekly",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["plan_runs.id"],
            name=op.f("fk_schedules_run_id_plan_runs"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sa.UniqueConstraint(
            "frequency",
            "weekday",
            "hour",
            "time_zone",
            name=op.f("uq_schedules_frequency_weekday_hour_time_zone"),
        ),
    )
    op.create_table(
        "stretches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["plan_runs.id"],
            name=op.f("fk_stretches_run_id_plan_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stretches")),
    )
    op.execute(
        "ALTER TABLE subscribers ADD COLUMN schedule_id INTEGER"
        " CONSTRAINT fk_subscribers_schedule_id_schedules REFERENCES schedules (id)"
    )
    op.add_column("subscribers", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    # A schedule is due when its first reader is who is not overdue already.
    op.execute(
        "INSERT INTO schedules (frequency, weekday, hour, time_zone, next_due_at)"
        " SELECT frequency, weekday, hour, time_zone, COALESCE(MIN(CASE"
        " WHEN next_due_at > CURRENT_TIMESTAMP THEN next_due_at END), CURRENT_TIMESTAMP)"
        " FROM subscribers WHERE status = 'active' GROUP BY frequency, weekday, hour, time_zone"
    )
    op.execute(
        "UPDATE subscribers SET schedule_id = schedules.id, due_at = CASE"
        " WHEN subscribers.next_due_at <= CURRENT_TIMESTAMP THEN subscribers.next_due_at END"
        " FROM schedules WHERE subscribers.status = 'active'"
        " AND schedules.frequency = subscribers.frequency"
        " AND schedules.weekday = subscribers.weekday AND schedules.hour = subscribers.hour"
        " AND schedules.time_zone = subscribers.time_zone"
    )
    op.drop_index("ix_subscribers_due", table_name="subscribers")
    op.drop_column("subscribers", "next_due_at")
    op.create_index(
        "ix_subscribers_due",
        "subscribers",
        ["due_at"],
        sqlite_where=_LATE,
        postgresql_where=_LATE,
    )
    op.create_index(
        "ix_subscribers_schedule",
        "subscribers",
        ["schedule_id", "id"],
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    )


def downgrade() -> None:
    op.add_column(
        "subscribers", sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True)
    )
    # Whoever stands in a stretch is still to be planned.
    op.execute(
        "UPDATE subscribers SET next_due_at = COALESCE(due_at, (SELECT MIN(plan_runs.planned_at)"
        " FROM plan_runs JOIN stretches ON stretches.run_id = plan_runs.id"
        " WHERE plan_runs.id = schedules.run_id"
        " AND subscribers.id BETWEEN stretches.first AND stretches.last), schedules.next_due_at)"
        " FROM schedules WHERE schedules.id = subscribers.schedule_id"
        " AND subscribers.status = 'active'"
    )
    op.drop_index("ix_subscribers_schedule", table_name="subscribers")
    op.drop_index("ix_subscribers_due", table_name="subscribers")
    op.drop_column("subscribers", "due_at")
    op.drop_column("subscribers", "schedule_id")
    op.drop_table("stretches")
    op.drop_table("schedules")
    op.create_index(
        "ix_subscribers_due",
        "subscribers",
        ["next_due_at"],
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    )
