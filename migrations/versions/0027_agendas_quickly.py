"""what a group has on each agenda; of each item its time, who presents it, and whether its number was typed"""

import re

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

ITEMS = sa.table(
    'agenda_items',
    *(sa.column(name, sa.Uuid) for name in ('id', 'meeting_id')),
    sa.column('position', sa.Integer),
    sa.column('number', sa.String),
    sa.column('is_number_typed', sa.Boolean),
)


def upgrade() -> None:
    op.create_table(
        'standing_items',
        sa.Column('group_id', sa.Uuid(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=300), nullable=False),
        sa.Column('purpose', sa.String(length=20), nullable=False),
        sa.Column('is_verbal', sa.Boolean(), nullable=False),
        sa.Column('is_at_end', sa.Boolean(), nullable=False),
        sa.Column('board_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_standing_items_board_id_boards')),
        sa.ForeignKeyConstraint(
            ['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_standing_items_board_id_groups')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_items')),
    )
    with op.batch_alter_table('standing_items', schema=None) as batch_op:
        for name in ('board_id', 'group_id'):
            batch_op.create_index(batch_op.f(f'ix_standing_items_{name}'), [name], unique=False)
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_number_typed', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('timing', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('presenter', sa.String(length=120), nullable=False, server_default=''))
    _keep_numbers_that_are_not_those_of_their_place()
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        for name in ('is_number_typed', 'timing', 'presenter'):
            batch_op.alter_column(name, server_default=None)


def _keep_numbers_that_are_not_those_of_their_place() -> None:
    """A number that is not the next one was typed, and stays as it is."""
    connection, meeting, last = op.get_bind(), None, 0
    order = (ITEMS.c.meeting_id, ITEMS.c.position, ITEMS.c.id)
    columns = (ITEMS.c.id, ITEMS.c.meeting_id, ITEMS.c.number)
    for row in connection.execute(sa.select(*columns).order_by(*order)).all():
        if row.meeting_id != meeting:
            meeting, last = row.meeting_id, 0
        if row.number and row.number != str(last + 1):
            connection.execute(ITEMS.update().where(ITEMS.c.id == row.id).values(is_number_typed=True))
        found = re.match(r'([0-9]{1,3})(?![0-9/])', row.number or str(last + 1))
        last = int(found[1]) if found else last


def downgrade() -> None:
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        for name in ('presenter', 'timing', 'is_number_typed'):
            batch_op.drop_column(name)
    op.drop_table('standing_items')
