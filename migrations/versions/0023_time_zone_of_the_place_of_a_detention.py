"""time zone of the place of a detention.

Safe to run beside the previous release because the new column has a default in the database.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("detention", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("time_zone", sa.String(length=40), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("detention", schema=None) as batch_op:
        batch_op.drop_column("time_zone")
