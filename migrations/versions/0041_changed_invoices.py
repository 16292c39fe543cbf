"""what a provider's invoice was before it was changed"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cost_was", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cost_changed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        batch_op.drop_column("cost_changed_at")
        batch_op.drop_column("cost_was")
