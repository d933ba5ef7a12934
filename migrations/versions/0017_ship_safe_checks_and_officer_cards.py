"""Ship-safe checks, and cards of goods shown to officers.

Safe to run beside the previous release because it only adds tables.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "officer_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("goods_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["goods_id"],
            ["recordation_goods.id"],
            name=op.f("fk_officer_card_goods_id_recordation_goods"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_officer_card_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_card")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_officer_card_token_hash")),
    )
    with op.batch_alter_table("officer_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_card_goods_id"), ["goods_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_officer_card_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "shipping_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("light", sa.String(length=16), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_shipping_check_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_shipping_check_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_check")),
    )
    with op.batch_alter_table("shipping_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shipping_check_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "card_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["officer_card.id"], name=op.f("fk_card_view_card_id_officer_card")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_view")),
    )
    with op.batch_alter_table("card_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_card_view_card_id"), ["card_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("card_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_view_card_id"))

    op.drop_table("card_view")
    with op.batch_alter_table("shipping_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shipping_check_organisation_id"))

    op.drop_table("shipping_check")
    with op.batch_alter_table("officer_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officer_card_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_officer_card_goods_id"))

    op.drop_table("officer_card")
