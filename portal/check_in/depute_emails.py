"""Who hears that a depute cannot go. They are asked only for what the rep has not answered by the time it is sent."""

from __future__ import annotations

from uuid import UUID

from portal.boards.emails import clerks_and_officers
from portal.check_in import queries
from portal.check_in.rules import ANSWER_WORDS_OF_REP, needs_answer
from portal.infra.notification import Facts, Notification, Recipient
from portal.meetings.emails import about_depute, the_rep
from portal.meetings.events import DeputeCannotCome
from portal.meetings.when_sent import meeting_of, why_off


def staff_but_the_rep(event: DeputeCannotCome) -> list[Recipient]:
    """Clerks and officers were told that the depute goes; the rep has an email of their own."""
    return [one for one in clerks_and_officers(event) if one.person_id != event.on_behalf_of_id]


def cannot_go(event: DeputeCannotCome) -> Facts:
    rep_id = event.on_behalf_of_id
    return {**about_depute(event), "rep_id": rep_id.hex, "rep_says": rep_says(event.meeting_id, rep_id)}


def rep_says(meeting_id: UUID, rep_id: UUID) -> str:
    """What a rep has answered themselves for the day on which a meeting is now, as a key; '' of none."""
    one = queries.check_in(meeting_id, rep_id)
    if one is None or needs_answer(one.answered_for, one.meeting.meets_on):
        return ""
    return one.coming if one.coming in ANSWER_WORDS_OF_REP else ""


def as_answered_by_then(facts: Facts, _pace: int) -> Facts | str:
    """It waits for ten minutes, in which the rep may answer."""
    meeting = meeting_of(facts)
    if meeting is None or "rep_id" not in facts or why_off(facts):
        return why_off(facts) or facts
    return {**facts, "rep_says": rep_says(meeting.id, UUID(hex=facts["rep_id"]))}


EMAILS = (
    Notification(
        DeputeCannotCome,
        the_rep,
        "depute-cannot",
        cannot_go,
        always=True,
        at_once=True,
        when_sent=as_answered_by_then,
    ),
    Notification(
        DeputeCannotCome,
        staff_but_the_rep,
        "depute-cannot-staff",
        cannot_go,
        always=True,
        at_once=True,
        when_sent=as_answered_by_then,
    ),
)
