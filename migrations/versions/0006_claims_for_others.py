"""claims that an officer writes, checked care receipts, and what changed since a claim was first sent"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

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
        batch_op.add_column(sa.Column('days_to_decide', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('days_to_pay', sa.Integer(), nullable=True))
        batch_op.create_index('ix_claims_board_day', ['board_id', 'happened_on'])
        batch_op.create_index('ix_claims_board_decided', ['board_id', 'decided_at', 'days_to_decide'])
        batch_op.create_index('ix_claims_board_paid', ['board_id', 'paid_on', 'days_to_pay'])
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
    _count_days()


def _count_days() -> None:
    """Days to decision and payment of the claims so far, as they are kept from now on."""
    claims = sa.table(
        'claims',
        sa.column('id', sa.Uuid()),
        sa.column('sent_at', sa.DateTime(timezone=True)),
        sa.column('decided_at', sa.DateTime(timezone=True)),
        sa.column('paid_on', sa.Date()),
        sa.column('days_to_decide', sa.Integer()),
        sa.column('days_to_pay', sa.Integer()),
    )
    columns = (claims.c.id, claims.c.sent_at, claims.c.decided_at, claims.c.paid_on)
    both = sa.select(*columns).where(claims.c.sent_at.is_not(None), claims.c.decided_at.is_not(None)).order_by(claims.c.id)
    for key, sent_at, decided_at, paid_on in op.get_bind().execute(both).all():
        sent_on, decided_on = _london_day(sent_at), _london_day(decided_at)
        values = {'days_to_decide': (decided_on - sent_on).days, 'days_to_pay': (paid_on - sent_on).days if paid_on else None}
        op.execute(claims.update().where(claims.c.id == key).values(**values))


def _london_day(moment: datetime) -> date:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # SQLite keeps none
    return aware.astimezone(ZoneInfo('Europe/London')).date()


def downgrade() -> None:
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.drop_constraint('fk_receipts_checked_by_id_people', type_='foreignkey')
        batch_op.drop_column('checked_by_id')
        batch_op.drop_column('checked_at')

    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_claims_helped_by_another'), type_='check')
        batch_op.drop_constraint(op.f('ck_claims_never_helped'), type_='check')
        batch_op.drop_constraint('fk_claims_helped_by_id_people', type_='foreignkey')
        for name in ('ix_claims_board_paid', 'ix_claims_board_decided', 'ix_claims_board_day'):
            batch_op.drop_index(name)
        batch_op.drop_column('days_to_pay')
        batch_op.drop_column('days_to_decide')
        batch_op.drop_column('before_lines')
        batch_op.drop_column('sent_lines')
        batch_op.drop_column('is_attendance_confirmed')
        batch_op.drop_column('to_confirm_at')
        batch_op.drop_column('helped_by_id')
