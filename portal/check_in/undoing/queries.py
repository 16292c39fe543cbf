"""Finding what can still be undone, and what somebody answered, with whoever knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from portal.access.permissions import CHECK_IN_UNDO
from portal.access.roles import CLERK, OFFICER, ROLE_NAMES, Viewer
from portal.boards import queries as boards
from portal.check_in import queries
from portal.check_in.models import CheckIn, CheckInUndo
from portal.check_in.rules import DEPUTE, NO, needs_answer
from portal.core import clock
from portal.deputes import queries as deputes
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import Meeting


@dataclass(frozen=True)
class Said:
    """What somebody answered about a meeting. `undo` is there while it can be undone, `knows` who hears of it.

    `officers` alone see how they travel and what would help.
    """

    check_in_id: UUID
    coming: str
    knows: Sequence[str]
    officers: Sequence[str]
    undo: CheckInUndo | None

    @property
    def is_absent(self) -> bool:
        return self.coming in (DEPUTE, NO)

    @property
    def is_told(self) -> bool:
        return self.undo is None or self.undo.emails_at <= clock.now()


@seen_with(CHECK_IN_UNDO)
def own_check_in(sight: Sight, check_in_id: UUID) -> CheckIn | None:
    """One's own, also of a meeting that is out of sight since one said that one cannot stand in."""
    found: CheckIn | None = db.session.scalar(
        select(CheckIn).where(CheckIn.id == check_in_id, sight.of(CheckIn)).options(*queries.everything())
    )
    return found


def by_link(check_in_id: UUID, generation: str) -> CheckIn | None:
    """What a mailed link is about, while there is something to undo, also for a depute who no longer stands in."""
    found: CheckIn | None = db.session.scalar(
        select(CheckIn).where(CheckIn.id == check_in_id).options(*queries.everything())
    )
    if found is None or found.person.disabled_at or generation != str(found.generation):
        return None
    return found if open_undo(found) else queries.by_link(check_in_id, generation)


def given_up(person: Viewer, meeting_id: UUID) -> CheckIn | None:
    """The answer of a depute who said that they cannot go to a meeting, which they no longer see; else None."""
    found = queries.check_in(meeting_id, person.id)
    if found is None or found.coming != NO or queries.is_asked(found.meeting, person.id):
        return None
    is_depute = any(one.group_id == found.group_id for one, _ in deputes.standing_in(person.id))
    return found if is_depute or open_undo(found) else None


def open_undo(check_in: CheckIn) -> CheckInUndo | None:
    """How it was before, while the ten minutes last and the meeting is ahead."""
    found = undo_of(check_in.id)
    return found if found and found.ends_at > clock.now() and queries.is_ahead(check_in.meeting) else None


def undo_of(check_in_id: UUID) -> CheckInUndo | None:
    return db.session.scalar(select(CheckInUndo).where(CheckInUndo.check_in_id == check_in_id))


def over(now: datetime) -> Sequence[CheckInUndo]:
    """On every board, what can be undone no longer: for the clock."""
    statement = select(CheckInUndo).where(CheckInUndo.ends_at <= now).order_by(CheckInUndo.id).limit(100)
    return db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all()


def answers_of(person: Viewer, meetings: Iterable[Meeting]) -> dict[UUID, Said]:
    """What somebody answered about these meetings, where it is for the day on which they meet now."""
    days = {one.id: one for one in meetings}
    if not days:
        return {}
    is_open = and_(CheckInUndo.check_in_id == CheckIn.id, CheckInUndo.ends_at > clock.now())
    statement = select(CheckIn, CheckInUndo).outerjoin(CheckInUndo, is_open)
    statement = statement.where(CheckIn.person_id == person.id, CheckIn.meeting_id.in_(list(days)))
    rows = db.session.execute(statement.order_by(CheckIn.id))
    found = [(one, undo) for one, undo in rows if _holds(one, days[one.meeting_id])]
    knows = {board_id: _staff(board_id) for board_id in {one.board_id for one, _ in found}}
    return {one.meeting_id: Said(one.id, one.coming, *knows[one.board_id], undo) for one, undo in found}


def _holds(one: CheckIn, meeting: Meeting) -> bool:
    return bool(one.coming) and not needs_answer(one.answered_for, meeting.meets_on)


def _staff(board_id: UUID) -> tuple[list[str], list[str]]:
    """The officers and clerks of a board by name and role, who see whether somebody comes; and the officers' names."""
    of_role = {role: boards.who_joined_with_role(board_id, role) for role in (OFFICER, CLERK)}
    return [f"{name} ({ROLE_NAMES[role]})" for role, names in of_role.items() for name in names], of_role[OFFICER]
