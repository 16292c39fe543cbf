"""What the two of a pair did while they were one: their plan, talks, notes, if it helped, and how they ended."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

from portal.core.calendar import working_day_from
from portal.demonstration.history.in_order import Step, at_hour
from portal.demonstration.history.learning import YEAR, is_holiday, read, words
from portal.demonstration.world.towns import Town
from portal.infra.occasions import fire_once
from portal.infra.unit_of_work import record
from portal.mentoring.events import PulseDue, PulseLow
from portal.mentoring.kept import actions as kept
from portal.mentoring.matching import actions as matching
from portal.mentoring.models import Pair, event_ids
from portal.mentoring.pairs import actions as pairs
from portal.mentoring.pairs.queries import Side, pulse_of
from portal.mentoring.rules import AIMS, FIRST_PULSE_DAYS, KEPT_DAYS, LOW, PULSE_EVERY_DAYS, TOPICS, is_pulse_open

AGREED_AFTER = 4  # days until the two have a plan
ANSWERS = 0.8  # share of the times that somebody who is asked says if it helps
NOT_YET = 18  # days for which the rep of the tour leaves the question open
LOOKED_AFTER = 4  # days until an officer has a word with a pair that needs it
SOON_LOW = 4  # days after they were asked that somebody says that it hardly helps
NOTES = 3
ON_TOUR = ("northfirth", "rep")


@dataclass(frozen=True)
class Course:
    """From when a pair ran until when (0: it runs), and how many weeks lay between two talks."""

    began_on: date
    ended_on: date | int
    weeks: int


class Tells:
    """One pair of a board."""

    def __init__(self, town: Town, chances: random.Random, who: str, mentor: str) -> None:
        self._town, self._chances, self._who = town, chances, who
        self._person_id, self._mentor_id = town.people[who], town.people[mentor]
        self._plan = read()["mentoring"][town.key]

    def steps(self, pair: Pair, course: Course) -> Iterator[Step]:
        """Of a pair that ended more than a year ago the portal keeps no talk and no note."""
        ended_on = course.ended_on if isinstance(course.ended_on, date) else None
        last = ended_on or self._town.today
        yield self._agreed(pair, course)
        if last > self._town.day(-KEPT_DAYS):
            yield from self._talks(pair, course, last)
            yield from self._pulses(pair, course.began_on, last)
        if ended_on:
            achieved = self._chances.choice(words("achieved"))
            yield Step(at_hour(ended_on, 20), self._person_id, partial(pairs.end, self._mentored(pair), achieved))

    def _mentored(self, pair: Pair) -> Side:
        return Side(pair, self._person_id)

    def _either(self, pair: Pair) -> Side:
        return Side(pair, self._chances.choice((self._person_id, self._mentor_id)))

    def _agreed(self, pair: Pair, course: Course) -> Step:
        aims = self._chances.sample([key for key, _ in AIMS], 2)
        until_on = course.began_on + timedelta(days=YEAR)
        if not course.ended_on:
            until_on = max(until_on, self._town.day(self._chances.randint(40, 300)))
        typed = {"aims": sorted(aims), "every_weeks": course.weeks, "next_on": None, "until_on": until_on}
        own_aim = self._chances.choice(words("own_aims"))

        def agree() -> None:
            pairs.plan(self._mentored(pair), pair.version, typed, own_aim)

        return Step(at_hour(course.began_on + timedelta(days=AGREED_AFTER), 19), self._person_id, agree)

    def _talks(self, pair: Pair, course: Course, last: date) -> Iterator[Step]:
        """Every few weeks, now and then one left out; after some of them one of the two writes a note."""
        days = list(self._days(course, last))
        noted = set(days[-2 * NOTES :: 2])
        for day in days:
            side, way = self._either(pair), self._chances.choice(("phone", "online", "in_person"))
            topics = sorted(self._chances.sample([key for key, _ in TOPICS], self._chances.choice((1, 2, 2, 3))))
            talk = {"held_on": day, "minutes": self._chances.choice((25, 30, 40, 45, 60)), "way": way, "topics": topics}
            next_on = self._next_on() if day == days[-1] else None
            next_step = self._chances.choice(words("next_steps"))
            keep = partial(kept.keep_session, uuid4(), side, talk, next_step, next_on)
            yield Step(at_hour(day, 20), side.person_id, keep)
            if day in noted:
                yield self._note(pair, day)

    def _days(self, course: Course, last: date) -> Iterator[date]:
        day = course.began_on + timedelta(days=self._chances.randint(5, 12))
        while day < last:
            if self._chances.random() < 0.9 and not is_holiday(day):
                yield day
            day += timedelta(days=7 * course.weeks + self._chances.randint(-4, 6))

    def _next_on(self) -> date | None:
        return next((self._town.day(days) for who, days in self._plan["next"] if who == self._who), None)

    def _note(self, pair: Pair, day: date) -> Step:
        side, is_shared = self._either(pair), self._chances.random() < 0.6
        text = self._chances.choice(words("shared_notes" if is_shared else "own_notes"))
        return Step(at_hour(day, 21), side.person_id, partial(kept.keep_note, uuid4(), side, is_shared, text))

    def _pulses(self, pair: Pair, began_on: date, last: date) -> Iterator[Step]:
        """After a month and then every two, each is asked if it helps; what hardly helps is told to the officers."""
        asked = [began_on + timedelta(days=days) for days in range(FIRST_PULSE_DAYS, 2000, PULSE_EVERY_DAYS)]
        asked = [day for day in asked if day < last]
        low_on, is_seen = self._low(asked)
        for day in asked:
            for person_id in (self._person_id, self._mentor_id):
                yield Step(at_hour(day, 8), None, partial(_ask, pair, person_id, day))
                if day == low_on and person_id == self._person_id:
                    yield self._says_low(pair, day, is_seen=is_seen)
                elif (self._chances.random() < ANSWERS or self._is_lately(day)) and not self._is_left_open(day):
                    yield self._says(pair, person_id, day)

    def _is_lately(self, day: date) -> bool:
        """Whether the question may still be open: most people answer, so that few pages ask two things alike."""
        return is_pulse_open(day, self._town.today)

    def _is_left_open(self, day: date) -> bool:
        return (self._town.key, self._who) == ON_TOUR and day > self._town.day(-NOT_YET)

    def _low(self, asked: list[date]) -> tuple[date | None, bool]:
        """On which of these days somebody was asked who said that it hardly helps, and if an officer has seen to it."""
        found = [(days, is_seen) for who, days, is_seen in self._plan["low"] if who == self._who]
        if not (found and asked):
            return None, False
        [(days, is_seen)] = found
        return min(asked, key=lambda day: abs((self._town.day(-days) - day).days)), is_seen

    def _says(self, pair: Pair, person_id: UUID, day: date) -> Step:
        days_ago = (self._town.today - day).days
        helps = self._chances.random() < self._town.profile.on(self._town.profile.content, days_ago)
        score = self._chances.choice((4, 5)) if helps else LOW + 1
        word = self._chances.choice(words("good_words")) if helps else ""
        answer = partial(pairs.answer_pulse, Side(pair, person_id), day, score, word)
        return Step(at_hour(day + timedelta(days=self._chances.randint(0, 9)), 19), person_id, answer)

    def _says_low(self, pair: Pair, day: date, *, is_seen: bool) -> Step:
        answered_on, word = day + timedelta(days=SOON_LOW), self._chances.choice(words("low_words"))
        officer = self._town.people["officer"]

        def tell() -> None:
            flag = pulse_of(pair.id, self._person_id, day)
            if flag and fire_once(f"low-pulse:{flag.id}"):
                record(PulseLow(board_id=pair.board_id, pulse_id=flag.id))

        def look_after() -> None:
            if flag := pulse_of(pair.id, self._person_id, day):
                matching.look_after(flag)

        def answer() -> list[Step]:
            pairs.answer_pulse(self._mentored(pair), day, LOW, word)
            told = Step(at_hour(answered_on + timedelta(days=1), 8), None, tell)
            seen = Step(at_hour(working_day_from(answered_on + timedelta(days=LOOKED_AFTER)), 10), officer, look_after)
            return [told, seen] if is_seen else [told]

        return Step(at_hour(answered_on, 19), self._person_id, answer)


def _ask(pair: Pair, person_id: UUID, asked_on: date) -> None:
    """As the clock did on that day."""
    if fire_once(f"pulse:{pair.id}:{person_id}:{asked_on}"):
        record(PulseDue(**event_ids(pair), asked_id=person_id, asked_on=asked_on))
