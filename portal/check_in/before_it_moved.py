"""Answers for a day on which a meeting does not meet any more: whoever gave one is asked again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.check_in import queries
from portal.check_in.models import CheckIn
from portal.check_in.rules import needs_answer
from portal.core.text import short_day_words
from portal.infra.notification import Facts
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.meetings.rules import sits_again
from portal.replacement_care.requests import queries as requests


def answered_before(meeting_id: UUID) -> dict[UUID, date]:
    """Of those who are asked of a meeting: whose answer was for another day, and for which."""
    meeting = meetings.meeting_by_id(meeting_id)
    going = queries.everyone_going(meeting)
    found = {key: day_before(one, meeting) for key, one in queries.of_meeting(meeting_id).items() if key in going}
    return {key: day for key, day in found.items() if day}


def day_before(one: CheckIn | None, meeting: Meeting) -> date | None:
    """The other day for which somebody answered; None where they did not, or their answer holds."""
    is_other = one is not None and bool(one.coming) and needs_answer(one.answered_for, meeting.meets_on)
    return one.answered_for if one and is_other else None


def in_email(meeting_id: UUID, person_id: UUID) -> Facts:
    """What an email that asks says of an answer for another day, and of what they have requested already."""
    meeting = meetings.meeting_by_id(meeting_id)
    before = day_before(queries.check_in(meeting_id, person_id), meeting)
    return {
        "answer_was": short_day_words(before) if before else "",
        "sits_again": sits_again(meeting),
        "has_request": bool(requests.open_for(person_id, meeting_id)),
    }
