"""Who hears by email of requests for care. No email says what a request is about, but for its meeting; its rep alone
reads of the day that it is for, when its times are to be agreed or the day is over. What they typed is in none.
"""

from __future__ import annotations

from datetime import date

from portal.boards.emails import administrators, of_board, officers
from portal.boards.queries import reps_with_groups
from portal.core import clock
from portal.core.text import count_words, hour_words, short_day_words
from portal.deputes import queries as deputes
from portal.infra.notification import Facts, Notification, Recipient, each, the_person, whether_own
from portal.infra.unit_of_work import acting
from portal.meetings import queries as meetings
from portal.replacement_care.events import (
    CareAgreed,
    CareArranged,
    CareAsked,
    CareAskedAgain,
    CareCancelled,
    CareCannot,
    CareEvent,
    CareNobodyCame,
    CareNotArranged,
    CareTaken,
    CareToAgree,
    CareToTell,
    CareWaits,
)
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.rules import (
    ARRANGED,
    CHANGE_AGREED,
    EVENT,
    NEW_TIMES,
    NO_MEETING,
    NO_SITTING,
    PREPARATION,
    REP,
)
from portal.replacement_care.requests.told_apart import made_words

WHY_OFF = {NO_MEETING: "the meeting was cancelled", NO_SITTING: "the meeting will not sit again on that day"}


def care_officers(event: CareEvent) -> list[Recipient]:
    """Who arranges a request, else every officer who may; never one who stands aside."""
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    able = requests_queries.officers_for(request)
    return each([request.officer_id] if request.officer_id in able else able)


def administrators_if_no_officer_can(event: CareEvent) -> list[Recipient]:
    """The administrators, where no officer can arrange a request: nobody is left without somebody named."""
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    return [] if requests_queries.officers_for(request) else administrators(event)


def both_sides(event: CareEvent) -> list[Recipient]:
    """The rep and whoever arranges for them."""
    return each([event.person_id, *(one.person_id for one in care_officers(event))])


def the_other_side(event: CareEvent) -> list[Recipient]:
    """Whoever of the rep and the officers did not do it."""
    return [one for one in both_sides(event) if one.person_id != acting.get()]


def of_request(event: CareEvent) -> Facts:
    """A request by its number, whose it is, and by the day of the meeting that it is for, else that on which it was
    made: when somebody is out is in no other.
    """
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    meeting = meetings.find_meeting(request.meeting_id) if request.meeting_id else None
    words = _about_meeting(meeting.meets_on) if meeting else _made(made_words(request))
    return {**of_board(event), "request_id": event.request_id.hex, "asker": _asker(event), **words}


def to_tell(event: CareToTell) -> Facts:
    """To its rep alone, once the day is over: when the care was, and for which meeting. What they typed stays here."""
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    of_meeting = {"care_for": request.title} if request.meeting_id else {}
    return {**of_request(event), **of_meeting, "care_day": short_day_words(request.on_day)}


def _asker(event: CareEvent) -> str:
    """'rep' or 'depute': two requests for one meeting are told apart by it."""
    if event.person_id not in deputes.agreed_deputes(event.board_id):
        return "rep"
    return "rep" if event.person_id in reps_with_groups(event.board_id, clock.today()) else "depute"


def _made(words: str) -> Facts:
    return {"of_day": f" {words}", "which": f": {words}"}


def _about_meeting(on: date) -> Facts:
    day = short_day_words(on)
    return {"of_day": f" about the meeting on {day}", "which": f": meeting on {day}"}


def state_now(event: CareEvent) -> Facts:
    """How a request stands after what happened: no word of what it is about."""
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    return {**of_request(event), "state": _state(event, request), "what_changed": _changed(request)}


IN_GENERAL = {EVENT: "an event", PREPARATION: "time to read and prepare"}  # a rep types what it is called


def to_agree(event: CareEvent) -> Facts:
    """To its rep alone, who is asked about its times: what it is for and on which day, in no word that they typed."""
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    named = IN_GENERAL.get(request.what) or request.title
    day = short_day_words((request.wanted_span or request.span).day)
    return {**state_now(event), "for_what": f" about {named} on {day}"}


def _changed(request: CareRequest) -> str:
    """What changed as it moved with its meeting: 'day has', 'times have' or 'day and times have'."""
    was, now = request.was_span, request.span
    if was is None or was.day == now.day:
        return "times have"
    is_same_hours = [hour_words(at) for at in (was.starts_at, was.ends_at)] == [
        hour_words(at) for at in (now.starts_at, now.ends_at)
    ]
    return "day has" if is_same_hours else "day and times have"


def _state(event: CareEvent, request: CareRequest) -> str:
    """The name of a sentence in the emails about a request."""
    if isinstance(event, CareTaken):
        return "taken"
    if isinstance(event, CareCannot):
        return "cannot" if request.ends_at > clock.now() else "not_provided"
    if request.to_agree == REP and request.status == ARRANGED:
        return "offered" if request.wanted_span else "asked"
    if isinstance(event, CareToAgree):
        return "moved" if request.was_span else "asked"
    if isinstance(event, CareArranged) and event.news:
        return event.news
    if request.status == ARRANGED and isinstance(event, CareAgreed) and acting.get() != event.person_id:
        return NEW_TIMES if request.was_span else CHANGE_AGREED
    return "arranged" if request.status == ARRANGED else "agreed"


def cancelled(event: CareCancelled) -> Facts:
    """With what went where care went with it; a sitting that is off is not the day on which its meeting was held."""
    off = {"was_arranged": event.was_arranged, "why_off": WHY_OFF.get(event.why, "")}
    if event.why != NO_SITTING:
        return {**of_request(event), **off}
    request = requests_queries.request_by_id(event.board_id, event.request_id)
    return {**of_request(event), **_about_meeting(request.on_day), **off}


def requests_waiting(event: CareWaits) -> Facts:
    return {**of_board(event), "count": count_words(event.requests, "request")}


EMAILS = (
    Notification(CareAsked, care_officers, "care-asked", of_request, always=True, at_once=True),
    Notification(
        CareAsked,
        administrators_if_no_officer_can,
        "care-no-officer",
        of_board,
        always=True,
        at_once=True,
        answered_by="",
    ),
    Notification(CareAskedAgain, care_officers, "care-asked-again", of_request, always=True, at_once=True),
    Notification(CareTaken, the_person, "care-update", state_now, whether_own),
    Notification(CareArranged, the_person, "care-update", state_now, whether_own, always=True, at_once=True),
    Notification(CareToAgree, the_person, "care-to-agree", to_agree, always=True, at_once=True),
    Notification(CareAgreed, the_other_side, "care-update", state_now, whether_own, always=True),
    Notification(CareCannot, the_person, "care-update", state_now, whether_own, always=True, at_once=True),
    Notification(CareCancelled, both_sides, "care-called-off", cancelled, whether_own, always=True, at_once=True),
    Notification(CareWaits, officers, "care-waits", requests_waiting, always=True, at_once=True, worth_days=1),
    Notification(CareNotArranged, care_officers, "care-alarm", of_request, always=True, at_once=True, worth_days=3),
    Notification(CareNotArranged, the_person, "care-choices", of_request, always=True, at_once=True, worth_days=3),
    Notification(
        CareNotArranged,
        administrators_if_no_officer_can,
        "care-no-officer",
        of_board,
        always=True,
        at_once=True,
        answered_by="",
    ),
    Notification(CareNobodyCame, care_officers, "care-nobody-came", of_request, always=True, at_once=True),
    Notification(CareToTell, the_person, "care-to-tell", to_tell),
)
