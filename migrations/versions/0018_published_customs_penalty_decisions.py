"""Published customs penalty decisions.

Safe to run beside the previous release because it only adds a table.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "penalty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("territory", sa.String(length=2), nullable=False),
        sa.Column("decision_number", sa.String(length=120), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("party", sa.String(length=300), nullable=False),
        sa.Column(
            "party_key",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("party_code", sa.String(length=30), nullable=False),
        sa.Column("customs", sa.String(length=200), nullable=False),
        sa.Column("goods", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=300), nullable=False),
        sa.Column(
            "mark_key",
            sa.String(length=48).with_variant(sa.String(length=48, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("recordation_number", sa.String(length=64), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=True),
        sa.Column("fine_fen", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty")),
        sa.UniqueConstraint("key", name=op.f("uq_penalty_key")),
    )
    with op.batch_alter_table("penalty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_penalty_decided_on"), ["decided_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_penalty_mark_key"), ["mark_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_penalty_party_code"), ["party_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_penalty_party_key"), ["party_key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_penalty_recordation_number"), ["recordation_number"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("penalty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_penalty_recordation_number"))
        batch_op.drop_index(batch_op.f("ix_penalty_party_key"))
        batch_op.drop_index(batch_op.f("ix_penalty_party_code"))
        batch_op.drop_index(batch_op.f("ix_penalty_mark_key"))
        batch_op.drop_index(batch_op.f("ix_penalty_decided_on"))

    op.drop_table("penalty")
