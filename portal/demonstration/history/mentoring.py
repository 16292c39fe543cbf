"""Mentoring on a board: who offers it, who asked for it, which pairs ran, run, were declined or are asked."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from portal.core.calendar import working_day_by, working_day_from
from portal.core.values import Typed
from portal.demonstration.accounts import address
from portal.demonstration.history import talks
from portal.demonstration.history.in_order import Step, at_hour, go_until_lately
from portal.demonstration.history.learning import YEAR, chance, is_holiday, read, words
from portal.demonstration.world.files import Row
from portal.demonstration.world.towns import Town
from portal.infra.occasions import fire_once
from portal.infra.unit_of_work import record
from portal.mentoring.events import MentoringOffered
from portal.mentoring.matching import actions as matching
from portal.mentoring.matching import queries as matching_queries
from portal.mentoring.models import Mentor, MentorRequest
from portal.mentoring.pairs import actions as pairs
from portal.mentoring.pairs import queries as pairs_queries
from portal.mentoring.pairs.queries import Side
from portal.mentoring.rules import PULSE_EVERY_DAYS

ASKED, PROPOSED, MENTOR_YES = 14, 6, 2  # days before a pair begins
ANSWERED = 5  # days after a rep offered to mentor
GAVE_UP = 25  # days after a match was declined that the request for a mentor is withdrawn
WAYS = (("phone",), ("phone", "online"), ("online", "phone"), ("phone", "in_person"))


def fill(town: Town) -> None:
    go_until_lately(_Mentoring(town).steps())


class _Mentoring:
    """What is planned for one board; see learning.toml."""

    def __init__(self, town: Town) -> None:
        self._town, self._chances = town, chance(town, "mentoring")
        self._plan: dict[str, Sequence[Row]] = read()["mentoring"][town.key]
        self._officer = town.people["officer"]

    def steps(self) -> Iterator[Step]:
        for who, most, days_ago, kind, helps in self._plan["mentors"]:
            yield self._offers(who, days_ago, kind, self._offer(who, helps, most))
        for who, days_ago in self._plan.get("on_hold", ()):
            yield Step(at_hour(self._day(days_ago), 19), self._town.people[who], partial(self._hold, who))
        for who, days_ago, helps in self._plan.get("offered", ()):
            offer = self._offer(who, helps, 1)
            act = partial(pairs.offer_to_mentor, self._town.board.id, self._town.people[who], offer)
            yield Step(at_hour(self._day(days_ago), 19), self._town.people[who], act)
        for who, mentor, days_ago, ended, weeks in self._plan["pairs"]:
            began_on = self._day(days_ago)
            while is_holiday(began_on):
                began_on += timedelta(days=PULSE_EVERY_DAYS)  # so that they are asked if it helps on the same days
            yield self._pair(who, mentor, talks.Course(began_on, ended and self._day(ended), weeks))
        for who, mentor, days_ago in self._plan["declined"]:
            yield self._declined(who, mentor, self._ordinary_day(days_ago))
        for who, mentor, days_ago in self._plan.get("proposed", ()):
            yield self._asked(who, self._day(days_ago + 8), partial(self._propose_today, mentor, days_ago))
        for who, days_ago in self._plan["waiting"]:
            yield self._asked(who, self._ordinary_day(days_ago), lambda _: [])
        yield from self._become_mentors()

    def _day(self, days_ago: int) -> date:
        return self._town.day(-days_ago)

    def _ordinary_day(self, days_ago: int) -> date:
        """That day, or the last before the holidays."""
        day = self._day(days_ago)
        while is_holiday(day):
            day -= timedelta(days=1)
        return day

    def _offer(self, who: str, helps: str, most: int) -> Typed:
        is_far = bool(self._town.profile.ferry_pence)
        place = "" if is_far else f"{self._town.profile.short_name} and nearby"
        ways = ["phone", "online"] if is_far else ["phone", "online", "in_person"]
        offers = self._town.profile.told_by(who, helps)
        return {"offers": offers, "place": place, "ways": ways, "most": most, "is_on_hold": False}

    def _offers(self, who: str, days_ago: int, kind: str, offer: Typed) -> Step:
        """An officer adds a mentor; a rep offers to be one, and an officer says yes."""
        town, person_id = self._town, self._town.people[who]
        if not who.startswith("rep"):
            of_them = (town.name(who), address(who, town.key), kind, offer)
            add = partial(matching.add_mentor, town.board, *of_them)
            return Step(at_hour(working_day_by(self._day(days_ago)), 11), self._officer, lambda: _then(add()))

        def offers() -> list[Step]:
            pairs.offer_to_mentor(town.board.id, person_id, offer)
            confirm = partial(matching.confirm_offer, self._mentor(who))
            return [Step(at_hour(working_day_from(self._day(days_ago - ANSWERED)), 10), self._officer, confirm)]

        return Step(at_hour(self._day(days_ago), 19), person_id, offers)

    def _mentor(self, who: str) -> Mentor:
        found = pairs_queries.mentor_of_board(self._town.board.id, self._town.people[who])
        assert found is not None
        return found

    def _hold(self, who: str) -> None:
        pairs.keep_offer(self._mentor(who), {"is_on_hold": True})

    def _asked(self, who: str, day: date, then: Callable[..., Sequence[Step]]) -> Step:
        """Somebody asks for a mentor, and what an officer does about it."""
        ways, wish = self._chances.choice(WAYS), self._chances.choice(words("wishes"))
        person_id = self._town.people[who]

        def ask() -> Sequence[Step]:
            return then(pairs.ask_for_mentor(self._town.board.id, person_id, person_id, ways, wish))

        return Step(at_hour(day, self._chances.choice((12, 18, 20))), person_id, ask)

    def _pair(self, who: str, mentor: str, course: talks.Course) -> Step:
        """Asked for, proposed, agreed by both, and then what the two of them did."""
        day, mentor_id, person_id = course.began_on, self._town.people[mentor], self._town.people[who]
        tells = talks.Tells(self._town, random.Random(f"{self._town.key}:{who}:{mentor}"), who, mentor)

        def propose(request: MentorRequest) -> list[Step]:
            pair = matching.propose(request, self._mentor(mentor).id, self._officer)
            agree = [
                Step(
                    at_hour(day - timedelta(days=MENTOR_YES), 19),
                    mentor_id,
                    partial(pairs.say_yes, Side(pair, mentor_id)),
                ),
                Step(at_hour(day, 8), person_id, partial(pairs.say_yes, Side(pair, person_id))),
            ]
            return [*agree, *tells.steps(pair, course)]

        proposed_at = at_hour(working_day_by(day - timedelta(days=PROPOSED)), 10)
        return self._asked(
            who,
            day - timedelta(days=ASKED),
            lambda request: [Step(proposed_at, self._officer, partial(propose, request))],
        )

    def _declined(self, who: str, mentor: str, day: date) -> Step:
        """The mentor cannot, and after a while nothing more is wanted."""
        mentor_id = self._town.people[mentor]

        def propose(request: MentorRequest) -> list[Step]:
            pair = matching.propose(request, self._mentor(mentor).id, self._officer)
            gave_up = partial(pairs.withdraw_request, request)
            return [
                Step(at_hour(day, 19), mentor_id, partial(pairs.say_no, Side(pair, mentor_id))),
                Step(at_hour(day + timedelta(days=GAVE_UP), 20), self._town.people[who], gave_up),
            ]

        proposed_at = at_hour(working_day_by(day - timedelta(days=PROPOSED)), 10)
        return self._asked(
            who,
            day - timedelta(days=ASKED),
            lambda request: [Step(proposed_at, self._officer, partial(propose, request))],
        )

    def _propose_today(self, mentor: str, days_ago: int, request: MentorRequest) -> list[Step]:
        """A match that the person has not answered: the mentor has said yes."""
        mentor_id = self._town.people[mentor]

        def propose() -> list[Step]:
            pair = matching.propose(request, self._mentor(mentor).id, self._officer)
            yes_at = at_hour(self._day(days_ago - 1), 19)
            return [Step(yes_at, mentor_id, partial(pairs.say_yes, Side(pair, mentor_id)))]

        return [Step(at_hour(working_day_by(self._day(days_ago)), 10), self._officer, propose)]

    def _become_mentors(self) -> Iterator[Step]:
        """As the clock did: a year as a rep, and they are asked if they would help somebody new."""
        first = {one.who: one.from_on for one in reversed(self._town.sat)}
        days = {day + timedelta(days=YEAR) for day in first.values()}
        days |= {self._day(ended - 1) for _, _, _, ended, _ in self._plan["pairs"] if ended}
        for day in sorted(one for one in {*days, self._day(1)} if one < self._town.today):
            yield Step(at_hour(day, 8), None, partial(_ask_to_mentor, self._town.board.id, day))


def _then(_done: object) -> list[Step]:
    """Nothing follows."""
    return []


def _ask_to_mentor(board_id: UUID, day: date) -> None:
    for of_board, person_id in matching_queries.reps_for_a_year(day):
        if of_board == board_id and fire_once(f"become-mentor:{board_id}:{person_id}"):
            record(MentoringOffered(board_id=board_id, person_id=person_id))
