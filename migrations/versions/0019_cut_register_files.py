"""What was left out of register files on purpose: classes and dates.

Safe to run beside the previous release because it only adds columns, which have a default.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = ("edition", "import_run")


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("only_classes", JSON, nullable=False, server_default="[]")
            )
            batch_op.add_column(sa.Column("filed_from", sa.Date(), nullable=True))


def downgrade() -> None:
    for table in reversed(TABLES):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("filed_from")
            batch_op.drop_column("only_classes")
