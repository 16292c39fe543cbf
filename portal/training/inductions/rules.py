"""What is so of inductions: what is due and whose, and whether it was in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from portal.access.permissions import INDUCTION_CLERKS_STEPS, INDUCTION_OFFICERS_STEPS, INDUCTION_REPS_STEPS
from portal.core.calendar import working_day_by

REP, OFFICER, CLERK = "rep", "officer", "clerk"


TO_MARK = {REP: INDUCTION_REPS_STEPS, OFFICER: INDUCTION_OFFICERS_STEPS, CLERK: INDUCTION_CLERKS_STEPS}
OWNERS = ((REP, "The rep"), (OFFICER, "The engagement officer"), (CLERK, "The clerk"))


DONE, DUE, LATE, LATER, DROPPED = "done", "due", "late", "later", "dropped"


SOON_DAYS = 7


MOST_WEEKS_LATE = 8  # after that a weekly email helps nobody: the first pages of rep and officer still show it


BEGUN_WITHIN = timedelta(days=30)  # a scheduler that stood still still begins an induction


FOLLOWED = timedelta(days=540)  # how long an induction is followed


IN_TIME = timedelta(days=92)  # an induction done within three months of the appointment


FIRST_MEETING_STEP = "Go to your first meeting with a buddy"  # of the usual plan: due on the day of that meeting


ROLE_STEP = "Read your role description"  # likewise: done by agreeing to the description


FIRST_PLAN = (
    ("Meet the person you can ask", OFFICER, 7),
    (ROLE_STEP, REP, 14),
    ("Read the papers from the last meeting", REP, 14),
    ("Fill in the register of interests", REP, 30),
    (FIRST_MEETING_STEP, OFFICER, 60),
    ("Three-month review", OFFICER, 90),
    ("Six-month review", OFFICER, 180),
)


ROLE, REGISTER = "role", "register"


def found_where(title: str, owner: str) -> str:
    """Where a rep finds what a step of theirs is about: ROLE, their role here; REGISTER, from their officer; or ''."""
    said = title.lower()
    if owner != REP:
        return ""
    return ROLE if "role description" in said else REGISTER if "register of interests" in said else ""


@dataclass(frozen=True)
class Task:
    """One step of somebody's induction, with the day by which it is due."""

    key: str
    title: str
    owner: str
    due_on: date
    is_done: bool
    done_by_id: UUID | None = None
    done_on: date | None = None

    def may_be_taken_back(self, by_id: UUID, today: date) -> bool:
        """A mark made by mistake: on the same day, and by whoever made it."""
        return self.is_done and (self.done_by_id, self.done_on) == (by_id, today)

    @property
    def found_where(self) -> str:
        return found_where(self.title, self.owner)

    @property
    def to_mark(self) -> str:
        """The permission to mark it as done."""
        return TO_MARK[self.owner]

    def state(self, today: date, until_on: date) -> str:
        """A step that was due after the appointment ended is dropped: nobody is asked for it any more."""
        if self.is_done:
            return DONE
        if self.due_on > until_on or today > until_on:
            return DROPPED
        if today > self.due_on:
            return LATE
        return DUE if self.due_on <= today + timedelta(days=SOON_DAYS) else LATER


def starts_on(from_on: date, made_on: date | None) -> date:
    """The day from which the days of an induction count: nobody could do a step before the appointment was made.

    `made_on` is None for appointments older than its record.
    """
    return max(from_on, made_on or from_on)


def due_on(from_on: date, days: int, first_meeting_on: date | None = None, owner: str = REP) -> date:
    """The day by which a step is due: it follows the day the induction starts, also when that is changed.

    A step for the first meeting is due on its day, and moves with it. Any other of an officer or clerk is due on a
    working day.
    """
    due = from_on + timedelta(days=days)
    if owner != REP:
        due = max(from_on, working_day_by(due))
    return first_meeting_on or due


def asked_by(from_on: date, until_on: date, days: int, first_meeting_on: date | None, owner: str = REP) -> date | None:
    """The day by which a step is due; None for one that is dropped, because the appointment ends before."""
    due = due_on(from_on, days, first_meeting_on, owner)
    return None if due > until_on else due


def is_soon(task_due_on: date, today: date) -> bool:
    """Whether a step is late or due within a week."""
    return task_due_on <= today + timedelta(days=SOON_DAYS)


@dataclass(frozen=True)
class Progress:
    """How far an induction is: steps done, all steps, and the first day by which one is due."""

    done: int
    steps: int
    next_on: date | None
    is_late: bool

    @property
    def is_open(self) -> bool:
        return self.done < self.steps


def progress(done: int, open_days: Collection[date], today: date) -> Progress | None:
    """`open_days` are those by which steps are due that are neither done nor dropped; None where nothing is asked."""
    if not done and not open_days:
        return None
    first = min(open_days, default=None)
    return Progress(done, done + len(open_days), first, first is not None and first < today)


def is_complete(tasks: Collection[Task], today: date, until_on: date) -> bool:
    return all(task.state(today, until_on) in (DONE, DROPPED) for task in tasks)


def is_in_time(from_on: date, steps: Iterable[tuple[date | None, date | None]]) -> bool | None:
    """Whether every step that is due within three months was done within them; None where no step is.

    `steps` are the day by which each is due (None for one that is dropped) and the day on which it was done.
    """
    wanted = [done_on for due, done_on in steps if due is not None and due <= from_on + IN_TIME]
    if not wanted:
        return None
    return all(done_on is not None and done_on <= from_on + IN_TIME for done_on in wanted)


def weeks_late(task_due_on: date, today: date) -> int:
    """How many whole weeks a step is late; 0 in the first."""
    return max(0, (today - task_due_on).days // 7)
