"""What today makes happen: officers hear of who waits, pairs of their next day, and each is asked if it helps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.mentoring.events import (
    MentoringOffered,
    MentoringTomorrow,
    MentorStillWanted,
    PairUnanswered,
    PulseDue,
    PulseLow,
)
from portal.mentoring.matching import queries
from portal.mentoring.models import event_ids
from portal.mentoring.rules import MOST_WEEKS_TOLD, PROPOSED, RUNNING, is_pulse_open, pulse_day, weeks_unanswered

AT_HOUR = time(8)
LOOKED_AFTER_WITHIN = timedelta(days=7)  # a scheduler that stood still still tells


def nobody_waits_unanswered(now: datetime) -> Iterator[Occasion]:
    """At 8am, after 7 days without an answer and each week after: the officers are told."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for one in queries.waiting_everywhere():
        if 1 <= (weeks := weeks_unanswered(london_day(one.waits_since), today)) <= MOST_WEEKS_TOLD:
            about = {"board_id": one.board_id, "request_id": one.id, "person_id": one.person_id}
            key = f"mentor-wanted:{one.id}:{london_day(one.waits_since)}:{weeks}"
            yield Occasion(key, "Someone is waiting for a mentor", MentorStillWanted(**about, weeks=weeks))
    for pair in queries.pairs_everywhere(PROPOSED):
        if 1 <= (weeks := weeks_unanswered(london_day(pair.proposed_at), today)) <= MOST_WEEKS_TOLD:
            key = f"pair-unanswered:{pair.id}:{weeks}"
            yield Occasion(key, "A match is waiting for an answer", PairUnanswered(**event_ids(pair), weeks=weeks))


def pairs_tomorrow(now: datetime) -> Iterator[Occasion]:
    """At 8am on the day before the two meet."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for pair in queries.pairs_everywhere(RUNNING):
        if pair.next_on == today + timedelta(days=1):
            event = MentoringTomorrow(**event_ids(pair), next_on=pair.next_on)
            yield Occasion(f"mentoring:{pair.id}:{pair.next_on}", "Mentoring tomorrow", event)


def pulses(now: datetime) -> Iterator[Occasion]:
    """At 8am, after 30 days and then every 60: each of a pair is asked if it helps."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for pair in queries.pairs_for_pulse(today):
        asked_on = pulse_day(pair.began_on, today) if pair.began_on else None
        if asked_on and is_pulse_open(asked_on, today):
            for asked_id in (pair.person_id, pair.mentor_id):
                event = PulseDue(**event_ids(pair), asked_id=asked_id, asked_on=asked_on)
                yield Occasion(f"pulse:{pair.id}:{asked_id}:{asked_on}", "Ask if mentoring helps", event)


def low_pulses(now: datetime) -> Iterator[Occasion]:
    """At 8am on the morning after a low answer, so that no line of the trail tells who gave it."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for one in queries.low_everywhere(now - LOOKED_AFTER_WITHIN):
        if london_day(one.answered_at) < today:
            event = PulseLow(board_id=one.board_id, pulse_id=one.id)
            yield Occasion(f"low-pulse:{one.id}", "Someone may need support with mentoring", event)


def mentoring_offered(now: datetime) -> Iterator[Occasion]:
    """Once, after a year as a rep: would they help somebody new?"""
    for board_id, person_id in queries.reps_for_a_year(london_day(now)):
        event = MentoringOffered(board_id=board_id, person_id=person_id)
        yield Occasion(f"become-mentor:{board_id}:{person_id}", "Ask a rep if they would mentor", event)
