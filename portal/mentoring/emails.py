"""Who hears by email of mentors, requests for one, and pairs: names and days, and no words that somebody wrote."""

from __future__ import annotations

from portal.accounts import queries as accounts
from portal.boards import queries as boards
from portal.boards.emails import name_of, of_board, officers
from portal.core import clock
from portal.core.text import count_words, day_words
from portal.infra.notification import Facts, Notification, Reader, Recipient, each, the_person
from portal.infra.unit_of_work import acting
from portal.mentoring.events import (
    MentorAdded,
    MentorAskedFor,
    MentorConfirmed,
    MentorEvent,
    MentoringOffered,
    MentoringTomorrow,
    MentorLeft,
    MentorOffered,
    MentorRequestEvent,
    MentorStillWanted,
    NextTalkChanged,
    PairBegan,
    PairDeclined,
    PairEnded,
    PairEvent,
    PairProposed,
    PairUnanswered,
    PulseDue,
    PulseLow,
)
from portal.mentoring.pairs import queries as pairs_queries


def the_pair(event: PairEvent) -> list[Recipient]:
    """Both of a pair."""
    return each([event.person_id, event.mentor_id])


def those_still_asked(event: PairEvent) -> list[Recipient]:
    """Those of a pair who have not said yes yet."""
    pair = pairs_queries.pair_by_id(event.board_id, event.pair_id)
    said = ((pair.person_id, pair.person_said_at), (pair.mentor_id, pair.mentor_said_at))
    return each(person_id for person_id, moment in said if moment is None)


def the_other_one(event: PairEvent) -> list[Recipient]:
    """The one of a pair who did not do it."""
    return [one for one in the_pair(event) if one.person_id != acting.get()]


def the_other_one_and_officers(event: PairEvent) -> list[Recipient]:
    """The one of a pair who did not do it, and the officers but for one who did."""
    everyone = [*the_pair(event), *officers(event)]
    return each(one.person_id for one in everyone if one.person_id != acting.get())


def whoever_is_asked(event: PulseDue) -> list[Recipient]:
    """The one of a pair to whom the question goes."""
    return [Recipient(event.asked_id)]


def officers_outside_the_pair(event: PulseLow) -> list[Recipient]:
    """The officers who are none of the pair whose answer was low."""
    return each(pairs_queries.officers_beside(pairs_queries.pulse_by_id(event.board_id, event.pulse_id).pair))


def those_who_have_joined(event: MentorAdded) -> list[Recipient]:
    """Who was added, if they have joined: whoever is invited for it hears by that email."""
    person = accounts.person(event.person_id)
    return the_person(event) if person and person.joined_at else []


def of_mentor(event: MentorEvent) -> Facts:
    return {**of_board(event), "rep": name_of(event.person_id)}


def mentor_left(event: MentorLeft) -> Facts:
    return {**of_mentor(event), "people": count_words(event.pairs, "person", "people")}


def of_request(event: MentorRequestEvent) -> Facts:
    return {**of_board(event), "rep": name_of(event.person_id), "wanted_id": event.request_id.hex}


def still_wanted(event: MentorStillWanted) -> Facts:
    return {**of_request(event), "weeks": count_words(event.weeks, "week")}


def of_pair(event: PairEvent) -> Facts:
    """A pair by both names."""
    names = boards.people_named([event.person_id, event.mentor_id])
    both = {"rep": names[event.person_id], "mentor": names[event.mentor_id]}
    return {**of_board(event), **both, "pair_id": event.pair_id.hex}


def from_their_side(event: PairEvent, facts: Facts, reader: Reader) -> Facts:
    """Who the other one is, for one of the two; for an officer the pair is not their own."""
    is_mentor = reader.id == event.mentor_id
    own = reader.id in (event.person_id, event.mentor_id)
    return {"other": facts["rep"] if is_mentor else facts["mentor"], "is_mentor": is_mentor, "own": own}


def unanswered(event: PairUnanswered) -> Facts:
    return {**of_pair(event), "weeks": count_words(event.weeks, "week")}


def talk_tomorrow(event: MentoringTomorrow) -> Facts:
    return {**of_pair(event), "day": day_words(event.next_on)}


def next_talk(event: NextTalkChanged) -> Facts | None:
    """From which day to which. A day that is over was a talk, so the next one is new and was not moved."""
    was_on = event.was_on if event.was_on and event.was_on >= clock.today() else None
    if was_on is None and event.next_on is None:
        return None
    day, was = (day_words(one) if one else "" for one in (event.next_on, was_on))
    return {**of_pair(event), "day": day, "was_day": was, "changed_by": _whoever_of(event)}


def _whoever_of(event: PairEvent) -> str:
    """The name of the one of a pair who does it; none, where neither does."""
    actor = acting.get()
    return name_of(actor) if actor in (event.person_id, event.mentor_id) else ""


EMAILS = (
    Notification(MentorAskedFor, officers, "mentor-wanted", of_request, always=True, gathered=True),
    Notification(MentorStillWanted, officers, "mentor-still-wanted", still_wanted, always=True, gathered=True),
    Notification(MentorOffered, officers, "mentor-offered", of_mentor, gathered=True),
    Notification(MentorConfirmed, the_person, "mentor-confirmed", of_mentor, always=True),
    Notification(MentorAdded, those_who_have_joined, "mentor-confirmed", of_mentor, always=True),
    Notification(MentorLeft, officers, "mentor-left", mentor_left, always=True, gathered=True),
    Notification(MentoringOffered, the_person, "become-mentor", of_mentor, gathered=True, worth_days=14),
    Notification(PairProposed, those_still_asked, "mentor-asked", of_pair, from_their_side, always=True, worth_days=14),
    Notification(PairUnanswered, officers, "match-unanswered", unanswered, always=True, gathered=True),
    Notification(PairBegan, the_pair, "mentor-matched", of_pair, from_their_side, always=True),
    Notification(PairDeclined, the_other_one_and_officers, "match-off", of_pair, from_their_side, always=True),
    Notification(NextTalkChanged, the_other_one, "next-talk", next_talk, from_their_side, always=True),
    Notification(PairEnded, the_other_one, "mentoring-ended", of_pair, from_their_side, gathered=True),
    Notification(
        MentoringTomorrow,
        the_pair,
        "mentoring-tomorrow",
        talk_tomorrow,
        from_their_side,
        always=True,
        at_once=True,
        worth_days=1,
    ),
    Notification(
        PulseDue,
        whoever_is_asked,
        "mentoring-pulse",
        of_pair,
        from_their_side,
        always=True,
        gathered=True,
        worth_days=14,
    ),
    Notification(PulseLow, officers_outside_the_pair, "mentoring-low", of_board, always=True, gathered=True),
)
