"""whether the portal worked out the hours of care, and the rep has not looked at them yet"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_worked_out', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.alter_column('is_worked_out', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.drop_column('is_worked_out')
