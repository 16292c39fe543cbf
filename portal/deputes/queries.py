"""Finding nominations: a rep's own, those a depute is asked to agree to, and a board's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import DEPUTES_AGREE, DEPUTES_CONFIRM, DEPUTES_NOMINATE
from portal.access.roles import DEPUTE, Viewer
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.boards.models import Appointment, Board, Group
from portal.core import clock
from portal.deputes.models import Nomination
from portal.deputes.rules import CONFIRMED, OPEN, WITHDRAWN, as_depute
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting, StandIn
from portal.role_descriptions import queries as roles
from portal.role_descriptions.models import RoleDescription
from portal.role_descriptions.queries import Waiting

AGREED = (Nomination.status == CONFIRMED, Nomination.agreed_at.is_not(None))


def _with_group(statement: Select[Nomination]) -> Select[Nomination]:
    return statement.options(joinedload(Nomination.group), joinedload(Nomination.person))


@seen_with(DEPUTES_NOMINATE, whose=lambda nomination: (nomination.on_behalf_of_id,))
def own_nomination(sight: Sight, nomination_id: UUID) -> Nomination | None:
    """One that this rep made."""
    limits = sight.of(Nomination)
    own = (Nomination.id == nomination_id, Nomination.on_behalf_of_id == sight.person.id, limits)
    return db.session.scalar(_with_group(select(Nomination).where(*own)))


@seen_with(DEPUTES_AGREE)
def nomination_to_agree(sight: Sight, nomination_id: UUID) -> Nomination | None:
    """One by which this person is a depute."""
    limits = sight.of(Nomination)
    return db.session.scalar(_with_group(select(Nomination).where(Nomination.id == nomination_id, limits)))


@seen_with(DEPUTES_CONFIRM)
def nomination_to_decide(sight: Sight, nomination_id: UUID) -> Nomination | None:
    """One of an officer's board, decided or not: what is typed about one that was decided meanwhile is not lost."""
    one = (Nomination.id == nomination_id, sight.of(Nomination))
    return db.session.scalar(_with_group(select(Nomination).where(*one)))


def nomination(board_id: UUID, nomination_id: UUID) -> Nomination:
    """One of a board, for emails."""
    one = (Nomination.board_id == board_id, Nomination.id == nomination_id)
    return db.session.scalars(_with_group(select(Nomination).where(*one))).one()


def nominations_by(rep_id: UUID) -> Sequence[Nomination]:
    """What a rep has nominated, newest first; withdrawn ones left out."""
    statement = select(Nomination).where(Nomination.on_behalf_of_id == rep_id, Nomination.status != WITHDRAWN)
    return db.session.scalars(_with_group(statement.order_by(Nomination.nominated_at.desc(), Nomination.id))).all()


def standing_in(person_id: UUID) -> list[tuple[Nomination, str]]:
    """Confirmed nominations by which somebody is a depute, with the rep's name."""
    statement = select(Nomination, Person.name).join(Person, Person.id == Nomination.on_behalf_of_id)
    statement = statement.where(Nomination.person_id == person_id, Nomination.status == CONFIRMED)
    rows = db.session.execute(
        statement.order_by(Nomination.nominated_at, Nomination.id).options(joinedload(Nomination.group))
    )
    return [(one, name) for one, name in rows]


def nominations_of_board(board_id: UUID) -> list[tuple[Nomination, str]]:
    """The open nominations of a board with the rep's name, those to decide first."""
    statement = select(Nomination, Person.name).join(Person, Person.id == Nomination.on_behalf_of_id)
    statement = statement.where(Nomination.board_id == board_id, Nomination.status.in_(OPEN))
    statement = statement.order_by(Nomination.status, Nomination.nominated_at, Nomination.id)
    loaded = (joinedload(Nomination.group), joinedload(Nomination.person))
    return [(one, name) for one, name in db.session.execute(statement.options(*loaded))]


def waiting_for_role() -> list[Waiting]:
    """Every depute who agreed to stand in, and not to the newest description of the role: for the clock."""
    statement = (
        roles.with_earlier(Nomination.person_id)
        .join(Nomination, Nomination.group_id == RoleDescription.group_id)
        .where(*AGREED, roles.is_newest())
        .where(roles.not_agreed(Nomination.person_id))
        .order_by(RoleDescription.id, Nomination.person_id)
    )
    return [Waiting(*row) for row in db.session.execute(across_boards(statement, CrossBoardReason.CLOCK))]


def deputes_of(rep_id: UUID, group_id: UUID, meeting_id: UUID) -> Sequence[Nomination]:
    """Who may stand in for a rep at one meeting: they agreed, for it or for any; the newest word first."""
    statement = select(Nomination).where(Nomination.on_behalf_of_id == rep_id, Nomination.group_id == group_id, *AGREED)
    found = db.session.scalars(statement.order_by(Nomination.decided_at.desc(), Nomination.id)).all()
    fitting = [one for one in found if one.only_meeting_id in (None, meeting_id)]
    return sorted(fitting, key=lambda one: one.only_meeting_id is None)


def ready_for(meeting: Meeting) -> dict[UUID, str]:
    """Who has agreed to be a depute at a meeting, and still is one on the board, by name."""
    agreed = {one.person_id for one in _confirmed_for(meeting) if one.agreed_at}
    return {key: name for key, name in boards.people_with_role(meeting.board_id, DEPUTE) if key in agreed}


def not_agreed_for(meeting: Meeting) -> list[str]:
    """The names of those who are asked to be a depute at a meeting and have not agreed."""
    ready = ready_for(meeting)
    return [one.name for one in _confirmed_for(meeting) if not one.agreed_at and one.person_id not in ready]


def _confirmed_for(meeting: Meeting) -> Sequence[Nomination]:
    """For this meeting, or for any of its group."""
    fitting = or_(Nomination.only_meeting_id.is_(None), Nomination.only_meeting_id == meeting.id)
    statement = select(Nomination).where(Nomination.board_id == meeting.board_id, Nomination.status == CONFIRMED)
    statement = statement.where(Nomination.group_id == meeting.group_id, fitting)
    return db.session.scalars(statement.order_by(by_name(Nomination.name), Nomination.id)).all()


def may_stand_in(person_id: UUID, rep_id: UUID, meeting: Meeting) -> bool:
    """Whether somebody is still a depute of the board, and the rep has not taken their nomination back."""
    theirs = (Nomination.person_id == person_id, Nomination.on_behalf_of_id == rep_id)
    statement = select(Nomination.status).where(*theirs, Nomination.group_id == meeting.group_id)
    said = set(db.session.scalars(statement.order_by(Nomination.id)))
    is_taken_back = WITHDRAWN in said and CONFIRMED not in said
    return boards.has_role(meeting.board_id, person_id, DEPUTE) and not is_taken_back


def stand_ins_of(nomination: Nomination) -> Sequence[StandIn]:
    """Where a depute stood or stands in for the rep who nominated them, on that group."""
    theirs = (StandIn.person_id == nomination.person_id, StandIn.on_behalf_of_id == nomination.on_behalf_of_id)
    statement = select(StandIn).where(*theirs, StandIn.group_id == nomination.group_id)
    return db.session.scalars(statement.order_by(StandIn.id)).all()


def coming_stand_ins_of(nomination: Nomination) -> list[StandIn]:
    """The same at meetings to come."""
    found = stand_ins_of(nomination)
    days = meetings.days_of(row.meeting_id for row in found)
    return [row for row in found if days[row.meeting_id] >= clock.today()]


def reps_and_deputes(board_id: UUID, today: date) -> list[tuple[UUID, str]]:
    """(id, name) of the reps and deputes of a board, by name; without those who are only asked to be a depute."""
    found, reps = boards.reps_and_deputes(board_id, today), boards.reps_with_groups(board_id, today)
    statement = select(Nomination.person_id, Nomination.status, Nomination.agreed_at).order_by(Nomination.id)
    rows = [tuple(row) for row in db.session.execute(statement.where(Nomination.board_id == board_id))]
    have_agreed = {key for key, _, agreed_at in rows if agreed_at}  # also of one that was withdrawn since
    only_asked = {key for key, status, _ in rows if status == CONFIRMED} - have_agreed - reps.keys()
    return [one for one in found if one[0] not in only_asked]


def by_kind(board_id: UUID, today: date) -> list[tuple[UUID, str]]:
    """The same, each depute who is no rep named as one: 'Ewan Baird (depute)'."""
    reps = boards.reps_with_groups(board_id, today)
    return [(key, name if key in reps else as_depute(name)) for key, name in reps_and_deputes(board_id, today)]


def emails_of_reps(board_id: UUID, group_id: UUID, today: date) -> set[str]:
    statement = select(Person.email).join(Appointment, Appointment.person_id == Person.id)
    statement = statement.where(
        Appointment.board_id == board_id, Appointment.group_id == group_id, Appointment.until_on >= today
    )
    return set(db.session.scalars(statement.order_by(Person.email)))


def groups_of_rep(person: Viewer) -> Sequence[Group]:
    """The groups on which somebody sits, with their boards."""
    limits = within(reach(person, DEPUTES_NOMINATE), Group)
    statement = select(Group).join(Board, Board.id == Group.board_id).where(limits).options(joinedload(Group.board))
    return db.session.scalars(statement.order_by(by_name(Board.short_name), by_name(Group.name), Group.id)).all()


def agreed_deputes(board_id: UUID) -> list[UUID]:
    """Who agreed to be a depute on a board, and still is one."""
    agreed = (Nomination.board_id == board_id, *AGREED, Nomination.person_id.is_not(None))
    statement = select(Nomination.person_id).where(*agreed).distinct()
    return [key for key in db.session.scalars(statement.order_by(Nomination.person_id)) if key]
