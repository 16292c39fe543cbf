"""Training records beside what was had at sessions: added by reps, confirmed by officers, running out, done again."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from unicodedata import normalize
from uuid import UUID, uuid4

from portal.core.calendar import working_day_from
from portal.core.text import day_words
from portal.demonstration.history.in_order import Step, at_hour
from portal.demonstration.history.learning import YEAR, amounts, chance, free_day, joined_by, read, trained
from portal.demonstration.world.towns import Town
from portal.training.records import actions
from portal.training.records.rules import valid_until

RENEWED, MONTHS = "Protecting adults from harm", 24  # as learning.toml has it
ELSEWHERE = "Moving and handling"  # a course of somebody else's, which no board has in its list
RUNS_OUT = {"northfirth": {"rep": 9, "rep4": 52}, "strathvarn": {"rep2": 40}, "southmoor": {"rep2": 33}}
WAITS = {"northfirth": (2,), "southmoor": (9, 31), "dunreith": (140,), "caldermuir": (1,), "hallasay": (6,)}
DECLINED = {"northfirth": "rep5", "hallasay": "rep3"}
SLOWEST = 30  # days until training is confirmed, where nothing is left to wait


@dataclass(frozen=True)
class Planned:
    """One thing that somebody says they have done."""

    day: date  # on which it was done
    who: str
    title: str
    is_waiting: bool = False
    is_declined: bool = False


def steps(town: Town, courses: Mapping[str, UUID]) -> Iterator[Step]:
    chances = chance(town, "records")
    for one in sorted(_planned(town, chances, courses), key=lambda one: (one.day, one.who, one.title)):
        yield _added(town, chances, one, courses)


def _planned(town: Town, chances: random.Random, courses: Mapping[str, UUID]) -> list[Planned]:
    readable = sorted(set(courses) - {RENEWED, *read()["sessions"]["courses"]})
    who_learned = trained(town)
    found = [one for who in who_learned for one in _read(town, chances, who, readable)]
    found += [one for who in who_learned for one in _renewed(town, chances, who)]
    for place, days_ago in enumerate(WAITS.get(town.key, ())):
        found.append(Planned(town.day(-days_ago), town.profile.reps[-1 - place], ELSEWHERE, is_waiting=True))
    if who := DECLINED.get(town.key):
        found.append(Planned(town.day(-210), who, ELSEWHERE, is_declined=True))
    usual = [replace(one, day=free_day(one.day, set())) for one in found]
    return [one for one in usual if town.began_on < one.day < town.today and joined_by(town, one.who, one.day)]


def _first_day(town: Town, who: str) -> date:
    return min(one.from_on for one in town.sat if one.who == who)


def _read(town: Town, chances: random.Random, who: str, readable: list[str]) -> list[Planned]:
    """Courses of the list that they read in their first months, or since."""
    began = max(_first_day(town, who), town.began_on + timedelta(days=30))
    span = max(5, min((town.today - began).days - 25, 300))
    titles = chances.sample(readable, min(amounts(town).courses, len(readable)))
    return [Planned(began + timedelta(days=chances.randint(3, span)), who, title) for title in titles]


def _renewed(town: Town, chances: random.Random, who: str) -> list[Planned]:
    """The course that counts for two years: it runs out soon, or has run out, or was done again on a good board.

    Of somebody who did it again there is the last time alone.
    """
    if left := RUNS_OUT.get(town.key, {}).get(who):
        return [Planned(_done_on(town.day(left)), who, RENEWED)]
    first = max(_first_day(town, who), town.began_on + timedelta(days=30)) + timedelta(days=chances.randint(20, 120))
    again = first + timedelta(days=2 * YEAR - chances.randint(5, 40))
    is_done_again = again < town.day(-20) and chances.random() < town.profile.content[-1]
    return [Planned(again if is_done_again else first, who, RENEWED)] if first < town.day(-20) else []


def _done_on(until: date) -> date:
    """On which day it was done that counts until then."""
    day = until - timedelta(days=2 * YEAR)
    while (valid_until(day, MONTHS) or until) < until:
        day += timedelta(days=1)
    return day


def _added(town: Town, chances: random.Random, one: Planned, courses: Mapping[str, UUID]) -> Step:
    """The rep adds it within days, with a certificate where it is somebody else's; an officer answers it."""
    typed = {"course_id": courses.get(one.title), "title": one.title, "done_on": one.day}
    typed["valid_until"] = valid_until(one.day, MONTHS if one.title == RENEWED else None)
    name, is_elsewhere = town.profile.names[one.who], one.title == ELSEWHERE
    proof = ("certificate.pdf", "application/pdf", certificate(name, one.title, one.day)) if is_elsewhere else None
    person_id, officer = town.people[one.who], town.people["officer"]
    added_on = min(one.day + timedelta(days=chances.randint(0, 6)), town.day(-1))
    usual = round(min(town.profile.on(town.profile.decided_after, (town.today - added_on).days), SLOWEST))
    answered_at = at_hour(working_day_from(added_on + timedelta(days=1 + chances.randint(0, usual))), 12)

    def add() -> list[Step]:
        record = actions.add_record(uuid4(), town.board.id, person_id, typed, proof)
        answer = partial(actions.answer_record, record, officer, is_confirmed=not one.is_declined)
        return [] if one.is_waiting else [Step(answered_at, officer, answer)]

    return Step(at_hour(added_on, chances.choice((10, 16, 20))), person_id, add)


def certificate(name: str, course: str, day: date) -> bytes:
    """A page that says who took part in what."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    from portal.demonstration.documents.drawing import faces  # reportlab is heavy

    faces.ready()
    out, (width, _) = io.BytesIO(), landscape(A4)
    sheet = Canvas(out, pagesize=landscape(A4), invariant=True)
    sheet.setTitle("Certificate of attendance")
    lines = (("Certificate of attendance", 30, 400), (name, 22, 310), (course, 18, 250), (day_words(day), 14, 190))
    for words, size, height in lines:
        sheet.setFont(faces.PLAIN, size)
        drawn = "".join(one if ord(one) in faces.letters() else normalize("NFD", one)[0] for one in words)
        sheet.drawCentredString(width / 2, height, drawn)
    sheet.save()
    return out.getvalue()
