"""withdrawn papers: why, their files until they are destroyed, who asked for downloads; and which version was read"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

READINGS = sa.table(
    'readings',
    *(sa.column(name, sa.Uuid) for name in ('id', 'paper_id')),
    sa.column('read_at', sa.DateTime(timezone=True)),
    sa.column('number', sa.Integer),
)
VERSIONS = sa.table(
    'paper_versions',
    sa.column('paper_id', sa.Uuid),
    sa.column('number', sa.Integer),
    sa.column('published_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table('withdrawals',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('could_open', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('put_back_at', sa.DateTime(timezone=True), nullable=True),
    *_of_meeting('withdrawals'),
    sa.CheckConstraint("reason IN ('wrong_file', 'personal', 'error', 'other')", name=op.f('ck_withdrawals_reason')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_withdrawals_paper_id_papers')),
    )
    _index('withdrawals', 'board_id', 'meeting_id', 'paper_id')
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawal_id', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_paper_versions_withdrawal_id'), ['withdrawal_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_paper_versions_withdrawal_id_withdrawals'), 'withdrawals', ['withdrawal_id'], ['id']
        )
    op.create_table('withdrawn_files',
    sa.Column('withdrawal_id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('goes_on', sa.Date(), nullable=False),
    *_of_meeting('withdrawn_files'),
    sa.ForeignKeyConstraint(['version_id'], ['paper_versions.id'], name=op.f('fk_withdrawn_files_version_id_paper_versions')),
    sa.ForeignKeyConstraint(['withdrawal_id'], ['withdrawals.id'], name=op.f('fk_withdrawn_files_withdrawal_id_withdrawals')),
    )
    _index('withdrawn_files', 'board_id', 'meeting_id', 'withdrawal_id', 'version_id', 'goes_on')
    op.create_table('downloads_requests',
    sa.Column('withdrawal_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sealed_reason', sa.Text(), nullable=False),
    *_of_meeting('downloads_requests'),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_downloads_requests_asked_by_id_people')),
    sa.ForeignKeyConstraint(['withdrawal_id'], ['withdrawals.id'], name=op.f('fk_downloads_requests_withdrawal_id_withdrawals')),
    )
    _index('downloads_requests', 'board_id', 'meeting_id', 'withdrawal_id', 'asked_by_id')
    for table, name, value in (('boards', 'withdrawn_days', '30'), ('readings', 'number', '1')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=value))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(name, server_default=None)
    _note_what_was_read()


def _of_meeting(table: str) -> tuple[object, ...]:
    return (
        sa.Column('group_id', sa.Uuid(), nullable=False),
        sa.Column('meeting_id', sa.Uuid(), nullable=False),
        sa.Column('board_id', sa.Uuid(), nullable=False),
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f(f'fk_{table}_board_id_group_id_meeting_id_meetings')),
        sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f(f'fk_{table}_board_id_boards')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    )


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for column in columns:
            batch_op.create_index(batch_op.f(f'ix_{table}_{column}'), [column], unique=False)


def _note_what_was_read() -> None:
    """Whoever marked a paper as read has read the version that was the newest then."""
    was_newest = (
        sa.select(sa.func.max(VERSIONS.c.number))
        .where(VERSIONS.c.paper_id == READINGS.c.paper_id, VERSIONS.c.published_at <= READINGS.c.read_at)
        .scalar_subquery()
    )
    op.execute(sa.update(READINGS).values(number=sa.func.coalesce(was_newest, 1)))


def downgrade() -> None:
    """Files that were withdrawn stay where they are, and no row leads to them any more."""
    for table, name in (('readings', 'number'), ('boards', 'withdrawn_days')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(name)
    op.drop_table('downloads_requests')
    op.drop_table('withdrawn_files')
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_paper_versions_withdrawal_id_withdrawals'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_paper_versions_withdrawal_id'))
        batch_op.drop_column('withdrawal_id')
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_column('withdrawn_at')
    op.drop_table('withdrawals')
