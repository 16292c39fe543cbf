"""People, boards, meetings, papers, emails, audit, and the machinery below them."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_lines',
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('event', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_lines'))
    )
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.create_index('ix_audit_lines_board_id_at', ['board_id', 'happened_at'], unique=False)

    op.create_table('boards',
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('authority_code', sa.String(length=12), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('short_name', sa.String(length=100), nullable=False),
    sa.Column('model', sa.String(length=20), nullable=False),
    sa.Column('councils', sa.String(length=300), nullable=False),
    sa.Column('health_board', sa.String(length=100), nullable=False),
    sa.Column('paper_target_days', sa.Integer(), nullable=False),
    sa.Column('clear_notice_days', sa.Integer(), nullable=False),
    sa.Column('public_access_days', sa.Integer(), nullable=False),
    sa.Column('reminder_days', sa.JSON(), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_boards')),
    sa.UniqueConstraint('authority_code', name=op.f('uq_boards_authority_code')),
    sa.UniqueConstraint('key', name=op.f('uq_boards_key'))
    )
    op.create_table('hits',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('hit_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hits'))
    )
    with op.batch_alter_table('hits', schema=None) as batch_op:
        batch_op.create_index('ix_hits_key_hit_at', ['key', 'hit_at'], unique=False)

    op.create_table('occasions',
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_occasions'))
    )
    op.create_table('people',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('emails_wanted', sa.String(length=20), nullable=False),
    sa.Column('minutes_per_page', sa.Integer(), nullable=False),
    sa.Column('feed_generation', sa.Integer(), nullable=False),
    sa.Column('sealed_totp', sa.String(length=300), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email'))
    )
    op.create_table('work',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('gave_up', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work'))
    )
    with op.batch_alter_table('work', schema=None) as batch_op:
        batch_op.create_index('ix_work_open', ['done_at', 'not_before'], unique=False)

    op.create_table('emails',
    sa.Column('key', sa.String(length=250), nullable=False),
    sa.Column('template', sa.String(length=40), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('to_address', sa.String(length=254), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('waiting', 'held', 'bundled', 'sent', 'failed', 'expired')", name=op.f('ck_emails_status')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_emails_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emails')),
    sa.UniqueConstraint('key', name=op.f('uq_emails_key'))
    )
    with op.batch_alter_table('emails', schema=None) as batch_op:
        batch_op.create_index('ix_emails_board', ['board_id', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_emails_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_emails_to_send', ['status', 'not_before'], unique=False)

    op.create_table('groups',
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'parent_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_groups_board_id_parent_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_groups_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groups')),
    sa.UniqueConstraint('board_id', 'id', name=op.f('uq_groups_board_id_id'))
    )
    with op.batch_alter_table('groups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_groups_board_id'), ['board_id'], unique=False)

    op.create_table('known_browsers',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_known_browsers_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_known_browsers')),
    sa.UniqueConstraint('key', name=op.f('uq_known_browsers_key'))
    )
    with op.batch_alter_table('known_browsers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_known_browsers_person_id'), ['person_id'], unique=False)

    op.create_table('mailed_links',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fingerprint', sa.String(length=16), nullable=False),
    sa.Column('new_email', sa.String(length=254), nullable=True),
    sa.Column('old_email', sa.String(length=254), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mailed_links_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailed_links'))
    )
    with op.batch_alter_table('mailed_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mailed_links_person_id'), ['person_id'], unique=False)

    op.create_table('recovery_codes',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_recovery_codes_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_codes'))
    )
    with op.batch_alter_table('recovery_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_codes_person_id'), ['person_id'], unique=False)

    op.create_table('sessions',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('needs_factor', sa.Boolean(), nullable=False),
    sa.Column('factor_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sessions_person_id_people')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sessions'))
    )
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sessions_person_id'), ['person_id'], unique=False)

    op.create_table('staff_roles',
    sa.Column('board_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("(board_id IS NULL) = (role = 'coordinator')", name=op.f('ck_staff_roles_coordinators_have_no_board')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_staff_roles_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_staff_roles_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_roles'))
    )
    with op.batch_alter_table('staff_roles', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_roles_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_staff_roles_person', ['person_id', 'until_on'], unique=False)

    op.create_table('meetings',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('meets_on', sa.Date(), nullable=False),
    sa.Column('first_meets_on', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('agenda_published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes_published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('minutes_approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('planned', 'adjourned', 'cancelled')", name=op.f('ck_meetings_status')),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_meetings_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_meetings_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('board_id', 'group_id', 'id', name=op.f('uq_meetings_board_id_group_id_id'))
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index('ix_meetings_board_day', ['board_id', 'meets_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_meetings_group_day', ['group_id', 'meets_on'], unique=False)

    op.create_table('seats',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('votes_from', sa.Date(), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id'], ['groups.board_id', 'groups.id'], name=op.f('fk_seats_board_id_group_id_groups')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_seats_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seats')),
    sa.UniqueConstraint('board_id', 'group_id', 'id', name=op.f('uq_seats_board_id_group_id_id'))
    )
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seats_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seats_group_id'), ['group_id'], unique=False)

    op.create_table('agenda_items',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('is_verbal', sa.Boolean(), nullable=False),
    sa.Column('is_urgent', sa.Boolean(), nullable=False),
    sa.Column('chairs_ruling', sa.String(length=500), nullable=False),
    sa.Column('is_restricted', sa.Boolean(), nullable=False),
    sa.Column('paragraphs', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_agenda_items_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_agenda_items_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_items')),
    sa.UniqueConstraint('board_id', 'meeting_id', 'id', name=op.f('uq_agenda_items_board_id_meeting_id_id'))
    )
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_items_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_agenda_items_meeting_position', ['meeting_id', 'position'], unique=False)

    op.create_table('appointments',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('seat_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('capacity', sa.String(length=20), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_appointments_until_after_from')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'seat_id'], ['seats.board_id', 'seats.group_id', 'seats.id'], name=op.f('fk_appointments_board_id_group_id_seat_id_seats')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_appointments_board_id_boards')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_appointments_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointments'))
    )
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointments_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_group_id'), ['group_id'], unique=False)
        batch_op.create_index('ix_appointments_person', ['person_id', 'until_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointments_seat_id'), ['seat_id'], unique=False)

    op.create_table('packs',
    sa.Column('contents', sa.String(length=64), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_packs_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_packs_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_packs')),
    sa.UniqueConstraint('contents', name=op.f('uq_packs_contents'))
    )
    with op.batch_alter_table('packs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_packs_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_packs_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('publications',
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('announce_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_publications_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_publications_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publications'))
    )
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publications_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_publications_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_publications_to_announce', ['announced_at', 'announce_at'], unique=False)

    op.create_table('stand_ins',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('on_behalf_of_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('person_id <> on_behalf_of_id', name=op.f('ck_stand_ins_somebody_else')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_stand_ins_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_stand_ins_board_id_boards')),
    sa.ForeignKeyConstraint(['on_behalf_of_id'], ['people.id'], name=op.f('fk_stand_ins_on_behalf_of_id_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_stand_ins_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_ins')),
    sa.UniqueConstraint('meeting_id', 'on_behalf_of_id', name=op.f('uq_stand_ins_meeting_id_on_behalf_of_id'))
    )
    with op.batch_alter_table('stand_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stand_ins_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_stand_ins_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('ix_stand_ins_person', ['person_id'], unique=False)

    op.create_table('papers',
    sa.Column('item_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('stage', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('author_post', sa.String(length=200), nullable=False),
    sa.Column('recommendations', sa.Text(), nullable=False),
    sa.Column('equality', sa.String(length=20), nullable=False),
    sa.Column('carer_impact', sa.String(length=20), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_published_on', sa.Date(), nullable=True),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('paper', 'appendix', 'minutes')", name=op.f('ck_papers_kind')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_papers_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_papers_board_id_boards')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_items.id'], name=op.f('fk_papers_item_id_agenda_items'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_papers')),
    sa.UniqueConstraint('board_id', 'meeting_id', 'id', name=op.f('uq_papers_board_id_meeting_id_id'))
    )
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_papers_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_papers_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_papers_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('notes',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('sealed_text', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_notes_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_notes_board_id_boards')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_notes_paper_id_papers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_notes_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notes')),
    sa.UniqueConstraint('paper_id', 'person_id', name=op.f('uq_notes_paper_id_person_id'))
    )
    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notes_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notes_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_notes_person_id'), ['person_id'], unique=False)

    op.create_table('paper_versions',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('stored_as', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('has_text', sa.Boolean(), nullable=False),
    sa.Column('is_tagged', sa.Boolean(), nullable=False),
    sa.Column('has_title', sa.Boolean(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed', sa.String(length=60), nullable=False),
    sa.Column('is_sorted', sa.Boolean(), nullable=False),
    sa.Column('publication_id', sa.Uuid(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('checking', 'ready', 'refused')", name=op.f('ck_paper_versions_status')),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_paper_versions_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_paper_versions_board_id_boards')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_paper_versions_paper_id_papers')),
    sa.ForeignKeyConstraint(['publication_id'], ['publications.id'], name=op.f('fk_paper_versions_publication_id_publications')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_versions')),
    sa.UniqueConstraint('paper_id', 'number', name=op.f('uq_paper_versions_paper_id_number'))
    )
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_versions_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_versions_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_versions_paper_id'), ['paper_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_versions_publication_id'), ['publication_id'], unique=False)

    op.create_table('readings',
    sa.Column('paper_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_readings_board_id_group_id_meeting_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_readings_board_id_boards')),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_readings_paper_id_papers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_readings_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_readings')),
    sa.UniqueConstraint('paper_id', 'person_id', name=op.f('uq_readings_paper_id_person_id'))
    )
    with op.batch_alter_table('readings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_readings_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_readings_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_readings_person_id'), ['person_id'], unique=False)

    op.create_table('page_texts',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_page_texts_board_id_boards')),
    sa.ForeignKeyConstraint(['version_id'], ['paper_versions.id'], name=op.f('fk_page_texts_version_id_paper_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_texts')),
    sa.UniqueConstraint('version_id', 'page', name=op.f('uq_page_texts_version_id_page'))
    )
    with op.batch_alter_table('page_texts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_page_texts_board_id'), ['board_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('page_texts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_page_texts_board_id'))

    op.drop_table('page_texts')
    with op.batch_alter_table('readings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_readings_person_id'))
        batch_op.drop_index(batch_op.f('ix_readings_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_readings_board_id'))

    op.drop_table('readings')
    with op.batch_alter_table('paper_versions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_versions_publication_id'))
        batch_op.drop_index(batch_op.f('ix_paper_versions_paper_id'))
        batch_op.drop_index(batch_op.f('ix_paper_versions_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_paper_versions_board_id'))

    op.drop_table('paper_versions')
    with op.batch_alter_table('notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notes_person_id'))
        batch_op.drop_index(batch_op.f('ix_notes_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_notes_board_id'))

    op.drop_table('notes')
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_papers_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_papers_item_id'))
        batch_op.drop_index(batch_op.f('ix_papers_board_id'))

    op.drop_table('papers')
    with op.batch_alter_table('stand_ins', schema=None) as batch_op:
        batch_op.drop_index('ix_stand_ins_person')
        batch_op.drop_index(batch_op.f('ix_stand_ins_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_stand_ins_board_id'))

    op.drop_table('stand_ins')
    with op.batch_alter_table('publications', schema=None) as batch_op:
        batch_op.drop_index('ix_publications_to_announce')
        batch_op.drop_index(batch_op.f('ix_publications_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_publications_board_id'))

    op.drop_table('publications')
    with op.batch_alter_table('packs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_packs_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_packs_board_id'))

    op.drop_table('packs')
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointments_seat_id'))
        batch_op.drop_index('ix_appointments_person')
        batch_op.drop_index(batch_op.f('ix_appointments_group_id'))
        batch_op.drop_index(batch_op.f('ix_appointments_board_id'))

    op.drop_table('appointments')
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.drop_index('ix_agenda_items_meeting_position')
        batch_op.drop_index(batch_op.f('ix_agenda_items_board_id'))

    op.drop_table('agenda_items')
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seats_group_id'))
        batch_op.drop_index(batch_op.f('ix_seats_board_id'))

    op.drop_table('seats')
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index('ix_meetings_group_day')
        batch_op.drop_index(batch_op.f('ix_meetings_board_id'))
        batch_op.drop_index('ix_meetings_board_day')

    op.drop_table('meetings')
    with op.batch_alter_table('staff_roles', schema=None) as batch_op:
        batch_op.drop_index('ix_staff_roles_person')
        batch_op.drop_index(batch_op.f('ix_staff_roles_board_id'))

    op.drop_table('staff_roles')
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sessions_person_id'))

    op.drop_table('sessions')
    with op.batch_alter_table('recovery_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_codes_person_id'))

    op.drop_table('recovery_codes')
    with op.batch_alter_table('mailed_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mailed_links_person_id'))

    op.drop_table('mailed_links')
    with op.batch_alter_table('known_browsers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_known_browsers_person_id'))

    op.drop_table('known_browsers')
    with op.batch_alter_table('groups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_groups_board_id'))

    op.drop_table('groups')
    with op.batch_alter_table('emails', schema=None) as batch_op:
        batch_op.drop_index('ix_emails_to_send')
        batch_op.drop_index(batch_op.f('ix_emails_person_id'))
        batch_op.drop_index('ix_emails_board')

    op.drop_table('emails')
    with op.batch_alter_table('work', schema=None) as batch_op:
        batch_op.drop_index('ix_work_open')

    op.drop_table('work')
    op.drop_table('people')
    op.drop_table('occasions')
    with op.batch_alter_table('hits', schema=None) as batch_op:
        batch_op.drop_index('ix_hits_key_hit_at')

    op.drop_table('hits')
    op.drop_table('boards')
    with op.batch_alter_table('audit_lines', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_lines_board_id_at')

    op.drop_table('audit_lines')
