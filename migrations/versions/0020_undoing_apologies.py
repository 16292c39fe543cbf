"""undoing "I can't come" for ten minutes: how it was, emails that wait, and that a provider was told"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('check_in_undos',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('check_in_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('emails_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('was', sa.JSON(), nullable=False),
    sa.Column('sealed_words', sa.Text(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_check_in_undos_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_check_in_undos_board_id_boards')),
    sa.ForeignKeyConstraint(['check_in_id'], ['check_ins.id'], name=op.f('fk_check_in_undos_check_in_id_check_ins')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_check_in_undos_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in_undos')),
    sa.UniqueConstraint('check_in_id', name=op.f('uq_check_in_undos_check_in_id'))
    )
    with op.batch_alter_table('check_in_undos', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_undos_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_in_undos_ends_at'), ['ends_at'], unique=False)
        batch_op.create_index('ix_check_in_undos_person', ['person_id', 'ends_at'], unique=False)

    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.add_column(sa.Column('provider_told_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('emails', schema=None) as batch_op:
        batch_op.add_column(sa.Column('undo_id', sa.Uuid(), nullable=True))
        batch_op.create_index('ix_emails_undo', ['undo_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('emails', schema=None) as batch_op:
        batch_op.drop_index('ix_emails_undo')
        batch_op.drop_column('undo_id')

    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.drop_column('provider_told_at')

    with op.batch_alter_table('check_in_undos', schema=None) as batch_op:
        batch_op.drop_index('ix_check_in_undos_person')
        batch_op.drop_index(batch_op.f('ix_check_in_undos_ends_at'))
        batch_op.drop_index(batch_op.f('ix_check_in_undos_board_id'))

    op.drop_table('check_in_undos')
