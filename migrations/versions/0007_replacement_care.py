"""requests for care, the board's policy, providers, and who stands aside; the check-in keeps no words of care"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('care_policies',
    sa.Column('is_provided', sa.Boolean(), nullable=False),
    sa.Column('arranged_by', sa.String(length=10), nullable=False),
    sa.Column('counts_travel', sa.Boolean(), nullable=False),
    sa.Column('counts_preparation', sa.Boolean(), nullable=False),
    sa.Column('hourly_rate', sa.Integer(), nullable=True),
    sa.Column('cap', sa.Integer(), nullable=True),
    sa.Column('lead_days', sa.Integer(), nullable=False),
    sa.Column('text_days', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_care_policies_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_policies')),
    sa.UniqueConstraint('board_id', name=op.f('uq_care_policies_board_id'))
    )
    with op.batch_alter_table('care_policies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_policies_board_id'), ['board_id'], unique=False)

    op.create_table('care_providers',
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('lead_days', sa.Integer(), nullable=False),
    sa.Column('hourly_rate', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_care_providers_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_providers')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_care_providers_board_id_id'))
    )
    with op.batch_alter_table('care_providers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_providers_board_id'), ['board_id'], unique=False)

    op.create_table('care_stood_aside',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('of_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_care_stood_aside_board_id_boards')),
    sa.ForeignKeyConstraint(['of_id'], ['people.id'], name=op.f('fk_care_stood_aside_of_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_care_stood_aside_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_stood_aside')),
    sa.UniqueConstraint('board_id', 'person_id', 'of_id', name=op.f('uq_care_stood_aside_board_id_person_id_of_id'))
    )
    with op.batch_alter_table('care_stood_aside', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_stood_aside_board_id'), ['board_id'], unique=False)

    op.create_table('care_requests',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('officer_id', sa.Uuid(), nullable=True),
    sa.Column('what', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('travel_minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=10), nullable=False),
    sa.Column('who', sa.String(length=10), nullable=False),
    sa.Column('estimate', sa.Integer(), nullable=True),
    sa.Column('sealed_kind', sa.Text(), nullable=False),
    sa.Column('sealed_note', sa.Text(), nullable=False),
    sa.Column('sealed_why_late', sa.Text(), nullable=False),
    sa.Column('sealed_arrangement', sa.Text(), nullable=False),
    sa.Column('sealed_answer', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('to_agree', sa.String(length=10), nullable=False),
    sa.Column('provider_id', sa.Uuid(), nullable=True),
    sa.Column('cost', sa.Integer(), nullable=True),
    sa.Column('is_paid_by_board', sa.Boolean(), nullable=False),
    sa.Column('invoice', sa.String(length=40), nullable=False),
    sa.Column('was_own_budget', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('arranged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('asked', 'arranging', 'arranged', 'took_place', 'not_held', 'cancelled', 'cannot')", name=op.f('ck_care_requests_status')),
    sa.CheckConstraint("to_agree IN ('', 'rep', 'officer')", name=op.f('ck_care_requests_to_agree')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_care_requests_ends_after_it_begins')),
    sa.CheckConstraint('officer_id IS NULL OR officer_id <> person_id', name=op.f('ck_care_requests_another_arranges')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_care_requests_asked_by_id_people')),
    sa.ForeignKeyConstraint(['board_id', 'provider_id'], ['care_providers.board_id', 'care_providers.id'], name=op.f('fk_care_requests_board_id_provider_id_care_providers')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_care_requests_board_id_boards')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_care_requests_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['officer_id'], ['people.id'], name=op.f('fk_care_requests_officer_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_care_requests_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_requests')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_care_requests_board_id_id'))
    )
    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_requests_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_care_requests_board_status', ['board_id', 'status', 'on_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_care_requests_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_care_requests_person_day', ['person_id', 'on_day'], unique=False)

    op.create_table('supplier_lines',
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('invoice', sa.String(length=40), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('pence', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('pence > 0', name=op.f('ck_supplier_lines_pence')),
    sa.ForeignKeyConstraint(['board_id', 'run_id'], ['payment_runs.board_id', 'payment_runs.id'], name=op.f('fk_supplier_lines_board_id_run_id_payment_runs')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_supplier_lines_board_id_boards')),
    sa.ForeignKeyConstraint(['request_id'], ['care_requests.id'], name=op.f('fk_supplier_lines_request_id_care_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supplier_lines')),
    sa.UniqueConstraint('request_id', name=op.f('uq_supplier_lines_request_id'))
    )
    with op.batch_alter_table('supplier_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_supplier_lines_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_supplier_lines_run_id'), ['run_id'], unique=False)

    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.drop_column('sealed_care_words')



def downgrade() -> None:
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_care_words', sa.Text(), nullable=False, server_default=''))

    with op.batch_alter_table('supplier_lines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_supplier_lines_run_id'))
        batch_op.drop_index(batch_op.f('ix_supplier_lines_board_id'))

    op.drop_table('supplier_lines')
    with op.batch_alter_table('care_requests', schema=None) as batch_op:
        batch_op.drop_index('ix_care_requests_person_day')
        batch_op.drop_index(batch_op.f('ix_care_requests_meeting_id'))
        batch_op.drop_index('ix_care_requests_board_status')
        batch_op.drop_index(batch_op.f('ix_care_requests_board_id'))

    op.drop_table('care_requests')
    with op.batch_alter_table('care_stood_aside', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_care_stood_aside_board_id'))

    op.drop_table('care_stood_aside')
    with op.batch_alter_table('care_providers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_care_providers_board_id'))

    op.drop_table('care_providers')
    with op.batch_alter_table('care_policies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_care_policies_board_id'))

    op.drop_table('care_policies')
