"""What boards want of their administrators, and who has a line in the desk's table: everybody who sits there today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select

from portal.access.permissions import BOARDS_MANAGE, DESK_READ, OWN_ROLES_SETTLE
from portal.access.roles import APPROVER, CLERK, OFFICER, ROLE_NAMES
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards import data_protection
from portal.boards.independence.queries import brought_in
from portal.boards.models import Appointment, Board, Group, Seat, StaffRole
from portal.boards.offers.todo import OFFERED
from portal.boards.people.queries import waits
from portal.boards.people.todo import DECLINED
from portal.core.clock import london_day
from portal.core.text import together, with_article
from portal.infra.kept import Whoever
from portal.infra.todo import SINCE, UNSAID, Line, Rows, Says, ToDo, Whom


@dataclass(frozen=True)
class Seated:
    """A rep, and one group on which they sit."""

    board_id: UUID
    person_id: UUID
    person_name: str
    group_name: str


def _seated(who: Whoever) -> Rows:
    of_person = (Appointment.board_id, Appointment.person_id, Person.name.label("person_name"))
    return (
        select(*of_person, Group.name.label("group_name"))
        .join(Person, Person.id == Appointment.person_id)
        .join(Group, Group.id == Appointment.group_id)
        .where(Appointment.from_on <= who.today, Appointment.until_on >= who.today, who.within(DESK_READ, Appointment))
        .where(~is_withdrawn())
    )


@dataclass(frozen=True)
class SetUp:
    """What a board has of each thing that its administrators set up."""

    board_id: UUID
    board: str
    board_name: str
    groups: int
    seats: int
    reps: int
    clerks: int
    officers: int
    approvers: int

    @property
    def next_thing(self) -> str:
        """What comes first of what is missing; '' where nothing is."""
        steps = (
            (self.groups, "Add the groups"),
            (self.seats, "Add seats for carer reps"),
            (self.reps, "Appoint carer reps"),
        )
        return next((words for number, words in steps if not number), "")

    @property
    def without(self) -> list[str]:
        """The roles that nobody has."""
        roles = ((self.clerks, CLERK), (self.officers, OFFICER), (self.approvers, APPROVER))
        return [with_article(ROLE_NAMES[role]) for number, role in roles if not number]


def _set_up(who: Whoever) -> Rows:
    of_board = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    has = {
        "groups": _number(Group, Group.closed_on.is_(None)),
        "seats": _number(Seat, Seat.closed_on.is_(None)),
        "reps": _number(Appointment, Appointment.until_on >= who.today, _can_join(Appointment)),
        **{f"{role}s": _number(StaffRole, StaffRole.role == role, _runs(who)) for role in (CLERK, OFFICER, APPROVER)},
    }
    counts = (number.label(name) for name, number in has.items())
    return select(*of_board, *counts).where(who.within(BOARDS_MANAGE, Board))


def _number(model: type[Group | Seat | Appointment | StaffRole], *where: ColumnElement[bool]) -> ScalarSelect[int]:
    statement = select(func.count(model.id)).where(model.board_id == Board.id, *where)
    return statement.correlate(Board).scalar_subquery()


def _runs(who: Whoever) -> ColumnElement[bool]:
    """Of a role: that it has not ended, and whoever has it can still join."""
    lasts = or_(StaffRole.until_on.is_(None), StaffRole.until_on >= who.today)
    return lasts & StaffRole.waits_since.is_(None) & _can_join(StaffRole)


def _can_join(model: type[Appointment | StaffRole]) -> ColumnElement[bool]:
    return model.person_id.not_in(select(Person.id).where(is_withdrawn()))


def _set_up_board(found: Sequence[SetUp], today: date) -> Iterator[Line]:
    for one in found:
        if one.next_thing:
            yield Line(today, f"{one.next_thing}, {one.board_name}", where={"board": one.board}, day_is=UNSAID)


def _invite_staff(found: Sequence[SetUp], today: date) -> Iterator[Line]:
    for one in found:
        if one.without:
            title = f"Invite {together(one.without)}, {one.board_name}"
            says = "Nobody has this role now" if len(one.without) == 1 else "Nobody has these roles now"
            yield Line(today, title, says, {"board": one.board}, day_is=UNSAID)


@dataclass(frozen=True)
class OwnRole:
    """A role that another administrator gave themselves, and that waits."""

    board_id: UUID
    board: str
    board_name: str
    role_id: UUID
    role: str
    person_name: str
    since: datetime


def _own_roles(who: Whoever) -> Rows:
    of_board = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    of_role = (StaffRole.id.label("role_id"), StaffRole.role, Person.name.label("person_name"))
    rows = select(*of_board, *of_role, StaffRole.waits_since.label("since")).join(Board, Board.id == StaffRole.board_id)
    rows = rows.join(Person, Person.id == StaffRole.person_id)
    is_theirs = brought_in(StaffRole.board_id, StaffRole.person_id, who.id, who.now)
    return rows.where(who.within(OWN_ROLES_SETTLE, StaffRole), waits(who.today), ~is_theirs)


def _settle_roles(found: Sequence[OwnRole], _today: date) -> Iterator[Line]:
    for one in found:
        title = f"Agree or refuse: {one.person_name} gave themselves a role, {one.board_name}"
        where = {"board": one.board, "own_role_id": one.role_id}
        words = f"{ROLE_NAMES[one.role].capitalize()}. It does not begin until another administrator agrees"
        yield Line(london_day(one.since), title, words, where, day_is=SINCE)


@dataclass(frozen=True)
class DataProtection:
    """What a board says of data protection, where something of it is missing."""

    board_id: UUID
    board: str
    board_name: str
    controller: str
    controller_address: str
    data_protection_email: str
    health_condition: str


def _data_protection(who: Whoever) -> Rows:
    of_board = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    needed = [getattr(Board, name) for name in data_protection.NEEDED]
    is_missing = or_(*(column == "" for column in needed))
    return select(*of_board, *needed).where(who.within(BOARDS_MANAGE, Board), is_missing)


def _say_whom_to_ask(found: Sequence[DataProtection], today: date) -> Iterator[Line]:
    for one in found:
        title = f"Complete data protection details for {one.board_name}"
        words = f"Missing: {together(data_protection.missing(vars(one)))}. These are shown on the privacy page"
        yield Line(today, title, words, {"board": one.board}, day_is=UNSAID)


DATA_PROTECTION = ToDo(
    "data protection to complete",
    Whom.STAFF,
    DataProtection,
    _data_protection,
    first_page=Says("boards.settings", _say_whom_to_ask),
)
OWN_ROLE = ToDo(
    "own role to settle",
    Whom.STAFF,
    OwnRole,
    _own_roles,
    first_page=Says("boards.settle_role", _settle_roles, names_board=True),
)
SET_UP = ToDo(
    "board to set up", Whom.STAFF, SetUp, _set_up, first_page=Says("boards.show", _set_up_board, names_board=True)
)
STAFF = ToDo(
    "staff to invite", Whom.STAFF, SetUp, _set_up, first_page=Says("boards.people", _invite_staff, names_board=True)
)
SEATED = ToDo("rep of a group", Whom.NOBODY, Seated, _seated, in_table=True)
TODO = (SEATED, SET_UP, STAFF, OWN_ROLE, OFFERED, DECLINED, DATA_PROTECTION)
