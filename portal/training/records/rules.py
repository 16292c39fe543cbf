"""What is so of records of training: until when they count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from portal.core.days import NOT_TO_COME
from portal.core.text import clean_line, date_words, day_words
from portal.corrections.rules import stored_day

SAID, CONFIRMED, DECLINED = "said", "confirmed", "declined"


TRAINING_RECORD = "training-record"  # the kind of its corrections


RECORD_WORDS = {SAID: "Not confirmed yet", CONFIRMED: "Confirmed", DECLINED: "Could not be confirmed"}


RENEW_DAYS_LEFT = (60, 14)


@dataclass(frozen=True)
class Held:
    """Training that an officer confirmed, of one rep."""

    board_id: UUID
    person_id: UUID
    course_id: UUID | None
    title: str
    valid_until: date | None


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


def runs_out_soon(until: date | None, today: date) -> bool:
    return until is not None and until <= today + timedelta(days=max(RENEW_DAYS_LEFT))


class Confirmed(Protocol):
    """A record that an officer confirmed, wherever it is looked at."""

    @property
    def person_id(self) -> UUID: ...
    @property
    def course_id(self) -> UUID | None: ...
    @property
    def title(self) -> str: ...
    @property
    def valid_until(self) -> date | None: ...


def is_renewed(one: Confirmed, confirmed: Iterable[Confirmed]) -> bool:
    """Whether somebody has the same training by another confirmed record, which counts longer: nobody asks for it."""
    return any(_is_same(one, other) and _counts_longer(other, one) for other in confirmed)


def _is_same(one: Confirmed, other: Confirmed) -> bool:
    is_same_course = one.course_id is not None and one.course_id == other.course_id
    is_same_title = clean_line(one.title).casefold() == clean_line(other.title).casefold()
    return one.person_id == other.person_id and (is_same_course or is_same_title)


def _counts_longer(one: Confirmed, other: Confirmed) -> bool:
    return other.valid_until is not None and (one.valid_until is None or one.valid_until > other.valid_until)


def until_words(one: Confirmed, confirmed: Iterable[Confirmed], today: date) -> str:
    """Until when a record counts, as every page says it; '' for one that counts for ever."""
    if one.valid_until is None:
        return ""
    words = f"{'valid until' if one.valid_until >= today else 'expired on'} {day_words(one.valid_until)}"
    return f"{words}, done again since" if is_renewed(one, confirmed) else words


def training_due(required: Mapping[UUID, str], has: Sequence[Confirmed], today: date) -> list[str]:
    """The titles of courses that somebody should have and has not, and of records that run out soon."""
    kept = [one for one in has if counts(CONFIRMED, one.valid_until, today)]
    missing = [title for key, title in required.items() if key not in {one.course_id for one in kept}]
    running_out = sorted(
        one.title for one in kept if runs_out_soon(one.valid_until, today) and not is_renewed(one, kept)
    )
    return [*missing, *(f"{title} (expires soon)" for title in running_out)]


@dataclass(frozen=True)
class Days:
    """The days of a record, as a correction keeps them."""

    done_on: date
    valid_until: date | None

    def __str__(self) -> str:
        return f"{self.done_on.isoformat()}|{self.valid_until.isoformat() if self.valid_until else ''}"

    @staticmethod
    def read(kept: str) -> Days:
        done_on, _, until = kept.partition("|")
        return Days(stored_day(done_on), stored_day(until) if until else None)

    @property
    def words(self) -> str:
        until = f", valid until {date_words(self.valid_until)}" if self.valid_until else ""
        return f"done on {date_words(self.done_on)}{until}"


def problem_with_days(done_on: date, until: date | None, today: date) -> str:
    if done_on > today:
        return NOT_TO_COME
    return "must be the same as or after the training date" if until and until < done_on else ""
