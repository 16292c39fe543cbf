"""The demonstration's mentoring: pairs whose days follow one another, and as many as their board has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.core import clock
from portal.core.clock import london_day
from portal.demonstration import accounts
from portal.demonstration.world.towns import Town, towns
from portal.mentoring.figures import mentored
from portal.mentoring.models import Mentor, MentoringNote, MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.rules import (
    DECLINED,
    ENDED,
    FIRST_PULSE_DAYS,
    KEPT_DAYS,
    LOW,
    MATCHED,
    PROPOSED,
    PULSE_EVERY_DAYS,
    PULSE_OPEN_DAYS,
    RUNNING,
    WAITING,
    WITHDRAWN,
)
from tests.demonstration.of_town import of
from tests.demonstration.plausible import every, out_of_order
from tests.demonstration.told import told
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("mentoring")
    with told(folder, ["mentoring"]) as made:
        yield made


@pytest.fixture
def here(app: Flask) -> Iterator[list[Town]]:
    clock.use(None)
    with app.app_context():
        yield towns()


def test_the_days_of_a_pair_follow_one_another(here: list[Town]) -> None:
    for town in here:
        asked = {one.id: one for one in of(town, MentorRequest)}
        for pair in of(town, Pair):
            wanted = asked[pair.mentor_request_id]
            said = [one for one in (pair.person_said_at, pair.mentor_said_at) if one]
            assert not out_of_order(wanted.asked_at, pair.proposed_at, *sorted(said), pair.began_on, pair.ended_at)
            held = [one.held_on for one in of(town, MentoringSession) if one.pair_id == pair.id]
            last = london_day(pair.ended_at) if pair.ended_at else town.today
            assert all(pair.began_on <= day <= last for day in held)
            for person_id in (pair.person_id, pair.mentor_id):
                began = pair.began_on or london_day(pair.proposed_at)
                assert town.holds(town.who_is(person_id), began), (town.key, town.who_is(person_id))


def test_every_state_is_there(here: list[Town]) -> None:
    assert {one.status for one in every(Pair)} == {PROPOSED, RUNNING, DECLINED, ENDED}
    assert {one.status for one in every(MentorRequest)} == {WAITING, MATCHED, WITHDRAWN}
    assert [one.confirmed_at for one in every(Mentor)].count(None) == 1, "one offered to mentor and waits for a yes"


def test_as_many_reps_have_a_mentor_as_their_board_has(here: list[Town]) -> None:
    found = mentored(clock.today())
    for town in here:
        assert found.get(town.board.id, 0) == round(town.profile.mentored * len(town.reps_on(town.today))), town.key


def test_nobody_mentors_more_than_they_offered(here: list[Town]) -> None:
    for town in here:
        for mentor in of(town, Mentor):
            runs = [one for one in of(town, Pair) if one.mentor_id == mentor.person_id and one.began_on]
            for day in (one.began_on for one in runs):
                assert sum(_runs_on(one, day) for one in runs) <= mentor.most, (town.key, day)
            assert all(london_day(mentor.created_at) <= london_day(one.proposed_at) for one in runs)


def _runs_on(pair: Pair, day: date) -> bool:
    return pair.began_on <= day and (pair.ended_at is None or london_day(pair.ended_at) > day)


def test_each_was_asked_if_it_helps_and_answered_in_time(here: list[Town]) -> None:
    pairs = {one.id: one for one in every(Pair)}
    for one in every(MentoringPulse):
        since = (one.asked_on - pairs[one.pair_id].began_on).days - FIRST_PULSE_DAYS
        assert since >= 0
        assert since % PULSE_EVERY_DAYS == 0
        assert one.asked_on <= london_day(one.answered_at) < one.asked_on + timedelta(days=PULSE_OPEN_DAYS)
        assert one.answered_at <= clock.now()
    low = [one for one in every(MentoringPulse) if one.score <= LOW]
    assert {one.seen_at is None for one in low} == {True, False}


def test_of_a_pair_that_ended_over_a_year_ago_no_talk_is_kept(here: list[Town]) -> None:
    until = clock.today() - timedelta(days=KEPT_DAYS)
    gone = {one.id for one in every(Pair) if one.ended_at and london_day(one.ended_at) < until}
    assert gone
    for model in (MentoringSession, MentoringNote, MentoringPulse):
        assert not any(one.pair_id in gone for one in every(model))


def test_the_rep_talks_tomorrow(here: list[Town]) -> None:
    [pair] = [one for one in of(here[0], Pair) if (one.person_id, one.status) == (here[0].people["rep"], RUNNING)]
    assert pair.next_on == here[0].day(1)


def test_the_rep_is_asked_if_it_helps(app: Flask) -> None:
    clock.use(None)
    visitor = Visitor(app)
    visitor.post("/sign-in", {"email": "rep@northfirth.example", "password": accounts.PASSWORD})
    assert "Is mentoring helping you?" in text_of(visitor.get("/"))
    assert "Agnes Kerr" in text_of(visitor.get("/mentoring"))
