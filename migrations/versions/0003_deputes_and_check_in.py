"""Nominations of deputes, and the question asked before each meeting."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('check_ins',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_for', sa.Date(), nullable=True),
    sa.Column('coming', sa.String(length=10), nullable=False),
    sa.Column('care', sa.String(length=10), nullable=False),
    sa.Column('sealed_care_words', sa.Text(), nullable=False),
    sa.Column('travel', sa.String(length=10), nullable=False),
    sa.Column('sealed_travel_from', sa.Text(), nullable=False),
    sa.Column('printed', sa.Boolean(), nullable=False),
    sa.Column('sealed_address', sa.Text(), nullable=False),
    sa.Column('sealed_help_words', sa.Text(), nullable=False),
    sa.Column('emergency_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attended', sa.String(length=10), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("attended IN ('', 'came', 'online', 'apologies', 'absent')", name=op.f('ck_check_ins_attended')),
    sa.CheckConstraint("care IN ('', 'same', 'different', 'no')", name=op.f('ck_check_ins_care')),
    sa.CheckConstraint("coming IN ('', 'in_person', 'online', 'depute', 'no')", name=op.f('ck_check_ins_coming')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_check_ins_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_check_ins_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_check_ins_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_ins')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_check_ins_meeting_id_person_id'))
    )
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_ins_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_check_ins_person', ['person_id', 'answered_at'], unique=False)

    op.create_table('nominations',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('only_meeting_id', sa.Uuid(), nullable=True),
    sa.Column('on_behalf_of_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('sealed_why', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('nominated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('asked', 'confirmed', 'declined', 'withdrawn')", name=op.f('ck_nominations_status')),
    sa.CheckConstraint('person_id IS NULL OR person_id <> on_behalf_of_id', name=op.f('ck_nominations_somebody_else')),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_nominations_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_nominations_board_id_boards')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_nominations_decided_by_id_people')),
    sa.ForeignKeyConstraint(['on_behalf_of_id'], ['people.id'], name=op.f('fk_nominations_on_behalf_of_id_people')),
    sa.ForeignKeyConstraint(['only_meeting_id'], ['meetings.id'], name=op.f('fk_nominations_only_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_nominations_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nominations'))
    )
    with op.batch_alter_table('nominations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_nominations_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_nominations_depute', ['person_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_nominations_group_id'), ['group_id'], unique=False)
        batch_op.create_index('ix_nominations_rep', ['on_behalf_of_id', 'status'], unique=False)

    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.add_column(sa.Column('check_in_days', sa.Integer(), nullable=False, server_default='10'))
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.alter_column('check_in_days', existing_type=sa.Integer(), nullable=False, server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.drop_column('check_in_days')

    with op.batch_alter_table('nominations', schema=None) as batch_op:
        batch_op.drop_index('ix_nominations_rep')
        batch_op.drop_index(batch_op.f('ix_nominations_group_id'))
        batch_op.drop_index('ix_nominations_depute')
        batch_op.drop_index(batch_op.f('ix_nominations_board_id'))

    op.drop_table('nominations')
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.drop_index('ix_check_ins_person')
        batch_op.drop_index(batch_op.f('ix_check_ins_board_id'))

    op.drop_table('check_ins')
