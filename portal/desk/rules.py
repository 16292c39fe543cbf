"""Where each rep of a board stands, and what an officer has to do this week: from what each capability wants."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

RENEW_WITHIN = timedelta(days=60)
NOT_MET_FOR = timedelta(days=60)
WEEK = timedelta(days=7)
FAR = date.max


@dataclass(frozen=True)
class Induction:
    """How far an induction is: steps done, all steps, and the first day by which one is due."""

    done: int
    steps: int
    next_on: date | None
    is_late: bool

    @property
    def is_open(self) -> bool:
        return self.done < self.steps


@dataclass(frozen=True)
class Line:
    """One rep of a board."""

    person_id: UUID
    name: str
    groups: Sequence[str]
    induction: Induction | None
    training_due: Sequence[str]
    mentors: Sequence[str]
    met_on: date | None
    mentored_since: date | None
    wants_mentor: bool
    care_open: int
    care_not_arranged: int
    claims: int
    meets_on: date | None
    coming: str | None  # None: not asked; "" asked, and not answered

    def not_met(self, today: date) -> bool:
        """Whether a pair has not met for two months."""
        last = self.met_on or self.mentored_since
        return bool(self.mentors) and last is not None and last < today - NOT_MET_FOR


Test = Callable[[Line, date], bool]
FILTERS: Mapping[str, tuple[str, Test]] = {
    "": ("Everybody", lambda one, today: True),
    "induction": ("Induction is open", lambda one, today: one.induction is not None and one.induction.is_open),
    "late": ("Induction is late", lambda one, today: one.induction is not None and one.induction.is_late),
    "training": ("Training is due", lambda one, today: bool(one.training_due)),
    "no_mentor": ("No mentor", lambda one, today: not one.mentors),
    "not_met": ("Not met for two months", lambda one, today: one.not_met(today)),
    "care": ("Care is open", lambda one, today: one.care_open > 0),
    "claims": ("Claims wait", lambda one, today: one.claims > 0),
    "check_in": ("No answer yet", lambda one, today: one.coming == ""),
}
Key = Callable[[Line], tuple[object, ...]]
SORTS: Mapping[str, tuple[str, Key]] = {
    "name": ("Name", lambda one: ()),
    "induction": ("Induction", lambda one: (_due(one),)),
    "training": ("Training due", lambda one: (-len(one.training_due),)),
    "mentor": ("Last met, longest ago first", lambda one: (bool(one.mentors), one.met_on or date.min)),
    "care": ("Care open", lambda one: (-one.care_not_arranged, -one.care_open)),
    "claims": ("Claims waiting", lambda one: (-one.claims,)),
    "check_in": ("Next meeting", lambda one: (one.coming != "", one.meets_on or FAR)),
}


def _due(one: Line) -> date:
    return one.induction.next_on if one.induction and one.induction.next_on else FAR


def chosen(lines: Sequence[Line], show: str, sort: str, today: date) -> list[Line]:
    """The lines of one filter in one order; what is not known is everybody, by name."""
    test, key = FILTERS.get(show, FILTERS[""])[1], SORTS.get(sort, SORTS["name"])[1]
    return sorted((one for one in lines if test(one, today)), key=lambda one: (*key(one), one.name.lower()))


def training_due(
    required: Mapping[UUID, str], has: Mapping[UUID | None, date | None], running_out: Collection[str]
) -> list[str]:
    """The titles of courses that somebody should have and has not, and of records that run out soon."""
    missing = [title for key, title in required.items() if key not in has]
    return [*missing, *(f"{title} (runs out)" for title in running_out)]


@dataclass(frozen=True)
class Task:
    """One thing for an officer to do, by a day, with the page where it is done."""

    due_on: date
    title: str
    endpoint: str
    where: Mapping[str, Any]
    is_late: bool = False


def this_week(tasks: Sequence[Task], today: date) -> list[Task]:
    """What is late or due within a week, most urgent first."""
    return sorted((one for one in tasks if one.due_on <= today + WEEK), key=lambda one: (one.due_on, one.title))
