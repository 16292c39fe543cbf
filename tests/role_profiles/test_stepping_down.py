"""A rep who wants to stop: said by the rep, talked through with the officer, and read by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update

from portal.accounts.actions import erase
from portal.accounts.models import Person
from portal.boards.actions import create_group
from portal.boards.models import Appointment, Board, StaffRole
from portal.boards.seats import actions as seats_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.role_profiles.models import StepDownRequest
from portal.role_profiles.stepping_down.rules import WORDS_MOST
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.cast_support import STOPPING
from tests.visitor import text_of

STOP = "/role/stop"
WORDS = "STOPWORDS it is too much at home \U0001f6d1"
WISH = {"last_day": ["31", "3", "2026"], "words": WORDS}


@pytest.fixture
def none_yet(app: Flask, rolled_back: Any) -> None:
    """The wish of the cast was never said, and no email of it written."""
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(StepDownRequest)))
        db.session.execute(anywhere(delete(Email).where(Email.template.in_(("stop-asked", "stop-taken-back")))))


def wishes(app: Flask, cast: Cast) -> list[StepDownRequest]:
    with app.app_context():
        rep = StepDownRequest.person_id == cast.northfirth.people["rep"]
        found = db.session.scalars(select(StepDownRequest).where(rep).order_by(StepDownRequest.asked_at)).all()
        for one in found:
            assert one.words in (WORDS, "")
        return list(found)


def mailed(app: Flask, template: str) -> list[Email]:
    with app.app_context():
        found = db.session.scalars(anywhere(select(Email).where(Email.template == template).order_by(Email.id)))
        return list(found.unique())


def told(app: Flask, template: str) -> list[Any]:
    return [one.person_id for one in mailed(app, template)]


@pytest.mark.usefixtures("none_yet")
def test_a_rep_says_it_once_and_reads_what_happens_next(app: Flask, visit: Any, cast: Cast) -> None:
    rep, people = visit("northfirth.rep"), cast.northfirth.people
    assert "Stop being a rep" in text_of(rep.get("/account"))
    assert "Tell your board that you want to stop being a rep" in text_of(rep.get("/role"))
    page = text_of(rep.get(STOP))
    assert "we will email CANARYNORTH Officer (engagement officer), who will talk with you" in page
    assert "You can change your mind here until your last day is set" in page
    for status in (302, 200):  # the second finds no seat left to give up
        assert rep.post(STOP, WISH).status_code == status
    assert len(wishes(app, cast)) == 1
    assert told(app, "stop-asked") == [people["officer"]]
    assert "STOPWORDS" not in str([one.facts for one in mailed(app, "stop-asked")])
    page = text_of(rep.get(STOP))
    assert "The last day you would like is Tuesday 31 March 2026" in page
    assert "You stay a rep until your board sets your last day" in page
    assert "STOPWORDS" not in page
    assert "You want to stop" in text_of(rep.get("/role"))


@pytest.mark.usefixtures("none_yet")
def test_the_words_are_sealed_and_open_to_the_officer_alone(app: Flask, visit: Any, cast: Cast) -> None:
    visit("northfirth.rep").post(STOP, WISH)
    [wish] = wishes(app, cast)
    with app.app_context():
        assert "STOPWORDS" not in str(db.session.execute(text("SELECT * FROM step_down_requests")).all())
    path = f"/stepping-down/{wish.id}"
    assert WORDS in text_of(visit("northfirth.officer").get(path))
    for who in (*(f"northfirth.{role}" for role in ("admin", "clerk", "approver", "rep")), "southmoor.officer"):
        assert visit(who).get(path).status_code == 404, who
    for where in ("/boards/northfirth/audit", "/boards/northfirth/people", "/boards/northfirth"):
        page = visit("northfirth.admin").get(where)
        assert "STOPWORDS" not in page.text, where
    assert "Said that they want to stop being a rep" in text_of(
        visit("northfirth.admin").get("/boards/northfirth/audit")
    )


@pytest.mark.usefixtures("none_yet")
def test_the_officer_has_a_line_until_it_is_settled(app: Flask, visit: Any, cast: Cast) -> None:
    officer, line = visit("northfirth.officer"), "CANARYNORTH Rep: wants to stop"
    assert line not in text_of(officer.get("/boards/northfirth/desk"))
    visit("northfirth.rep").post(STOP, WISH)
    assert f"{line} on Tuesday 31 March" in text_of(officer.get("/boards/northfirth/desk"))
    [wish] = wishes(app, cast)
    assert officer.post(f"/stepping-down/{wish.id}/stays").status_code == 302
    assert line not in text_of(officer.get("/boards/northfirth/desk"))
    assert told(app, "rep-stays") == [cast.northfirth.people["rep"]]
    assert "An officer recorded on Tuesday 3 March 2026 that they stay" in text_of(
        officer.get(f"/stepping-down/{wish.id}")
    )
    rep = visit("northfirth.rep")
    assert "we will email" in text_of(rep.get(STOP)), "and may say it again"


@pytest.mark.usefixtures("none_yet")
def test_the_officer_sets_the_last_day_as_it_was_wished(app: Flask, visit: Any, cast: Cast) -> None:
    visit("northfirth.rep").post(STOP, WISH)
    [wish] = wishes(app, cast)
    officer, path = visit("northfirth.officer"), f"/stepping-down/{wish.id}"
    page = officer.get(path).text
    assert all(f'value="{part}"' in page for part in ("31", "03", "2026")), "the wished day is there already"
    form = {"last_day": ["31", "3", "2026"], "because": "caring"}
    assert "Choose why they leave" in text_of(officer.post(path, {**form, "because": ""}))
    late, past = text_of(officer.post(path, {**form, "last_day": ["1", "1", "2028"]})), {"last_day": ["2", "3", "2026"]}
    assert "Their term ends on 24 October 2027. Enter an earlier day" in late
    assert "must be today or in the future" in text_of(officer.post(path, {**form, **past}))
    assert officer.post(path, form).status_code == 302
    with app.app_context():
        ended = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        assert (ended.until_on, ended.left_because) == (date(2026, 3, 31), "caring")
    assert [one.status for one in wishes(app, cast)] == ["ended"]
    assert told(app, "appointment-ended") == [cast.northfirth.people["rep"]]
    assert officer.post(path, {**form, "last_day": ["4", "3", "2026"]}).status_code == 409
    with app.app_context():
        ended = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        assert ended.until_on == date(2026, 3, 31), "settled is settled"


@pytest.mark.usefixtures("none_yet")
@pytest.mark.parametrize(("last_day", "status"), [(["31", "3", "2026"], "ended"), (["24", "10", "2027"], "asked")])
def test_an_earlier_last_day_set_by_an_administrator_settles_it_too(
    app: Flask, visit: Any, cast: Cast, last_day: list[str], status: str
) -> None:
    visit("northfirth.rep").post(STOP, WISH)
    path = f"/boards/northfirth/appointments/{cast.northfirth.things['appointment_id']}/end"
    assert visit("northfirth.admin").post(path, {"last_day": last_day, "because": "not_said"}).status_code == 302
    assert [one.status for one in wishes(app, cast)] == [status]


@pytest.mark.usefixtures("none_yet")
def test_a_rep_takes_it_back_and_the_words_are_gone_at_once(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    rep.post(STOP, WISH)
    [wish] = wishes(app, cast)
    for _ in range(2):
        assert rep.post(f"{STOP}/{wish.id}/take-back").status_code == 302
    [wish] = wishes(app, cast)
    assert (wish.status, wish.sealed_words) == ("taken_back", "")
    assert told(app, "stop-taken-back") == [cast.northfirth.people["officer"]]
    officer = visit("northfirth.officer")
    assert "wants to stop" not in text_of(officer.get("/boards/northfirth/desk"))
    assert "They changed their mind" in text_of(officer.get(f"/stepping-down/{wish.id}"))
    assert visit("southmoor.rep").post(f"{STOP}/{wish.id}/take-back").status_code == 404
    assert visit("northfirth.officer").post(f"{STOP}/{wish.id}/take-back").status_code == 404


@pytest.mark.usefixtures("none_yet")
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"last_day": ["2", "3", "2026"]}, "must be today or in the future"),
        ({"last_day": ["", "", ""]}, "Select when you would like to stop"),
        ({"last_day": ["", "", ""], "when": "later"}, "Enter the last day you would like"),
        ({"last_day": ["24", "10", "2027"]}, "Your term on CANARYNORTH Main Group ends on 24 October 2027"),
        ({"words": "x" * (WORDS_MOST + 1)}, "Use 2,000 characters or fewer"),
    ],
)
def test_what_cannot_be_is_said(app: Flask, visit: Any, cast: Cast, changed: dict[str, Any], message: str) -> None:
    page = text_of(visit("northfirth.rep").post(STOP, {**WISH, **changed}))
    assert message in page
    assert wishes(app, cast) == []


@pytest.mark.usefixtures("none_yet")
def test_the_longest_words_are_kept_whole_and_none_are_needed(app: Flask, visit: Any, cast: Cast) -> None:
    longest = "\U0001f9e1" * WORDS_MOST
    visit("northfirth.rep").post(STOP, {**WISH, "words": longest})
    with app.app_context():
        [wish] = db.session.scalars(anywhere(select(StepDownRequest))).all()
        assert wish.words == longest
        path = f"{STOP}/{wish.id}/take-back"
    visit("northfirth.rep").post(path)
    assert visit("northfirth.rep").post(STOP, {**WISH, "words": ""}).status_code == 302
    newest = wishes(app, cast)[-1]
    assert "What they wrote to you" not in text_of(visit("northfirth.officer").get(f"/stepping-down/{newest.id}"))


@pytest.fixture
def second_seat(app: Flask, cast: Cast, rolled_back: Any, none_yet: None) -> Any:
    """The rep sits on a second group too; the appointment's id."""
    with app.app_context(), unit_of_work():
        north = cast.northfirth
        group = create_group(db.session.get_one(Board, north.id), "CANARYNORTH Locality", "locality")
        seat = seats_actions.create_seat(group, "Locality seat", TODAY)
        rep = db.session.get_one(Person, north.people["rep"])
        return seats_actions.appoint(seat, rep, "unpaid_carer", TODAY, TODAY + timedelta(days=90)).id


def test_whoever_has_two_seats_says_which(app: Flask, visit: Any, cast: Cast, second_seat: Any) -> None:
    rep = visit("northfirth.rep")
    assert "Select at least one seat" in text_of(rep.post(STOP, WISH))
    said = text_of(rep.post(STOP, {**WISH, "seats": [str(second_seat)]}, follow_redirects=True))
    assert "CANARYNORTH Officer will be emailed" in said
    assert [one.appointment_id for one in wishes(app, cast)] == [second_seat]
    page = text_of(rep.get(STOP))
    assert "you want to stop on CANARYNORTH Locality" in page
    assert "I want to stop in CANARYNORTH Main Group (Northfirth) as well" in page
    assert "Tell my board" not in page, "the other seat is given up by a link that names it"
    assert rep.post(STOP, WISH).status_code == 200
    theirs, own = cast.southmoor.things["appointment_id"], cast.northfirth.things["appointment_id"]
    for seat in (theirs, second_seat):
        assert rep.post(f"{STOP}?seat={seat}", WISH).status_code == 200
    assert len(wishes(app, cast)) == 1
    other = text_of(rep.get(f"{STOP}?seat={own}"))
    assert "Stop in CANARYNORTH Main Group as well You are a rep on CANARYNORTH Main Group" in other
    assert rep.post(f"{STOP}?seat={own}", WISH).status_code == 302
    assert {one.board_id for one in wishes(app, cast)} == {cast.northfirth.id}


def test_a_link_to_a_seat_that_is_not_theirs_gives_up_none(
    app: Flask, visit: Any, cast: Cast, second_seat: Any
) -> None:
    rep = visit("northfirth.rep")
    page = text_of(rep.post(f"{STOP}?seat={cast.southmoor.things['appointment_id']}", WISH))
    assert "I want to stop in CANARYNORTH Locality (Northfirth)" in page
    assert wishes(app, cast) == []
    assert "choose from the list" in text_of(rep.post(STOP, {**WISH, "seats": [str(UUID(int=1))]})).lower()


@pytest.mark.usefixtures("none_yet")
def test_as_soon_as_possible_means_today(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    page = text_of(rep.get(STOP))
    assert "As soon as possible: I would like today, Tuesday 3 March 2026, to be my last day" in page
    soon = {"when": "soon", "last_day": ["", "", ""], "words": ""}
    assert "enter a day, not both" in text_of(rep.post(STOP, {**soon, "last_day": ["31", "3", "2026"]}))
    assert rep.post(STOP, soon).status_code == 302
    assert [one.last_day_on for one in wishes(app, cast)] == [TODAY]
    [wish] = wishes(app, cast)
    assert "CANARYNORTH Officer will be emailed" in text_of(
        rep.post(f"{STOP}/{wish.id}/take-back", follow_redirects=True)
    )


def test_without_an_officer_the_administrators_hear_of_it(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, none_yet: None
) -> None:
    with app.app_context(), unit_of_work():
        over = update(StaffRole).where(StaffRole.role == "officer").values(until_on=TODAY - timedelta(days=1))
        db.session.execute(anywhere(over))
    rep = visit("northfirth.rep")
    assert "we will email CANARYNORTH Admin (board administrator)" in text_of(rep.get(STOP))
    rep.post(STOP, WISH)
    [email] = mailed(app, "stop-asked")
    assert (email.person_id, email.facts["to_officer"]) == (cast.northfirth.people["admin"], False)
    with app.app_context(), unit_of_work():
        over = update(StaffRole).where(StaffRole.role == "admin").values(until_on=TODAY - timedelta(days=1))
        db.session.execute(anywhere(over))
    [wish] = wishes(app, cast)
    rep.post(f"{STOP}/{wish.id}/take-back")
    assert "Please also tell your board yourself" in text_of(rep.get(STOP))


def is_kept(app: Flask, cast: Cast) -> bool:
    with app.app_context():
        return db.session.get(StepDownRequest, cast.northfirth.things["step_down_id"]) is not None


@pytest.mark.parametrize("days", [29, 31])
def test_it_goes_thirty_days_after_it_was_settled(
    app: Flask, visit: Any, cast: Cast, at: Any, remove_old: Any, days: int
) -> None:
    visit("northfirth.officer").post(f"/stepping-down/{cast.northfirth.things['step_down_id']}/stays")
    at(NOW + timedelta(days=days))
    remove_old("step_down_requests")
    assert is_kept(app, cast) is (days == 29)


@pytest.mark.parametrize("days", [629, 632])
def test_it_goes_when_the_term_ran_out_meanwhile(app: Flask, cast: Cast, at: Any, remove_old: Any, days: int) -> None:
    at(NOW + timedelta(days=days))
    remove_old("step_down_requests")
    assert is_kept(app, cast) is (days == 629)


def test_it_is_in_what_the_rep_can_take_away_and_goes_with_the_account(app: Flask, visit: Any, cast: Cast) -> None:
    assert STOPPING in visit("northfirth.rep").get("/account/data.json").text
    with app.app_context(), unit_of_work():
        erase(db.session.get_one(Person, cast.northfirth.people["rep"]))
    assert not is_kept(app, cast)
