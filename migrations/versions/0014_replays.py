"""Kept answers of repeated requests, with their headers and as bytes.

Not safe beside the previous release, whose repeated screenings would miss a column: the table is
made anew, and answers kept for repetition (two days at most) are forgotten.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _make(*answer: sa.Column[Any]) -> None:
    op.drop_table("replay")
    op.create_table(
        "replay",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        *answer,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_replay")),
    )
    op.create_index(op.f("ix_replay_created_at"), "replay", ["created_at"])


def upgrade() -> None:
    _make(
        sa.Column("headers", JSON, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    _make(sa.Column("body", sa.Text(), nullable=False))
