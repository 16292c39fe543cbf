"""What is so of seats and terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from portal.core.late import is_late_record
from portal.core.text import date_words

TO_ONESELF = "You cannot appoint yourself. Another administrator has to do it"
CAPACITIES = (
    ("unpaid_carer", "Unpaid carer"),
    ("former_carer", "Former carer"),
    ("organisation", "Staff of a carers' organisation"),
)


LEFT_BECAUSE = (
    ("term", "The term is over"),
    ("demands", "The demands of the role"),
    ("caring", "Caring takes more of their time"),
    ("support", "Too little support from the board"),
    ("change", "A new job, or a move away"),
    ("other", "Something else"),
    ("not_said", "They did not say"),
)


GAVE_UP = {  # kept in the place of such a reason, of those who never joined and whose seat is free for others
    "declined": "Declined the invitation",
    "withdrawn": "Invitation withdrawn",
}


CARERS_VOTE_FROM = date(2026, 9, 1)  # SSI 2025/405, for boards under the 2014 Order; Highland is not touched


USUAL_TITLE = "Carer representative"


LONGEST_TERM_YEARS = 3


REMIND_OF_TERM_DAYS = (183, 92, 31)  # six, three and one months


def term_reminder(until_on: date, today: date) -> int:
    """Which of the reminders is due for a term, as its days before the end; 0 when none is."""
    left = (until_on - today).days
    due = [days for days in REMIND_OF_TERM_DAYS if 0 <= left <= days]
    return min(due, default=0)


def votes_from(group_kind: str, board_model: str) -> date | None:
    """From when the law lets whoever sits in a new seat vote: on the board itself, where it is an IJB."""
    return CARERS_VOTE_FROM if group_kind == "board" and board_model == "body_corporate" else None


def last_day_of_longest_term(from_on: date) -> date:
    """The last day of a three-year term: 2 March 2029 for one that begins on 3 March 2026."""
    try:
        return from_on.replace(year=from_on.year + LONGEST_TERM_YEARS) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(from_on.year + LONGEST_TERM_YEARS, 2, 28)


def overlaps(from_on: date, until_on: date, others: Iterable[tuple[date, date]]) -> bool:
    """Whether any of the other terms shares a day with this one."""
    return any(from_on <= their_until and their_from <= until_on for their_from, their_until in others)


@dataclass(frozen=True)
class SeatDays:
    """A seat of a group: from which day it is there, the day it closed, and the terms in which somebody sits there."""

    seat_id: UUID
    group_id: UUID
    created_on: date
    closed_on: date | None = None
    taken: tuple[tuple[date, date], ...] = ()
    recorded: Mapping[date, date] = field(default_factory=dict)  # by first day: when the appointment was recorded
    invited: frozenset[tuple[date, date]] = frozenset()  # those of the terms for which nobody has joined yet

    def problem_with(self, from_on: date, until_on: date) -> str:
        """Why nobody new can sit here from a day until a day, as a sentence; '' when they can."""
        if from_on < self.created_on:
            return (
                f"This seat begins on {date_words(self.created_on)}. Enter a later day, or change when the seat began"
            )
        if self.closed_on and until_on >= self.closed_on:
            return f"This seat closes on {date_words(self.closed_on)}. Enter earlier days, or choose another seat"
        if taken := next((term for term in sorted(self.taken) if overlaps(from_on, until_on, [term])), None):
            days = f"from {date_words(taken[0])} to {date_words(taken[1])}"
            return f"Someone else has this seat {days}. Enter other days, or first set an earlier last day for them"
        return ""

    def next_free(self, today: date) -> tuple[date, date | None]:
        """The first day on which somebody new can begin, and the day before the next one does, if anybody does."""
        day = max(today, self.created_on)
        for start, end in sorted(self.taken):
            if start > day:
                return day, start - timedelta(days=1)
            day = max(day, end + timedelta(days=1))
        return day, None

    def days_left_empty(self, from_on: date, until_on: date) -> int:
        """How many days around a term nobody would sit here, until the term before and the one after."""
        opens = max([self.created_on, *(end for _, end in self.taken if end < from_on)])
        closes = min([self.closed_on or date.max, *(start for start, _ in self.taken if start > until_on)])
        return (from_on - opens).days + (closes - until_on).days

    def with_term(self, from_on: date, until_on: date) -> SeatDays:
        return replace(self, taken=(*self.taken, (from_on, until_on)))


def seat_for(seats: Iterable[SeatDays], from_on: date, until_on: date) -> SeatDays | None:
    """The seat for somebody new: of those free for the whole term the one that fits most closely.

    So a successor follows in the seat of whoever leaves, and a seat that is free for long stays free for long.
    """
    free = [one for one in seats if not one.problem_with(from_on, until_on)]
    return min(free, key=lambda one: one.days_left_empty(from_on, until_on), default=None)


def problem_with_end(from_on: date, last_day: date, others: Iterable[tuple[date, date]]) -> str:
    """Why a term cannot end on a day, as a sentence; '' when it can. `others` are the other terms in the same seat."""
    if last_day < from_on:
        return f"Their first day is {date_words(from_on)}. Enter that day or a later one"
    if last_day > last_day_of_longest_term(from_on):
        return "A term is at most three years. Enter an earlier last day"
    if follows := min((start for start, _ in others if from_on <= start <= last_day), default=None):
        return f"Someone else begins in this seat on {date_words(follows)}. Enter a day before that"
    return ""


def problem_with_beginning(created_on: date, terms: Iterable[tuple[date, date]]) -> str:
    """Why a seat cannot have begun on a day, as a sentence; '' when it can."""
    first = min((start for start, _ in terms), default=None)
    if first is None or created_on <= first:
        return ""
    return f"Someone has held this seat from {date_words(first)}. Enter that day or an earlier one"


@dataclass(frozen=True)
class Vacancy:
    """Days on which a seat was empty: from a day until the one on which somebody begins, or it closes; None: no end."""

    from_on: date
    until_on: date | None
    recorded_on: date | None = None  # when whoever ended it was recorded, where somebody did and it is known
    is_someone_invited: bool = False  # they have not joined: until then nobody sits, or is to sit, there

    @property
    def was_recorded_late(self) -> bool:
        return self.until_on is not None and is_late_record(self.until_on, self.recorded_on)

    def days_until_recorded(self) -> int | None:
        """Days until somebody had begun there and was recorded too; None where nobody did, or it is not known."""
        return (
            (max(self.until_on, self.recorded_on) - self.from_on).days if self.until_on and self.recorded_on else None
        )

    def days(self, today: date) -> int:
        """Until whoever is appointed begins, even where that is still to come; so far, where nobody is."""
        return ((self.until_on or today) - self.from_on).days


def vacancies(seat: SeatDays, today: date) -> list[Vacancy]:
    """Each time a seat was empty up to today, the oldest first, and how long: appointing somebody later ends none.

    Nor does somebody who has not joined, whenever they are to begin: once they have, it is theirs from their first day.
    """
    found, free = [], seat.created_on
    for start, end in sorted(set(seat.taken) - seat.invited):
        if start > free:
            found.append(Vacancy(free, start, seat.recorded.get(start)))
        free = max(free, end + timedelta(days=1))
    if seat.closed_on is None or seat.closed_on > free:
        is_waiting = any(end >= today for _, end in seat.invited)
        found.append(Vacancy(free, seat.closed_on, is_someone_invited=is_waiting))
    return [one for one in found if one.from_on <= today]


def vacant_since(created_on: date, terms: Iterable[tuple[date, date]], today: date) -> date | None:
    """The first day a seat has stood empty, or None while somebody sits in it."""
    begun = [(start, end) for start, end in terms if start <= today]
    if any(end >= today for _, end in begun):
        return None
    return max([created_on, *(end + timedelta(days=1) for _, end in begun)])
