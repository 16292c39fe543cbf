"""What descriptions of roles want of people: reps agree to them, and whoever began a draft publishes or discards it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, cast, func, null, select

from portal.access.permissions import ROLE_MODEL_WRITE, ROLES_AGREE, ROLES_WRITE
from portal.boards.models import Appointment, Board, Group
from portal.core.clock import london_day
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, UNSAID, Line
from portal.role_descriptions.models import RoleDescription, RoleModel
from portal.role_descriptions.queries import is_newest, not_agreed


@dataclass(frozen=True)
class NotAgreed:
    """The newest version of one of somebody's groups that they have not agreed to."""

    board_id: UUID
    board: str
    group_id: UUID
    group_name: str
    version: int
    published_at: datetime
    began_on: date | None  # when they were appointed to the group; a depute is not


def _not_agreed(who: Whoever) -> Rows:
    of_group = (Board.key.label("board"), RoleDescription.group_id, Group.name.label("group_name"))
    theirs = (Appointment.board_id == RoleDescription.board_id, Appointment.group_id == RoleDescription.group_id)
    sits = (*theirs, Appointment.person_id == who.id, Appointment.until_on >= who.today)
    began = select(func.min(Appointment.from_on)).where(*sits).correlate(RoleDescription).scalar_subquery()
    version = (RoleDescription.number.label("version"), RoleDescription.published_at)
    return (
        select(RoleDescription.board_id, *of_group, *version, began.label("began_on"))
        .join(Group, Group.id == RoleDescription.group_id)
        .join(Board, Board.id == RoleDescription.board_id)
        .where(who.within(ROLES_AGREE, RoleDescription), is_newest(), not_agreed(who.id))
    )


def _agree(found: Sequence[NotAgreed], _today: date) -> Iterator[Line]:
    for role in found:
        since = max(london_day(role.published_at), role.began_on or date.min)
        title = f"Read and agree your role description: {role.group_name}"
        words = f"Version {role.version}. Takes 5 minutes"
        yield Line(since, title, words, {"board": role.board, "group_id": role.group_id}, day_is=SINCE)


SEEN_BY = "Only your board’s officers and administrators can see the draft"  # who holds roles:write
MODEL_SEEN_BY = "Only the national coordinator can see the draft"


@dataclass(frozen=True)
class Drafted:
    """A description that somebody began to write for a group, and nobody has published."""

    board_id: UUID
    board: str
    group_id: UUID
    group_name: str


def _drafted(who: Whoever) -> Rows:
    of_group = (Board.key.label("board"), RoleDescription.group_id, Group.name.label("group_name"))
    return (
        select(RoleDescription.board_id, *of_group)
        .join(Group, Group.id == RoleDescription.group_id)
        .join(Board, Board.id == RoleDescription.board_id)
        .where(who.within(ROLES_WRITE, RoleDescription), RoleDescription.published_at.is_(None))
    )


def _publish(found: Sequence[Drafted], today: date) -> Iterator[Line]:
    for role in found:
        where = {"board": role.board, "group_id": role.group_id}
        yield Line(today, f"Publish or discard the draft role: {role.group_name}", SEEN_BY, where, day_is=UNSAID)


@dataclass(frozen=True)
class ModelDrafted:
    """The draft of the national model, which is of no board."""

    board_id: UUID | None
    number: int


def _model_drafted(who: Whoever) -> Rows:
    of_no_board = cast(null(), Uuid()).label("board_id")
    drafted = (who.may(ROLE_MODEL_WRITE), RoleModel.published_at.is_(None))
    return select(of_no_board, RoleModel.number).where(*drafted)


def _publish_model(found: Sequence[ModelDrafted], today: date) -> Iterator[Line]:
    for _ in found:
        title = "Publish or discard the draft of the national model of the role"
        yield Line(today, title, MODEL_SEEN_BY, day_is=UNSAID)


TO_AGREE = ToDo(
    "role to agree to",
    Whom.THEMSELVES,
    NotAgreed,
    _not_agreed,
    first_page=Says("role_descriptions.show", _agree),
)
DRAFTED = ToDo("role to publish", Whom.STAFF, Drafted, _drafted, first_page=Says("role_descriptions.publish", _publish))
MODEL_DRAFTED = ToDo(
    "national model to publish",
    Whom.STAFF,
    ModelDrafted,
    _model_drafted,
    first_page=Says("role_descriptions.publish_model", _publish_model),
)
TODO = (TO_AGREE, DRAFTED, MODEL_DRAFTED)
