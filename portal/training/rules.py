"""What is so of induction, courses, records and sessions: what is due and whose, what counts, and who has a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

REP, OFFICER, CLERK = "rep", "officer", "clerk"
OWNERS = ((REP, "The rep"), (OFFICER, "The engagement officer"), (CLERK, "The clerk"))
DONE, DUE, LATE, LATER, DROPPED = "done", "due", "late", "later", "dropped"
SOON_DAYS = 7
MOST_WEEKS_LATE = 8  # after that a weekly email helps nobody: the officer's page still shows it
BEGUN_WITHIN = timedelta(days=30)  # a scheduler that stood still still begins an induction
FOLLOWED = timedelta(days=540)  # how long an induction is followed
HOW = (("read", "Read"), ("watch", "Watch"), ("online", "Online, with others"), ("room", "In a room"))
FOR_WHOM = (("rep", "Reps"), ("depute", "Deputes"), ("mentor", "Mentors"), ("member", "Other members"))
SAID, CONFIRMED, DECLINED = "said", "confirmed", "declined"
RECORD_WORDS = {SAID: "Waits for your officer", CONFIRMED: "Confirmed", DECLINED: "Not confirmed"}
RENEW_DAYS_LEFT = (60, 14)
IN_TIME = timedelta(days=92)  # an induction done within three months of the appointment
BOOKED, ON_WAITING_LIST, ATTENDED, MISSED = "booked", "waiting", "attended", "missed"
HAS_A_PLACE = (BOOKED, ATTENDED, MISSED)
BOOKING_WORDS = {
    BOOKED: "You have a place",
    ON_WAITING_LIST: "You are on the waiting list",
    ATTENDED: "You were there",
    MISSED: "You were not there",
}
AWARENESS_COUNTS_FOR = timedelta(days=3 * 365)  # members change: Carer Awareness counts for three years
FIRST_MEETING_STEP = "Go to your first meeting with a buddy"  # of the usual plan: due on the day of that meeting
FIRST_PLAN = (
    ("Meet the person you can ask", OFFICER, 7),
    ("Read what your role is, and the papers of the last meeting", REP, 14),
    ("Fill in the register of interests", REP, 30),
    (FIRST_MEETING_STEP, OFFICER, 60),
    ("Look back together after three months", OFFICER, 90),
    ("Look back together after six months", OFFICER, 180),
)
NATIONAL_COURSES = (
    ("Role and remit", "What a board is, what it decides, and your part in it"),
    ("Code of conduct", "What is expected of every member, and what protects you"),
    ("Finance", "Where the money comes from, and how to read a budget paper"),
    ("Governance and directions", "How decisions are made, and who must carry them out"),
    ("Reading papers", "How to find what matters to carers in 300 pages"),
    ("The Carers Act", "What the law gives carers, and what boards must do"),
    ("Data protection", "What you may pass on, and what stays in the room"),
    ("Equality", "Who is not in the room, and how to think of them"),
    ("Chairing", "How to lead a meeting so that everybody can speak"),
)


@dataclass(frozen=True)
class Task:
    """One step of somebody's induction, with the day by which it is due."""

    key: str
    title: str
    owner: str
    due_on: date
    is_done: bool

    def state(self, today: date, until_on: date) -> str:
        """A step that was due after the appointment ended is dropped: nobody is asked for it any more."""
        if self.is_done:
            return DONE
        if self.due_on > until_on or today > until_on:
            return DROPPED
        if today > self.due_on:
            return LATE
        return DUE if self.due_on <= today + timedelta(days=SOON_DAYS) else LATER


def due_on(from_on: date, days: int, first_meeting_on: date | None = None) -> date:
    """The day by which a step is due: it follows the first day of the appointment, also when that is changed.

    A step for the first meeting is due on its day, and moves with it.
    """
    return first_meeting_on or from_on + timedelta(days=days)


def is_complete(tasks: Collection[Task], today: date, until_on: date) -> bool:
    return all(task.state(today, until_on) in (DONE, DROPPED) for task in tasks)


def may_mark(owner: str, is_rep: bool, is_officer: bool, is_clerk: bool) -> bool:
    """Whose step it is, and officers for everybody."""
    return is_officer or (owner == REP and is_rep) or (owner == CLERK and is_clerk)


def is_in_time(from_on: date, steps: Iterable[tuple[int, date | None]]) -> bool:
    """Whether every step that is due within three months was done within them; `steps` are days and when done."""
    wanted = [done_on for days, done_on in steps if timedelta(days=days) <= IN_TIME]
    return bool(wanted) and all(done_on is not None and done_on <= from_on + IN_TIME for done_on in wanted)


def weeks_late(task_due_on: date, today: date) -> int:
    """How many whole weeks a step is late; 0 in the first."""
    return max(0, (today - task_due_on).days // 7)


def valid_until(done_on: date, months: int | None) -> date | None:
    """Until when a course counts; None for ever."""
    if not months:
        return None
    year, month = divmod(done_on.month - 1 + months, 12)
    first = date(done_on.year + year, month + 1, 1)
    return min(first + timedelta(days=done_on.day - 1), _last_day(first))


def _last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def counts(status: str, until: date | None, today: date) -> bool:
    """Whether a record shows that somebody has the training today."""
    return status == CONFIRMED and (until is None or until >= today)


def renewal_reminder(left: int) -> int:
    """Which reminder is due when so many days are left: 60, 14, or 0 for none."""
    return min((days for days in RENEW_DAYS_LEFT if 0 <= left <= days), default=0)


def problem_with_days(done_on: date, until: date | None, today: date) -> str:
    if done_on > today:
        return "Enter today or an earlier day"
    return "It cannot run out before you did it" if until and until < done_on else ""


def places_left(places: int, taken: int) -> int:
    return max(0, places - taken)


def problem_with_booking(starts_at: datetime, is_cancelled: bool, now: datetime) -> str:
    """Why a place cannot be booked, as a sentence; '' when it can. A full session has a waiting list."""
    if is_cancelled:
        return "This session is cancelled"
    return "This session has begun or is over" if starts_at <= now else ""


@dataclass(frozen=True)
class Busy:
    """Something that somebody goes to at a time."""

    title: str
    starts_at: datetime
    ends_at: datetime


def overlapping(starts_at: datetime, ends_at: datetime, others: Iterable[Busy]) -> list[str]:
    """What else somebody goes to at the same time: said, and allowed."""
    return [one.title for one in others if one.starts_at < ends_at and starts_at < one.ends_at]


def coverage(had_it: int, members: int) -> int | None:
    """Percent of the other members who had Carer Awareness; None where nobody said how many there are."""
    return min(100, round(100 * had_it / members)) if members else None
