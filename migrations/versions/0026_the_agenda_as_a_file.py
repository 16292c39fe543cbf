"""the agenda as a file of the meeting, and what files call themselves"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

WITH_AGENDA = "kind IN ('paper', 'appendix', 'minutes', 'agenda')"
WITHOUT_AGENDA = "kind IN ('paper', 'appendix', 'minutes')"


def upgrade() -> None:
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_papers_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_papers_kind'), WITH_AGENDA)
    op.execute("UPDATE papers SET kind = 'agenda', stage = '' WHERE stage = 'agenda'")
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title_inside', sa.String(length=300), nullable=False, server_default=''))
        batch_op.drop_column('proposed')
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.alter_column('title_inside', server_default=None)


def downgrade() -> None:
    # An earlier version knows no agenda, and looks at the stage of minutes alone: it comes back on the way up.
    op.execute("UPDATE papers SET kind = 'paper', stage = 'agenda' WHERE kind = 'agenda'")
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_papers_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_papers_kind'), WITHOUT_AGENDA)
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proposed', sa.String(length=60), nullable=False, server_default=''))
        batch_op.drop_column('title_inside')
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.alter_column('proposed', server_default=None)
