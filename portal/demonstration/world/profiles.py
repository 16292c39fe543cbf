"""What each made-up board is like, and who its people are, read from boards.toml and people.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from portal.demonstration.world.files import Row, Written, written

HALF_YEAR = 183
FORMER, INVITED, DECLINED = "former", "invited", "declined"  # how the keys of those begin who cannot act today
Halves = tuple[float, ...]  # by half year, the oldest first; the last is the one that runs today
Range = tuple[int, int]


@dataclass(frozen=True)
class Term:
    """Somebody in a seat. Days are before (-) or after today; with `because`, `until` came before `planned`."""

    who: str
    from_: int
    until: int
    capacity: str
    planned: int
    because: str

    @property
    def has_joined(self) -> bool:
        """Whether whoever was to sit here ever did."""
        return not self.who.startswith((INVITED, DECLINED))


@dataclass(frozen=True)
class PlannedSeat:
    group: str
    title: str
    since: int
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class PlannedDepute:
    """Who stands in for whom on which group, since when, and why. Without a key: nominated, and waiting or refused."""

    key: str
    name: str
    for_: str
    group: str
    since: int
    why: str
    refused: str = ""


@dataclass(frozen=True)
class Leaving:
    """Who asked to stop, on which group, when, from which day, in which words."""

    who: str
    group: str
    asked: int
    last_day: int
    words: str


@dataclass(frozen=True)
class Profile:
    """One board. Days are whole days, shares between 0 and 1; what a list of six holds is by half year."""

    key: str
    name: str
    short_name: str
    councils: str
    health_board: str
    address: str
    joined_days_ago: int  # nothing happened on the board before
    target: tuple[Range, ...]  # (days after it joined, days before a meeting that papers are due) in order
    health_condition: str
    complaints: bool  # whether it says who takes complaints
    groups: tuple[tuple[str, str], ...]  # (kind, name)
    rooms: tuple[str, ...]
    meetings_a_year: Mapping[str, int]  # by kind of group
    in_time: Halves  # share of papers out by the target
    notice_in_time: Range  # days of notice of papers in time: from, to
    notice_late: Range  # and of the others
    never_published: float  # share of items whose paper never came
    minutes_after: Halves  # days after a meeting until its draft minutes come
    attendance: float  # share of reps who go
    online: float  # share of meetings online
    called_off: int  # meetings called off in all the time
    moved: int  # meetings moved to another day
    claims_a_year: int
    decided_after: Halves  # days from sending a claim until it is decided, usually
    paid_after: Halves  # days from sending a claim until it is paid, usually
    in_part: float  # share of claims paid in part
    declined: float  # share of claims declined
    care_policy_since: int  # days ago; 0: it has none
    care_a_year: int  # requests
    care_by_quarter: tuple[
        str, ...
    ]  # what came of care in the last five quarters, the oldest first; else by the shares
    claims_every: int  # months between those in which claims of nearly all are decided; 0: as they come
    care_provided: float  # share of care that was asked for and came
    care_own_budget: float  # share of care paid for from the carer's own budget
    mentored: float  # share of reps who have a mentor
    awareness: float  # share of the members of its groups who had Carer Awareness
    inducted: float  # share of reps whose induction is done in time
    induction_days: int  # how long one usually takes
    content: Halves  # share of answers after meetings, and of pulses, that are good
    corrections_refused: int
    ferry_pence: int  # the fare on claims; 0: no ferry
    names: Mapping[str, str]  # by role key: rep, rep2, depute, officer, approver2, former1, invited …
    phones: Mapping[str, str]  # by role key: work numbers of those who have given one
    lives: Mapping[str, str]  # by role key, of those who tell of it: whom they care for, and what they were
    seats: tuple[PlannedSeat, ...]
    deputes: tuple[PlannedDepute, ...]  # who have agreed
    nominated: tuple[PlannedDepute, ...]  # who have not
    leaving: tuple[Leaving, ...]
    offered: tuple[tuple[str, str, int], ...]  # who was invited to which staff role, and when

    @property
    def cast(self) -> dict[str, str]:
        """The names of those who can act today, by role key."""
        out = (FORMER, INVITED, DECLINED)
        return {key: name for key, name in self.names.items() if not key.startswith(out)}

    @property
    def reps(self) -> list[str]:
        """The role keys of those who sit on a group today."""
        return [key for key in self.names if key.startswith("rep")]

    @property
    def email_domain(self) -> str:
        return f"{self.key}.example"

    def told_by(self, who: str, words: str) -> str:
        """What somebody writes about themselves: their life, which is the same everywhere, and some words after it."""
        return f"{self.lives[who]} {words}"

    def on(self, values: Halves, days_ago: int) -> float:
        """What of a list by half year held so many days ago. Before and after all of them the nearest holds."""
        back = max(0, days_ago) // HALF_YEAR
        return values[max(0, len(values) - 1 - back)]


@cache
def profiles() -> tuple[Profile, ...]:
    """In the order of boards.toml: Northfirth, where the tour begins, comes first."""
    people = _read("people.toml")
    return tuple(_profile(key, facts, people[key]) for key, facts in _read("boards.toml").items())


def profile(key: str) -> Profile:
    return next(one for one in profiles() if one.key == key)


def _read(name: str) -> Written:
    return written(Path(__file__).parent / name)


def _profile(key: str, facts: Written, people: Written) -> Profile:
    names = people["names"]
    return Profile(
        key=key,
        **{name: _frozen(value) for name, value in facts.items()},
        names=names,
        phones=people["phones"],
        lives=people["lives"],
        seats=tuple(_seat(one) for one in people["seats"]),
        deputes=tuple(PlannedDepute(who, names[who], *rest) for who, *rest in people["deputes"]),
        nominated=tuple(PlannedDepute(f"{local}", name, *rest) for name, local, *rest in people["nominated"]),
        leaving=tuple(Leaving(*one) for one in people.get("leaving", ())),
        offered=_frozen(people.get("offered", [])),
    )


def _seat(one: Written) -> PlannedSeat:
    return PlannedSeat(one["group"], one["title"], one["since"], tuple(_term(term) for term in one["terms"]))


def _term(given: Row) -> Term:
    who, first, last, capacity, *early = given
    planned, because = early or (last, "")
    return Term(who, first, last, capacity, planned, because)


def _frozen(value: Any) -> Any:  # whatever a list of TOML holds, as a tuple
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
