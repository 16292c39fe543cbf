"""support meetings, points, and how meetings were"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('how_it_was',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('spoke', sa.String(length=10), nullable=False),
    sa.Column('understood', sa.String(length=10), nullable=False),
    sa.Column('explained', sa.String(length=10), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("explained IN ('yes', 'partly', 'no')", name=op.f('ck_how_it_was_explained')),
    sa.CheckConstraint("spoke IN ('yes', 'partly', 'no')", name=op.f('ck_how_it_was_spoke')),
    sa.CheckConstraint("understood IN ('yes', 'partly', 'no')", name=op.f('ck_how_it_was_understood')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_how_it_was_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_how_it_was_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_how_it_was_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_how_it_was')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_how_it_was_meeting_id_person_id'))
    )
    with op.batch_alter_table('how_it_was', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_how_it_was_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_how_it_was_person_id'), ['person_id'], unique=False)

    op.create_table('support_meetings',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_support_meetings_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_support_meetings_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_meetings')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_support_meetings_meeting_id'))
    )
    with op.batch_alter_table('support_meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_support_meetings_board_id'), ['board_id'], unique=False)

    op.create_table('points',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('is_brought', sa.Boolean(), nullable=False),
    sa.Column('sealed_text', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_points_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id', 'meeting_id', 'item_id'], ['agenda_items.board_id', 'agenda_items.meeting_id', 'agenda_items.id'], name=op.f('fk_points_board_id_meeting_id_item_id_agenda_items')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_points_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_points_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_points'))
    )
    with op.batch_alter_table('points', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_points_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_points_meeting', ['meeting_id', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_points_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('points', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_points_person_id'))
        batch_op.drop_index('ix_points_meeting')
        batch_op.drop_index(batch_op.f('ix_points_board_id'))

    op.drop_table('points')
    with op.batch_alter_table('support_meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_support_meetings_board_id'))

    op.drop_table('support_meetings')
    with op.batch_alter_table('how_it_was', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_how_it_was_person_id'))
        batch_op.drop_index(batch_op.f('ix_how_it_was_board_id'))

    op.drop_table('how_it_was')
