"""Who hears by email of a check-in, of somebody who cannot come, and of papers to post."""

from __future__ import annotations

from portal.boards.emails import clerks, clerks_and_officers, name_of, of_board, officers
from portal.check_in.events import CheckInAsked, CheckInAskedAgain, PacksToPost, RepCannotCome, ThreeAbsences
from portal.check_in.rules import post_by
from portal.core import clock
from portal.core.text import count_words, day_words
from portal.infra.notification import Facts, Notification, the_person
from portal.meetings import queries as meetings
from portal.meetings.emails import facts_of, of_meeting


def check_in(event: CheckInAsked | CheckInAskedAgain) -> Facts:
    return {**of_meeting(event), "link_id": event.check_in_id.hex, "generation": str(event.generation)}


def rep_cannot_come(event: RepCannotCome) -> Facts:
    return {**of_meeting(event), "rep": name_of(event.person_id), "depute": event.depute}


def three_absences(event: ThreeAbsences) -> Facts:
    return {**of_meeting(event), **of_board(event), "rep": name_of(event.person_id)}


def packs_to_post(event: PacksToPost) -> Facts:
    meeting = meetings.meeting_by_id(event.meeting_id)
    latest = post_by(meeting.meets_on, meeting.target_days)
    facts = {"count": count_words(event.people, "pack"), "latest": day_words(latest), "late": clock.today() > latest}
    return {**facts_of(meeting), **facts}


EMAILS = (
    Notification(CheckInAsked, the_person, "check-in", check_in, always=True, at_once=True),
    Notification(CheckInAskedAgain, the_person, "check-in-reminder", check_in, always=True, at_once=True, worth_days=3),
    Notification(RepCannotCome, clerks_and_officers, "rep-cannot-come", rep_cannot_come, always=True, at_once=True),
    Notification(ThreeAbsences, officers, "three-absences", three_absences, always=True),
    Notification(PacksToPost, clerks, "packs-to-post", packs_to_post, always=True, at_once=True, worth_days=3),
)
