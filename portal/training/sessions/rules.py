"""What is so of training sessions: who has a place, and what stands in the way of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.core.days import NOT_OVER
from portal.core.text import together

BOOKED, ON_WAITING_LIST, ATTENDED, MISSED = "booked", "waiting", "attended", "missed"


HAS_A_PLACE = (BOOKED, ATTENDED, MISSED)


BOOKING_WORDS = {
    BOOKED: "You have a place",
    ON_WAITING_LIST: "You are on the waiting list",
    ATTENDED: "You were there",
    MISSED: "You were not there",
}


BOOKING_WORDS_OVER = {BOOKED: "You had a place", ON_WAITING_LIST: "You were on the waiting list"}
NOT_RECORDED = "It has not been recorded yet who was there."
PAST_FOR = timedelta(days=90)  # how long a session that is over is listed for whoever had a place


ADDED_WITHIN = timedelta(days=366)
NOT_LONG_AGO = "must be within the last year, or in the future"
MOST_NAMES = 3  # in what is said once it is saved
NOTHING_CHANGED = "Nothing was changed."


def booking_words(status: str, ends_at: datetime, now: datetime) -> str:
    """What somebody reads of their own place, before a session and once it is over."""
    return (BOOKING_WORDS_OVER if ends_at <= now else {}).get(status, BOOKING_WORDS[status])


def places_left(places: int, taken: int) -> int:
    return max(0, places - taken)


def problem_with_booking(starts_at: datetime, is_cancelled: bool, now: datetime) -> str:
    """Why a place cannot be booked, as a sentence; '' when it can. A full session has a waiting list."""
    if is_cancelled:
        return "This session has been cancelled"
    return "This session has begun or is over" if starts_at <= now else ""


def problem_with_day(day: date, today: date, is_new: bool) -> str:
    """Why a session cannot be on a day. What took place is added for a year; what people could book stays ahead."""
    if not is_new:
        return NOT_OVER if day < today else ""
    return NOT_LONG_AGO if day < today - ADDED_WITHIN else ""


def arranged_words(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    """What is said once a session is saved: whether anybody can book it."""
    if starts_at > now:
        return "It is open for booking."
    return f"This session {'is over' if ends_at <= now else 'has begun'}, so nobody can book it."


def state_words(
    starts_at: datetime, ends_at: datetime, is_cancelled: bool, left: int, now: datetime
) -> tuple[str, str]:
    """What every page of officers says of a session, and the kind of its tag."""
    if is_cancelled:
        return "Cancelled", "late"
    if starts_at <= now:
        return ("Over" if ends_at <= now else "On now"), ""
    return ("Open", "done") if left else ("Full", "soon")


def had_a_place(status: str, asked_at: datetime, starts_at: datetime) -> bool:
    """Whether somebody has or had one of its places: whoever is added once it has begun came without one."""
    return status in HAS_A_PLACE and asked_at < starts_at


def came_without_a_place(status: str, asked_at: datetime, starts_at: datetime) -> bool:
    return status == ATTENDED and not had_a_place(status, asked_at, starts_at)


@dataclass
class Noted:
    """What became of training records when an officer saved who was there."""

    added: list[UUID] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)
    is_changed: bool = False

    def words(self, names: Mapping[UUID, str]) -> str:
        """What was done, in sentences."""
        done = (("added it to", self.added), ("removed it from", self.removed))
        said = [f"We’ve {verb} the training record{_whose(people, names)}." for verb, people in done if people]
        return " ".join(said) or ("No training record has changed." if self.is_changed else NOTHING_CHANGED)


def _whose(people: Sequence[UUID], names: Mapping[UUID, str]) -> str:
    if len(people) > MOST_NAMES:
        return f"s of {len(people)} people"
    return f"{'s' if people[1:] else ''} of {together([names[one] for one in people])}"


@dataclass(frozen=True)
class Busy:
    """Something that somebody goes to at a time."""

    title: str
    starts_at: datetime
    ends_at: datetime


def overlapping(starts_at: datetime, ends_at: datetime, others: Iterable[Busy]) -> list[str]:
    """What else somebody goes to at the same time: said, and allowed."""
    return [one.title for one in others if one.starts_at < ends_at and starts_at < one.ends_at]
