"""mentors, requests for one, pairs with their sessions, sealed notes and pulses"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mentor_requests',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('ways', sa.JSON(), nullable=False),
    sa.Column('sealed_wish', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waits_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('waiting', 'matched', 'withdrawn')", name=op.f('ck_mentor_requests_status')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_mentor_requests_asked_by_id_people')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_mentor_requests_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mentor_requests_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor_requests')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_mentor_requests_board_id_id'))
    )
    with op.batch_alter_table('mentor_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentor_requests_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_mentor_requests_board_status', ['board_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentor_requests_person_id'), ['person_id'], unique=False)

    op.create_table('mentors',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('offers', sa.String(length=500), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('ways', sa.JSON(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('is_on_hold', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('officer', 'rep', 'centre', 'buddy')", name=op.f('ck_mentors_kind')),
    sa.CheckConstraint('most BETWEEN 0 AND 20', name=op.f('ck_mentors_most')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_mentors_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mentors_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentors')),
    sa.UniqueConstraint('board_id', 'person_id', name=op.f('uq_mentors_board_id_person_id'))
    )
    with op.batch_alter_table('mentors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentors_board_id'), ['board_id'], unique=False)

    op.create_table('pairs',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=False),
    sa.Column('mentor_request_id', sa.Uuid(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mentor_said_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('began_on', sa.Date(), nullable=True),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('every_weeks', sa.Integer(), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('aims', sa.JSON(), nullable=False),
    sa.Column('sealed_own_aim', sa.Text(), nullable=False),
    sa.Column('sealed_achieved', sa.Text(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('proposed', 'running', 'declined', 'ended')", name=op.f('ck_pairs_status')),
    sa.CheckConstraint('person_id <> mentor_id', name=op.f('ck_pairs_two_people')),
    sa.ForeignKeyConstraint(['board_id', 'mentor_request_id'], ['mentor_requests.board_id', 'mentor_requests.id'], name=op.f('fk_pairs_board_id_mentor_request_id_mentor_requests')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_pairs_board_id_boards')),
    sa.ForeignKeyConstraint(['mentor_id'], ['people.id'], name=op.f('fk_pairs_mentor_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_pairs_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pairs')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_pairs_board_id_id'))
    )
    with op.batch_alter_table('pairs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pairs_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_pairs_board_status', ['board_id', 'status'], unique=False)
        batch_op.create_index('ix_pairs_mentor', ['mentor_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_pairs_mentor_request_id'), ['mentor_request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pairs_person_id'), ['person_id'], unique=False)

    op.create_table('mentoring_notes',
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('is_shared', sa.Boolean(), nullable=False),
    sa.Column('sealed_text', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'pair_id'], ['pairs.board_id', 'pairs.id'], name=op.f('fk_mentoring_notes_board_id_pair_id_pairs')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_mentoring_notes_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mentoring_notes_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_notes'))
    )
    with op.batch_alter_table('mentoring_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentoring_notes_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_mentoring_notes_pair', ['pair_id', 'kept_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentoring_notes_person_id'), ['person_id'], unique=False)

    op.create_table('mentoring_pulses',
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('sealed_word', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_mentoring_pulses_score')),
    sa.ForeignKeyConstraint(['board_id', 'pair_id'], ['pairs.board_id', 'pairs.id'], name=op.f('fk_mentoring_pulses_board_id_pair_id_pairs')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_mentoring_pulses_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mentoring_pulses_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_pulses')),
    sa.UniqueConstraint('pair_id', 'person_id', 'asked_on', name=op.f('uq_mentoring_pulses_pair_id_person_id_asked_on'))
    )
    with op.batch_alter_table('mentoring_pulses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentoring_pulses_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mentoring_pulses_person_id'), ['person_id'], unique=False)

    op.create_table('mentoring_sessions',
    sa.Column('pair_id', sa.Uuid(), nullable=False),
    sa.Column('kept_by_id', sa.Uuid(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('sealed_next_step', sa.Text(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_mentoring_sessions_minutes')),
    sa.ForeignKeyConstraint(['board_id', 'pair_id'], ['pairs.board_id', 'pairs.id'], name=op.f('fk_mentoring_sessions_board_id_pair_id_pairs')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_mentoring_sessions_board_id_boards')),
    sa.ForeignKeyConstraint(['kept_by_id'], ['people.id'], name=op.f('fk_mentoring_sessions_kept_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_sessions'))
    )
    with op.batch_alter_table('mentoring_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentoring_sessions_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_mentoring_sessions_pair', ['pair_id', 'held_on'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('mentoring_sessions', schema=None) as batch_op:
        batch_op.drop_index('ix_mentoring_sessions_pair')
        batch_op.drop_index(batch_op.f('ix_mentoring_sessions_board_id'))

    op.drop_table('mentoring_sessions')
    with op.batch_alter_table('mentoring_pulses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentoring_pulses_person_id'))
        batch_op.drop_index(batch_op.f('ix_mentoring_pulses_board_id'))

    op.drop_table('mentoring_pulses')
    with op.batch_alter_table('mentoring_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentoring_notes_person_id'))
        batch_op.drop_index('ix_mentoring_notes_pair')
        batch_op.drop_index(batch_op.f('ix_mentoring_notes_board_id'))

    op.drop_table('mentoring_notes')
    with op.batch_alter_table('pairs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pairs_person_id'))
        batch_op.drop_index(batch_op.f('ix_pairs_mentor_request_id'))
        batch_op.drop_index('ix_pairs_mentor')
        batch_op.drop_index('ix_pairs_board_status')
        batch_op.drop_index(batch_op.f('ix_pairs_board_id'))

    op.drop_table('pairs')
    with op.batch_alter_table('mentors', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentors_board_id'))

    op.drop_table('mentors')
    with op.batch_alter_table('mentor_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentor_requests_person_id'))
        batch_op.drop_index('ix_mentor_requests_board_status')
        batch_op.drop_index(batch_op.f('ix_mentor_requests_board_id'))

    op.drop_table('mentor_requests')
