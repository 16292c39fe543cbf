"""training sessions with bookings, and Carer Awareness of other members"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('awareness_sessions',
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('others', sa.String(length=200), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_awareness_sessions_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_awareness_sessions')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_awareness_sessions_board_id_id'))
    )
    with op.batch_alter_table('awareness_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_awareness_sessions_board_id'), ['board_id'], unique=False)

    op.create_table('training_sessions',
    sa.Column('course_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_training_sessions_ends_after_it_begins')),
    sa.CheckConstraint('places > 0', name=op.f('ck_training_sessions_places')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_training_sessions_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_sessions')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_training_sessions_board_id_id'))
    )
    with op.batch_alter_table('training_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_sessions_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_training_sessions_board_start', ['board_id', 'starts_at'], unique=False)

    op.create_table('awareness_counts',
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('members', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('members >= 0', name=op.f('ck_awareness_counts_members')),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_awareness_counts_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id', 'session_id'], ['awareness_sessions.board_id', 'awareness_sessions.id'], name=op.f('fk_awareness_counts_board_id_session_id_awareness_sessions')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_awareness_counts_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_awareness_counts')),
    sa.UniqueConstraint('session_id', 'group_id', name=op.f('uq_awareness_counts_session_id_group_id'))
    )
    with op.batch_alter_table('awareness_counts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_awareness_counts_board_id'), ['board_id'], unique=False)

    op.create_table('awareness_delivered',
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'session_id'], ['awareness_sessions.board_id', 'awareness_sessions.id'], name=op.f('fk_awareness_delivered_board_id_session_id_awareness_sessions')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_awareness_delivered_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_awareness_delivered_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_awareness_delivered')),
    sa.UniqueConstraint('session_id', 'person_id', name=op.f('uq_awareness_delivered_session_id_person_id'))
    )
    with op.batch_alter_table('awareness_delivered', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_awareness_delivered_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_awareness_delivered_person_id'), ['person_id'], unique=False)

    op.create_table('bookings',
    sa.Column('session_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('needs_care', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('booked', 'waiting', 'attended', 'missed')", name=op.f('ck_bookings_status')),
    sa.ForeignKeyConstraint(['board_id', 'session_id'], ['training_sessions.board_id', 'training_sessions.id'], name=op.f('fk_bookings_board_id_session_id_training_sessions')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_bookings_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_bookings_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bookings')),
    sa.UniqueConstraint('session_id', 'person_id', name=op.f('uq_bookings_session_id_person_id'))
    )
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bookings_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bookings_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_bookings_session_status', ['session_id', 'status', 'asked_at'], unique=False)

    op.create_table('other_members',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('members', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('members >= 0', name=op.f('ck_other_members_members')),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_other_members_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_other_members_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_other_members')),
    sa.UniqueConstraint('board_id', 'group_id', name=op.f('uq_other_members_board_id_group_id'))
    )
    with op.batch_alter_table('other_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_other_members_board_id'), ['board_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('other_members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_other_members_board_id'))

    op.drop_table('other_members')
    with op.batch_alter_table('bookings', schema=None) as batch_op:
        batch_op.drop_index('ix_bookings_session_status')
        batch_op.drop_index(batch_op.f('ix_bookings_person_id'))
        batch_op.drop_index(batch_op.f('ix_bookings_board_id'))

    op.drop_table('bookings')
    with op.batch_alter_table('awareness_delivered', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_awareness_delivered_person_id'))
        batch_op.drop_index(batch_op.f('ix_awareness_delivered_board_id'))

    op.drop_table('awareness_delivered')
    with op.batch_alter_table('awareness_counts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_awareness_counts_board_id'))

    op.drop_table('awareness_counts')
    with op.batch_alter_table('training_sessions', schema=None) as batch_op:
        batch_op.drop_index('ix_training_sessions_board_start')
        batch_op.drop_index(batch_op.f('ix_training_sessions_board_id'))

    op.drop_table('training_sessions')
    with op.batch_alter_table('awareness_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_awareness_sessions_board_id'))

    op.drop_table('awareness_sessions')
