"""Who hears by email of a check-in, of somebody who cannot come, and of papers to post."""

from __future__ import annotations

from portal.boards.emails import clerks, clerks_and_officers, name_of, of_board, officers
from portal.check_in.before_it_moved import in_email
from portal.check_in.depute_emails import rep_says
from portal.check_in.events import (
    ApologiesUndone,
    CheckInAsked,
    CheckInAskedAgain,
    PacksToPost,
    RepCannotCome,
    ThreeAbsences,
)
from portal.check_in.rules import COMING, post_by
from portal.core import clock
from portal.core.text import count_words, day_words
from portal.infra.notification import Facts, Notification, Recipient, each, the_person
from portal.meetings import queries as meetings
from portal.meetings.emails import facts_of, of_meeting
from portal.meetings.models import StandIn
from portal.meetings.when_sent import unless_off


def check_in(event: CheckInAsked | CheckInAskedAgain) -> Facts:
    about = in_email(event.meeting_id, event.person_id)
    return {**of_meeting(event), **about, "link_id": event.check_in_id.hex, "generation": str(event.generation)}


def who_asked_for_it(event: CheckInAsked) -> list[Recipient]:
    """Whoever wants their links once more; the first goes to everybody on one morning."""
    return the_person(event) if event.generation > 1 else []


def who_is_asked_first(event: CheckInAsked) -> list[Recipient]:
    return the_person(event) if event.generation == 1 else []


def rep_cannot_come(event: RepCannotCome) -> Facts:
    return {**of_meeting(event), "rep": name_of(event.person_id), "depute": event.depute}


def three_absences(event: ThreeAbsences) -> Facts:
    return {**of_meeting(event), **of_board(event), "rep": name_of(event.person_id)}


def packs_to_post(event: PacksToPost) -> Facts:
    meeting = meetings.meeting_by_id(event.meeting_id)
    latest = post_by(meeting.meets_on, meeting.target_days)
    facts = {"count": count_words(event.people, "pack"), "latest": day_words(latest), "late": clock.today() > latest}
    return {**facts_of(meeting), **facts}


def whoever_heard(event: ApologiesUndone) -> list[Recipient]:
    """Of apologies hear clerks and officers; of a depute's the rep too."""
    if event.on_behalf_of_id is None:
        return clerks_and_officers(event)
    return each([event.on_behalf_of_id, *(one.person_id for one in clerks_and_officers(event))])


def apologies_undone(event: ApologiesUndone) -> Facts | None:
    """None where nobody had been told."""
    if not event.is_told:
        return None
    goes = next((name for row, name, _ in meetings.stand_ins(event.meeting_id) if _goes_instead(row, event)), "")
    says = rep_says(event.meeting_id, event.on_behalf_of_id) if event.on_behalf_of_id and not goes else ""
    is_in_vain = bool(says) and not meetings.is_standing_in(event.meeting_id, event.person_id)
    words = dict(COMING)[says] if is_in_vain else ""
    return {**of_meeting(event), "who": name_of(event.person_id), "instead": goes, "rep_says": words}


def _goes_instead(row: StandIn, event: ApologiesUndone) -> bool:
    return row.on_behalf_of_id in (event.on_behalf_of_id, event.person_id) and row.person_id != event.person_id


EMAILS = (
    Notification(
        CheckInAsked, who_is_asked_first, "check-in", check_in, always=True, at_once=True, when_sent=unless_off
    ),
    Notification(
        CheckInAsked,
        who_asked_for_it,
        "check-in",
        check_in,
        always=True,
        at_once=True,
        cannot_wait=True,
        when_sent=unless_off,
    ),
    Notification(
        CheckInAskedAgain,
        the_person,
        "check-in-reminder",
        check_in,
        always=True,
        at_once=True,
        worth_days=3,
        when_sent=unless_off,
    ),
    Notification(
        RepCannotCome,
        clerks_and_officers,
        "rep-cannot-come",
        rep_cannot_come,
        always=True,
        at_once=True,
        cannot_wait=True,
        when_sent=unless_off,
    ),
    Notification(ApologiesUndone, whoever_heard, "apologies-undone", apologies_undone, always=True, at_once=True),
    Notification(ThreeAbsences, officers, "three-absences", three_absences, always=True),
    Notification(
        PacksToPost,
        clerks,
        "packs-to-post",
        packs_to_post,
        always=True,
        at_once=True,
        worth_days=3,
        when_sent=unless_off,
    ),
)
