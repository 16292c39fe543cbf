"""Chained audit, what may be kept how long, agreements of administrators, files that wait for a virus check."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('chain_heads',
    sa.Column('chain_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('sealed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('chain_id', name=op.f('pk_chain_heads'))
    )
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sealed_personal', sa.Text(), nullable=True))
        for name, length in (('personal_salt', 32), ('personal_hash', 64), ('mark', 64)):
            batch_op.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('chain_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=True))
    # Lines written before there were chains join the chain of their board, or the accounts' one.
    op.execute("UPDATE audit_lines SET chain_id = coalesce(board_id, '00000000000000000000000000000000')")
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        for name, length in (('personal_salt', 32), ('personal_hash', 64), ('mark', 64)):
            batch_op.alter_column(name, existing_type=sa.String(length=length), nullable=False, server_default=None)
        batch_op.alter_column('chain_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_index(batch_op.f('ix_audit_lines_happened_at'), ['happened_at'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_audit_lines_chain_id_number'), ['chain_id', 'number'])



def downgrade() -> None:
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_audit_lines_chain_id_number'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_audit_lines_happened_at'))
        batch_op.drop_column('mark')
        batch_op.drop_column('number')
        batch_op.drop_column('chain_id')
        batch_op.drop_column('personal_hash')
        batch_op.drop_column('personal_salt')
        batch_op.drop_column('sealed_personal')

    op.drop_table('chain_heads')
