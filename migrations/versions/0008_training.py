"""induction plans and who has done which step, courses, records of training"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('courses',
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('why', sa.String(length=500), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=10), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('for_whom', sa.JSON(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('valid_months', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_courses_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courses'))
    )
    with op.batch_alter_table('courses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_courses_board_id'), ['board_id'], unique=False)

    op.create_table('induction_steps',
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('owner', sa.String(length=10), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("owner IN ('rep', 'officer', 'clerk')", name=op.f('ck_induction_steps_owner')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_induction_steps_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_induction_steps')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_induction_steps_board_id_id'))
    )
    with op.batch_alter_table('induction_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_induction_steps_board_id'), ['board_id'], unique=False)

    op.create_table('training_records',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('said', 'confirmed', 'declined')", name=op.f('ck_training_records_status')),
    sa.CheckConstraint('confirmed_by_id IS NULL OR confirmed_by_id <> person_id', name=op.f('ck_training_records_never_own')),
    sa.CheckConstraint('valid_until IS NULL OR valid_until >= done_on', name=op.f('ck_training_records_valid_after_done')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_training_records_board_id_boards')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['people.id'], name=op.f('fk_training_records_confirmed_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_training_records_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_records'))
    )
    with op.batch_alter_table('training_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_records_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_records_course_id'), ['course_id'], unique=False)
        batch_op.create_index('ix_training_records_person', ['person_id', 'done_on'], unique=False)

    op.create_table('induction_marks',
    sa.Column('appointment_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('done_by_id', sa.Uuid(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointments.id'], name=op.f('fk_induction_marks_appointment_id_appointments')),
    sa.ForeignKeyConstraint(['board_id', 'step_id'], ['induction_steps.board_id', 'induction_steps.id'], name=op.f('fk_induction_marks_board_id_step_id_induction_steps')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_induction_marks_board_id_boards')),
    sa.ForeignKeyConstraint(['done_by_id'], ['people.id'], name=op.f('fk_induction_marks_done_by_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_induction_marks_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_induction_marks')),
    sa.UniqueConstraint('appointment_id', 'step_id', name=op.f('uq_induction_marks_appointment_id_step_id'))
    )
    with op.batch_alter_table('induction_marks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_induction_marks_board_id'), ['board_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('induction_marks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_induction_marks_board_id'))

    op.drop_table('induction_marks')
    with op.batch_alter_table('training_records', schema=None) as batch_op:
        batch_op.drop_index('ix_training_records_person')
        batch_op.drop_index(batch_op.f('ix_training_records_course_id'))
        batch_op.drop_index(batch_op.f('ix_training_records_board_id'))

    op.drop_table('training_records')
    with op.batch_alter_table('induction_steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_induction_steps_board_id'))

    op.drop_table('induction_steps')
    with op.batch_alter_table('courses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_courses_board_id'))

    op.drop_table('courses')
