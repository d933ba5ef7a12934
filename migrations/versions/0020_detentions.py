"""detentions.

Safe to run beside the previous release because: only new tables are made.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "detention",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("authority", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=True),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("member_state", sa.String(length=2), nullable=False),
        sa.Column("declaration_no", sa.String(length=64), nullable=False),
        sa.Column("consignor", sa.String(length=200), nullable=False),
        sa.Column("consignee", sa.String(length=200), nullable=False),
        sa.Column("goods", sa.String(length=500), nullable=False),
        sa.Column("quantity", sa.String(length=100), nullable=False),
        sa.Column("goods_value", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("mark_used", sa.String(length=200), nullable=False),
        sa.Column("right_kind", sa.String(length=32), nullable=False),
        sa.Column("right_text", sa.String(length=300), nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=True),
        sa.Column("perishable", sa.Boolean(), nullable=False),
        sa.Column("small_consignment", sa.Boolean(), nullable=False),
        sa.Column("security_amount", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("guarantee_number", sa.String(length=100), nullable=False),
        sa.Column("liability_read", sa.Boolean(), nullable=False),
        sa.Column("inspection_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inspection_place", sa.String(length=300), nullable=False),
        sa.Column("disposal", sa.String(length=32), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["recordation_asset.id"],
            name=op.f("fk_detention_asset_id_recordation_asset"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["thread.id"], name=op.f("fk_detention_case_id_thread")
        ),
        sa.ForeignKeyConstraint(["id"], ["thread.id"], name=op.f("fk_detention_id_thread")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_detention_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detention")),
    )
    with op.batch_alter_table("detention", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_detention_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_detention_authority"), ["authority"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_detention_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_detention_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_detention_waits_since"), ["waits_since"], unique=False)

    op.create_table(
        "detention_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("detention_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("mail", sa.String(length=254), nullable=False),
        sa.Column("hours", sa.String(length=100), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["detention_id"],
            ["detention.id"],
            name=op.f("fk_detention_contact_detention_id_detention"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detention_contact")),
    )
    with op.batch_alter_table("detention_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_detention_contact_detention_id"), ["detention_id"], unique=False
        )

    op.create_table(
        "detention_cost",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("detention_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["detention_id"],
            ["detention.id"],
            name=op.f("fk_detention_cost_detention_id_detention"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detention_cost")),
    )
    with op.batch_alter_table("detention_cost", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_detention_cost_detention_id"), ["detention_id"], unique=False
        )

    op.create_table(
        "detention_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("detention_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("stated_due", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["detention_id"],
            ["detention.id"],
            name=op.f("fk_detention_paper_detention_id_detention"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detention_paper")),
    )
    with op.batch_alter_table("detention_paper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_detention_paper_detention_id"), ["detention_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("detention_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_detention_paper_detention_id"))

    op.drop_table("detention_paper")
    with op.batch_alter_table("detention_cost", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_detention_cost_detention_id"))

    op.drop_table("detention_cost")
    with op.batch_alter_table("detention_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_detention_contact_detention_id"))

    op.drop_table("detention_contact")
    with op.batch_alter_table("detention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_detention_waits_since"))
        batch_op.drop_index(batch_op.f("ix_detention_status"))
        batch_op.drop_index(batch_op.f("ix_detention_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_detention_authority"))
        batch_op.drop_index(batch_op.f("ix_detention_asset_id"))

    op.drop_table("detention")
