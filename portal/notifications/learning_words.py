"""The facts of emails about mentoring, training sessions and support meetings: names and days, and no words typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.core.text import count_words, day_words, hour_words, moment_words
from portal.meetings import queries as meetings
from portal.notifications.facts import Facts, name_of, of_board, of_meeting
from portal.notifications.recipients import Recipient
from portal.support_meetings import queries as support
from portal.training.sessions import queries as sessions_queries


def of_person(event: Any, recipient: Recipient) -> Facts:
    return {**(of_board(event, recipient) or {}), "rep": name_of(event.person_id)}


def of_request(event: Any, recipient: Recipient) -> Facts:
    weeks = count_words(getattr(event, "weeks", 0), "week")
    return {**(of_person(event, recipient) or {}), "wanted_id": event.request_id.hex, "weeks": weeks}


def mentor_left(event: Any, recipient: Recipient) -> Facts:
    return {**(of_person(event, recipient) or {}), "people": count_words(event.pairs, "person", "people")}


def of_pair(event: Any, recipient: Recipient) -> Facts:
    """A pair, as one of the two or an officer reads of it: who the other is, and both names."""
    names = {"rep": name_of(event.person_id), "mentor": name_of(event.mentor_id)}
    is_mentor = recipient.person_id == event.mentor_id
    other = names["rep"] if is_mentor else names["mentor"]
    is_one = recipient.person_id in (event.person_id, event.mentor_id)
    facts = {"pair_id": event.pair_id.hex, "other": other, "is_mentor": is_mentor, "own": is_one}
    return {**(of_board(event, recipient) or {}), **names, **facts}


def unanswered(event: Any, recipient: Recipient) -> Facts:
    return {**(of_pair(event, recipient) or {}), "weeks": count_words(event.weeks, "week")}


def tomorrow(event: Any, recipient: Recipient) -> Facts:
    return {**(of_pair(event, recipient) or {}), "day": day_words(event.next_on)}


def of_session(event: Any, recipient: Recipient) -> Facts:
    """A training session: what, when and where."""
    one = sessions_queries.session_by_id(event.board_id, event.session_id)
    where = {"place": one.place, "link": one.link}
    facts = {"title": one.title, "when": moment_words(one.starts_at), "ends": hour_words(one.ends_at), **where}
    was_at = getattr(event, "was_at", None)
    was = moment_words(was_at) if was_at and was_at != one.starts_at else ""
    return {**(of_board(event, recipient) or {}), **facts, "session_id": one.id.hex, "was": was}


def of_support(event: Any, recipient: Recipient) -> Facts:
    """A support meeting, as it is now; nothing of one that is over or was called off since."""
    facts = {**of_meeting(event, recipient), "meets": moment_words(event.starts_at)}
    found = support.support_of(meetings.meeting_by_id(event.meeting_id))
    where = {"support_place": found.place, "support_link": found.link} if found else {}
    return {"support_place": "", "support_link": "", **facts, **where}


LEARNING: dict[str, Callable[[Any, Recipient], Facts]] = {
    "training-changed": of_session,
    "training-cancelled": of_session,
    "training-tomorrow": of_session,
    "place-booked": of_session,
    "place-waited-for": of_session,
    "place-free": of_session,
    "support-set": of_support,
    "support-off": of_support,
    "support-tomorrow": of_support,
    "how-it-was": of_meeting,
    "mentor-wanted": of_request,
    "mentor-still-wanted": of_request,
    "mentor-offered": of_person,
    "mentor-confirmed": of_person,
    "mentor-left": mentor_left,
    "become-mentor": of_person,
    "mentor-asked": of_pair,
    "match-unanswered": unanswered,
    "mentor-matched": of_pair,
    "match-off": of_pair,
    "mentoring-ended": of_pair,
    "mentoring-tomorrow": tomorrow,
    "mentoring-pulse": of_pair,
    "mentoring-low": of_board,
}
