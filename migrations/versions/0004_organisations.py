"""Organisations: codes, addresses, branch and links; versions of organisations and people.

Safe to run beside the previous release because new columns are nullable or have a default of the
database; `industry`, which goes, was written by the demonstration only and becomes `branch`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WAS = {"vehicle_maker": "整车 vehicles", "parts_maker": "配件 parts"}
organisation = sa.table(
    "organisation", sa.column("branch", sa.String), sa.column("industry", sa.String)
)


def upgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        for name, length in (
            ("iec", 10),
            ("tax_number", 30),
            ("address", 500),
            ("address_en", 500),
        ):
            batch_op.add_column(
                sa.Column(name, sa.String(length=length), nullable=False, server_default="")
            )
        batch_op.add_column(sa.Column("branch", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("operator_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("supervisor_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        for name in ("operator_id", "supervisor_id"):
            batch_op.create_index(batch_op.f(f"ix_organisation_{name}"), [name], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f"fk_organisation_{name}_organisation"), "organisation", [name], ["id"]
            )
    for branch, industry in WAS.items():
        op.execute(
            organisation.update().where(organisation.c.industry == industry).values(branch=branch)
        )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("industry")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("version")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("industry", sa.String(length=100), nullable=False, server_default="")
        )
    for branch, industry in WAS.items():
        op.execute(
            organisation.update().where(organisation.c.branch == branch).values(industry=industry)
        )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        for name in ("supervisor_id", "operator_id"):
            batch_op.drop_constraint(
                batch_op.f(f"fk_organisation_{name}_organisation"), type_="foreignkey"
            )
            batch_op.drop_index(batch_op.f(f"ix_organisation_{name}"))
        for name in (
            *("version", "supervisor_id", "operator_id", "branch"),
            *("address_en", "address", "tax_number", "iec"),
        ):
            batch_op.drop_column(name)
