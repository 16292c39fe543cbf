"""invitations: who sent them for which board, whether they were delivered, and whether they were withdrawn"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('invitation_withdrawn_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('mailed_links', schema=None) as batch_op:
        batch_op.add_column(sa.Column('for_board_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('invited_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('mailed_links', schema=None) as batch_op:
        batch_op.drop_column('failed_at')
        batch_op.drop_column('invited_by_id')
        batch_op.drop_column('for_board_id')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('invitation_withdrawn_at')
