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
    op.create_table('agreements',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('agreed_by_id', sa.Uuid(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['people.id'], name=op.f('fk_agreements_agreed_by_id_people')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_agreements_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_agreements_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreements'))
    )
    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreements_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_agreements_person_what', ['person_id', 'what'], unique=False)

    op.create_table('holds',
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('placed_by_id', sa.Uuid(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_holds_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_holds_person_id_people')),
    sa.ForeignKeyConstraint(['placed_by_id'], ['people.id'], name=op.f('fk_holds_placed_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holds'))
    )
    with op.batch_alter_table('holds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holds_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_holds_lifted_at', ['lifted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_holds_person_id'), ['person_id'], unique=False)

    op.create_table('removals',
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('table', sa.String(length=60), nullable=False),
    sa.Column('before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('goes_on', sa.Date(), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('removed', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_removals_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_removals'))
    )
    with op.batch_alter_table('removals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_removals_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_removals_open', ['done_at', 'goes_on'], unique=False)

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

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('erased_at')

    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_audit_lines_chain_id_number'), type_='unique')
        batch_op.drop_index(batch_op.f('ix_audit_lines_happened_at'))
        batch_op.drop_column('mark')
        batch_op.drop_column('number')
        batch_op.drop_column('chain_id')
        batch_op.drop_column('personal_hash')
        batch_op.drop_column('personal_salt')
        batch_op.drop_column('sealed_personal')

    with op.batch_alter_table('removals', schema=None) as batch_op:
        batch_op.drop_index('ix_removals_open')
        batch_op.drop_index(batch_op.f('ix_removals_board_id'))

    op.drop_table('removals')
    with op.batch_alter_table('holds', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_holds_person_id'))
        batch_op.drop_index('ix_holds_lifted_at')
        batch_op.drop_index(batch_op.f('ix_holds_board_id'))

    op.drop_table('holds')
    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.drop_index('ix_agreements_person_what')
        batch_op.drop_index(batch_op.f('ix_agreements_board_id'))

    op.drop_table('agreements')
    op.drop_table('chain_heads')
