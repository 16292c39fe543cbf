"""why a version of the national model was published, and how long a claim lay with the board before a question"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('role_models', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=500), nullable=False, server_default=''))

    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.add_column(sa.Column('earlier_days', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('role_models', schema=None) as batch_op:
        batch_op.alter_column('reason', server_default=None)

    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.alter_column('earlier_days', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.drop_column('earlier_days')

    with op.batch_alter_table('role_models', schema=None) as batch_op:
        batch_op.drop_column('reason')
