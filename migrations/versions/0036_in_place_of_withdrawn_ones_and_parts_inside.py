"""in place of which withdrawn paper another was published, how many parts a file names, and places of standing items"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('in_place_of_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_papers_in_place_of_id'), ['in_place_of_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_papers_in_place_of_id_papers'), 'papers', ['in_place_of_id'], ['id'])

    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parts_inside', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.alter_column('parts_inside', server_default=None)

    with op.batch_alter_table('standing_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('place', sa.Integer(), nullable=False, server_default='0'))

    with op.batch_alter_table('standing_items', schema=None) as batch_op:
        batch_op.alter_column('place', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('standing_items', schema=None) as batch_op:
        batch_op.drop_column('place')

    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.drop_column('parts_inside')

    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_papers_in_place_of_id_papers'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_papers_in_place_of_id'))
        batch_op.drop_column('in_place_of_id')
