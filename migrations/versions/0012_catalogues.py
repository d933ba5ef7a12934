"""Catalogues of products and what became of their rows.

Safe to run beside the previous release because it only adds tables.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "catalogue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.Column("defaults", JSON, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("worst", JSON, nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("files", JSON, nullable=False),
        sa.Column("failure", JSON, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_catalogue_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_catalogue_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue")),
    )
    with op.batch_alter_table("catalogue", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalogue_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_catalogue_state"), ["state"], unique=False)

    op.create_table(
        "catalogue_row",
        sa.Column("catalogue_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("problem", JSON, nullable=True),
        sa.Column("screening_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["catalogue_id"],
            ["catalogue.id"],
            name=op.f("fk_catalogue_row_catalogue_id_catalogue"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["screening.id"],
            name=op.f("fk_catalogue_row_screening_id_screening"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("catalogue_id", "place", name=op.f("pk_catalogue_row")),
    )
    with op.batch_alter_table("catalogue_row", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalogue_row_catalogue_id_verdict_place"),
            ["catalogue_id", "verdict", "place"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_catalogue_row_screening_id"), ["screening_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("catalogue_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_row_screening_id"))
        batch_op.drop_index(batch_op.f("ix_catalogue_row_catalogue_id_verdict_place"))

    op.drop_table("catalogue_row")
    with op.batch_alter_table("catalogue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_state"))
        batch_op.drop_index(batch_op.f("ix_catalogue_organisation_id"))

    op.drop_table("catalogue")
