"""The made-up boards and their people: who sat where, when it was settled, and nobody before their role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.passwords import is_right
from portal.accounts.queries import person_by_email
from portal.audit.models import AuditLine
from portal.boards import figures
from portal.boards import queries as boards
from portal.boards.models import Appointment, Seat, StaffRole
from portal.boards.seats.days import named_seats
from portal.boards.seats.rules import LEFT_BECAUSE
from portal.core import clock
from portal.core.calendar import is_working_day
from portal.core.clock import london_day
from portal.demonstration import accounts
from portal.demonstration.history.in_order import NEWS
from portal.demonstration.world.profiles import Profile, profiles
from portal.demonstration.world.towns import Town, towns
from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.notifications.models import Email
from portal.role_descriptions.models import RoleAgreement, RoleDescription
from portal.role_profiles.models import ProfileMessage
from tests.demonstration.plausible import every, out_of_order
from tests.demonstration.told import told
from tests.visitor import Visitor

SIX = ["northfirth", "southmoor", "strathvarn", "dunreith", "caldermuir", "hallasay"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with told(tmp_path_factory.mktemp("people"), ["roles"], mornings=True) as made:
        yield made


@pytest.fixture
def here(app: Flask) -> Iterator[list[Town]]:
    clock.use(None)
    with app.app_context():
        yield towns()


def test_every_name_is_one_persons() -> None:
    said = [name for one in profiles() for name in (*one.names.values(), *(who.name for who in one.nominated))]
    assert [name for name, times in Counter(said).items() if times > 1] == []


@pytest.mark.parametrize("profile", profiles(), ids=lambda one: one.key)
def test_what_a_board_is_like_is_said_in_shares_and_half_years(profile: Profile) -> None:
    by_half = ("in_time", "minutes_after", "decided_after", "paid_after", "content")
    assert {name: len(getattr(profile, name)) for name in by_half} == dict.fromkeys(by_half, 6)
    shares = [*profile.in_time, *profile.content, profile.attendance, profile.online]
    shares += [profile.care_provided + profile.care_own_budget * (profile.care_provided < 1), profile.mentored]
    assert all(0 <= share <= 1 for share in shares)
    assert all(paid > decided for decided, paid in zip(profile.decided_after, profile.paid_after, strict=True))
    assert 5 <= len(profile.reps) <= 7
    assert {kind for kind, _ in profile.groups} == set(profile.meetings_a_year)


@pytest.mark.parametrize("profile", profiles(), ids=lambda one: one.key)
def test_terms_follow_each_other_and_last_three_years_at_most(profile: Profile) -> None:
    for seat in profile.seats:
        free = max(seat.since, -profile.joined_days_ago)
        for term in seat.terms:
            assert free <= term.from_ <= term.until <= term.planned <= term.from_ + 3 * 365
            free = term.until + 1


@pytest.mark.slow
@pytest.mark.long
def test_the_real_boards_stand_there_without_anybody(here: list[Town]) -> None:
    real = [one for one in boards.boards() if one.authority_code]
    assert len(real) == 31
    assert [one.key for one in here] == SIX
    people = {row.board_id for row in (*every(Appointment), *every(StaffRole))}
    assert not people & {one.id for one in real}


@pytest.mark.slow
@pytest.mark.long
def test_everybody_who_can_act_has_joined_with_the_one_password(app: Flask, here: list[Town]) -> None:
    cast = [accounts.address(who, town.key) for town in here for who in town.profile.cast]
    people = [person_by_email(email) for email in [*cast, accounts.COORDINATOR[0]]]
    assert all(one and one.joined_at and not one.disabled_at for one in people)
    [kept] = {one.password_hash for one in every(Person) if one.joined_at}
    assert is_right(kept, accounts.PASSWORD)
    answer = Visitor(app).post("/sign-in", {"email": "rep7@strathvarn.example", "password": accounts.PASSWORD})
    assert answer.status_code == 302


@pytest.mark.slow
@pytest.mark.long
def test_seats_were_held_as_they_are_written(here: list[Town]) -> None:
    for town in here:
        written = {
            (term.who, seat.group, town.day(term.from_), town.day(term.until))
            for seat in town.profile.seats
            for term in seat.terms
            if term.has_joined
        }
        assert {(one.who, one.group, one.from_on, one.until_on) for one in town.sat} == written
        assert set(town.reps_on(town.today)) == set(town.profile.reps)


@pytest.mark.slow
@pytest.mark.long
def test_an_appointment_was_made_before_it_began_on_a_working_day_by_an_administrator(here: list[Town]) -> None:
    admins = {town.board.id: town.people["admin"] for town in here}
    for one in every(Appointment):
        assert one.made_by_id == admins[one.board_id]
        assert one.made_at is not None
        assert is_working_day(london_day(one.made_at)), one.made_at
        assert not one.recorded_after_it_began
        seat = db.session.get_one(Seat, one.seat_id)
        assert seat.created_on <= one.from_on
        if one.left_because and not one.gave_up:
            assert one.ended_at is not None


@pytest.mark.slow
@pytest.mark.long
def test_nobody_does_anything_before_they_joined(here: list[Town]) -> None:
    joined = {one.id: one.joined_at for one in every(Person)}
    began = {town.board.id: town.began_on for town in here}
    lines = every(AuditLine)
    assert len(lines) > 500
    for line in lines:
        assert line.happened_at <= clock.now()
        if line.actor_id and line.event != "InvitationDeclined":
            assert (at := joined[line.actor_id])
            assert at <= line.happened_at, line.event
        if line.board_id in began:
            assert london_day(line.happened_at) >= began[line.board_id], line.event


@pytest.mark.slow
@pytest.mark.long
def test_a_depute_was_nominated_confirmed_and_agreed_in_this_order(here: list[Town]) -> None:
    for one in every(Nomination):
        town = next(town for town in here if town.board.id == one.board_id)
        group = next(kind for kind, group in town.groups.items() if group.id == one.group_id)
        assert not out_of_order(one.nominated_at, one.decided_at, one.agreed_at, town.today)
        assert town.who_is(one.on_behalf_of_id) in town.sitting(group, london_day(one.nominated_at))
    said = Counter((one.board_id, one.status, one.agreed_at is not None) for one in every(Nomination))
    assert all(said[town.board.id, "confirmed", True] == len(town.profile.deputes) >= 2 for town in here)
    assert all(said[town.board.id, "asked", False] == 1 for town in here)
    assert sum(times for (_, status, _), times in said.items() if status == "declined") == 1


@pytest.mark.slow
@pytest.mark.long
def test_whoever_agreed_to_a_role_had_it_and_it_was_there(here: list[Town]) -> None:
    written = {one.id: one for one in every(RoleDescription)}
    held = {(one.person_id, town.groups[one.group].id): one for town in here for one in town.sat}
    stands_in = {(one.person_id, town.groups[one.group].id): one for town in here for one in town.deputises}
    assert len(every(RoleAgreement)) > 40
    for one in every(RoleAgreement):
        assert not out_of_order(written[one.description_id].published_at, one.agreed_at)
        key = (one.person_id, one.group_id)
        since = held[key].from_on if key in held else stands_in[key].since
        if key not in stands_in:
            assert any(
                sat.from_on <= london_day(one.agreed_at) <= sat.until_on
                for town in here
                for sat in town.sat
                if (sat.person_id, town.groups[sat.group].id) == key
            ), since


@pytest.mark.slow
@pytest.mark.long
def test_boards_differ_in_how_long_seats_were_empty(here: list[Town]) -> None:
    a_year = {
        town.key: sum(one.until_on is None and one.days(town.today) > 365 for _, one in _empty(town)) for town in here
    }
    assert a_year == {key: 2 if key == "dunreith" else 0 for key in SIX}
    never = [town.key for town in here if not any(one.days(town.today) > 60 for _, one in _empty(town))]
    assert never == ["strathvarn"]


def _empty(town: Town) -> list[tuple[str, figures.Vacancy]]:
    return figures.vacancies(named_seats(town.board.id), town.today)


@pytest.mark.slow
@pytest.mark.long
def test_why_reps_left_can_be_shown_for_all_boards_together(here: list[Town]) -> None:
    told_of = figures.leaving(None, clock.today())
    assert [one.words for one in told_of] == [words for _, words in LEFT_BECAUSE]
    assert all(one.left is not None for one in told_of)
    left = sum(term.because != "" for town in here for seat in town.profile.seats for term in seat.terms)
    assert sum(one.left or 0 for one in told_of) == left


@pytest.mark.slow
@pytest.mark.long
def test_who_was_invited_can_still_join_and_who_declined_sits_nowhere(here: list[Town]) -> None:
    for town in here:
        someone = person_by_email(accounts.address("invited", town.key))
        if someone:
            assert not someone.joined_at
            assert not someone.out_on
            assert someone.invited_at > clock.now() - timedelta(days=14), "their link works"
        no = person_by_email(accounts.address("declined", town.key))
        if no is not None:
            assert no.out_on, town.key
        assert not [one for one in town.sat if one.who.startswith(("invited", "declined"))]


@pytest.mark.slow
@pytest.mark.long
def test_emails_are_of_the_last_weeks_and_dated_on_the_day_they_went(app: Flask, here: list[Town]) -> None:
    emails = every(Email)
    assert len(emails) > 30
    for one in emails:
        assert one.asked_at > clock.now() - NEWS - timedelta(days=1)
        assert not out_of_order(one.asked_at, one.sent_at)
    for path in Path(app.config["PORTAL"].mailbox_folder).glob("*.eml"):
        sent_on = london_day(parsedate_to_datetime(message_from_bytes(path.read_bytes())["Date"]))
        assert sent_on <= clock.today(), "what is sent later is sent by the portal that is started"


@pytest.mark.slow
@pytest.mark.long
def test_letters_of_the_public_wait_for_some_reps_and_were_read_by_others(here: list[Town]) -> None:
    letters = every(ProfileMessage)
    assert {one.read_at is None for one in letters} == {True, False}
    assert all(clock.now() - timedelta(days=80) < one.sent_at < clock.now() for one in letters)


@pytest.mark.slow
@pytest.mark.long
def test_one_day_gives_one_demonstration(here: list[Town], tmp_path: Path) -> None:
    """What is by chance is seeded by the board, so it makes no difference which others are there."""
    first = _agreed(next(town for town in here if town.key == "hallasay"))
    with told(tmp_path, ["roles"], ["hallasay"]) as alone, alone.app_context():
        [hallasay] = towns()
        assert _agreed(hallasay) == first


def _agreed(town: Town) -> list[tuple[str, datetime]]:
    theirs = [one for one in every(RoleAgreement) if one.board_id == town.board.id]
    return sorted((town.who_is(one.person_id), one.agreed_at) for one in theirs)
