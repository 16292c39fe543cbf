"""Boards, groups, and who holds which role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import aliased, joinedload

from portal.access.decide import reach
from portal.access.permissions import BOARDS_READ, PEOPLE_READ
from portal.access.roles import ADMIN, APPROVER, CLERK, COORDINATOR, DEPUTE, OFFICER, STAFF_ROLES, Viewer
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards.asking import access_of
from portal.boards.models import Appointment, Board, BoardAccess, Group, PaperTarget, StaffRole
from portal.boards.rules import InPost, NewTarget, new_target, target_for
from portal.boards.seats.rules import GAVE_UP
from portal.core import clock
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.kept import AnyDay, made_once
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.infra.web.pages import kept_for_page


@seen_with(BOARDS_READ)
def board(sight: Sight, board: str) -> Board | None:
    """A board by its key, within a person's sight."""
    limits = sight.of(Board)
    return db.session.scalar(select(Board).where(Board.key == board, limits))


def board_by_key(key: str) -> Board | None:
    return db.session.scalar(select(Board).where(Board.key == key))


def board_by_id(board_id: UUID | None) -> Board:
    """The board of a row that has one. Raises NoResultFound for None."""
    return db.session.get_one(Board, board_id)


def boards() -> Sequence[Board]:
    return db.session.scalars(select(Board).order_by(by_name(Board.short_name), Board.id)).all()


def paper_targets(board_id: UUID) -> Sequence[PaperTarget]:
    """Every target for papers that a board ever set, the newest last."""
    statement = select(PaperTarget).where(PaperTarget.board_id == board_id)
    return db.session.scalars(statement.order_by(PaperTarget.from_on, PaperTarget.id)).all()


def target_to_set(board: Board, days: int, from_on: date | None) -> NewTarget | None:
    """The target that somebody is about to set, or None where it would set none."""
    targets, day = paper_targets(board.id), from_on or clock.today()
    if from_on is None and targets[-1].days == days:
        return None
    before = [one for one in targets if one.from_on < day][-1]
    return new_target(days, day, before) if days != before.days else None


@seen_with(BOARDS_READ)
def paper_target(sight: Sight, target_id: UUID) -> PaperTarget | None:
    return db.session.scalar(select(PaperTarget).where(PaperTarget.id == target_id, sight.of(PaperTarget)))


def target_days(board_id: UUID, day: date) -> int:
    """By how many days before them a board wants the papers of the meetings of a day."""
    return target_for(paper_targets(board_id), day)


def every_group(board_id: UUID) -> Sequence[Group]:
    """The groups of a board, closed ones included."""
    return db.session.scalars(select(Group).where(Group.board_id == board_id).order_by(Group.id)).all()


def groups(board_id: UUID) -> Sequence[Group]:
    """The open groups of a board, by name."""
    statement = select(Group).where(Group.board_id == board_id, Group.closed_on.is_(None))
    return db.session.scalars(statement.order_by(by_name(Group.name), Group.id)).all()


def group_by_id(board_id: UUID, group_id: UUID) -> Group:
    """A group of a board, open or closed."""
    return db.session.scalars(select(Group).where(Group.board_id == board_id, Group.id == group_id)).one()


@seen_with(BOARDS_READ)
def group(sight: Sight, board: str, group_id: UUID) -> Group | None:
    limits = sight.of(Group)
    statement = select(Group).join(Group.board).where(Board.key == board, Group.id == group_id, limits)
    return db.session.scalar(statement.options(joinedload(Group.board)))


def able(board_id: UUID, role: str) -> dict[UUID, str]:
    """Who can do today what a role is for, names by id: whoever was only invited can not."""
    return {key: name for _, key, name, _ in _joined(board_id, [role])}


def is_able(role: str, today: AnyDay) -> ColumnElement[bool]:
    """The same of a StaffRole, for statements: it runs today, and whoever has it has joined and is not shut out."""
    someone = aliased(Person)
    joined = select(someone.id).where(someone.joined_at.is_not(None), someone.disabled_at.is_(None))
    return and_(
        StaffRole.role == role,
        StaffRole.from_on <= today,
        or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today),
        StaffRole.person_id.in_(joined),
        StaffRole.waits_since.is_(None),
        ~is_suspended(StaffRole),
    )


def staff_with_role(board_id: UUID, roles: Iterable[str]) -> list[UUID]:
    """Ids of the people who hold any of these roles on a board today; disabled accounts and suspended ones left out."""
    statement = select(StaffRole.person_id).join(StaffRole.person).where(*is_staff())
    asked = {"board_id": board_id, "roles": list(roles), "today": clock.today()}
    return list(db.session.scalars(statement.distinct().order_by(StaffRole.person_id), asked))


def is_staff(on_boards: ColumnElement[bool] | None = None) -> tuple[ColumnElement[bool], ...]:
    """Of a statement that joins the person, whoever holds one of some roles on a board, or some, on a day."""
    today = bindparam("today", type_=Date())
    return (
        StaffRole.board_id == bindparam("board_id") if on_boards is None else on_boards,
        StaffRole.role.in_(bindparam("roles")),
        StaffRole.from_on <= today,
        or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today),
        Person.disabled_at.is_(None),
        ~is_withdrawn(),
        StaffRole.waits_since.is_(None),
        ~is_suspended(StaffRole),
    )


def is_suspended(model: type[StaffRole | Appointment]) -> ColumnElement[bool]:
    """Whether the access of whoever holds a role or seat to its board is suspended."""
    return exists().where(access_of(model), BoardAccess.suspended_at.is_not(None)).correlate(model)


def is_still_theirs() -> ColumnElement[bool]:
    """Of an appointment and its person: that they neither declined nor were withdrawn before they joined."""
    return and_(~is_withdrawn(), Appointment.left_because.not_in(list(GAVE_UP)))


def reps_of_group(board_id: UUID, group_id: UUID, on: date) -> dict[UUID, str]:
    """Who sits on a group on a day, names by id; disabled accounts left out."""
    statement = (
        select(Person.id, Person.name)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(
            Appointment.board_id == board_id,
            Appointment.group_id == group_id,
            Appointment.from_on <= on,
            Appointment.until_on >= on,
            Person.disabled_at.is_(None),
            is_still_theirs(),
        )
    )
    rows = db.session.execute(statement.order_by(by_name(Person.name), Person.id))
    return {person_id: name for person_id, name in rows}  # noqa: C416 - rows are not pairs to mypy


def terms_since(board_id: UUID, since: date) -> dict[UUID, tuple[str, list[tuple[date, date]]]]:
    """Who sat on a group of a board at any time since a day: name and terms by person."""
    statement = select(Person.id, Person.name, Appointment.from_on, Appointment.until_on)
    statement = statement.join(Appointment, Appointment.person_id == Person.id)
    sat = (Person.joined_at.is_not(None), is_still_theirs())
    statement = statement.where(Appointment.board_id == board_id, Appointment.until_on >= since, *sat)
    found: dict[UUID, tuple[str, list[tuple[date, date]]]] = {}
    for person_id, name, first, last in db.session.execute(statement.order_by(Appointment.from_on, Appointment.id)):
        found.setdefault(person_id, (name, []))[1].append((first, last))
    return found


def reps_with_groups(board_id: UUID, today: date) -> dict[UUID, tuple[str, list[str]]]:
    """Who sits on a group of a board today: name and groups by person, by name."""
    statement = (
        select(Person.id, Person.name, Group.name)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Group, Group.id == Appointment.group_id)
        .where(Appointment.board_id == board_id, Appointment.from_on <= today, Appointment.until_on >= today)
        .where(~is_withdrawn())
        .order_by(by_name(Person.name), Person.id, by_name(Group.name))
    )
    found: dict[UUID, tuple[str, list[str]]] = {}
    for person_id, name, group_name in db.session.execute(statement):
        found.setdefault(person_id, (name, []))[1].append(group_name)
    return found


def people_named(ids: Iterable[UUID]) -> dict[UUID, str]:
    wanted = list(set(ids))
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)).order_by(Person.id))
    return {person_id: name for person_id, name in rows}  # noqa: C416 - rows are not pairs to mypy


def not_joined(ids: Iterable[UUID]) -> set[UUID]:
    """Those of some people who were only invited so far: they are asked nothing before they have joined."""
    invited = select(Person.id).where(Person.id.in_(list(set(ids))), Person.joined_at.is_(None))
    return set(db.session.scalars(invited.order_by(Person.id)))


def colleagues(board_id: UUID) -> dict[UUID, str]:
    """The names of those who work for a board, whom each of them knows: for who is emailed. Reps are none of them."""
    return people_named(staff_with_role(board_id, [OFFICER, CLERK, APPROVER, ADMIN]))


def known_to(person: Viewer, board_id: UUID) -> dict[UUID, str]:
    """The names that somebody knows on a board, for who is emailed: for reps and deputes its officers and clerks."""
    if board_id in reach(person, PEOPLE_READ).boards:
        return {**colleagues(board_id), **dict(reps_and_deputes(board_id, clock.today()))}
    return people_named(staff_with_role(board_id, [OFFICER, CLERK]))


def people_with_role(board_id: UUID, role: str) -> list[tuple[UUID, str]]:
    """(id, name) of everyone who has joined with a staff role on a board, by name: they can be asked, and told."""
    return sorted(able(board_id, role).items(), key=lambda one: (name_key(one[1]), one[0]))


def who_joined(board_id: UUID, roles: Sequence[str]) -> dict[str, list[str]]:
    """By role, the names of those who can see what it sees: whoever was only invited sees nothing."""
    held = _joined(board_id, roles)
    return {role: [name for _, _, name, one in held if one == role] for role in roles}


def names_of_deputes(board_id: UUID) -> set[str]:
    return set(who_joined(board_id, [DEPUTE])[DEPUTE])


def _joined(board_id: UUID, roles: Sequence[str]) -> list[tuple[str, UUID, str, str]]:
    """(key of the name, id, name, role) of each, by name."""
    found = in_post([board_id])
    return sorted({(name_key(one.name), one.id, one.name, one.role) for one in found if one.role in roles})


def in_post(board_ids: Iterable[UUID]) -> list[InPost]:
    """Who has joined with a staff role of some boards and can act today."""
    wanted, kept = list(board_ids), kept_for_page("staff", dict[UUID | None, list[InPost]])
    missing = [one for one in wanted if one not in kept]
    if missing:
        kept.update({one: [] for one in missing})
        for row in db.session.execute(_who_joined(), {"boards": missing, "roles": STAFF_ROLES, "today": clock.today()}):
            kept[row[0]].append(InPost(*row))
    return [one for board_id in wanted for one in kept[board_id]]


@made_once
def _who_joined() -> Select[UUID | None, str, UUID, str, str, str]:
    of_person = (Person.id, Person.name, Person.email, Person.work_phone)
    statement = select(StaffRole.board_id, StaffRole.role, *of_person).join(StaffRole.person)
    theirs = is_staff(StaffRole.board_id.in_(bindparam("boards")))
    return statement.where(*theirs, Person.joined_at.is_not(None)).order_by(Person.id, StaffRole.id)


def coordinators() -> list[UUID]:
    """Ids of the coordinators, for emails; disabled accounts left out."""
    today = clock.today()
    statement = select(StaffRole.person_id).join(StaffRole.person).where(StaffRole.role == COORDINATOR)
    statement = statement.where(StaffRole.from_on <= today, Person.disabled_at.is_(None))
    statement = statement.where(or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today))
    statement = across_boards(statement.distinct().order_by(StaffRole.person_id), CrossBoardReason.CLOCK)
    return list(db.session.scalars(statement))


def has_role(board_id: UUID, person_id: UUID, role: str) -> bool:
    return person_id in staff_with_role(board_id, [role])


def reps_and_deputes(board_id: UUID, today: date) -> list[tuple[UUID, str]]:
    """(id, name) of everyone who sits on a group of a board today or is a depute there, by name."""
    sits = (Appointment.board_id == board_id, Appointment.from_on <= today, Appointment.until_on >= today)
    reps = db.session.scalars(
        select(Appointment.person_id)
        .join(Appointment.person)
        .where(*sits, ~is_withdrawn())
        .distinct()
        .order_by(Appointment.person_id)
    )
    named = people_named([*reps, *staff_with_role(board_id, [DEPUTE])])
    return sorted(named.items(), key=lambda one: (name_key(one[1]), one[0]))
