"""What descriptions of roles want of people: reps agree to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import ROLES_AGREE
from portal.boards.models import Board, Group
from portal.core.clock import london_day
from portal.infra.kept import Whoever
from portal.infra.todo import SINCE, Line, Rows, Says, ToDo, Whom
from portal.role_descriptions.models import RoleDescription
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


def _not_agreed(who: Whoever) -> Rows:
    of_group = (Board.key.label("board"), RoleDescription.group_id, Group.name.label("group_name"))
    return (
        select(
            RoleDescription.board_id, *of_group, RoleDescription.number.label("version"), RoleDescription.published_at
        )
        .join(Group, Group.id == RoleDescription.group_id)
        .join(Board, Board.id == RoleDescription.board_id)
        .where(who.within(ROLES_AGREE, RoleDescription), is_newest(), not_agreed(who.id))
    )


def _agree(found: Sequence[NotAgreed], _today: date) -> Iterator[Line]:
    for role in found:
        since = london_day(role.published_at)
        title = f"Read what your role is, and agree: {role.group_name}"
        words = f"Version {role.version}. Takes 5 minutes"
        yield Line(since, title, words, {"board": role.board, "group_id": role.group_id}, day_is=SINCE)


TO_AGREE = ToDo(
    "role to agree to",
    Whom.THEMSELVES,
    NotAgreed,
    _not_agreed,
    first_page=Says("role_descriptions.show", _agree),
)
TODO = (TO_AGREE,)
