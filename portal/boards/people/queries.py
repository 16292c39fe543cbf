"""Finding who works for a board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import OWN_ROLES_SETTLE, PEOPLE_READ
from portal.access.roles import OFFICER, REP
from portal.accounts.models import MailedLink, Person
from portal.accounts.queries import newest_invitations, state_by_link
from portal.accounts.rules import DECLINED, INVITATION, INVITED, LINK_LIFE, NOT_DELIVERED, RAN_OUT, WITHDRAWN
from portal.boards.access.queries import suspended
from portal.boards.contacts.rules import WITH_WORK_PHONE
from portal.boards.models import Appointment, Board, Group, Seat, StaffRole
from portal.boards.queries import able, staff_with_role
from portal.core import clock
from portal.core.addresses import is_kept_right
from portal.core.clock import london_day
from portal.core.names import name_key
from portal.core.text import date_words
from portal.infra.database import db
from portal.infra.kept import AnyDay
from portal.infra.name_order import by_name
from portal.infra.sight import Sight, seen_with

STATES = {  # how the state of an invitation is said after a name
    INVITED: "invited, not yet accepted",
    NOT_DELIVERED: "invited, but the email was not delivered",
    RAN_OUT: "invited, but the invitation has expired",
    WITHDRAWN: "invitation withdrawn",
    DECLINED: "declined the invitation",
}


@seen_with(PEOPLE_READ)
def staff_role(sight: Sight, board: str, role_id: UUID) -> StaffRole | None:
    limits = sight.of(StaffRole)
    statement = select(StaffRole).join(Board, Board.id == StaffRole.board_id)
    statement = statement.where(Board.key == board, StaffRole.id == role_id, limits)
    return db.session.scalar(statement.options(joinedload(StaffRole.person)))


@seen_with(OWN_ROLES_SETTLE)
def waiting_role(sight: Sight, board: str, own_role_id: UUID) -> StaffRole | None:
    """A role that somebody else gave themselves, and that waits."""
    statement = select(StaffRole).join(Board, Board.id == StaffRole.board_id)
    statement = statement.where(
        Board.key == board, StaffRole.id == own_role_id, sight.of(StaffRole), waits(clock.today())
    )
    return db.session.scalar(statement.options(joinedload(StaffRole.person)))


def waits(today: AnyDay) -> ColumnElement[bool]:
    """Roles that somebody gave themselves, to which nobody has agreed and which nobody has refused."""
    return and_(StaffRole.waits_since.is_not(None), or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today))


def is_waiting(board_id: UUID, person_id: UUID, role: str) -> bool:
    """Whether somebody gave themselves this role, and it waits."""
    theirs = (StaffRole.board_id == board_id, StaffRole.person_id == person_id, StaffRole.role == role)
    found = select(StaffRole.id).where(*theirs, waits(clock.today()))
    return db.session.scalar(found.order_by(StaffRole.id).limit(1)) is not None


def waiting_role_of(board_id: UUID, email: str, role: str) -> StaffRole | None:
    """For whoever runs the portal."""
    statement = select(StaffRole).join(StaffRole.person)
    theirs = (StaffRole.board_id == board_id, Person.email == email.lower(), StaffRole.role == role)
    return db.session.scalar(statement.where(*theirs, waits(clock.today())).order_by(StaffRole.id).limit(1))


def staff(board_id: UUID, today: date) -> Sequence[StaffRole]:
    """Staff roles in force on a board, with their people."""
    statement = select(StaffRole).join(StaffRole.person).options(joinedload(StaffRole.person))
    statement = statement.where(
        StaffRole.board_id == board_id, or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today)
    )
    return db.session.scalars(statement.order_by(by_name(Person.name), StaffRole.role, StaffRole.id)).unique().all()


def officers(board_id: UUID, today: date) -> list[Person]:
    """The engagement officers of a board who have joined and can act today, by name."""
    can_act = able(board_id, OFFICER)
    return [held.person for held in staff(board_id, today) if held.role == OFFICER and held.person_id in can_act]


def is_last_of_role(held: StaffRole) -> bool:
    """Whether nobody else of the board has this role today; an invitation that was withdrawn counts for nothing."""
    others = set(staff_with_role(held.board_id, [held.role])) - {held.person_id} if held.board_id else set()
    return not others


@dataclass(frozen=True)
class Invitation:
    """What became of somebody's invitation, when it was sent, and until when it works."""

    state: str
    until: datetime | None
    days: int | None = None  # since it was sent, the last time
    out_on: date | None = None  # when it was declined or withdrawn

    @property
    def words(self) -> str:
        """The same everywhere, after the name of whoever has a seat or role: 'invited, not yet accepted'."""
        words = STATES[self.state]
        return f"{words} on {date_words(self.out_on)}" if self.out_on else words

    @property
    def tag(self) -> str:
        """The words at the beginning of a line."""
        return self.words[0].upper() + self.words[1:]

    @property
    def asked(self) -> str:
        """'Asked 3 days ago'; '' where no invitation is on record."""
        if self.days is None:
            return ""
        return ("Asked today", "Asked yesterday")[self.days] if self.days < 2 else f"Asked {self.days} days ago"


def invitations_of(people: Iterable[Person]) -> dict[UUID, Invitation]:
    """What became of the invitation of each of these who has not joined."""
    new = {one.id: one for one in people if not one.joined_at}
    links = newest_invitations(new) if new else {}
    return {person_id: _invitation(one, links.get(person_id)) for person_id, one in new.items()}


def invitation_of(person: Person) -> Invitation | None:
    """None for whoever has joined."""
    return None if person.joined_at else _invitation(person, newest_invitations([person.id]).get(person.id))


def _invitation(person: Person, link: MailedLink | None) -> Invitation:
    until = link.created_at + LINK_LIFE[INVITATION] if link else None
    days = max(0, (clock.today() - london_day(link.created_at)).days) if link else None
    return Invitation(state_by_link(person, link), until, days, person.out_on)


@dataclass
class Member:
    """Somebody of a board once, with every seat and role that they have or will have there."""

    person: Person
    seats: list[tuple[Seat, Appointment]] = field(default_factory=list)
    staff_roles: list[StaffRole] = field(default_factory=list)
    invitation: Invitation | None = None  # of somebody who has not joined
    is_suspended: bool = False

    @property
    def is_address_wrong(self) -> bool:
        return not is_kept_right(self.person.email)

    @property
    def work_phone(self) -> str:
        """What they have given as staff of this board: as staff of another alone they have none here."""
        begun = (one for one in self.staff_roles if one.waits_since is None and one.from_on <= clock.today())
        works = any(one.role in WITH_WORK_PHONE for one in begun)
        return self.person.work_phone if works and not self.is_withdrawn else ""

    @property
    def is_withdrawn(self) -> bool:
        return self.invitation is not None and self.invitation.state in (WITHDRAWN, DECLINED)


def members(board_id: UUID, today: date) -> list[Member]:
    """Everyone with a seat or role on a board that has not ended, by name."""
    found: dict[UUID, Member] = {}
    for appointment, seat in _appointments(board_id, today):
        member = found.setdefault(appointment.person_id, Member(appointment.person))
        member.seats.append((seat, appointment))
    for role in staff(board_id, today):
        found.setdefault(role.person_id, Member(role.person)).staff_roles.append(role)
    _add_invitations(found)
    for person_id in suspended(board_id) & found.keys():
        found[person_id].is_suspended = True
    return sorted(found.values(), key=lambda member: (name_key(member.person.name), member.person.id))


def _add_invitations(found: Mapping[UUID, Member]) -> None:
    for person_id, invitation in invitations_of(member.person for member in found.values()).items():
        found[person_id].invitation = invitation


def left_open(board_id: UUID, today: date) -> Sequence[Person]:
    """Whose roles and seats have all ended, on this board and every other, while their account is open."""
    role = exists().where(
        StaffRole.person_id == Person.id, or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today)
    )
    seat = exists().where(Appointment.person_id == Person.id, Appointment.until_on >= today)
    is_open = and_(Person.disabled_at.is_(None), Person.erased_at.is_(None), Person.joined_at.is_not(None))
    statement = select(Person).where(_was_ever_on(board_id), is_open, ~role, ~seat)
    return db.session.scalars(statement.order_by(by_name(Person.name), Person.id)).all()


def never_joined(board_id: UUID, today: date) -> dict[Person, Invitation]:
    """Who was invited to a board, has nothing there any more and did not join; and what became of the invitation.

    Not whoever joined later by another invitation to the same address.
    """
    is_out = and_(Person.joined_at.is_(None), Person.erased_at.is_(None), Person.invitation_withdrawn_at.is_not(None))
    invited = select(MailedLink.person_id).where(MailedLink.for_board_id == board_id, MailedLink.purpose == INVITATION)
    theirs = or_(_was_ever_on(board_id), Person.id.in_(invited))
    joined = and_(_was_ever_on(board_id), Person.joined_at.is_not(None))
    later = select(Person.email).where(or_(joined, _is_on(board_id, today))).correlate(None)
    statement = select(Person).where(theirs, is_out, ~_is_on(board_id, today), Person.email.not_in(later))
    found = db.session.scalars(statement.order_by(by_name(Person.name), Person.id)).all()
    invitations = invitations_of(found)
    return {one: invitations[one.id] for one in found}


def _appointments(board_id: UUID, today: date) -> list[tuple[Appointment, Seat]]:
    statement = select(Appointment, Seat).join(Seat, Seat.id == Appointment.seat_id)
    statement = statement.where(Appointment.board_id == board_id, Seat.board_id == board_id)
    statement = statement.where(Appointment.until_on >= today).options(joinedload(Appointment.person))
    rows = db.session.execute(statement.order_by(Appointment.from_on, Appointment.id))
    return [(appointment, seat) for appointment, seat in rows]


def terms_of_role(board_id: UUID, person_id: UUID, role: str) -> list[tuple[date, date]]:
    """When somebody holds, held or will hold a role on a board."""
    which = (StaffRole.board_id == board_id, StaffRole.person_id == person_id, StaffRole.role == role)
    rows = db.session.execute(
        select(StaffRole.from_on, StaffRole.until_on).where(*which).order_by(StaffRole.from_on, StaffRole.id)
    )
    return [(start, end or date.max) for start, end in rows]


def posts_of(board_id: UUID, person_id: UUID, today: date) -> list[tuple[str, str, date, date | None]]:
    """(role, group, first day, last day) of all that somebody has or will have on a board; a group for reps only."""
    seats = select(Appointment.from_on, Appointment.until_on, Group.name).join(Group, Group.id == Appointment.group_id)
    seats = seats.where(Appointment.board_id == board_id, Appointment.person_id == person_id)
    seats = seats.where(Appointment.until_on >= today).order_by(Appointment.from_on, Appointment.id)
    roles = select(StaffRole.from_on, StaffRole.until_on, StaffRole.role)
    roles = roles.where(StaffRole.board_id == board_id, StaffRole.person_id == person_id)
    roles = roles.where(or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today))
    found: list[tuple[str, str, date, date | None]] = []
    found += [(REP, group, first, last) for first, last, group in db.session.execute(seats)]
    rows = db.session.execute(roles.order_by(StaffRole.from_on, StaffRole.id))
    return found + [(role, "", first, last) for first, last, role in rows]


def names_by_email(board_id: UUID) -> dict[str, str]:
    """The names of everyone who has a role or seat on a board, or will have one: whoever left is invited anew."""
    statement = select(Person.email, Person.name).where(_is_on(board_id, clock.today())).order_by(Person.id)
    return {email: name for email, name in db.session.execute(statement)}  # noqa: C416 - rows are not pairs to mypy


def everyone_ever(board_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of everyone who has or had a role or seat on a board, by name."""
    statement = select(Person.id, Person.name).where(_was_ever_on(board_id))
    return [(key, name) for key, name in db.session.execute(statement.order_by(by_name(Person.name), Person.id))]


def _is_on(board_id: UUID, today: date) -> ColumnElement[bool]:
    """Of a person: that they have a role or seat on a board, or will have one."""
    role = exists().where(StaffRole.person_id == Person.id, StaffRole.board_id == board_id)
    role = role.where(or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today))
    seat = exists().where(Appointment.person_id == Person.id, Appointment.board_id == board_id)
    return or_(role, seat.where(Appointment.until_on >= today))


def person_of_board(board_id: UUID, email: str, today: date) -> Person | None:
    """Who of a board has an address.

    Only what this board itself knows is asked, so that the answer tells nothing of what anybody has elsewhere.
    """
    is_theirs = (Person.email == email, Person.erased_at.is_(None), _is_on(board_id, today))
    statement = select(Person).where(*is_theirs)
    return db.session.scalars(statement.order_by(Person.joined_at.is_(None), Person.invited_at, Person.id)).first()


def _was_ever_on(board_id: UUID) -> ColumnElement[bool]:
    roles = select(StaffRole.person_id).where(StaffRole.board_id == board_id)
    seats = select(Appointment.person_id).where(Appointment.board_id == board_id)
    return or_(Person.id.in_(roles), Person.id.in_(seats))
