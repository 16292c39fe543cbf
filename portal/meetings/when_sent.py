"""Emails about a meeting, looked at once more before they go: why one that waited is not sent, or the facts by then.

A change that makes one untrue is told in an email of its own, which always goes.
"""

from __future__ import annotations

from uuid import UUID

from portal.core.text import moment_words
from portal.infra.notification import Facts
from portal.meetings import queries
from portal.meetings.models import Meeting
from portal.meetings.rules import CANCELLED, NOT_HELD

CHANGED = "the date, time or place was changed"
OFF = {CANCELLED: "the meeting was cancelled", NOT_HELD: "the meeting was recorded as one that did not take place"}


def meeting_of(facts: Facts) -> Meeting | None:
    """The meeting that an email is about, while it is kept."""
    return queries.find_meeting(UUID(hex=facts["meeting_id"])) if "meeting_id" in facts else None


def why_off(facts: Facts) -> str:
    """Why its meeting does not take place; '' where it does."""
    meeting = meeting_of(facts)
    return OFF.get(meeting.status, "") if meeting else ""


def unless_off(facts: Facts, _pace: int) -> Facts | str:
    return why_off(facts) or facts


def unless_changed(facts: Facts, _pace: int) -> Facts | str:
    """What it says of day, hour and place, another email says anew where they changed."""
    meeting = meeting_of(facts)
    if meeting is None:
        return facts
    now = (moment_words(meeting.starts_at), meeting.place, meeting.link)
    is_changed = now != (facts["when"], facts["place"], facts["link"])
    return why_off(facts) or (CHANGED if is_changed else facts)


def while_standing_in(facts: Facts, _pace: int) -> Facts | str:
    """For a depute."""
    meeting = meeting_of(facts)
    if meeting is None or "depute_id" not in facts:
        return facts
    stands_in = any(row.person_id.hex == facts["depute_id"] for row, _, _ in queries.stand_ins(meeting.id))
    return why_off(facts) or (facts if stands_in else "the depute was no longer needed")
