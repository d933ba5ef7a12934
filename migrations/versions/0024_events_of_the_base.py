"""events of the base.

Safe to run beside the previous release because: new tables only.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "base_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_step")),
    )
    with op.batch_alter_table("base_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_step_thing_id"), ["thing_id"], unique=False)

    op.create_table(
        "base_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("station_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("hosts", JSON, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Numeric(precision=5, scale=1), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["organisation.id"], name=op.f("fk_base_event_station_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_event")),
    )
    with op.batch_alter_table("base_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_event_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_event_station_id"), ["station_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_event_status"), ["status"], unique=False)

    op.create_table(
        "base_event_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["base_event.id"],
            name=op.f("fk_base_event_attendance_event_id_base_event"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_base_event_attendance_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_base_event_attendance_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_event_attendance")),
        sa.UniqueConstraint(
            "event_id", "person_id", name=op.f("uq_base_event_attendance_event_id_person_id")
        ),
    )
    with op.batch_alter_table("base_event_attendance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_event_attendance_event_id"), ["event_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_base_event_attendance_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "base_event_body",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["base_event.id"], name=op.f("fk_base_event_body_event_id_base_event")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_base_event_body_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("event_id", "organisation_id", name=op.f("pk_base_event_body")),
    )
    op.create_table(
        "base_event_material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["base_event.id"], name=op.f("fk_base_event_material_event_id_base_event")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_base_event_material_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_event_material")),
    )
    with op.batch_alter_table("base_event_material", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_event_material_event_id"), ["event_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("base_event_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_event_material_event_id"))

    op.drop_table("base_event_material")
    op.drop_table("base_event_body")
    with op.batch_alter_table("base_event_attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_event_attendance_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_base_event_attendance_event_id"))

    op.drop_table("base_event_attendance")
    with op.batch_alter_table("base_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_event_status"))
        batch_op.drop_index(batch_op.f("ix_base_event_station_id"))
        batch_op.drop_index(batch_op.f("ix_base_event_starts_at"))

    op.drop_table("base_event")
    with op.batch_alter_table("base_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_step_thing_id"))

    op.drop_table("base_step")
