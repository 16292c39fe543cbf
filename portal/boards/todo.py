"""What boards want of their administrators, and who has a line in the desk's table: everybody who sits there today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from portal.access.permissions import BOARDS_MANAGE, DESK_READ, OWN_ROLES_SETTLE
from portal.access.roles import APPROVER, CLERK, OFFICER, ROLE_NAMES
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards.independence.queries import brought_in
from portal.boards.models import Appointment, Board, Group, StaffRole
from portal.boards.offers.todo import OFFERED
from portal.boards.people.queries import waits
from portal.boards.people.todo import DECLINED
from portal.core.clock import london_day
from portal.core.text import together, with_article
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, UNSAID, Line


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
class Empty:
    """What of a board nobody has any more, who had it once; what nobody ever had is a step of setting it up."""

    board_id: UUID
    board: str
    board_name: str
    rep: bool
    clerk: bool
    officer: bool
    approver: bool

    @property
    def without(self) -> list[str]:
        """The roles that nobody has."""
        roles = ((self.clerk, CLERK), (self.officer, OFFICER), (self.approver, APPROVER))
        return [with_article(ROLE_NAMES[role]) for is_empty, role in roles if is_empty]


def _empty(who: Whoever) -> Rows:
    of_board = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    lasts = or_(StaffRole.until_on.is_(None), StaffRole.until_on >= who.today)
    has_begun = StaffRole.waits_since.is_(None)
    empty = {
        "rep": _had(Appointment) & ~_had(Appointment, Appointment.until_on >= who.today),
        **{
            role: _had(StaffRole, StaffRole.role == role, has_begun)
            & ~_had(StaffRole, StaffRole.role == role, has_begun, lasts)
            for role in (CLERK, OFFICER, APPROVER)
        },
    }
    return select(*of_board, *(is_empty.label(name) for name, is_empty in empty.items())).where(
        who.within(BOARDS_MANAGE, Board), or_(*empty.values())
    )


def _had(model: type[Appointment | StaffRole], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether anybody of a board has or had it, but whoever never joined."""
    can_join = model.person_id.not_in(select(Person.id).where(is_withdrawn()))
    return exists().where(model.board_id == Board.id, can_join, *where).correlate(Board)


def _appoint_reps(found: Sequence[Empty], today: date) -> Iterator[Line]:
    for one in found:
        if one.rep:
            yield Line(today, f"Appoint carer reps, {one.board_name}", where={"board": one.board}, day_is=UNSAID)


def _invite_staff(found: Sequence[Empty], today: date) -> Iterator[Line]:
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


OWN_ROLE = ToDo(
    "own role to settle",
    Whom.STAFF,
    OwnRole,
    _own_roles,
    first_page=Says("boards.settle_role", _settle_roles, names_board=True),
)
REPS = ToDo(
    "reps to appoint", Whom.STAFF, Empty, _empty, first_page=Says("boards.show", _appoint_reps, names_board=True)
)
STAFF = ToDo(
    "staff to invite", Whom.STAFF, Empty, _empty, first_page=Says("boards.people", _invite_staff, names_board=True)
)
SEATED = ToDo("rep of a group", Whom.NOBODY, Seated, _seated, in_table=True)
TODO = (SEATED, REPS, STAFF, OWN_ROLE, OFFERED, DECLINED)
