"""every figure that a correction changes is kept by its name"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0045"
branch_labels = None
depends_on = None

COLUMNS = ("judged_was", "judged_now")


def upgrade() -> None:
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, existing_type=sa.String(300), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    op.execute(sa.text("UPDATE corrections SET judged_was = substr(judged_was, 1, 300)"))
    op.execute(sa.text("UPDATE corrections SET judged_now = substr(judged_now, 1, 300)"))
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, existing_type=sa.Text(), type_=sa.String(300), existing_nullable=False)
