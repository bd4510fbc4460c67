"""What a digest says has a table of its own; an attempt is written once it is one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "frozen_digests",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["deliveries.id"],
            name=op.f("fk_frozen_digests_delivery_id_deliveries"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_frozen_digests")),
    )
    op.execute(
        "INSERT INTO frozen_digests (delivery_id, content)"
        " SELECT id, content FROM deliveries WHERE kind = 'digest' AND content IS NOT NULL"
    )
    op.execute("UPDATE deliveries SET content = NULL WHERE kind = 'digest'")
    with op.batch_alter_table("attempts") as batch:
        batch.drop_constraint("pk_attempts", type_="primary")
        batch.drop_constraint("uq_attempts_delivery_id_number", type_="unique")
        batch.drop_column("id")
        batch.drop_column("claimed_at")
        batch.create_primary_key("pk_attempts", ["delivery_id", "number"])


def downgrade() -> None:
    with op.batch_alter_table("attempts") as batch:
        batch.drop_constraint("pk_attempts", type_="primary")
        batch.add_column(sa.Column("id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_unique_constraint("uq_attempts_delivery_id_number", ["delivery_id", "number"])
    op.execute(
        "UPDATE attempts SET claimed_at = COALESCE(terminator_at, answered_at), id = counted.id"
        " FROM (SELECT delivery_id, number,"
        " row_number() OVER (ORDER BY delivery_id, number) AS id FROM attempts) AS counted"
        " WHERE counted.delivery_id = attempts.delivery_id AND counted.number = attempts.number"
    )
    with op.batch_alter_table("attempts") as batch:
        batch.alter_column("id", nullable=False)
        batch.alter_column("claimed_at", nullable=False)
        batch.create_primary_key("pk_attempts", ["id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE attempts_id_seq OWNED BY attempts.id")
        op.execute("SELECT setval('attempts_id_seq', (SELECT count(*) + 1 FROM attempts))")
        op.execute("ALTER TABLE attempts ALTER id SET DEFAULT nextval('attempts_id_seq')")
    op.execute(
        "UPDATE deliveries SET content = (SELECT content FROM frozen_digests"
        " WHERE frozen_digests.delivery_id = deliveries.id) WHERE kind = 'digest'"
    )
    op.drop_table("frozen_digests")
