"""Any matter can be part of a case: the thread says so, no longer the detention alone.

Not to be run beside the previous release: that one reads `detention.case_id`, which moves.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

THREAD = sa.table("thread", sa.column("id", sa.Uuid()), sa.column("case_id", sa.Uuid()))
DETENTION = sa.table("detention", sa.column("id", sa.Uuid()), sa.column("case_id", sa.Uuid()))


def upgrade() -> None:
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f("ix_thread_case_id"), ["case_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_thread_case_id_thread"), "thread", ["case_id"], ["id"]
        )
    _carry(THREAD, DETENTION)
    with op.batch_alter_table("detention", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_detention_case_id_thread"), type_="foreignkey")
        batch_op.drop_column("case_id")


def downgrade() -> None:
    with op.batch_alter_table("detention", schema=None) as batch_op:
        batch_op.add_column(sa.Column("case_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_detention_case_id_thread"), "thread", ["case_id"], ["id"]
        )
    _carry(DETENTION, THREAD)
    with op.batch_alter_table("thread", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_thread_case_id_thread"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_thread_case_id"))
        batch_op.drop_column("case_id")


def _carry(into: sa.TableClause, out_of: sa.TableClause) -> None:
    """Take over which case each matter is part of."""
    case = sa.select(out_of.c.case_id).where(out_of.c.id == into.c.id).scalar_subquery()
    known = into.c.id.in_(sa.select(out_of.c.id).where(out_of.c.case_id.is_not(None)))
    op.execute(into.update().values(case_id=case).where(known))
