"""the list of stored files, with what each was like when it was written; and downloads that are going on"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

VERSIONS = sa.table(
    'paper_versions',
    *(sa.column(name, sa.String) for name in ('stored_as', 'sha256')),
    sa.column('size', sa.Integer),
    sa.column('uploaded_at', sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    stored = op.create_table('stored_files',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found', sa.String(length=10), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_stored_files'))
    )
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stored_files_checked_at'), ['checked_at'], unique=False)
    op.create_table('downloads_begun',
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_downloads_begun'))
    )
    _list_papers(stored)


def _list_papers(stored: sa.Table) -> None:
    """Of papers it is known what they were like. Other files come on the list when they are looked at first."""
    known = sa.select(
        VERSIONS.c.stored_as, VERSIONS.c.sha256, VERSIONS.c.size, VERSIONS.c.uploaded_at, sa.literal('', sa.String)
    ).where(VERSIONS.c.stored_as != '', VERSIONS.c.sha256 != '')
    op.execute(stored.insert().from_select(['key', 'sha256', 'size', 'kept_at', 'found'], known))


def downgrade() -> None:
    op.drop_table('downloads_begun')
    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_files_checked_at'))
    op.drop_table('stored_files')
