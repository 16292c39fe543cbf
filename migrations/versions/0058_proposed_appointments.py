"""appointments that officers propose, and administrators confirm or decline"""

import sqlalchemy as sa
from alembic import op

revision = '0058'
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('proposed_reps',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('capacity', sa.String(length=20), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('sealed_reason', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sealed_answer', sa.Text(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('proposed', 'confirmed', 'declined', 'withdrawn')", name=op.f('ck_proposed_reps_status')),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_proposed_reps_until_after_from')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'seat_id'], ['seats.board_id', 'seats.group_id', 'seats.id'], name=op.f('fk_proposed_reps_board_id_group_id_seat_id_seats')),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_proposed_reps_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_proposed_reps_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_proposed_reps_person_id_people')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_proposed_reps_proposed_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_reps'))
    )
    with op.batch_alter_table('proposed_reps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposed_reps_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_reps_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_reps_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_proposed_reps_seat_id'), ['seat_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('proposed_reps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposed_reps_seat_id'))
        batch_op.drop_index(batch_op.f('ix_proposed_reps_person_id'))
        batch_op.drop_index(batch_op.f('ix_proposed_reps_group_id'))
        batch_op.drop_index(batch_op.f('ix_proposed_reps_board_id'))

    op.drop_table('proposed_reps')
