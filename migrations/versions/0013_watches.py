"""Watches, how far they have looked, and what they found.

Safe to run beside the previous release because it only adds tables.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "watch_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_progress")),
    )
    op.create_table(
        "watch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("names", JSON, nullable=False),
        sa.Column("goods", JSON, nullable=False),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("owners", JSON, nullable=False),
        sa.Column("least", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_watch_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_watch_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_watch_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "watch_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("watch_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=2), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("squatting", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("opposition", JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_watch_alert_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_alert_watch_id_watch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_alert")),
        sa.UniqueConstraint(
            "watch_id",
            "office",
            "number",
            "stage",
            name=op.f("uq_watch_alert_watch_id_office_number_stage"),
        ),
    )
    with op.batch_alter_table("watch_alert", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_watch_alert_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("watch_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_alert_organisation_id"))

    op.drop_table("watch_alert")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_watch_organisation_id"))

    op.drop_table("watch")
    op.drop_table("watch_progress")
