"""What today makes happen: reps are asked at 8am, ten days before a meeting (a setting) and once more three before.

Clerks hear of printed papers on the last day to post them, and on the morning after whoever asks later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from itertools import pairwise
from uuid import UUID

from portal.check_in import queries
from portal.check_in.actions import ask
from portal.check_in.events import PacksToPost
from portal.check_in.posting import posting_key
from portal.check_in.rules import days_to_ask, is_time_to_ask, post_by
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.expenses.claims import actions as claims_actions
from portal.expenses.policies import queries as policies_queries
from portal.meetings import queries as meetings
from portal.papers.preparing import queries as papers
from portal.support_meetings.events import MeetingFeedbackAsked

LONGEST_AHEAD = timedelta(days=60)


def check_ins(now: datetime) -> Iterator[Occasion]:
    """One occasion for each meeting and each time of asking; a meeting that moved is asked about again."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    for meeting in meetings.planned_between(today + timedelta(days=1), today + LONGEST_AHEAD):
        for number, (days, following) in enumerate(pairwise((*days_to_ask(meeting.board.check_in_days), 0))):
            if is_time_to_ask(meeting.meets_on, days, following, today):
                words = f"Ask who is coming: {meeting.board.short_name}, {meeting.group.name}, {meeting.meets_on}"
                act = partial(ask, meeting.id, number > 0)
                yield Occasion(f"check-in:{meeting.id}:{meeting.meets_on}:{number}", words, action=act)


def packs_to_post(now: datetime) -> Iterator[Occasion]:
    """Once for each meeting and each set of people who want its papers by post, while some are not posted.

    Not before there is something to post.
    """
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    for meeting in meetings.planned_between(today + timedelta(days=1), today + LONGEST_AHEAD):
        if today < post_by(meeting.meets_on, meeting.target_days):
            continue
        wanting = queries.wanting_print(meeting)
        waiting = [one for one in wanting if one.posted_on is None]
        if waiting and papers.published_marks(meeting.id):
            event = PacksToPost(board_id=meeting.board_id, meeting_id=meeting.id, people=len(waiting))
            yield Occasion(posting_key(meeting, wanting), f"Post {len(waiting)} printed packs", event)


OFFER_WITHIN = timedelta(days=5)  # a scheduler that stood still still asks


def claims_to_offer(now: datetime) -> Iterator[Occasion]:
    """At 8am on the morning after: whoever came is asked if it cost them anything, where the board has a policy."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    for meeting in meetings.planned_between(today - OFFER_WITHIN, today - timedelta(days=1)):
        if policies_queries.policy_on(meeting.board_id, meeting.meets_on):
            for person_id in queries.who_came(meeting):
                act = partial(offer, meeting.id, person_id)
                yield Occasion(f"offer:{meeting.id}:{person_id}", "Ask someone what a meeting cost them", action=act)


def how_it_was(now: datetime) -> Iterator[Occasion]:
    """At 8am on the morning after: whoever came is asked three questions about the meeting."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    for meeting in meetings.planned_between(today - OFFER_WITHIN, today - timedelta(days=1)):
        for person_id in queries.who_came(meeting):
            event = MeetingFeedbackAsked(board_id=meeting.board_id, meeting_id=meeting.id, person_id=person_id)
            yield Occasion(f"how-it-was:{meeting.id}:{person_id}", "Ask someone how a meeting was", event)


def offer(meeting_id: UUID, person_id: UUID) -> None:
    claims_actions.prompt_for_meeting(
        meetings.meeting_by_id(meeting_id), person_id, queries.said_before(meeting_id, person_id)
    )
