"""what is in a pack: its size, where each paper begins in it, and whether it could be made"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('packs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('starts', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('has_restricted', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('packs', schema=None) as batch_op:
        for name in ('size', 'starts', 'has_restricted'):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('packs', schema=None) as batch_op:
        for name in ('failed_at', 'has_restricted', 'starts', 'size'):
            batch_op.drop_column(name)
