"""warnings, typical cases and check-ups of the base.

Safe to run beside the previous release because: new tables only.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "base_check_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["organisation.id"],
            name=op.f("fk_base_check_up_enterprise_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["organisation.id"],
            name=op.f("fk_base_check_up_station_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_check_up")),
    )
    with op.batch_alter_table("base_check_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_check_up_enterprise_id"), ["enterprise_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_base_check_up_station_id"), ["station_id"], unique=False
        )

    op.create_table(
        "base_check_up_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("watches", sa.Boolean(), nullable=False),
        sa.Column("decisions", sa.Boolean(), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["organisation.id"],
            name=op.f("fk_base_check_up_consent_enterprise_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["organisation.id"],
            name=op.f("fk_base_check_up_consent_station_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_check_up_consent")),
    )
    with op.batch_alter_table("base_check_up_consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_check_up_consent_enterprise_id"), ["enterprise_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_base_check_up_consent_station_id"), ["station_id"], unique=False
        )

    op.create_table(
        "base_warning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("basis", JSON, nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("marks", JSON, nullable=False),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("classes", JSON, nullable=False),
        sa.Column("hs", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["organisation.id"],
            name=op.f("fk_base_warning_station_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_warning")),
    )
    with op.batch_alter_table("base_warning", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_warning_station_id"), ["station_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_base_warning_status"), ["status"], unique=False)

    op.create_table(
        "base_warning_recipient",
        sa.Column("warning_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("reasons", JSON, nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_base_warning_recipient_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["warning_id"],
            ["base_warning.id"],
            name=op.f("fk_base_warning_recipient_warning_id_base_warning"),
        ),
        sa.PrimaryKeyConstraint(
            "warning_id", "organisation_id", name=op.f("pk_base_warning_recipient")
        ),
    )
    op.create_table(
        "base_typical_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("title", JSON, nullable=False),
        sa.Column("text", JSON, nullable=False),
        sa.Column("lesson", JSON, nullable=False),
        sa.Column("hides_marks", sa.Boolean(), nullable=False),
        sa.Column("justified", JSON, nullable=False),
        sa.Column("guidance", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["thread.id"], name=op.f("fk_base_typical_case_case_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"],
            ["organisation.id"],
            name=op.f("fk_base_typical_case_station_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_typical_case")),
    )
    with op.batch_alter_table("base_typical_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_typical_case_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_base_typical_case_station_id"), ["station_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_base_typical_case_status"), ["status"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("base_typical_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_typical_case_status"))
        batch_op.drop_index(batch_op.f("ix_base_typical_case_station_id"))
        batch_op.drop_index(batch_op.f("ix_base_typical_case_case_id"))

    op.drop_table("base_typical_case")
    op.drop_table("base_warning_recipient")
    with op.batch_alter_table("base_warning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_warning_status"))
        batch_op.drop_index(batch_op.f("ix_base_warning_station_id"))

    op.drop_table("base_warning")
    with op.batch_alter_table("base_check_up_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_check_up_consent_station_id"))
        batch_op.drop_index(batch_op.f("ix_base_check_up_consent_enterprise_id"))

    op.drop_table("base_check_up_consent")
    with op.batch_alter_table("base_check_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_check_up_station_id"))
        batch_op.drop_index(batch_op.f("ix_base_check_up_enterprise_id"))

    op.drop_table("base_check_up")
