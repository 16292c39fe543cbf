"""whether a session needs a second factor is worked out at each request"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

WITH_SECOND_FACTOR = ('officer', 'clerk', 'approver', 'admin', 'coordinator')


def upgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_column('needs_factor')


def downgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('needs_factor', sa.Boolean(), nullable=False, server_default=sa.false()))
    sessions = sa.table('sessions', sa.column('person_id', sa.Uuid), sa.column('needs_factor', sa.Boolean))
    people = sa.table('people', sa.column('id', sa.Uuid), sa.column('sealed_totp', sa.String))
    roles = sa.table('staff_roles', sa.column('person_id', sa.Uuid), sa.column('role', sa.String))
    has_factor = sa.select(people.c.id).where(people.c.sealed_totp.is_not(None))
    is_staff = sa.select(roles.c.person_id).where(roles.c.role.in_(WITH_SECOND_FACTOR))
    asked = sessions.c.person_id.in_(has_factor) | sessions.c.person_id.in_(is_staff)  # rather once too often
    op.execute(sessions.update().where(asked).values(needs_factor=True))
