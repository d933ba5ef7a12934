"""Connectors, their refreshes, and the paces at which outside services are asked.

Safe to run beside the previous release because it only adds tables.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "connector",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("memory", JSON, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_connector")),
    )
    op.create_table(
        "pace",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pace")),
    )
    op.create_table(
        "refresh",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("connector", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("cursor", JSON, nullable=True),
        sa.Column("file_cursor", JSON, nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("imports", JSON, nullable=False),
        sa.Column("notes", JSON, nullable=False),
        sa.Column("failure", JSON, nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh")),
    )
    with op.batch_alter_table("refresh", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refresh_connector"), ["connector"], unique=False)
        batch_op.create_index(batch_op.f("ix_refresh_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("refresh", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refresh_state"))
        batch_op.drop_index(batch_op.f("ix_refresh_connector"))

    op.drop_table("refresh")
    op.drop_table("pace")
    op.drop_table("connector")
