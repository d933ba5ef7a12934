"""equivalent names that stations enter.

Safe to run beside the previous release because it only adds a table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "equivalent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=200), nullable=False),
        sa.Column("other_key", sa.String(length=64), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.Column("market", sa.String(length=10), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("strength", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_equivalent_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_equivalent_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equivalent")),
    )
    with op.batch_alter_table("equivalent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_equivalent_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_equivalent_other_key"), ["other_key"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("equivalent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_equivalent_other_key"))
        batch_op.drop_index(batch_op.f("ix_equivalent_name_key"))

    op.drop_table("equivalent")
