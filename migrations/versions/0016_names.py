"""names that say what they hold: created_at in every table, fired_at, and emails called like their events"""

from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

MADE = (
    'claim_lines',
    'claims',
    'mailed_links',
    'mentors',
    'packs',
    'papers',
    'payment_runs',
    'receipts',
    'training_records',
)
EMAILS = (  # old name, new name
    ('claim-offered', 'claim-prompted'),
    ('how-it-was', 'meeting-feedback'),
    ('papers-published', 'papers-announced'),
)
# As the databases' own statement: SQLite would otherwise copy each table, and both keep indexes and constraints right.


def upgrade():
    for table in MADE:
        op.execute(f'ALTER TABLE {table} RENAME COLUMN made_at TO created_at')
    op.execute('ALTER TABLE occasions RENAME COLUMN claimed_at TO fired_at')
    for old, new in EMAILS:
        _call(old, new)


def downgrade():
    for old, new in EMAILS:
        _call(new, old)
    op.execute('ALTER TABLE occasions RENAME COLUMN fired_at TO claimed_at')
    for table in MADE:
        op.execute(f'ALTER TABLE {table} RENAME COLUMN created_at TO made_at')


def _call(before, after):
    """Emails that wait, or were sent, keep their words under the new name."""
    op.execute(f"UPDATE emails SET template = '{after}' WHERE template = '{before}'")
