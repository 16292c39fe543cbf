"""what a file was made from, and when a clerk looked at every page of it"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('made_from', sa.String(length=12), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.alter_column('made_from', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.drop_column('looked_at')
        batch_op.drop_column('made_from')
