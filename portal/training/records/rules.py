"""What is so of records of training: until when they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from portal.core.text import date_words
from portal.corrections.rules import stored_day

SAID, CONFIRMED, DECLINED = "said", "confirmed", "declined"


TRAINING_RECORD = "training-record"  # the kind of its corrections


RECORD_WORDS = {SAID: "Waits for your officer", CONFIRMED: "Confirmed", DECLINED: "Not confirmed"}


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


def training_due(required: Mapping[UUID, str], has: Sequence[Held], today: date) -> list[str]:
    """The titles of courses that somebody should have and has not, and of records that run out soon."""
    kept = [one for one in has if counts(CONFIRMED, one.valid_until, today)]
    missing = [title for key, title in required.items() if key not in {one.course_id for one in kept}]
    running_out = sorted(one.title for one in kept if runs_out_soon(one.valid_until, today))
    return [*missing, *(f"{title} (runs out)" for title in running_out)]


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
        until = f", counts until {date_words(self.valid_until)}" if self.valid_until else ""
        return f"done on {date_words(self.done_on)}{until}"


def problem_with_days(done_on: date, until: date | None, today: date) -> str:
    if done_on > today:
        return "Enter today or an earlier day"
    return "It cannot run out before you did it" if until and until < done_on else ""
