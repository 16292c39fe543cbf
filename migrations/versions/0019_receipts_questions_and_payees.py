"""receipts as they were sent, files held for a form, questions about claims, references of providers, copied lines"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
CLAIMS = sa.table(
    'claims',
    *(sa.column(name, sa.Uuid) for name in ('id', 'board_id', 'person_id')),
    *(sa.column(name, sa.String) for name in ('status', 'reason')),
    sa.column('sent_at', MOMENT),
)
QUESTIONS = sa.table(
    'claim_questions',
    *(sa.column(name, sa.Uuid) for name in ('id', 'board_id', 'claim_id', 'person_id')),
    *(sa.column(name, sa.String) for name in ('question', 'sealed_answer')),
    sa.column('lines_then', sa.JSON),
    *(sa.column(name, MOMENT) for name in ('asked_at', 'closed_at')),
)


def upgrade() -> None:
    _make_tables()
    _ask_again()
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.drop_column('reason')
        batch_op.add_column(sa.Column('copied_from_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_claims_copied_from_id_claims'), 'claims', ['copied_from_id'], ['id'], ondelete='SET NULL'
        )
    with op.batch_alter_table('claim_lines', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_copied', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('policy_terms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
    with op.batch_alter_table('payees', schema=None) as batch_op:
        batch_op.add_column(sa.Column('provider_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_payees_board_id_provider_id'), ['board_id', 'provider_id'])
        batch_op.create_foreign_key(
            batch_op.f('fk_payees_board_id_provider_id_care_providers'),
            'care_providers',
            ['board_id', 'provider_id'],
            ['board_id', 'id'],
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_payees_one_payee'), '(person_id IS NULL) <> (provider_id IS NULL)'
        )


def _make_tables() -> None:
    op.create_table('held_files',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('sealed_name', sa.Text(), nullable=False),
    sa.Column('sealed_key', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_held_files_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_files'))
    )
    op.create_index(op.f('ix_held_files_person_id'), 'held_files', ['person_id'], unique=False)
    op.create_table('receipt_originals',
    sa.Column('receipt_id', sa.Uuid(), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('sealed_key', sa.Text(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    *_of_claim('receipt_originals'),
    sa.ForeignKeyConstraint(
        ['receipt_id'], ['receipts.id'], name=op.f('fk_receipt_originals_receipt_id_receipts')
    ),
    sa.UniqueConstraint('receipt_id', name=op.f('uq_receipt_originals_receipt_id')),
    )
    op.create_table('claim_questions',
    sa.Column('line_id', sa.Uuid(), nullable=True),
    sa.Column('question', sa.String(length=500), nullable=False),
    sa.Column('asked_at', MOMENT, nullable=False),
    sa.Column('lines_then', sa.JSON(), nullable=False),
    sa.Column('sealed_answer', sa.Text(), nullable=False),
    sa.Column('closed_at', MOMENT, nullable=True),
    *_of_claim('claim_questions'),
    sa.ForeignKeyConstraint(
        ['line_id'], ['claim_lines.id'], name=op.f('fk_claim_questions_line_id_claim_lines'), ondelete='SET NULL'
    ),
    )
    for table in ('receipt_originals', 'claim_questions'):
        for column in ('board_id', 'claim_id'):
            op.create_index(op.f(f'ix_{table}_{column}'), table, [column], unique=False)


def _of_claim(table: str) -> list[sa.schema.SchemaItem]:
    """What every part of a claim has."""
    columns = [sa.Column(name, sa.Uuid(), nullable=False) for name in ('claim_id', 'person_id', 'id', 'board_id')]
    keys = (('claim_id', 'claims'), ('person_id', 'people'), ('board_id', 'boards'))
    return [
        *columns,
        *(sa.ForeignKeyConstraint([a], [f'{b}.id'], name=op.f(f'fk_{table}_{a}_{b}')) for a, b in keys),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def _ask_again() -> None:
    """The question of a claim that has one becomes a row of its own."""
    open_ones = sa.select(CLAIMS).where(CLAIMS.c.reason != '').order_by(CLAIMS.c.id)
    for claim in op.get_bind().execute(open_ones).all():
        of = {'board_id': claim.board_id, 'claim_id': claim.id, 'person_id': claim.person_id}
        asked = {'question': claim.reason, 'sealed_answer': '', 'lines_then': {}, 'asked_at': claim.sent_at}
        closed_at = None if claim.status == 'queried' else claim.sent_at
        op.execute(QUESTIONS.insert().values(id=uuid4(), **of, **asked, closed_at=closed_at))


def downgrade() -> None:
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(length=500), nullable=False, server_default=''))
        batch_op.drop_constraint(batch_op.f('fk_claims_copied_from_id_claims'), type_='foreignkey')
        batch_op.drop_column('copied_from_id')
    asked = sa.select(QUESTIONS).where(QUESTIONS.c.closed_at.is_(None)).order_by(QUESTIONS.c.asked_at)
    for one in op.get_bind().execute(asked).all():
        op.execute(CLAIMS.update().where(CLAIMS.c.id == one.claim_id).values(reason=one.question))
    with op.batch_alter_table('payees', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_payees_one_payee'), type_='check')
    op.execute('DELETE FROM payees WHERE person_id IS NULL')  # the tables of before hold people only
    with op.batch_alter_table('payees', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_payees_board_id_provider_id_care_providers'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_payees_board_id_provider_id'), type_='unique')
        batch_op.drop_column('provider_id')
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=False)
    for table, column in (('claim_lines', 'is_copied'), ('policy_terms', 'version')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
    for table in ('claim_questions', 'receipt_originals', 'held_files'):
        op.drop_table(table)
