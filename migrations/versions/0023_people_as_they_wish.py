"""what people like to be called, whom they complain to, messages that are read, and reps who want to stop"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = "0021"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COMPLAINTS = {"complaints_who": 200, "complaints_email": 254, "complaints_page": 500}


def upgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('known_as', sa.String(length=40), nullable=False, server_default=""))
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.alter_column('known_as', existing_type=sa.String(length=40), server_default=None)
    with op.batch_alter_table('boards', schema=None) as batch_op:
        for name, most in COMPLAINTS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=most), nullable=False, server_default=""))
    with op.batch_alter_table('boards', schema=None) as batch_op:
        for name, most in COMPLAINTS.items():
            batch_op.alter_column(name, existing_type=sa.String(length=most), server_default=None)
    with op.batch_alter_table('profile_messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('read_at', MOMENT, nullable=True))
    op.create_table(
        'step_down_requests',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('board_id', sa.Uuid(), nullable=False),
        sa.Column('appointment_id', sa.Uuid(), nullable=False),
        sa.Column('group_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('last_day_on', sa.Date(), nullable=False),
        sa.Column('sealed_words', sa.Text(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('status', sa.String(length=12), nullable=False),
        sa.Column('closed_at', MOMENT, nullable=True),
        sa.CheckConstraint(
            "status IN ('asked', 'taken_back', 'stays', 'ended')", name=op.f('ck_step_down_requests_status')
        ),
        sa.ForeignKeyConstraint(
            ['appointment_id'], ['appointments.id'], name=op.f('fk_step_down_requests_appointment_id_appointments')
        ),
        sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_step_down_requests_board_id_boards')),
        sa.ForeignKeyConstraint(
            ['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_step_down_requests_board_id_groups')
        ),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_step_down_requests_person_id_people')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_step_down_requests')),
    )
    with op.batch_alter_table('step_down_requests', schema=None) as batch_op:
        for column in ('appointment_id', 'board_id', 'person_id'):
            batch_op.create_index(batch_op.f(f'ix_step_down_requests_{column}'), [column], unique=False)


def downgrade() -> None:
    op.drop_table('step_down_requests')
    with op.batch_alter_table('profile_messages', schema=None) as batch_op:
        batch_op.drop_column('read_at')
    with op.batch_alter_table('boards', schema=None) as batch_op:
        for name in COMPLAINTS:
            batch_op.drop_column(name)
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('known_as')
