"""Who hears by email of support meetings, and who is asked how a meeting was."""

from __future__ import annotations

from portal.core.clock import london_day
from portal.core.text import hour_words, moment_words, short_date_words
from portal.infra.notification import Facts, Notification, the_person
from portal.meetings import queries as meetings
from portal.meetings.emails import facts_of, of_meeting, reps_and_deputes
from portal.meetings.when_sent import unless_off
from portal.support_meetings import queries
from portal.support_meetings.events import (
    MeetingFeedbackAsked,
    SupportEvent,
    SupportMeetingCalledOff,
    SupportMeetingSet,
    SupportMeetingTomorrow,
)
from portal.support_meetings.rules import place_words


def of_support(event: SupportEvent) -> Facts:
    """When it was set for, and where it is now; no place where it was called off since."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    support = queries.support_of(meeting)
    where = (support.place, support.link) if support else ("", "")
    shortly = f"{hour_words(event.starts_at)} on {short_date_words(london_day(event.starts_at))}"
    facts = {"meets": moment_words(event.starts_at), "meets_shortly": shortly}
    return {**facts_of(meeting), **facts, "support_place": where[0], "support_link": where[1]}


def of_set(event: SupportMeetingSet) -> Facts:
    """The same, and what it was before, where that is not what it is."""
    facts = of_support(event)
    is_moved = event.was_at is not None and event.was_at != event.starts_at
    now_at = place_words(facts["support_place"], facts["support_link"])
    was = {"was": moment_words(event.was_at) if event.was_at and is_moved else ""}
    elsewhere = event.was_at is not None and event.was_place != now_at
    where = {"was_place": event.was_place, "now_place": now_at} if elsewhere else {"was_place": "", "now_place": ""}
    return {**facts, **was, **where, "is_change": event.was_at is not None}


EMAILS = (
    Notification(
        SupportMeetingSet, reps_and_deputes, "support-set", of_set, always=True, at_once=True, when_sent=unless_off
    ),
    Notification(SupportMeetingCalledOff, reps_and_deputes, "support-off", of_support, always=True, at_once=True),
    Notification(
        SupportMeetingTomorrow,
        reps_and_deputes,
        "support-tomorrow",
        of_support,
        at_once=True,
        worth_days=1,
        when_sent=unless_off,
    ),
    Notification(MeetingFeedbackAsked, the_person, "meeting-feedback", of_meeting, when_sent=unless_off),
)
