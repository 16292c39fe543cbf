"""Training sessions with places: arranged, booked, given up, held and recorded; and those that are still to come."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy import delete

from portal.core.calendar import last_working_day_before, moment, working_day_by, working_day_from
from portal.demonstration.history.in_order import Step, at_hour
from portal.demonstration.history.learning import YEAR, amounts, chance, free_day, learners, meetings_of, read, trained
from portal.demonstration.world.towns import Town
from portal.infra.database import db
from portal.training.models import Booking, TrainingSession
from portal.training.sessions import actions

PLACES = 12
ARRANGED, FIRST_BOOKED, BOOKED, CANCELLED, GAVE_UP = 42, 40, (35, 24, 12), 9, 4  # days before
FEW = 4
LEAST = 3  # who could go to one, or it is about something else
CAME = 0.92
KEPT = 2 * YEAR  # days for which the portal keeps who had a place; the training that they had stays
NOT_RECORDED = {
    "northfirth": 1,
    "southmoor": 4,
}  # working days since one was held of which nobody has recorded who came
NOBODY_CAME = {"southmoor": 3}  # to which session
FULL = {"northfirth": 2, "strathvarn": 2}  # how many wait for a place at one that is full
ON_TOUR, NEEDS_CARE, LEFT_OUT = "northfirth", "rep2", "rep"  # at the session next week
SMALL_ROOM = "At the computers in the library, Church Lane"
HOURS = ((time(10), time(12, 30)), (time(14), time(16)), (time(18), time(20)))


@dataclass(frozen=True)
class Planned:
    """One session: its day, what it is about, how many wait for a place, and how it ends."""

    day: date
    title: str
    waiting: int = 0
    is_cancelled: bool = False
    is_recorded: bool = True
    nobody_came: bool = False
    share: float = 0.7  # of those who could go
    needs_care: str = ""  # who asks for care with their place
    left_out: str = ""  # who has not booked yet


def steps(town: Town, courses: Mapping[str, UUID]) -> Iterator[Step]:
    chances = chance(town, "sessions")
    for one in _planned(town, chances):
        yield _arranged(town, chances, courses, one)


def _planned(town: Town, chances: random.Random) -> list[Planned]:
    """Those of the years past, one of them cancelled; one just held of which nobody has recorded who came; to come."""
    taken = {one.meets_on for one in meetings_of(town, town.began_on, town.day(YEAR))}
    titles = _titles(town, chances)
    past = list(_days(town, chances))
    if (since := NOT_RECORDED.get(town.key)) is not None:
        past.append(-since)
    found = []
    for number in past:
        day = free_day(town.day(number), taken) if number < -20 else _working_days_back(town.today, -number)
        taken.add(day)
        found.append(Planned(day, titles(day), share=0.45 + 0.45 * town.profile.on(town.profile.content, -number)))
    cancelled = 1 if town.profile.called_off else len(found)
    found = [replace(one, is_cancelled=place == cancelled) for place, one in enumerate(found)]
    if place := NOBODY_CAME.get(town.key):
        found[place] = replace(found[place], nobody_came=True)
    if town.key in NOT_RECORDED:
        found[-1] = replace(found[-1], is_recorded=False)
    return found + list(_coming(town, chances, taken, titles))


def _working_days_back(day: date, number: int) -> date:
    for _ in range(number):
        day = last_working_day_before(day)
    return day


def _days(town: Town, chances: random.Random) -> Iterator[int]:
    """How many days before today, as negative numbers: spread over the time since the board joined, the first first."""
    first = -town.profile.joined_days_ago + 75
    for years_ago, number in zip((3, 2, 1), amounts(town).sessions, strict=True):
        begin, end = max(first, -years_ago * YEAR + 20), -(years_ago - 1) * YEAR - 24
        for place in range(number):
            middle = begin + (end - begin) * (place + 0.5) / number
            yield round(middle) + chances.randint(-12, 12)


def _coming(town: Town, chances: random.Random, taken: set[date], titles: Callable[[date], str]) -> Iterator[Planned]:
    """One next week and, where more want to come than there are places, one that is full."""
    if amounts(town).sessions[-1] < 2:
        return
    soon = free_day(town.day(7 - town.today.weekday() + chances.randint(0, 3)), taken)
    next_week = Planned(soon, titles(soon), share=0.6)
    yield replace(next_week, needs_care=NEEDS_CARE, left_out=LEFT_OUT) if town.key == ON_TOUR else next_week
    later = free_day(town.day(20 + chances.randint(0, 25)), {*taken, soon})
    if town.key in FULL:
        yield Planned(later, "Finance for beginners", waiting=FULL[town.key], share=1.0)
    else:
        yield Planned(later, titles(later), share=0.3)


def _titles(town: Town, chances: random.Random) -> Callable[[date], str]:
    """What one on a day is about: every one of them before any comes again, where enough could go to it."""
    every = [*read()["sessions"]["courses"], *read()["sessions"]["others"]]
    left: list[str] = []

    def on(day: date) -> str:
        if not left:
            left.extend(chances.sample(every, len(every)))
        fits = [one for one in left if len(_who_could_go(town, one, day)) >= LEAST]
        left.remove(title := (fits or left)[0])
        return title

    return on


def _who_could_go(town: Town, title: str, day: date) -> list[str]:
    """Those for whom it is: nobody hears again what they have known for long."""
    began = min(day, town.today) - timedelta(days=FIRST_BOOKED)
    return [who for who in learners(town, began, day) if _is_for(town, title, who, day)]


def _is_for(town: Town, title: str, who: str, day: date) -> bool:
    said = read()["sessions"]
    if who.startswith("mentor"):
        return title in said["for_mentors"]
    return title not in said["first_year"] or day <= town.first_day(who) + timedelta(days=YEAR)


def _arranged(town: Town, chances: random.Random, courses: Mapping[str, UUID], planned: Planned) -> Step:
    """It is arranged, and what follows until the officer has recorded who came."""
    last = min(planned.day, town.today)
    never = {*set(town.profile.reps) - set(trained(town)), planned.left_out}
    people = [who for who in _who_could_go(town, planned.title, planned.day) if who not in never]
    booked = chances.sample(people, max(min(3, len(people)), round(planned.share * len(people))))
    if planned.needs_care in people and planned.needs_care not in booked:
        booked[0] = planned.needs_care
    typed, officer = _typed(town, chances, courses, planned, len(booked)), town.people["officer"]
    days = [last - timedelta(days=before + chances.randint(0, 4)) for before in BOOKED]
    booked_at = sorted((at_hour(chances.choice(days), chances.choice((9, 13, 19))), who) for who in booked)

    def arrange() -> list[Step]:
        one = actions.arrange(uuid4(), town.board.id, typed)
        places = [_books(town, one, who, at, needs_care=who == planned.needs_care) for at, who in booked_at]
        return [*places, *_end(town, chances, one, booked, planned)]

    arranged_on = max(working_day_by(last - timedelta(days=ARRANGED)), working_day_from(town.began_on))
    return Step(at_hour(arranged_on, 11), officer, arrange)


def _books(town: Town, one: TrainingSession, who: str, at: datetime, *, needs_care: bool) -> Step:
    def book() -> None:
        actions.book(one, town.people[who], needs_care)

    return Step(at, town.people[who], book)


def _typed(
    town: Town, chances: random.Random, courses: Mapping[str, UUID], planned: Planned, people: int
) -> dict[str, object]:
    from_hour, until_hour = chances.choice(HOURS)
    is_online = amounts(town).place == "Online" or (not planned.waiting and chances.random() < town.profile.online)
    link = f"https://meet.{town.key}.example/training" if is_online else ""
    place = "" if is_online else SMALL_ROOM if planned.waiting else amounts(town).place
    return {
        "title": planned.title,
        "course_id": courses.get(planned.title),
        "starts_at": moment(planned.day, from_hour),
        "ends_at": moment(planned.day, until_hour),
        "place": place,
        "link": link,
        "places": max(1, people - planned.waiting) if planned.waiting else PLACES,
    }


def _end(
    town: Town, chances: random.Random, one: TrainingSession, booked: Sequence[str], planned: Planned
) -> Iterator[Step]:
    """Now and then somebody gives their place up. On the next working day the officer says who came."""
    officer, coming = town.people["officer"], list(booked)
    if planned.is_cancelled:
        cancelled_on = working_day_by(planned.day - timedelta(days=CANCELLED))
        yield Step(at_hour(cancelled_on, 15), officer, partial(actions.cancel, one))
        return
    if len(coming) > FEW and not planned.waiting and chances.random() < 0.5:
        who = coming.pop()
        given_up_at = at_hour(planned.day - timedelta(days=GAVE_UP), 20)
        yield Step(given_up_at, town.people[who], partial(actions.give_up, one, town.people[who]))
    came = {town.people[who] for who in coming if chances.random() < CAME and not planned.nobody_came}
    if planned.is_recorded:
        recorded_at = at_hour(working_day_from(planned.day + timedelta(days=1)), 9)
        yield Step(recorded_at, officer, partial(_record, one, came, officer))


def _record(one: TrainingSession, came: set[UUID], officer: UUID) -> None:
    actions.note_attendance(one, came, officer)


def let_go(town: Town) -> None:
    """Places that are older than they are kept are gone, as the portal would have removed them."""
    before = at_hour(town.day(-KEPT), 12)
    db.session.execute(delete(Booking).where(Booking.board_id == town.board.id, Booking.asked_at < before))
