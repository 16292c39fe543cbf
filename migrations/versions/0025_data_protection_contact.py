"""whom to ask about personal data at a board, and where its own privacy notice is"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.add_column(sa.Column('data_protection_contact', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('privacy_notice', sa.String(length=500), nullable=False, server_default=''))

    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.alter_column('data_protection_contact', server_default=None)
        batch_op.alter_column('privacy_notice', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.drop_column('privacy_notice')
        batch_op.drop_column('data_protection_contact')
