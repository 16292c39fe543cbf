"""what figures rest on is dated: targets for papers, first sittings, when things were recorded; and corrections"""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

import portal

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

BEGINNING = dt.date(1900, 1, 1)
LONDON = ZoneInfo('Europe/London')


def upgrade():
    _make_tables()
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opened_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('attendance_at', portal.infra.database.UtcMoment(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f('ck_meetings_status'), type_='check')
    op.execute("UPDATE meetings SET status = 'planned' WHERE status = 'adjourned'")
    op.execute('UPDATE meetings SET opened_on = meets_on')
    op.execute(
        'UPDATE meetings SET attendance_at = starts_at WHERE id IN'
        " (SELECT meeting_id FROM check_ins WHERE attended <> '')"
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.alter_column('opened_on', existing_type=sa.Date(), nullable=False)
        batch_op.create_check_constraint(op.f('ck_meetings_status'), "status IN ('planned', 'cancelled', 'not_held')")
        batch_op.create_index('ix_meetings_board_opened', ['board_id', 'opened_on'])
    _add_day('agenda_items', 'added_on', _called_on)
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.add_column(sa.Column('attendance_on', sa.Date(), nullable=True))
    op.execute(
        'UPDATE check_ins SET attendance_on = (SELECT meets_on FROM meetings WHERE meetings.id = check_ins.meeting_id)'
        " WHERE attended <> ''"
    )
    _add_day('awareness_sessions', 'recorded_on', _held_on)
    with op.batch_alter_table('awareness_sessions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawn_on', sa.Date(), nullable=True))
    _targets_from_boards()


def _make_tables():
    op.create_table('paper_targets',
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('meetings_from', sa.Date(), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('days BETWEEN 1 AND 60', name=op.f('ck_paper_targets_days')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_paper_targets_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_targets')),
    sa.UniqueConstraint('board_id', 'from_on', name=op.f('uq_paper_targets_board_id_from_on'))
    )
    with op.batch_alter_table('paper_targets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_targets_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_paper_targets_board_meetings', ['board_id', 'meetings_from'], unique=False)
    op.create_table('sittings',
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('starts_at', portal.infra.database.UtcMoment(timezone=True), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['board_id', 'group_id', 'meeting_id'], ['meetings.board_id', 'meetings.group_id', 'meetings.id'], name=op.f('fk_sittings_board_id_meetings')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_sittings_board_id_boards')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sittings'))
    )
    with op.batch_alter_table('sittings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sittings_board_id'), ['board_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sittings_meeting_id'), ['meeting_id'], unique=False)
    op.create_table('corrections',
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('is_of_board', sa.Boolean(), nullable=False),
    sa.Column('thing_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=True),
    sa.Column('about_id', sa.Uuid(), nullable=True),
    sa.Column('about', sa.String(length=300), nullable=False),
    sa.Column('was_value', sa.String(length=300), nullable=False),
    sa.Column('now_value', sa.String(length=300), nullable=False),
    sa.Column('was', sa.String(length=300), nullable=False),
    sa.Column('now', sa.String(length=300), nullable=False),
    sa.Column('judged_was', sa.String(length=300), nullable=False),
    sa.Column('judged_now', sa.String(length=300), nullable=False),
    sa.Column('makes_better', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('sealed_line', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', portal.infra.database.UtcMoment(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', portal.infra.database.UtcMoment(timezone=True), nullable=True),
    sa.Column('board_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("status IN ('waiting', 'made', 'declined')", name=op.f('ck_corrections_status')),
    sa.CheckConstraint("NOT makes_better OR status <> 'made' OR decided_by_id <> asked_by_id", name=op.f('ck_corrections_second_person')),
    sa.CheckConstraint("is_of_board OR status = 'made'", name=op.f('ck_corrections_rows_are_made')),
    sa.ForeignKeyConstraint(['about_id'], ['people.id'], name=op.f('fk_corrections_about_id_people')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_corrections_asked_by_id_people')),
    sa.ForeignKeyConstraint(['board_id'], ['boards.id'], name=op.f('fk_corrections_board_id_boards')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_corrections_decided_by_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_corrections'))
    )
    with op.batch_alter_table('corrections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_corrections_about_id'), ['about_id'], unique=False)
        batch_op.create_index('ix_corrections_board_kind', ['board_id', 'kind', 'decided_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_corrections_board_id'), ['board_id'], unique=False)
        batch_op.create_index('ix_corrections_thing', ['thing_id'], unique=False)


def _add_day(table, column, fill):
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column(column, sa.Date(), nullable=True))
    fill()
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(column, existing_type=sa.Date(), nullable=False)


def _called_on():
    """Of items nobody knows the day; all were counted so far, as if they had been there from the beginning."""
    meetings = sa.table('meetings', sa.column('id', sa.Uuid), sa.column('called_at', portal.infra.database.UtcMoment))
    items = sa.table('agenda_items', sa.column('meeting_id', sa.Uuid), sa.column('added_on', sa.Date))
    connection = op.get_bind()
    for meeting_id, called_at in connection.execute(sa.select(meetings.c.id, meetings.c.called_at).order_by(meetings.c.id)).all():
        day = called_at.astimezone(LONDON).date()
        connection.execute(items.update().where(items.c.meeting_id == meeting_id).values(added_on=day))


def _held_on():
    op.execute('UPDATE awareness_sessions SET recorded_on = held_on')


BOARDS = sa.table('boards', sa.column('id', sa.Uuid), sa.column('paper_target_days', sa.Integer))
TARGETS = sa.table(
    'paper_targets',
    *(sa.column(name, sa.Uuid) for name in ('id', 'board_id')),
    sa.column('days', sa.Integer),
    *(sa.column(name, sa.Date) for name in ('from_on', 'meetings_from')),
)


def _targets_from_boards():
    """The target that each board has, as if it had always held: it is what its meetings were measured by so far."""
    connection = op.get_bind()
    for board_id, days in connection.execute(sa.select(BOARDS.c.id, BOARDS.c.paper_target_days).order_by(BOARDS.c.id)).all():
        row = {'id': uuid.uuid4(), 'board_id': board_id, 'days': days, 'from_on': BEGINNING, 'meetings_from': BEGINNING}
        connection.execute(TARGETS.insert().values(row))
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.drop_column('paper_target_days')


def downgrade():
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paper_target_days', sa.Integer(), nullable=False, server_default='7'))
    connection = op.get_bind()
    rows = sa.select(TARGETS.c.board_id, TARGETS.c.days).order_by(TARGETS.c.from_on)
    for board_id, days in connection.execute(rows).all():  # the newest last
        connection.execute(BOARDS.update().where(BOARDS.c.id == board_id).values(paper_target_days=days))
    with op.batch_alter_table('boards', schema=None) as batch_op:
        batch_op.alter_column('paper_target_days', existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table('awareness_sessions', schema=None) as batch_op:
        batch_op.drop_column('withdrawn_on')
        batch_op.drop_column('recorded_on')
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.drop_column('attendance_on')
    with op.batch_alter_table('agenda_items', schema=None) as batch_op:
        batch_op.drop_column('added_on')
    op.drop_table('corrections')
    op.drop_table('sittings')
    op.execute("UPDATE meetings SET status = 'cancelled' WHERE status = 'not_held'")
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index('ix_meetings_board_opened')
        batch_op.drop_constraint(op.f('ck_meetings_status'), type_='check')
        batch_op.create_check_constraint(op.f('ck_meetings_status'), "status IN ('planned', 'adjourned', 'cancelled')")
        batch_op.drop_column('attendance_at')
        batch_op.drop_column('opened_on')
    op.drop_table('paper_targets')
