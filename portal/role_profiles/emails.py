"""Who hears by email that somebody wrote to a rep, or that a rep wants to stop."""

from __future__ import annotations

from portal.boards.emails import of_board
from portal.core.text import day_words
from portal.infra.notification import Facts, Notification, Recipient, each, the_person
from portal.role_profiles.events import MessageForRep, RepStays, StepDownAsked, StepDownEvent, StepDownTakenBack
from portal.role_profiles.stepping_down import queries


def officers_or_administrators(event: StepDownEvent) -> list[Recipient]:
    return each(person_id for person_id, _ in queries.told(event.board_id).people)


def step_down(event: StepDownEvent) -> Facts:
    asked = queries.request_by_id(event.board_id, event.step_down_id)
    facts = {"rep": asked.person.name, "group": asked.group.name, "until": day_words(asked.last_day_on)}
    ids = {"step_down_id": asked.id.hex, "appointment_id": asked.appointment_id.hex}
    return {**of_board(event), **facts, **ids, "to_officer": queries.told(event.board_id).are_officers}


EMAILS = (
    Notification(MessageForRep, the_person, "message-for-rep", of_board, always=True),
    Notification(StepDownAsked, officers_or_administrators, "stop-asked", step_down, always=True),
    Notification(StepDownTakenBack, officers_or_administrators, "stop-taken-back", step_down),
    Notification(RepStays, the_person, "rep-stays", step_down, always=True),
)
