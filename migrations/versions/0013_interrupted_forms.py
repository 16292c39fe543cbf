"""forms that could not be sent, kept for their person; sessions that ended keep their row for two hours"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
    op.create_table('interrupted_forms',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('cookie_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sealed_path', sa.Text(), nullable=False),
    sa.Column('sealed_typed', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_interrupted_forms_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interrupted_forms'))
    )
    with op.batch_alter_table('interrupted_forms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interrupted_forms_cookie_id'), ['cookie_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interrupted_forms_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_table('interrupted_forms')
    sessions = sa.table('sessions', sa.column('ended_at', sa.DateTime(timezone=True)))
    op.execute(sessions.delete().where(sessions.c.ended_at.is_not(None)))  # without the column they would be alive again
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
