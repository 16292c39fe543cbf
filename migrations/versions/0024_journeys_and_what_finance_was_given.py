"""whether a journey was there and back; and of each payment run the payee references and cost codes it was made with"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

OF_RUNS = ('claims', 'supplier_lines')
CLAIMS = sa.table(
    'claims',
    *(sa.column(name, sa.Uuid) for name in ('id', 'board_id', 'person_id', 'run_id')),
    sa.column('happened_on', sa.Date),
    *(sa.column(name, sa.String) for name in ('payee_reference', 'cost_code')),
)
SUPPLIER_LINES = sa.table(
    'supplier_lines',
    *(sa.column(name, sa.Uuid) for name in ('id', 'board_id', 'request_id')),
    sa.column('on_day', sa.Date),
    *(sa.column(name, sa.String) for name in ('payee_reference', 'cost_code')),
)
CARE_REQUESTS = sa.table('care_requests', *(sa.column(name, sa.Uuid) for name in ('id', 'provider_id')))
PAYEES = sa.table(
    'payees',
    *(sa.column(name, sa.Uuid) for name in ('board_id', 'person_id', 'provider_id')),
    sa.column('reference', sa.String),
)
POLICIES = sa.table(
    'expense_policies',
    sa.column('board_id', sa.Uuid),
    sa.column('from_on', sa.Date),
    sa.column('published_at', sa.DateTime(timezone=True)),
    sa.column('cost_code', sa.String),
)


def upgrade() -> None:
    with op.batch_alter_table('claim_lines', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_return', sa.Boolean(), nullable=True))
    for table in OF_RUNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in ('payee_reference', 'cost_code'):
                batch_op.add_column(sa.Column(name, sa.String(length=40), nullable=False, server_default=''))
    _keep_what_finance_was_given()


def _keep_what_finance_was_given() -> None:
    """For the runs so far: the references and codes of today, which until now stood in their files."""
    connection = op.get_bind()
    references = {
        (row.board_id, row.person_id or row.provider_id): row.reference
        for row in connection.execute(sa.select(PAYEES).order_by(PAYEES.c.board_id, PAYEES.c.reference))
    }
    of_claims = sa.select(CLAIMS.c.id, CLAIMS.c.board_id, CLAIMS.c.person_id, CLAIMS.c.happened_on)
    of_care = sa.select(
        SUPPLIER_LINES.c.id, SUPPLIER_LINES.c.board_id, CARE_REQUESTS.c.provider_id, SUPPLIER_LINES.c.on_day
    ).join_from(SUPPLIER_LINES, CARE_REQUESTS, CARE_REQUESTS.c.id == SUPPLIER_LINES.c.request_id)
    for table, rows in ((CLAIMS, of_claims.where(CLAIMS.c.run_id.is_not(None))), (SUPPLIER_LINES, of_care)):
        for key, board_id, whose, day in connection.execute(rows.order_by(table.c.id)).all():
            given = {'payee_reference': references.get((board_id, whose), ''), 'cost_code': _code(board_id, day)}
            connection.execute(sa.update(table).where(table.c.id == key).values(given))


def _code(board_id: object, day: date) -> str:
    """The cost code of the policy that held on a day."""
    holds = (POLICIES.c.board_id == board_id, POLICIES.c.published_at.is_not(None), POLICIES.c.from_on <= day)
    newest = sa.select(POLICIES.c.cost_code).where(*holds)
    newest = newest.order_by(POLICIES.c.from_on.desc(), POLICIES.c.published_at.desc()).limit(1)
    return op.get_bind().scalar(newest) or ''


def downgrade() -> None:
    for table in OF_RUNS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in ('cost_code', 'payee_reference'):
                batch_op.drop_column(name)
    with op.batch_alter_table('claim_lines', schema=None) as batch_op:
        batch_op.drop_column('is_return')
