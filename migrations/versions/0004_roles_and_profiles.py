"""Role descriptions and agreements, public profiles, hours given; why reps left, posted papers, notes handed over."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('role_models',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('governance', sa.Text(), nullable=False),
    sa.Column('outside', sa.Text(), nullable=False),
    sa.Column('representing', sa.Text(), nullable=False),
    sa.Column('gives', sa.Text(), nullable=False),
    sa.Column('promises', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_models')),
    sa.UniqueConstraint('number', name=op.f('uq_role_models_number'))
    )
    op.create_table('profile_messages',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('sealed_text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_profile_messages_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_profile_messages_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_messages'))
    )
    with op.batch_alter_table('profile_messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_messages_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_messages_person_id'), ['person_id'], unique=False)

    op.create_table('public_profiles',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('shows', sa.JSON(), nullable=False),
    sa.Column('about', sa.String(length=500), nullable=False),
    sa.Column('photo_stored_as', sa.String(length=120), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_public_profiles_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_public_profiles_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_profiles')),
    sa.UniqueConstraint('board_id', 'person_id', name=op.f('uq_public_profiles_board_id_person_id'))
    )
    with op.batch_alter_table('public_profiles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_public_profiles_board_id'), ['board_id'], unique=False)

    op.create_table('role_descriptions',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('hours_a_month', sa.Integer(), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('model_number', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('governance', sa.Text(), nullable=False),
    sa.Column('outside', sa.Text(), nullable=False),
    sa.Column('representing', sa.Text(), nullable=False),
    sa.Column('gives', sa.Text(), nullable=False),
    sa.Column('promises', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_role_descriptions_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_role_descriptions_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_descriptions')),
    sa.UniqueConstraint('board_id', 'group_id', 'id', name=op.f('uq_role_descriptions_board_id_group_id_id')),
    sa.UniqueConstraint('group_id', 'number', name=op.f('uq_role_descriptions_group_id_number'))
    )
    with op.batch_alter_table('role_descriptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_descriptions_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_descriptions_group_id'), ['group_id'], unique=False)

    op.create_table('time_given',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('spent_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('preparation', 'travel', 'meeting', 'consulting')", name=op.f('ck_time_given_kind')),
    sa.CheckConstraint('minutes BETWEEN 1 AND 1440', name=op.f('ck_time_given_minutes')),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_time_given_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_time_given_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_time_given_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_given'))
    )
    with op.batch_alter_table('time_given', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_time_given_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_time_given_person_day', ['person_id', 'spent_on'], unique=False)

    op.create_table('role_agreements',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('description_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'description_id'], ['role_descriptions.board_id', 'role_descriptions.group_id', 'role_descriptions.id'], name='fk_role_agreements_description'),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_role_agreements_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_role_agreements_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_agreements')),
    sa.UniqueConstraint('description_id', 'person_id', name=op.f('uq_role_agreements_description_id_person_id'))
    )
    with op.batch_alter_table('role_agreements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_agreements_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_role_agreements_person', ['person_id', 'group_id'], unique=False)

    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('left_because', sa.String(length=20), nullable=False, server_default=''))
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.alter_column('left_because', existing_type=sa.String(length=20), nullable=False, server_default=None)

    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.add_column(sa.Column('posted_on', sa.Date(), nullable=True))

    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_handed_over', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.alter_column('is_handed_over', existing_type=sa.Boolean(), nullable=False, server_default=None)



def downgrade() -> None:
    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.drop_column('is_handed_over')

    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.drop_column('posted_on')

    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.drop_column('left_because')

    with op.batch_alter_table('role_agreements', schema=None) as batch_op:
        batch_op.drop_index('ix_role_agreements_person')
        batch_op.drop_index(batch_op.f('ix_role_agreements_board_id'))

    op.drop_table('role_agreements')
    with op.batch_alter_table('time_given', schema=None) as batch_op:
        batch_op.drop_index('ix_time_given_person_day')
        batch_op.drop_index(batch_op.f('ix_time_given_board_id'))

    op.drop_table('time_given')
    with op.batch_alter_table('role_descriptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_descriptions_group_id'))
        batch_op.drop_index(batch_op.f('ix_role_descriptions_board_id'))

    op.drop_table('role_descriptions')
    with op.batch_alter_table('public_profiles', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_public_profiles_board_id'))

    op.drop_table('public_profiles')
    with op.batch_alter_table('profile_messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_messages_person_id'))
        batch_op.drop_index(batch_op.f('ix_profile_messages_board_id'))

    op.drop_table('profile_messages')
    op.drop_table('role_models')
