"""The demonstration's training: days in order, places by those who had a role, and figures as the boards are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.audit.models import AuditLine
from portal.core import clock
from portal.core.calendar import is_working_day, moment
from portal.core.clock import london_day
from portal.demonstration import accounts
from portal.demonstration.history.in_order import NEWS
from portal.demonstration.history.learning import amounts, is_holiday, read
from portal.demonstration.history.sessions import FULL, KEPT, NOT_RECORDED
from portal.demonstration.world.towns import Town, towns
from portal.desk import figures as desk
from portal.notifications.models import Email
from portal.training.awareness import figures as awareness
from portal.training.inductions import queries as inductions
from portal.training.inductions.figures import inducted_of_boards
from portal.training.inductions.rules import DONE, LATE, LATER, REP
from portal.training.models import (
    AwarenessDelivered,
    AwarenessSession,
    Booking,
    InductionMark,
    TrainingRecord,
    TrainingSession,
)
from portal.training.records.rules import CONFIRMED, DECLINED, SAID
from portal.training.sessions.rules import ATTENDED, BOOKED, HAS_A_PLACE, ON_WAITING_LIST
from tests.demonstration.of_town import of
from tests.demonstration.plausible import every, out_of_order
from tests.demonstration.told import told
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("training")
    with told(folder, ["training"]) as made:
        yield made


@pytest.fixture
def here(app: Flask) -> Iterator[list[Town]]:
    clock.use(None)
    with app.app_context():
        yield towns()


@pytest.fixture
def northfirth(here: list[Town]) -> Town:
    return next(town for town in here if town.key == "northfirth")


def test_sessions_are_on_ordinary_days_after_they_were_arranged(here: list[Town]) -> None:
    arranged = {one.facts["session_id"]: one.happened_at for one in every(AuditLine) if one.event == "SessionArranged"}
    for town in here:
        found = of(town, TrainingSession)
        assert len(found) >= sum(amounts(town).sessions)
        for one in found:
            day = london_day(one.starts_at)
            assert is_working_day(day), (town.key, one.title, day)
            assert not is_holiday(day), (town.key, one.title, day)
            assert town.began_on < london_day(arranged[str(one.id)]) <= day - timedelta(days=20)
            assert bool(one.place) != bool(one.link)
        days = [london_day(one.starts_at) for one in found]
        assert len(days) == len(set(days))


def test_places_are_taken_by_those_who_had_a_role(here: list[Town]) -> None:
    for town in here:
        sessions = {one.id: one for one in of(town, TrainingSession)}
        placed = Counter(one.session_id for one in of(town, Booking) if one.status in HAS_A_PLACE)
        assert all(number <= sessions[key].places for key, number in placed.items())
        for one in of(town, Booking):
            session = sessions[one.session_id]
            asked_on, day = london_day(one.asked_at), london_day(session.starts_at)
            assert asked_on < day
            assert asked_on <= town.today
            assert asked_on > town.day(-KEPT - 1), "the portal keeps a place for two years"
            who = town.who_is(one.person_id)
            assert all(town.holds(who, one) for one in (asked_on, day)), (town.key, who, day)


def test_who_came_has_it_on_record_and_nobody_else(here: list[Town]) -> None:
    records = {one.id: one for one in every(TrainingRecord)}
    for town in here:
        sessions = {one.id: one for one in of(town, TrainingSession)}
        for one in of(town, Booking):
            assert (one.status == ATTENDED) == (one.id in records)
            if record := records.get(one.id):
                assert record.status == CONFIRMED
                assert record.done_on == london_day(sessions[one.session_id].starts_at)


def test_what_is_over_is_recorded_but_where_an_officer_has_it_to_do(here: list[Town]) -> None:
    now = clock.now()
    for town in here:
        over = [one for one in of(town, TrainingSession) if one.ends_at < now and not one.is_cancelled]
        open_ = {one.session_id for one in of(town, Booking) if one.status == BOOKED}
        assert sum(one.id in open_ for one in over) == (town.key in NOT_RECORDED)


def test_the_officer_has_to_record_who_came(app: Flask) -> None:
    clock.use(None)
    visitor = Visitor(app)
    visitor.post("/sign-in", {"email": "officer@northfirth.example", "password": accounts.PASSWORD})
    assert "Record who was at" in text_of(visitor.get("/boards/northfirth/desk"))


def test_something_is_to_be_booked_and_something_is_full(here: list[Town]) -> None:
    for town in here:
        coming = [one for one in of(town, TrainingSession) if one.starts_at > clock.now()]
        monday = town.day(7 - town.today.weekday())
        if town.key != "dunreith":
            assert any(london_day(one.starts_at) <= monday + timedelta(days=18) for one in coming)
        states = Counter((one.session_id, one.status) for one in of(town, Booking))
        full = [one for one in coming if states[one.id, BOOKED] == one.places]
        assert [states[one.id, ON_WAITING_LIST] for one in full] == ([FULL[town.key]] if town.key in FULL else [])


def test_records_are_added_after_the_day_and_answered_by_an_officer_later(here: list[Town]) -> None:
    for town in here:
        for one in of(town, TrainingRecord):
            who = town.who_is(one.person_id)
            assert town.holds(who, one.done_on), (town.key, who, one.done_on)
            assert not out_of_order(one.done_on, one.created_at, one.confirmed_on, clock.now())
            assert (one.status == SAID) == (one.confirmed_by_id is None)
            if one.confirmed_on:
                assert is_working_day(one.confirmed_on)
                assert one.confirmed_by_id == town.people["officer"]
    assert {one.status for one in every(TrainingRecord)} == {SAID, CONFIRMED, DECLINED}


def test_nobody_learns_again_what_they_have_known_for_long(here: list[Town]) -> None:
    said = read()["sessions"]
    for town in here:
        by_person: dict[str, list[TrainingRecord]] = defaultdict(list)
        for one in of(town, TrainingRecord):
            by_person[town.who_is(one.person_id)].append(one)
        for who, records in by_person.items():
            titles = [one.title for one in records]
            assert len(titles) == len(set(titles)), (town.key, who)
            late = town.first_day(who) + timedelta(days=366)
            assert not [one.title for one in records if one.title in said["first_year"] and one.done_on > late]
            if who.startswith("mentor"):
                assert set(titles) <= set(said["for_mentors"]), (town.key, who, titles)


def test_training_of_the_rep_runs_out_soon_and_has_run_out_elsewhere(here: list[Town], northfirth: Town) -> None:
    left = {
        northfirth.who_is(one.person_id): (one.valid_until - northfirth.today).days
        for one in of(northfirth, TrainingRecord)
        if one.valid_until and one.valid_until < northfirth.day(70)
    }
    assert 0 < left["rep"] <= 24
    assert 50 < left["rep4"] <= 70
    assert any(one.valid_until < clock.today() for one in every(TrainingRecord) if one.valid_until)


def test_inductions_go_as_on_their_board(here: list[Town]) -> None:
    for town in here:
        found = [one for one in inductions.inductions_of_board(town.board.id) if one.appointment.person.joined_at]
        by_step = {(one.appointment_id, one.step_id): one for one in of(town, InductionMark)}
        for one in by_step.values():
            assert town.began_on <= london_day(one.done_at) < town.today
        for one in found:
            for task in one.tasks:
                if task.is_done:
                    assert inductions.started_on(one.appointment) <= task.done_on <= one.appointment.until_on
                    assert task.done_by_id == (one.person_id if task.owner == REP else town.people[task.owner])
        figure = inducted_of_boards(town.today)[town.board.id]
        assert figure.done == round(town.profile.inducted * figure.inductions)
        assert figure.late == 0
    caldermuir = next(town for town in here if town.key == "caldermuir")
    states = {
        task.state(caldermuir.today, one.appointment.until_on)
        for one in inductions.inductions_of_board(caldermuir.board.id)
        for task in one.tasks
    }
    assert {DONE, LATE, LATER} <= states


def test_carer_awareness_reaches_the_share_of_its_board(here: list[Town]) -> None:
    for town in here:
        groups = awareness.by_group(town.board.id, town.today)
        total = awareness.in_all(groups)
        assert total.had_it == sum(one.had_it for one in groups)
        assert all(one.had_it <= one.members for one in groups)
        assert total.percent is not None
        assert abs(total.percent - 100 * town.profile.awareness) <= 2
        given = {one.id: one for one in of(town, AwarenessSession)}
        for one in given.values():
            assert is_working_day(one.held_on)
            assert town.began_on < one.held_on < one.recorded_on < town.today
        for one in of(town, AwarenessDelivered):
            assert town.who_is(one.person_id) in town.reps_on(given[one.session_id].held_on)


def test_how_many_are_trained_may_be_shown_of_all_boards_together(here: list[Town]) -> None:
    table = desk.told(desk.of_boards(clock.today()))
    total = table.in_all["trained"]
    assert not total.is_withheld
    assert total.whole == sum(len(town.reps_on(town.today)) for town in here)
    found = {town.key: desk.of_boards(clock.today())[town.board.id]["trained"] for town in here}
    assert found["strathvarn"].part == found["strathvarn"].whole
    assert found["dunreith"].part < found["northfirth"].part


def test_nobody_is_sent_an_email_about_training_long_past(here: list[Town]) -> None:
    assert min(one.asked_at for one in every(Email)) > moment(clock.today(), clock.now().time()) - NEWS - timedelta(1)


def test_a_place_was_booked_with_care(here: list[Town], northfirth: Town) -> None:
    [booked] = [one for one in of(northfirth, Booking) if one.needs_care]
    assert northfirth.who_is(booked.person_id) == "rep2"
    [session] = [one for one in of(northfirth, TrainingSession) if one.id == booked.session_id]
    assert session.starts_at > clock.now()
