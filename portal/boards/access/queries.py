"""Finding what a board did to somebody's access."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.access.roles import REP
from portal.boards import asking
from portal.boards.access.rules import has_read_enough, open_to
from portal.boards.accounts.queries import Member
from portal.boards.models import BoardAccess
from portal.core import clock
from portal.infra.database import db


def access_of(board_id: UUID, person_id: UUID) -> BoardAccess | None:
    of = (BoardAccess.board_id == board_id, BoardAccess.person_id == person_id)
    return db.session.scalars(select(BoardAccess).where(*of)).one_or_none()


def suspended(board_id: UUID) -> frozenset[UUID]:
    """Whose access to a board is suspended."""
    of = (BoardAccess.board_id == board_id, BoardAccess.suspended_at.is_not(None))
    return frozenset(db.session.scalars(select(BoardAccess.person_id).where(*of).order_by(BoardAccess.person_id)))


def open_to_member(member: Member) -> list[str]:
    """What may be done now to a member's access, by what they hold today; nothing before they have joined."""
    if member.person.joined_at is None:
        return []
    today = clock.today()
    held = [one for one in asking.roles_held(member.person.id, today) if one.board_id == member.board_id]
    ended = [one for one in held if one.role == REP and one.until_on and one.until_on < today]
    reads_on = any(one.until_on and not has_read_enough(one.until_on, one.reading_ended_on) for one in ended)
    access = access_of(member.board_id, member.person.id)
    is_suspended = bool(access and access.suspended_at)
    return list(open_to(is_suspended, len(held) > len(ended), reads_on))
