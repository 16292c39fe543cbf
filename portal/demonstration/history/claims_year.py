"""Claims of the last year where boards.toml says how often they are decided: month by month, each rep about once.

So many people claim each kind of expense in each of these months that the figures of the board may be shown. What is
rare is planned here, too: part of a claim not approved, a whole one, a question, one withdrawn, and one never sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from portal.core.calendar import is_working_day, working_day_by, working_day_from
from portal.demonstration.history.attended import Attended, most, own_turn
from portal.demonstration.history.diary import diary
from portal.demonstration.history.payments import gap, is_quick, run_on
from portal.demonstration.history.spending import kinds_covered, lines_with

if TYPE_CHECKING:
    from portal.demonstration.history.spending import Line
    from portal.demonstration.world.towns import Town

MONTHS = 12  # that the figures are of
LEAST_BEFORE, MOST_BEFORE = 1, 85  # days from a meeting until a claim for it is sent
YEAR, CLAIMED = 365, 0.5  # share of the times at a meeting for which they claim
QUICKEST, SLOWEST = 0.75, 1.2  # of the days that a decision usually takes
LATEST = 24  # days into a month that something is decided
OUTINGS = (
    ("event", "Carers’ forum", "Town hall"),
    ("event", "Visit to the day centre", "The day centre"),
    ("consultation", "Drop-in at the health centre", "The health centre"),
    ("event", "Talk at the college", "The college"),
    ("event", "Planning day for the carers’ strategy", "The conference centre"),
    ("consultation", "Talking with carers at the café", "The carers café"),
    ("event", "Carers’ rights stall", "The shopping centre"),
    ("event", "Young carers’ workshop", "The community centre"),
    ("event", "Open day of the new health centre", "The new health centre"),
    ("consultation", "Evening with parents at the school", "The school"),
    ("event", "Budget workshop", "The council offices"),
    ("event", "Day on short breaks", "The hotel"),
    ("consultation", "Talk with carers at the hospital", "The hospital"),
)


@dataclass(frozen=True)
class Wanted:
    """A claim of the year before it is written: for a meeting, or for an outing on a day."""

    who: str
    on: date
    sent_on: date
    decided_on: date
    lines: tuple[Line, ...]
    outing: tuple[str, str, str]
    meeting: Attended | None = None
    rare: int | None = None  # its place among those that do not end as usual


@dataclass
class Year:
    """The months of one board in which claims are decided."""

    town: Town
    chance: Random
    were_there: Sequence[Attended]
    taken: set[tuple[str, date]]  # who has something to claim on which day already
    _busy: set[date] = field(init=False)
    _left: int = field(init=False)  # of how many meetings they still claim

    def claims(self) -> Iterator[Wanted]:
        self._busy = {one.day for one in diary(self.town.profile, self.town.today)}
        self._left = round(CLAIMED * sum((self.town.today - one.on).days < YEAR for one in self.were_there))
        for number, first in enumerate(months(self.town)):
            yield from self._of_month(number, first)

    def _of_month(self, number: int, first: date) -> Iterator[Wanted]:
        usual = self.town.profile.on(self.town.profile.decided_after, (self.town.today - first).days)
        went_on = self._free(first - timedelta(days=round(SLOWEST * usual) + 2 + self.chance.randint(0, 6)))
        sent_by = first + timedelta(days=LATEST - round(QUICKEST * usual))
        there = [who for who in self.town.reps_on(went_on) if self.town.holds(who, min(sent_by, self.town.today))]
        for who in most(there, first):
            place = number + list(self.town.profile.names).index(who)  # among the kinds of expense, each in turn
            yield self._usual(number, place, who, went_on, self._decided_in(first), usual)
        if there:
            yield self._rare(number, there[number % len(there)], first, usual)

    def _decided_in(self, first: date) -> date:
        """Where a board is quick a little before the run of the month, else at any time of it."""
        run = run_on(first)
        if is_quick(self.town, first):
            return working_day_by(
                run - timedelta(days=self.chance.randint(1, max(1, round(gap(self.town, first) / 3))))
            )
        return working_day_from(first + timedelta(days=self.chance.randint(2, LATEST)))

    def _usual(self, number: int, place: int, who: str, went_on: date, decided_on: date, usual: float) -> Wanted:
        sent_on = decided_on - timedelta(days=max(1, round(usual * self.chance.uniform(QUICKEST, SLOWEST))))
        kinds = kinds_covered(self.town, went_on)
        outing, meeting = OUTINGS[(number + own_turn(self.town)) % len(OUTINGS)], self._meeting(who, sent_on)
        on, where = (meeting.on, meeting.place) if meeting else (went_on, outing[2])
        self.taken.add((who, on))
        lines = lines_with(self.town, who, on, where, self.chance, kinds[place % len(kinds)])
        return Wanted(who, on, sent_on, decided_on, tuple(lines), outing, meeting)

    def _rare(self, number: int, who: str, first: date, usual: float) -> Wanted:
        """One a month that does not end as usual, of a day of their own."""
        decided_on = self._decided_in(first)
        sent_on = decided_on - timedelta(days=max(2, round(usual)))
        on = self._free(sent_on - timedelta(days=8))
        outing, kinds = OUTINGS[(number + 5 + own_turn(self.town)) % len(OUTINGS)], kinds_covered(self.town, on)
        lines = lines_with(self.town, who, on, outing[2], self.chance, kinds[-1 - number % 2])
        return Wanted(who, on, sent_on, decided_on, tuple(lines), outing, rare=number)

    def _meeting(self, who: str, sent_on: date) -> Attended | None:
        """The last one at which they were in person, and for which they have not claimed."""
        first, last = sent_on - timedelta(days=MOST_BEFORE), sent_on - timedelta(days=LEAST_BEFORE)
        found = [
            one
            for one in self.were_there
            if one.who == who and first <= one.on <= last and not one.is_online and (who, one.on) not in self.taken
        ]
        if not found or self._left < 1:
            return None
        self._left -= 1
        return found[-1]

    def _free(self, day: date) -> date:
        while day in self._busy or not is_working_day(day):
            day -= timedelta(days=1)
        self._busy.add(day)
        return day


def months(town: Town) -> list[date]:
    """The first day of each month in which claims are decided, the oldest first; the last that is over is one."""
    first, found = town.today.replace(day=1), []
    for number in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        if number % town.profile.claims_every == 0:
            found.append(first)
    return found[::-1]
