"""Finding what can still be undone, and what somebody answered, with whoever knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from portal.access.permissions import CHECK_IN_UNDO
from portal.access.roles import CLERK, OFFICER, ROLE_NAMES, Viewer
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.check_in import queries
from portal.check_in.before_it_moved import day_before
from portal.check_in.models import CheckIn, CheckInUndo
from portal.check_in.rules import DEPUTE, NO, instead_words, needs_answer, said_by_depute
from portal.core import clock
from portal.core.text import no_sooner
from portal.deputes import queries as deputes
from portal.infra.database import db
from portal.infra.kept import made_once
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting, StandIn
from portal.meetings.rules import PLANNED
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import is_own

Staff = tuple[list[str], list[str]]  # the names of those who see an answer, and of those who see all of it


@dataclass(frozen=True)
class Said:
    """What is so of somebody and a meeting: their answer, or that a depute goes for them, whoever said so.

    `undo` is there while it can be undone, `knows` who hears of it. `officers` alone see how they travel and what would
    help. `instead` is the name of the depute who goes.
    """

    coming: str
    knows: Sequence[str]
    officers: Sequence[str]
    undo: CheckInUndo | None
    instead: str
    instead_words: str = ""

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
    """What a depute was asked of a meeting at which they no longer stand in, so that they see it no more; else None."""
    found = queries.check_in(meeting_id, person.id)
    if found is None or queries.is_asked(found.meeting, person.id):
        return None
    is_depute = any(one.group_id == found.group_id for one, _ in deputes.standing_in(person.id))
    return found if is_depute or open_undo(found) else None


def all_given_up(person: Viewer, today: date) -> list[Meeting]:
    """The coming meetings that a depute said they cannot go to, the next first."""
    said = (CheckIn.person_id == person.id, CheckIn.coming == NO, CheckIn.answered_for == Meeting.meets_on)
    statement = select(CheckIn).join(Meeting, Meeting.id == CheckIn.meeting_id).options(*queries.everything())
    statement = statement.where(*said, Meeting.meets_on >= today, Meeting.status == PLANNED)
    found = db.session.scalars(statement.order_by(Meeting.starts_at, CheckIn.id)).all()
    return [one.meeting for one in found if not queries.is_asked(one.meeting, person.id)]


def known_about(person: Viewer, board_id: UUID, group_id: UUID, meeting_id: UUID) -> dict[UUID, str]:
    """Whom a page may name to somebody, of those who hear of their answer: staff, their depute, and their rep."""
    mine = [one.person_id for one in deputes.deputes_of(person.id, group_id, meeting_id) if one.person_id]
    reps = [one.on_behalf_of_id for one, _ in deputes.standing_in(person.id) if one.group_id == group_id]
    return {**boards.known_to(person, board_id), **boards.people_named([*reps, *mine])}


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


def answers_of(person: Viewer, of: Iterable[Meeting]) -> dict[UUID, Said]:
    """What is so of somebody and these meetings: who goes instead, or an answer for the day on which they meet now."""
    return {key: one.said for key, one in around(person, of).items() if one.said}


@dataclass(frozen=True)
class Around:
    """What is so of somebody and a meeting, and the care that they asked for around it and did not cancel."""

    said: Said | None
    care: Sequence[CareRequest]
    depute_out: str = ""  # the name of a depute who was to go and cannot
    changes_until: datetime | None = None  # whoever goes may be another until then
    answer_was: date | None = None  # the day for which they answered, before the meeting moved


def around(person: Viewer, of: Iterable[Meeting]) -> dict[UUID, Around]:
    """Of each of these meetings what is so of somebody: in one query, and one more for each board if they answered."""
    days = {one.id: one for one in of}
    if not days:
        return {}
    asked = {"meeting_ids": list(days), "person_id": person.id, "now": clock.now()}
    rows = db.session.execute(_around(), asked).all()
    found = {row[0]: (*row[1:4], row[4] or "") for row in rows if row[3] or _holds(row[1], days[row[0]])}
    knows = {board_id: _staff(board_id) for board_id in {days[key].board_id for key in found}}
    out = {row[0]: (row[6] or "", no_sooner(row[7]) if row[7] else None) for row in rows}
    out = {key: out.get(key, ("", None)) for key in days}
    was = {row[0]: day_before(row[1], days[row[0]]) for row in rows if row[0] not in found}
    care = {key: dict.fromkeys(row[5] for row in rows if row[0] == key and row[5]) for key in days}
    return {
        key: Around(
            _said(*found[key], knows[one.board_id]) if key in found else None,
            list(care[key]),
            *out[key],
            answer_was=was.get(key),
        )
        for key, one in days.items()
    }


@made_once
def _around() -> Select[
    UUID, CheckIn | None, CheckInUndo | None, str | None, str | None, CareRequest | None, str | None, datetime | None
]:
    """For each meeting somebody's answer, what can be undone, their depute, the depute's answer, care, the name of a
    depute who cannot go, and until when that may change."""
    person_id = bindparam("person_id", type_=Uuid())
    is_open = and_(CheckInUndo.check_in_id == CheckIn.id, CheckInUndo.ends_at > bindparam("now"))
    is_theirs = and_(CheckIn.meeting_id == Meeting.id, CheckIn.person_id == person_id)
    is_for_them = and_(StandIn.meeting_id == Meeting.id, StandIn.on_behalf_of_id == person_id)
    theirs = aliased(CheckIn)  # what the depute has answered, for the day on which it meets now
    is_of_depute = and_(theirs.meeting_id == Meeting.id, theirs.person_id == StandIn.person_id)
    holds = and_(is_of_depute, or_(theirs.answered_for == Meeting.meets_on, theirs.coming == NO))
    out = queries.depute_who_cannot(person_id)
    until = queries.may_change_until(person_id, bindparam("now"))
    statement = select(Meeting.id, CheckIn, CheckInUndo, Person.name, theirs.coming, CareRequest, out, until)
    statement = statement.select_from(Meeting)
    statement = statement.outerjoin(CheckIn, is_theirs).outerjoin(CheckInUndo, is_open)
    statement = statement.outerjoin(StandIn, is_for_them).outerjoin(Person, Person.id == StandIn.person_id)
    statement = statement.outerjoin(theirs, holds)
    statement = statement.outerjoin(CareRequest, and_(CareRequest.meeting_id == Meeting.id, is_own(person_id)))
    ordered = statement.order_by(Meeting.id, CareRequest.starts_at, CareRequest.id)
    return ordered.where(Meeting.id.in_(bindparam("meeting_ids")))


def _said(one: CheckIn | None, undo: CheckInUndo | None, instead: str | None, by_depute: str, staff: Staff) -> Said:
    coming = DEPUTE if instead or one is None else one.coming
    words = instead_words(instead, by_depute) if instead else ""
    return Said(coming, *staff, undo, instead or "", words)


def who_goes_words(person_id: UUID, meeting: Meeting) -> str:
    """'Ann will go for you', or that she has not answered yet; '' where no depute goes."""
    row = next((one for one, _, _ in meetings.stand_ins(meeting.id) if one.on_behalf_of_id == person_id), None)
    if row is None:
        return ""
    one = queries.check_in(meeting.id, row.person_id)
    said = said_by_depute(one.coming, one.answered_for, meeting.meets_on) if one else ""
    return instead_words(meetings.who_goes_instead(person_id, meeting), said)


def _holds(one: CheckIn | None, meeting: Meeting) -> bool:
    return one is not None and bool(one.coming) and not needs_answer(one.answered_for, meeting.meets_on)


def _staff(board_id: UUID) -> Staff:
    """The officers and clerks of a board by name and role, who see whether somebody comes; and the officers' names."""
    of_role = boards.who_joined(board_id, (OFFICER, CLERK))
    return [f"{name} ({ROLE_NAMES[role]})" for role, names in of_role.items() for name in names], of_role[OFFICER]
