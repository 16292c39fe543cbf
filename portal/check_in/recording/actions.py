"""Who came: recorded once by the clerk, and corrected."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from portal.check_in import queries
from portal.check_in.actions import check_in_of
from portal.check_in.events import AttendanceConfirmed, ThreeAbsences
from portal.check_in.models import CheckIn
from portal.check_in.rules import ABSENCES_FLAGGED, ATTENDANCE, ATTENDED
from portal.core import clock
from portal.core.text import date_words
from portal.corrections import actions as corrections
from portal.corrections.actions import Change
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.occasions import fire_once
from portal.infra.unit_of_work import record, records_nothing
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting


def confirm_attendance(meeting: Meeting, attended: Iterable[tuple[UUID, str]]) -> None:
    """Keep who came, by rep; somebody who stood in came for the rep. What is on record only a correction changes."""
    for person_id, how in attended:
        one = check_in_of(meeting, person_id)
        if not one.attended:
            one.attended, one.attendance_on = how, clock.today()
    meetings.mark_attendance_recorded(meeting)
    db.session.flush()
    record(AttendanceConfirmed(board_id=meeting.board_id, meeting_id=meeting.id))
    _flag_absences(meeting)


@records_nothing("the correction is recorded")
def correct_attendance(check_in: CheckIn, how: str, person_id: UUID, reason: str, line: str) -> None:
    """Whether somebody came was wrong on record. Raises NotAsItWas."""
    words = dict(ATTENDED)
    change = Change(
        kind=ATTENDANCE,
        board_id=check_in.board_id,
        thing_id=check_in.id,
        group_id=check_in.group_id,
        about=f"{check_in.meeting.group.name}, {date_words(check_in.meeting.meets_on)}",
        was_value=check_in.attended,
        now_value=how,
        was=words[check_in.attended],
        now=words[how],
    )
    corrections.correct_row(change, check_in.person_id, person_id, reason, line)


def apply_attendance(_board_id: UUID, check_in_id: UUID, was: str, now: str) -> None:
    """Put it right, for claims too. Raises NotAsItWas."""
    check_in = db.session.get(CheckIn, check_in_id)
    if check_in is None or check_in.attended != was:
        raise NotAsItWas
    check_in.attended = now
    db.session.flush()
    record(AttendanceConfirmed(board_id=check_in.board_id, meeting_id=check_in.meeting_id))


def _flag_absences(meeting: Meeting) -> None:
    """Tell the officers of reps who missed three meetings running, once for each of these meetings."""
    running = queries.absent_running(meeting.board_id, clock.today())
    for (group_id, person_id), times in running.items():
        if group_id == meeting.group_id and times == ABSENCES_FLAGGED and fire_once(f"absent:{meeting.id}:{person_id}"):
            of = {"board_id": meeting.board_id, "meeting_id": meeting.id, "person_id": person_id}
            record(ThreeAbsences(**of, group_id=group_id))
