"""Who hears that a depute goes no more, or cannot go.

They are asked only for what the rep has not answered by the time it is sent.
"""

from __future__ import annotations

from uuid import UUID

from portal.boards.emails import clerks_and_officers
from portal.check_in import queries
from portal.check_in.rules import ANSWER_WORDS_OF_REP, needs_answer
from portal.infra.notification import Facts, Notification, Recipient, the_person
from portal.infra.unit_of_work import recorded
from portal.meetings import queries as meetings
from portal.meetings.emails import about_depute, stand_in, the_rep
from portal.meetings.events import DeputeCannotCome, DeputeStandsDown
from portal.meetings.invitations import invitation, without_entry
from portal.meetings.when_sent import meeting_of, why_off
from portal.replacement_care.events import CareCancelled


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


def standing_down(event: DeputeStandsDown) -> Facts:
    entry = without_entry(meetings.meeting_by_id(event.meeting_id))
    return {**stand_in(event), **entry, "care_cancelled": _is_care_cancelled(event)}


def own_apologies(event: DeputeCannotCome) -> Facts:
    return {**about_depute(event), "care_cancelled": _is_care_cancelled(event)}


def _is_care_cancelled(event: DeputeStandsDown | DeputeCannotCome) -> bool:
    """Care that a depute had asked for is cancelled in the same step, before their email is written."""
    return any(one.person_id == event.person_id for one in recorded(CareCancelled))


EMAILS = (
    Notification(DeputeStandsDown, the_person, "stand-down", standing_down, always=True, calendar=invitation),
    Notification(DeputeCannotCome, the_person, "depute-apologies", own_apologies, always=True, at_once=True),
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
