"""Where each rep of a board stands, and in which filter and order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.check_in.rules import LACKS_ANSWER
from portal.core.names import name_key
from portal.mentoring.rules import has_not_met
from portal.training.inductions.rules import Progress

FAR = date.max


@dataclass(frozen=True)
class Rep:
    """One rep of a board."""

    person_id: UUID
    name: str
    groups: Sequence[str]
    induction: Progress | None
    training_due: Sequence[str]
    mentors: Sequence[str]
    met_on: date | None
    mentored_since: date | None
    wants_mentor: bool
    care_open: int
    care_not_arranged: int
    care_changed: int
    claims: int
    meets_on: date | None
    coming: str | None  # None: it is not time to ask yet; "" asked, and not answered

    @property
    def lacks_answer(self) -> bool:
        """Nobody has said who comes to their next meeting: neither they, nor a depute who is down to go for them."""
        return self.coming in LACKS_ANSWER

    def not_met(self, today: date) -> bool:
        """Whether a pair has not met for two months."""
        return bool(self.mentors) and has_not_met(self.met_on or self.mentored_since, today)


Test = Callable[[Rep, date], bool]
FILTERS: Mapping[str, tuple[str, Test]] = {
    "": ("Everyone", lambda one, today: True),
    "induction": ("Induction is open", lambda one, today: one.induction is not None and one.induction.is_open),
    "late": ("Induction is late", lambda one, today: one.induction is not None and one.induction.is_late),
    "training": ("Training is due", lambda one, today: bool(one.training_due)),
    "no_mentor": ("No mentor", lambda one, today: not one.mentors),
    "not_met": ("Not met for two months", lambda one, today: one.not_met(today)),
    "care": ("Care is open", lambda one, today: one.care_open > 0),
    "claims": ("Claims to decide", lambda one, today: one.claims > 0),
    "check_in": ("No answer yet", lambda one, today: one.lacks_answer),
}
Key = Callable[[Rep], tuple[object, ...]]
SORTS: Mapping[str, tuple[str, Key]] = {
    "name": ("Name", lambda one: ()),
    "induction": ("Induction", lambda one: (_due(one),)),
    "training": ("Training due", lambda one: (-len(one.training_due),)),
    "mentor": ("Last met, longest ago first", lambda one: (bool(one.mentors), one.met_on or date.min)),
    "care": ("Care open", lambda one: (-one.care_not_arranged - one.care_changed, -one.care_open)),
    "claims": ("Claims to decide", lambda one: (-one.claims,)),
    "check_in": ("Next meeting", lambda one: (not one.lacks_answer, one.meets_on or FAR)),
}


def _due(rep: Rep) -> date:
    return rep.induction.next_on if rep.induction and rep.induction.next_on else FAR


def chosen(lines: Sequence[Rep], show: str, sort: str, today: date) -> list[Rep]:
    """The lines of one filter in one order; what is not known is everybody, by name."""
    test, key = FILTERS.get(show, FILTERS[""])[1], SORTS.get(sort, SORTS["name"])[1]
    return sorted((one for one in lines if test(one, today)), key=lambda one: (*key(one), name_key(one.name)))
