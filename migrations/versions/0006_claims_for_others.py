"""claims that an officer writes, checked care receipts, and what changed since a claim was first sent"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

NEVER_HELPED = 'decided_by_id IS NULL OR helped_by_id IS NULL OR decided_by_id <> helped_by_id'


def upgrade() -> None:
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.add_column(sa.Column('helped_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('to_confirm_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column('is_attendance_confirmed', sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column('sent_lines', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('before_lines', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.create_foreign_key('fk_claims_helped_by_id_people', 'people', ['helped_by_id'], ['id'])
        batch_op.create_check_constraint(op.f('ck_claims_never_helped'), NEVER_HELPED)
        batch_op.create_check_constraint(
            op.f('ck_claims_helped_by_another'), 'helped_by_id IS NULL OR helped_by_id <> person_id'
        )

    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('checked_by_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key('fk_receipts_checked_by_id_people', 'people', ['checked_by_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.drop_constraint('fk_receipts_checked_by_id_people', type_='foreignkey')
        batch_op.drop_column('checked_by_id')
        batch_op.drop_column('checked_at')

    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_claims_helped_by_another'), type_='check')
        batch_op.drop_constraint(op.f('ck_claims_never_helped'), type_='check')
        batch_op.drop_constraint('fk_claims_helped_by_id_people', type_='foreignkey')
        batch_op.drop_column('before_lines')
        batch_op.drop_column('sent_lines')
        batch_op.drop_column('is_attendance_confirmed')
        batch_op.drop_column('to_confirm_at')
        batch_op.drop_column('helped_by_id')
