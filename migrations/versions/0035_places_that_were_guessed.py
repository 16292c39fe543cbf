"""why the place of a file is a guess that no clerk has looked at, and files that a clerk keeps back"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('guessed', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('is_held_back', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.alter_column('guessed', server_default=None)
        batch_op.alter_column('is_held_back', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.drop_column('is_held_back')
        batch_op.drop_column('guessed')
