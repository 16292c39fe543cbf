"""Support around meetings: support meetings before them with points, and what reps say of them afterwards."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from portal.check_in import queries as check_ins
from portal.core.calendar import last_working_day_before, working_day_by, working_day_from
from portal.core.disclosure import LEAST_PEOPLE
from portal.demonstration.history.in_order import Step, at_hour, go_until_lately
from portal.demonstration.history.learning import YEAR, amounts, chance, meetings_of, words
from portal.demonstration.world.towns import Town
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.meetings.rules import is_over
from portal.support_meetings import actions
from portal.support_meetings.rules import NO, PARTLY, QUESTIONS, YES, whole_quarters

SUPPORTED = ("board", "spg")  # the kinds of group before whose meetings there are support meetings
SET, BEFORE = 16, 3  # days before a meeting that its support meeting is set, and working days before that it is
POINTS_KEPT = YEAR - 10  # days: the portal keeps a point for a year
BRINGS = 0.7  # share of those who were there who brought points
ALIVE = 25  # days ahead until which support meetings are set and points are written
NOT_SAID = 4  # days for which nobody has said yet how a meeting was
SAID_WITHIN = 9
SPREAD = 1.4  # the worse a board, the more its answers to the three questions differ
HARD = 0.35  # share of poor answers that are a no


def fill(town: Town) -> None:
    past = [
        one for one in meetings_of(town, town.began_on, town.today) if is_over(one.starts_at, at_hour(town.today, 0))
    ]
    ahead = [one for one in meetings_of(town, town.today, town.day(ALIVE)) if one not in past]
    chances = chance(town, "support")
    go_until_lately([*_supports(town, chances, past, ahead), *_answers(town, chances, past)])


def _supports(town: Town, chances: random.Random, past: Sequence[Meeting], ahead: Sequence[Meeting]) -> Iterator[Step]:
    """On a board that has any; before the next meeting of the board itself always."""
    supported = {town.groups[kind].id for kind in SUPPORTED if kind in town.groups}
    given, free = amounts(town), {one.meets_on for one in (*past, *ahead)}
    for meeting in (*past, *ahead):
        share = town.profile.on(given.support, (town.today - meeting.meets_on).days)
        if meeting.group_id in supported and chances.random() < share:
            yield from _support(town, chances, meeting, free)


def _support(town: Town, chances: random.Random, meeting: Meeting, taken: set[date]) -> Iterator[Step]:
    """Set by the officer a good two weeks before; points for it by those who go, in the days before."""
    day, officer = working_day_by(meeting.meets_on - timedelta(days=BEFORE)), town.people["officer"]
    while day in taken:
        day = last_working_day_before(day)
    if day <= town.today < (tomorrow := working_day_from(town.day(1))) < meeting.meets_on:
        day = tomorrow  # one is still to come before a meeting that is near
    is_online = amounts(town).place == "Online" or chances.random() < town.profile.online
    where = ("", f"https://meet.{town.key}.example/support") if is_online else (amounts(town).place, "")
    starts_at = at_hour(day, chances.choice((11, 14)))
    set_on = max(working_day_by(min(meeting.meets_on - timedelta(days=SET), town.today)), town.began_on)
    if set_on < day:
        act = partial(actions.set_support, meeting, 1, starts_at, *where)
        yield Step(at_hour(set_on, 9, 30), officer, act)
        if meeting.meets_on > town.day(-POINTS_KEPT):
            yield from _points(town, chances, meeting, min(day, town.today))


def _points(town: Town, chances: random.Random, meeting: Meeting, day: date) -> Iterator[Step]:
    kind = next(kind for kind, group in town.groups.items() if group.id == meeting.group_id)
    items = [one for one in meetings.items(meeting.id) if one.published_at and not one.is_restricted]
    texts = chances.sample(words("points"), len(words("points")))
    for who in town.sitting(kind, day - timedelta(days=BEFORE)):
        for _ in range(chances.choice((1, 2)) if chances.random() < BRINGS else 0):
            item_id, is_brought = (chances.choice(items).id if items else None), chances.random() < BRINGS
            kept_at = at_hour(day - timedelta(days=chances.randint(1, 3)), chances.choice((19, 20, 21)))
            keep = (uuid4(), meeting, town.people[who], item_id, is_brought, texts.pop())
            yield Step(kept_at, town.people[who], partial(actions.keep_point, *keep))


def _answers(town: Town, chances: random.Random, past: Sequence[Meeting]) -> Iterator[Step]:
    """Of those who were there, most say how it was, within days; and what they said last may be shown where it can."""
    could_say = list(_could_say(town, chances, past))
    by_all = _last_of_each(town, could_say)
    heard = by_all if len(by_all) >= 2 * LEAST_PEOPLE else {}  # where there are enough, each says something in the year
    said = [one for one in could_say if chances.random() < amounts(town).answers or heard.get(one[2]) == one[1].id]
    last = _last_of_each(town, said)
    told = {
        key: dict(zip(last, _told(chances, len(last), _good(town), number), strict=True))
        for number, (key, _) in enumerate(QUESTIONS)
    }
    for at, meeting, person_id in said:
        good = town.profile.on(town.profile.content, (town.today - meeting.meets_on).days)
        answers = {key: _answer(chances, good) for key, _ in QUESTIONS}
        if last.get(person_id) == meeting.id:
            answers = {key: told[key][person_id] for key, _ in QUESTIONS}
        yield Step(at, person_id, partial(actions.say_how_it_was, meeting, person_id, answers))


def _could_say(town: Town, chances: random.Random, past: Sequence[Meeting]) -> Iterator[tuple[datetime, Meeting, UUID]]:
    """When whoever was at a meeting would say how it was: not yet of the last few days."""
    for meeting in past:
        for person_id in sorted(check_ins.who_came(meeting), key=town.who_is):
            day = meeting.meets_on + timedelta(days=chances.randint(1, SAID_WITHIN))
            if day < town.today and meeting.meets_on < town.day(-NOT_SAID):
                yield at_hour(day, chances.choice((9, 12, 19))), meeting, person_id


def _good(town: Town) -> float:
    return town.profile.content[-2]


def _last_of_each(town: Town, said: Sequence[tuple[datetime, Meeting, UUID]]) -> Mapping[UUID, UUID]:
    """By person the meeting of their answer that counts in today's figures: the latest in whole quarters."""
    first, until = whole_quarters(town.today)
    counted = [(one, person_id) for _, one, person_id in said if first <= one.meets_on <= until]
    return {person_id: one.id for one, person_id in sorted(counted, key=lambda pair: pair[0].starts_at)}


def _answer(chances: random.Random, good: float) -> str:
    return YES if chances.random() < good else NO if chances.random() < HARD else PARTLY


def _told(chances: random.Random, people: int, good: float, number: int) -> list[str]:
    """What so many people say to a question, so that as much is shown as there can be: of few people nothing is."""
    if people < 2 * LEAST_PEOPLE:
        return [_answer(chances, good) for _ in range(people)]
    better, worse = (YES, PARTLY) if good >= HARD else (YES, NO) if number == 0 else (PARTLY, NO)
    wanted = min(round(good * people), people - LEAST_PEOPLE) - round(number * (SPREAD - good))
    many = max(wanted, LEAST_PEOPLE)
    return chances.sample([better] * many + [worse] * (people - many), people)
