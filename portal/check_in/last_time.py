"""What "As last time" says beside it, for whoever is signed in: a mailed link shows nothing of what was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.check_in import queries
from portal.check_in.rules import NO, NOT_AT_ALL, SAME, TRAVEL
from portal.core.text import hour_words
from portal.replacement_care.requests import journeys
from portal.replacement_care.requests.earlier_times import same_times
from portal.replacement_care.requests.last_time import last_words
from portal.replacement_care.requests.usual import usual

if TYPE_CHECKING:
    from uuid import UUID

    from portal.check_in.forms import CheckInForm
    from portal.check_in.models import CheckIn
    from portal.meetings.models import Meeting
    from portal.replacement_care.requests.rules import Span


NOTHING = "no"


def show_last(form: CheckInForm, last: queries.Last, meeting: Meeting, person_id: UUID) -> None:
    """Put into the choices what each of them would send now."""
    if any(_offers_same(form, name) for name in ("care", "travel", "printed")):
        for name, words in said_last(last, meeting, person_id).items():
            if _offers_same(form, name) and words == NOTHING:
                _say_no(form, name)
            elif _offers_same(form, name):
                _say(form, name, words)


def said_last(last: queries.Last, meeting: Meeting, person_id: UUID) -> dict[str, str]:
    """What each of the answers would be, as last time; without those that somebody has never given."""
    words = {}
    if last.care:
        words["care"] = _care_words(last.care, meeting, person_id)
    if last.travel:
        words["travel"] = _travel_words(last.travel)
    if last.printed:
        words["printed"] = " ".join(last.printed.address.split()) if last.printed.printed else NOTHING
    return words


def _offers_same(form: CheckInForm, name: str) -> bool:
    return name in form and SAME in dict(form[name].choices)


def _say_no(form: CheckInForm, name: str) -> None:
    """Of two choices that say no, the plain one."""
    form[name].choices = [choice for choice in form[name].choices if choice[0] != SAME]
    if form[name].data == SAME:
        form[name].data = NO


def _say(form: CheckInForm, name: str, said: str) -> None:
    form[name].choices = [(key, f"{words}: {said}" if key == SAME else words) for key, words in form[name].choices]


def _care_words(last: CheckIn, meeting: Meeting, person_id: UUID) -> str:
    """With both times, where coming online makes them others: which of them is chosen is not known yet."""
    if queries.care_as_last_time(last, meeting) == NO:
        return NOTHING
    ways = [True] if meeting.is_online_only else [False, True]
    here, *online = [journeys.asked_anew(person_id, [meeting], {}, way)[meeting.id] for way in ways]
    times = f"yes, from {_hours(here.span)}"
    last_care = usual(person_id, meeting.board_id)
    if here.lacks_journey:
        times += " (we do not know your journey yet)"
    if online and not same_times(online[0].span, here.span):
        times += f", or {_hours(online[0].span)} if you join online"
    same = last_words(last_care)
    return f"{times}. {same.removesuffix('.')}" if same else times


def _hours(span: Span) -> str:
    return f"{hour_words(span.starts_at)} to {hour_words(span.ends_at)}"


def _travel_words(last: CheckIn) -> str:
    how = dict(TRAVEL)[last.travel]
    how = how[:1].lower() + how[1:] if last.travel != NOT_AT_ALL else "no travel"
    return f"{how}, from {last.travel_from}" if last.travel_from else how
