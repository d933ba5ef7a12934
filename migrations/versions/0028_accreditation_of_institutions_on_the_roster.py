"""accreditation of institutions on the roster.

Safe to run beside the previous release because the new columns are nullable or have a default.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("station_contact", schema=None) as batch_op:
        for name, length in (("accreditation", 100), ("accredited_by", 200)):
            column = sa.Column(name, sa.String(length=length), server_default="", nullable=False)
            batch_op.add_column(column)
        batch_op.add_column(sa.Column("accredited_until", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("station_contact", schema=None) as batch_op:
        for name in ("accredited_until", "accredited_by", "accreditation"):
            batch_op.drop_column(name)
