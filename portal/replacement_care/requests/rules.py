"""What is so of care that is asked for: its states, whom it waits for, and which times make sense. Pence are whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta

from portal.core.calendar import NoSuchHour, moment, working_day_by
from portal.core.clock import LONDON
from portal.core.money import half_up
from portal.core.text import short_day_words
from portal.core.values import Typed

ASKED, ARRANGING, ARRANGED = "asked", "arranging", "arranged"
TOOK_PLACE, NOT_HELD, CANCELLED, CANNOT = "took_place", "not_held", "cancelled", "cannot"
STATUSES = (ASKED, ARRANGING, ARRANGED, TOOK_PLACE, NOT_HELD, CANCELLED, CANNOT)


STATUS_WORDS = {
    ASKED: "Requested",
    ARRANGING: "Being arranged",
    ARRANGED: "Arranged",
    TOOK_PLACE: "Completed",
    NOT_HELD: "Did not take place",
    CANCELLED: "Cancelled",
    CANNOT: "Cannot be provided",
}


OPEN = (ASKED, ARRANGING, ARRANGED)


UNARRANGED = (ASKED, ARRANGING)


TOLD = (TOOK_PLACE, NOT_HELD)  # what a rep can answer, once the day is over


ENDED = (TOOK_PLACE, NOT_HELD, CANCELLED, CANNOT)


NEXT: Mapping[str, frozenset[str]] = {
    ASKED: frozenset({ASKED, ARRANGING, ARRANGED, CANNOT, CANCELLED, TOOK_PLACE, NOT_HELD}),
    ARRANGING: frozenset({ASKED, ARRANGING, ARRANGED, CANNOT, CANCELLED, TOOK_PLACE, NOT_HELD}),
    ARRANGED: frozenset({ASKED, ARRANGING, ARRANGED, CANNOT, CANCELLED, TOOK_PLACE, NOT_HELD}),
    CANNOT: frozenset({ARRANGED, TOOK_PLACE, NOT_HELD}),  # something was found after all
    TOOK_PLACE: frozenset({TOOK_PLACE, NOT_HELD}),  # the rep answered, and changes the answer
    NOT_HELD: frozenset({TOOK_PLACE, NOT_HELD}),
}


REP, OFFICER = "rep", "officer"


MEETING, PREPARATION, TRAINING, EVENT = "meeting", "preparation", "training", "event"


FOR = (
    (MEETING, "A meeting"),
    (PREPARATION, "Time to read and prepare"),
    (TRAINING, "Training"),
    (EVENT, "Something else in your role"),
)


PLACES = (("home", "At home"), ("elsewhere", "Somewhere else"))


KINDS = (
    ("company", "Someone to be there"),
    ("personal", "Help with washing, dressing or eating"),
    ("skilled", "Someone with specialist training"),
    ("child", "Looking after a child"),
    ("other", "Something else"),
)


WHO = (
    ("arranged", "Please arrange it for me"),
    ("known", "Someone I know"),
    ("service", "The service I usually have"),
)


# What is new for the rep in what is arranged: the names of sentences in their emails.
NEW_TIMES, CHANGE_AGREED, OTHERWISE, PAYER, PRICE = "new_times", "change_agreed", "otherwise", "payer", "price"
NO_MEETING, NO_SITTING = "no_meeting", "no_sitting"  # why care was called off with what it was for

ARRANGED_BY = (
    ("officer", "The engagement officer"),
    ("centre", "A carers centre"),
    ("rep", "The rep, who claims it back"),
)


EACH_TIME = "each time"  # for what the limit of a board's care policy is


USUAL_MEETING = timedelta(hours=2)  # how long a meeting is taken to last: agendas seldom say
LEAD_DAYS = 5  # how many days a provider needs, where a board has set nothing
TEXT_DAYS = 30  # after the day what was typed about it is removed, where a board has set nothing
MOST_TEXT_DAYS = 60
ALARM_DAYS = 3  # before the day, with nothing arranged: everybody is told what can still be done
CHANGE_DAYS = 30  # in which a rep may change what they answered
ANSWER_DAYS = 7  # in which a rep may say whether it took place; then the officer asks
OLDEST_DAYS = 365
FURTHEST_DAYS = 400
MOST_TRAVEL_MINUTES = 360


def may_become(status: str, wanted: str) -> bool:
    return wanted in NEXT.get(status, ())


def last_day_to_change(told_on: date) -> date:
    """Until when a rep may change whether their care took place: figures of that time are settled then."""
    return told_on + timedelta(days=CHANGE_DAYS)


def why_settled(told_on: date, has_invoice: bool, today: date) -> str:
    """Why a rep cannot change whether their care took place, as a sentence; '' while they can."""
    if has_invoice:
        return "You can no longer change your answer, because the provider’s invoice is with the approver."
    last = last_day_to_change(told_on)
    words = f"You could change your answer until {short_day_words(last)}. The figures for that time are settled now."
    return words if today > last else ""


NOT_READ = "You have not read what the rep told us about the care"


def not_looked_at(has_words: bool, has_read: bool, is_worked_out: bool) -> list[str]:
    """What an officer does not know of a request on which they are about to decide, a sentence each."""
    return [
        *([NOT_READ] if has_words and not has_read else []),
        *(["The portal worked out these times, and the rep has not confirmed them"] if is_worked_out else []),
    ]


def cover_deadline(day: date, lead_days: int) -> date:
    """The last working day on which care for a day can still be arranged in good time."""
    return working_day_by(day - timedelta(days=lead_days))


@dataclass(frozen=True)
class Waits:
    """Who is to do something next, and by when."""

    who: str
    by: date


def waits_for(
    status: str, to_agree: str, day: date, deadline: date, today: date, was_arranged: bool = False
) -> Waits | None:
    """Whom a request waits for; None once it has ended. At every other time there is somebody and a day."""
    if status in ENDED:
        return None
    if today > day and status in UNARRANGED and not was_arranged:
        return Waits(OFFICER, today)
    if today > day + timedelta(days=ANSWER_DAYS):
        return Waits(OFFICER, today)
    if today > day:
        return Waits(REP, day + timedelta(days=ANSWER_DAYS))
    if to_agree == REP:
        return Waits(REP, max(today, deadline))
    if to_agree == OFFICER or status in UNARRANGED:
        return Waits(OFFICER, max(today, deadline))
    return Waits(REP, day + timedelta(days=1))


@dataclass(frozen=True)
class Span:
    """From when to when, and how many minutes of it are the journey, both ways."""

    starts_at: datetime
    ends_at: datetime
    travel_minutes: int = 0

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(LONDON).date()

    def kept(self) -> Typed:
        """As a request keeps it."""
        return {**asdict(self), "on_day": self.day}


def proposed(starts_at: datetime, one_way_minutes: int, agenda_until: datetime | None = None) -> Span:
    """The times for a meeting: its usual length, or as long as its agenda goes on, and the journey before and after,
    within its day.
    """
    began = starts_at.astimezone(LONDON).replace(tzinfo=None) - timedelta(minutes=one_way_minutes)
    lasts = max(USUAL_MEETING, agenda_until - starts_at) if agenda_until else USUAL_MEETING
    minutes = int(lasts.total_seconds()) // 60 + 2 * one_way_minutes
    return _within_day(starts_at.astimezone(LONDON).date(), began, minutes, 2 * one_way_minutes)


def without_journey(span: Span) -> Span:
    half = timedelta(minutes=span.travel_minutes // 2)
    return Span(span.starts_at + half, span.ends_at - half)


def lacks_journey(span: Span, event_at: datetime) -> bool:
    """Whether somebody would have to leave for a meeting before the care begins."""
    return span.starts_at > event_at - timedelta(minutes=span.travel_minutes // 2)


def with_journey(span: Span, event_at: datetime) -> Span:
    """The same times, and as much before and after as the journey takes more."""
    one_way = timedelta(minutes=span.travel_minutes // 2)
    missing = span.starts_at - (event_at - one_way)
    began = (span.starts_at - missing).astimezone(LONDON).replace(tzinfo=None)
    until = span.ends_at + missing
    if span.ends_at >= event_at + USUAL_MEETING:  # as proposed, or longer
        until = max(until, event_at + USUAL_MEETING + one_way)
    minutes = int((until - (span.starts_at - missing)).total_seconds()) // 60
    return _within_day(span.day, began, minutes, span.travel_minutes)


def around(starts_at: datetime, ends_at: datetime, one_way_minutes: int) -> Span:
    """The times for something with an end of its own, and the journey before and after, within its day."""
    minutes = int((ends_at - starts_at).total_seconds()) // 60 + 2 * one_way_minutes
    began = starts_at.astimezone(LONDON).replace(tzinfo=None) - timedelta(minutes=one_way_minutes)
    return _within_day(starts_at.astimezone(LONDON).date(), began, minutes, 2 * one_way_minutes)


def _moment_or(day: date, at: time, hours: int) -> datetime:
    """The moment of a day and hour by the clock on the wall; so many hours on, where the clocks go forward over it."""
    try:
        return moment(day, at)
    except NoSuchHour:
        return moment(day, at.replace(hour=at.hour + hours))


def _within_day(day: date, began: datetime, minutes: int, travel_minutes: int) -> Span:
    """A span of one London day from a moment by the clock on the wall: it never crosses midnight."""
    first = max(began, datetime.combine(day, time(0)))
    last = min(began + timedelta(minutes=minutes), datetime.combine(day, time(23, 59)))
    span = Span(_moment_or(day, first.time(), -1), _moment_or(day, last.time(), 1), travel_minutes)
    return replace(span, travel_minutes=min(travel_minutes, span.minutes // 2 * 2))  # the same each way


def moved(span: Span, was_at: datetime, starts_at: datetime, longer_by: timedelta = timedelta(0)) -> Span:
    """The same times around a meeting that moved, by the clock on the wall. A span never crosses midnight.

    `longer_by` is how much longer it lasts than before.
    """
    wall = starts_at.astimezone(LONDON)
    before = was_at.astimezone(LONDON).replace(tzinfo=None) - span.starts_at.astimezone(LONDON).replace(tzinfo=None)
    began = max(wall.replace(tzinfo=None) - before, datetime.combine(wall.date(), time(0)))
    minutes = span.minutes + int(longer_by.total_seconds()) // 60
    return _within_day(wall.date(), began, max(minutes, 1), span.travel_minutes)


def problem_with_hours(from_hour: time, until_hour: time, travel_minutes: int) -> str:
    """Why these hours of one day make no sense, as a sentence; '' when they do."""
    if until_hour <= from_hour:
        return "It must end after it begins. If it goes past midnight, make a request for each day"
    minutes = (until_hour.hour - from_hour.hour) * 60 + until_hour.minute - from_hour.minute
    return (
        "The journey is longer than the whole time. Correct the times, or the journey"
        if travel_minutes > minutes
        else ""
    )


def problem_with_day(day: date, today: date) -> str:
    if day > today + timedelta(days=FURTHEST_DAYS):
        return "Enter a day within the next 13 months"
    return "Enter a day in the last 12 months" if day < today - timedelta(days=OLDEST_DAYS) else ""


def overlapping(span: Span, others: Sequence[Span]) -> Span | None:
    """The first other request of the same person at the same time."""
    return next((one for one in others if one.starts_at < span.ends_at and span.starts_at < one.ends_at), None)


def estimate(minutes: int, hourly_rate: int | None, cap: int | None) -> int | None:
    """What it may cost in pence, by the hour and up to the limit; None where there is no rate."""
    if hourly_rate is None:
        return None
    cost = half_up(minutes * hourly_rate, 60)
    return cost if cap is None else min(cost, cap)


def hours_of(what: str, span: Span) -> dict[str, int]:
    """How many minutes of it are meeting, travel and preparation."""
    if what == PREPARATION:
        return {"meeting": 0, "travel": 0, "preparation": span.minutes}
    return {"meeting": span.minutes - span.travel_minutes, "travel": span.travel_minutes, "preparation": 0}
