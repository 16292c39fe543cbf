"""steps of an induction that belong to the first meeting; files of courses; emails as usual"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('induction_steps', schema=None) as batch_op:
        batch_op.add_column(sa.Column('at_first_meeting', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('courses', schema=None) as batch_op:
        for name, length in (('file_name', 200), ('kind', 20), ('stored_as', 120)):
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
    steps = sa.table('induction_steps', sa.column('title', sa.String), sa.column('at_first_meeting', sa.Boolean))
    usual = steps.c.title == 'Go to your first meeting with a buddy'
    op.execute(steps.update().where(usual).values(at_first_meeting=True))
    people = sa.table('people', sa.column('emails_wanted', sa.String))
    nobody_chose = people.c.emails_wanted == 'at_once'  # it was what everybody began with
    op.execute(people.update().where(nobody_chose).values(emails_wanted='usual'))


def downgrade() -> None:
    people = sa.table('people', sa.column('emails_wanted', sa.String))
    op.execute(people.update().where(people.c.emails_wanted == 'usual').values(emails_wanted='at_once'))
    with op.batch_alter_table('induction_steps', schema=None) as batch_op:
        batch_op.drop_column('at_first_meeting')
    with op.batch_alter_table('courses', schema=None) as batch_op:
        for name in ('file_name', 'kind', 'stored_as'):
            batch_op.drop_column(name)

