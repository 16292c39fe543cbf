"""Putting right the day of a meeting, whether it was held, and a target; each as a correction that stays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.boards import actions as boards
from portal.boards.models import PaperTarget
from portal.core.text import count_words, date_words
from portal.corrections import actions as corrections
from portal.corrections.actions import Change
from portal.corrections.models import Correction
from portal.corrections.rules import stored_day
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.unit_of_work import records_nothing
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.meetings.rules import NOT_HELD, PLANNED
from portal.papers.correcting import queries
from portal.papers.correcting.rules import HELD_WORDS, MEETING_DAY, MEETING_HELD, PAPER_TARGET, about_words


@records_nothing("the correction is recorded")
def correct_day(meeting: Meeting, day: date, person_id: UUID, reason: str) -> Correction:
    """The day on which a meeting was held. Raises NotAsItWas, and NoSuchHour when the clocks skipped its hour."""
    was = meeting.opened_on
    values = {"was_value": was.isoformat(), "now_value": day.isoformat()}
    words = {"was": f"held on {date_words(was)}", "now": f"held on {date_words(day)}"}
    return corrections.correct_fact(_of(MEETING_DAY, meeting, **values, **words), person_id, reason)


@records_nothing("the correction is recorded")
def correct_held(meeting: Meeting, is_held: bool, person_id: UUID, reason: str) -> Correction:
    """Whether a meeting was held. Raises NotAsItWas."""
    was, now = meeting.status, PLANNED if is_held else NOT_HELD
    values = {"was_value": was, "now_value": now, "was": HELD_WORDS[was], "now": HELD_WORDS[now]}
    return corrections.correct_fact(_of(MEETING_HELD, meeting, **values), person_id, reason)


def _of(kind: str, meeting: Meeting, was_value: str, now_value: str, was: str, now: str) -> Change:
    about = about_words(meeting.group.name, meeting.opened_on)
    of = (meeting.board_id, meeting.id, about)
    return Change(kind, *of, was_value, now_value, was, now, group_id=meeting.group_id)


@records_nothing("the correction is recorded")
def correct_target(target: PaperTarget, days: int, person_id: UUID, reason: str) -> Correction:
    """The number of days of a target that has measured meetings. Raises NotAsItWas."""
    change = Change(
        kind=PAPER_TARGET,
        board_id=target.board_id,
        thing_id=target.id,
        about="The target for papers",
        was_value=str(target.days),
        now_value=str(days),
        was=count_words(target.days, "day"),
        now=count_words(days, "day"),
    )
    return corrections.correct_fact(change, person_id, reason)


@records_nothing("the correction is recorded")
def apply_day(board_id: UUID, meeting_id: UUID, was: str, now: str) -> None:
    if not queries.is_day(board_id, meeting_id, was, now):
        raise NotAsItWas
    meetings.correct_day(meeting_queries.meeting_by_id(meeting_id), stored_day(now))


@records_nothing("the correction is recorded")
def apply_held(board_id: UUID, meeting_id: UUID, was: str, now: str) -> None:
    if not queries.is_status(board_id, meeting_id, was, now):
        raise NotAsItWas
    meetings.correct_held(meeting_queries.meeting_by_id(meeting_id), now == PLANNED)


@records_nothing("the correction is recorded")
def apply_target(board_id: UUID, target_id: UUID, was: str, now: str) -> None:
    if not queries.is_target(board_id, target_id, was, now):
        raise NotAsItWas
    boards.correct_target(db.session.get_one(PaperTarget, target_id), int(now))
