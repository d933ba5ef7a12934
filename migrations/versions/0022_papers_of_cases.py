"""papers of cases.

Safe to run beside the previous release because it only adds tables.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "paper_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_template")),
    )
    with op.batch_alter_table("paper_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_template_kind"), ["kind"], unique=False)

    op.create_table(
        "case_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_case_paper_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_paper")),
    )
    with op.batch_alter_table("case_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_paper_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_paper_thread_id"), ["thread_id"], unique=False)

    op.create_table(
        "paper_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=32), nullable=False),
        sa.Column("entries", JSON, nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.String(length=64), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["case_paper.id"], name=op.f("fk_paper_version_paper_id_case_paper")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_paper_version_paper_id_number")),
    )
    with op.batch_alter_table("paper_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_version_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "paper_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["party_id"], ["case_party.id"], name=op.f("fk_paper_signature_party_id_case_party")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["paper_version.id"],
            name=op.f("fk_paper_signature_version_id_paper_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_signature")),
    )
    with op.batch_alter_table("paper_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_signature_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_paper_signature_version_id"), ["version_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("paper_signature", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_signature_version_id"))
        batch_op.drop_index(batch_op.f("ix_paper_signature_party_id"))

    op.drop_table("paper_signature")
    with op.batch_alter_table("paper_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_version_paper_id"))

    op.drop_table("paper_version")
    with op.batch_alter_table("case_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_paper_thread_id"))
        batch_op.drop_index(batch_op.f("ix_case_paper_kind"))

    op.drop_table("case_paper")
    with op.batch_alter_table("paper_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_template_kind"))

    op.drop_table("paper_template")
