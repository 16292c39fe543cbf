"""Expenses: policies, claims with lines and receipts, payment runs, payees, closed books."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('closed_periods',
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_by_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_closed_periods_board_id_boards')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['people.id'], name=op.f('fk_closed_periods_closed_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_periods')),
    sa.UniqueConstraint('board_id', 'until_on', name=op.f('uq_closed_periods_board_id_until_on'))
    )
    with op.batch_alter_table('closed_periods', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_closed_periods_board_id'), ['board_id'], unique=False)

    op.create_table('expense_policies',
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deadline_days', sa.Integer(), nullable=False),
    sa.Column('pay_days', sa.Integer(), nullable=False),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('not_covered', sa.Text(), nullable=False),
    sa.Column('prefix', sa.String(length=4), nullable=False),
    sa.Column('cost_code', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_expense_policies_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expense_policies')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_expense_policies_board_id_id'))
    )
    with op.batch_alter_table('expense_policies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_expense_policies_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_expense_policies_in_force', ['board_id', 'from_on', 'published_at'], unique=False)

    op.create_table('payees',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_payees_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_payees_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payees')),
    sa.UniqueConstraint('board_id', 'person_id', name=op.f('uq_payees_board_id_person_id'))
    )
    with op.batch_alter_table('payees', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payees_board_id'), ['board_id'], unique=False)

    op.create_table('payment_runs',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('reopened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_payment_runs_board_id_boards')),
    sa.ForeignKeyConstraint(['made_by_id'], ['people.id'], name=op.f('fk_payment_runs_made_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_runs')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_payment_runs_board_id_id')),
    sa.UniqueConstraint('board_id', 'number', name=op.f('uq_payment_runs_board_id_number'))
    )
    with op.batch_alter_table('payment_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_payment_runs_board_id'), ['board_id'], unique=False)

    op.create_table('policy_terms',
    sa.Column('policy_id', sa.Uuid(), nullable=False),
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('is_covered', sa.Boolean(), nullable=False),
    sa.Column('rate', sa.Integer(), nullable=True),
    sa.Column('band_miles', sa.Integer(), nullable=True),
    sa.Column('rate_after', sa.Integer(), nullable=True),
    sa.Column('cap', sa.Integer(), nullable=True),
    sa.Column('cap_per', sa.String(length=5), nullable=False),
    sa.Column('receipt_over', sa.Integer(), nullable=True),
    sa.Column('examples', sa.String(length=300), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("cap_per IN ('item', 'day', 'claim', 'year')", name=op.f('ck_policy_terms_cap_per')),
    sa.ForeignKeyConstraint(['board_id', 'policy_id'], ['expense_policies.board_id', 'expense_policies.id'], name=op.f('fk_policy_terms_board_id_policy_id_expense_policies')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_policy_terms_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_policy_terms')),
    sa.UniqueConstraint('policy_id', 'category', name=op.f('uq_policy_terms_policy_id_category'))
    )
    with op.batch_alter_table('policy_terms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_policy_terms_board_id'), ['board_id'], unique=False)

    op.create_table('claims',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('prefix', sa.String(length=4), nullable=False),
    sa.Column('what', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(run_id IS NOT NULL) = (status IN ('in_payment', 'paid'))", name=op.f('ck_claims_run')),
    sa.CheckConstraint("status IN ('draft', 'sent', 'queried', 'withdrawn', 'nothing', 'approved', 'partly', 'declined', 'in_payment', 'paid')", name=op.f('ck_claims_status')),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> person_id', name=op.f('ck_claims_never_own')),
    sa.ForeignKeyConstraint(['board_id', 'run_id'], ['payment_runs.board_id', 'payment_runs.id'], name=op.f('fk_claims_board_id_run_id_payment_runs')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_claims_board_id_boards')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_claims_decided_by_id_people')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_claims_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_claims_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claims')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_claims_board_id_id')),
    sa.UniqueConstraint('board_id', 'year', 'number', name=op.f('uq_claims_board_id_year_number')),
    sa.UniqueConstraint('person_id', 'meeting_id', name=op.f('uq_claims_person_id_meeting_id'))
    )
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claims_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_claims_board_status', ['board_id', 'status', 'sent_at'], unique=False)
        batch_op.create_index('ix_claims_person_day', ['person_id', 'happened_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_claims_run_id'), ['run_id'], unique=False)

    op.create_table('claim_lines',
    sa.Column('category', sa.String(length=20), nullable=False),
    sa.Column('spent_on', sa.Date(), nullable=False),
    sa.Column('tenths', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('paid', sa.Integer(), nullable=False),
    sa.Column('sealed_note', sa.Text(), nullable=False),
    sa.Column('no_receipt_because', sa.String(length=300), nullable=False),
    sa.Column('cost', sa.Integer(), nullable=False),
    sa.Column('covered', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=300), nullable=False),
    sa.Column('approved', sa.Integer(), nullable=True),
    sa.Column('declined_because', sa.String(length=300), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claim_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('approved IS NULL OR (approved >= 0 AND approved <= covered)', name=op.f('ck_claim_lines_approved')),
    sa.CheckConstraint('covered >= 0 AND covered <= cost', name=op.f('ck_claim_lines_covered')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_claim_lines_board_id_boards')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_claim_lines_claim_id_claims')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_claim_lines_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim_lines'))
    )
    with op.batch_alter_table('claim_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claim_lines_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_lines_claim_id'), ['claim_id'], unique=False)

    op.create_table('receipts',
    sa.Column('line_id', sa.Uuid(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('sealed_key', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claim_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_receipts_board_id_boards')),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_receipts_claim_id_claims')),
    sa.ForeignKeyConstraint(['line_id'], ['claim_lines.id'], name=op.f('fk_receipts_line_id_claim_lines')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_receipts_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipts'))
    )
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_receipts_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_receipts_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_receipts_line_id'), ['line_id'], unique=False)
        batch_op.create_index('ix_receipts_sha256', ['board_id', 'sha256'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('receipts', schema=None) as batch_op:
        batch_op.drop_index('ix_receipts_sha256')
        batch_op.drop_index(batch_op.f('ix_receipts_line_id'))
        batch_op.drop_index(batch_op.f('ix_receipts_claim_id'))
        batch_op.drop_index(batch_op.f('ix_receipts_board_id'))

    op.drop_table('receipts')
    with op.batch_alter_table('claim_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_claim_lines_claim_id'))
        batch_op.drop_index(batch_op.f('ix_claim_lines_board_id'))

    op.drop_table('claim_lines')
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_claims_run_id'))
        batch_op.drop_index('ix_claims_person_day')
        batch_op.drop_index('ix_claims_board_status')
        batch_op.drop_index(batch_op.f('ix_claims_board_id'))

    op.drop_table('claims')
    with op.batch_alter_table('policy_terms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_policy_terms_board_id'))

    op.drop_table('policy_terms')
    with op.batch_alter_table('payment_runs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payment_runs_board_id'))

    op.drop_table('payment_runs')
    with op.batch_alter_table('payees', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_payees_board_id'))

    op.drop_table('payees')
    with op.batch_alter_table('expense_policies', schema=None) as batch_op:
        batch_op.drop_index('ix_expense_policies_in_force')
        batch_op.drop_index(batch_op.f('ix_expense_policies_board_id'))

    op.drop_table('expense_policies')
    with op.batch_alter_table('closed_periods', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_closed_periods_board_id'))

    op.drop_table('closed_periods')
