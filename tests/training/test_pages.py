"""Induction from the first day, courses, records with their proof, and the passport."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards.models import Seat
from portal.boards.seats import actions as seats_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from portal.training.courses import queries as courses_queries
from portal.training.inductions import queries as inductions_queries
from portal.training.models import InductionMark, TrainingRecord
from tests.architecture.matrix import text_of_pdf
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

DONE = {"done_on": ["2", "3", "2026"], "course": ""}


def mails(app: Flask, template: str) -> list[Email]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
        return list(db.session.scalars(anywhere(statement)).unique())


def appoint(app: Flask, cast: Cast, first: Any = TODAY) -> Any:
    """Somebody new in the empty seat of Northfirth; their id."""
    with app.app_context(), unit_of_work():
        new = person("new@northfirth.test", "Nia New")
        seat = db.session.get_one(Seat, cast.northfirth.things["seat_id"])
        seats_actions.appoint(seat, new, "unpaid_carer", first, first + timedelta(days=700))
        return new.id


@pytest.mark.same_anywhere
def test_an_induction_starts_by_itself_and_is_chased(
    app: Flask, cast: Cast, rolled_back: Any, at: Any, visit: Any
) -> None:
    me = appoint(app, cast, TODAY + timedelta(days=2))
    with app.app_context():
        do_what_is_due()
    assert not [one for one in mails(app, "induction-began") if one.person_id == me], "not before its first day"
    for day in range(5, 30):
        at(datetime(2026, 3, day, 9, 0, tzinfo=UTC))
        with app.app_context():
            do_what_is_due()
    assert len([one for one in mails(app, "induction-began") if one.person_id == me]) == 1
    assert "An induction was set up" in text_of(visit("northfirth.admin").get("/boards/northfirth/audit"))
    officer = cast.northfirth.people["officer"]

    def told(template: str) -> list[Email]:
        found = [one for one in mails(app, template) if one.person_id == officer]
        return [one for one in found if one.facts["rep"] == "Nia New" and "Meet" in one.facts["step"]]

    due, late = told("induction-step"), told("induction-late")
    assert [one.asked_at.day for one in due] == [12], "a week after the first day"
    assert [one.asked_at.day for one in late] == [19, 26], "once a week"
    own = [one for one in mails(app, "induction-step") if one.person_id == me]
    assert {one.facts["step"] for one in own} == {"Read the papers from the last meeting", "Read your role description"}


def test_steps_are_marked_by_whose_they_are(app: Flask, visit: Any, cast: Cast) -> None:
    appoint(app, cast)
    officer = visit("northfirth.officer")
    page = text_of(officer.get("/boards/northfirth/inductions"))
    assert "Nia New: 0 of 8 done" in page
    with app.app_context():
        new = next(
            one
            for one in inductions_queries.inductions_of_board(cast.northfirth.id)
            if one.appointment.from_on == TODAY
        )
    mine = next(task for task in new.tasks if task.owner == "officer")
    theirs = next(task for task in new.tasks if task.owner == "rep")
    path = f"/training/inductions/{new.appointment.id}"
    for _ in range(2):  # pressed twice, done once
        assert officer.post(f"{path}/{mine.key}/done").status_code == 302
    clerk = visit("northfirth.clerk")
    assert f"{path}/{theirs.key}/done" in officer.get("/boards/northfirth/inductions").text
    assert f"{path}/" not in clerk.get("/boards/northfirth/inductions").text, "none of these steps is the clerk's"
    refused = clerk.post(f"{path}/{theirs.key}/done", follow_redirects=True)
    assert "This step is for someone else: the rep." in text_of(refused)
    with app.app_context():
        assert (
            len(db.session.scalars(select(InductionMark).where(InductionMark.board_id == cast.northfirth.id)).all())
            == 1
        )
    assert "Nia New: 1 of 8 done" in text_of(officer.get("/boards/northfirth/inductions"))
    assert visit("southmoor.officer").post(f"{path}/{mine.key}/done").status_code == 404
    assert visit("southmoor.officer").post(f"{path}/{mine.key}/not-done").status_code == 404


def test_a_second_seat_or_term_begins_no_second_induction(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, cast.northfirth.things["seat_id"])
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        seats_actions.appoint(seat, rep, "unpaid_carer", TODAY, TODAY + timedelta(days=700))
    with app.app_context():
        found = [one for one in inductions_queries.inductions_of_board(cast.northfirth.id) if one.person_id == rep.id]
        assert [one.appointment.id for one in found] == [cast.northfirth.things["appointment_id"]]


@pytest.mark.same_anywhere
def test_an_appointment_that_ends_mid_plan_asks_for_nothing_more(
    app: Flask, cast: Cast, rolled_back: Any, at: Any
) -> None:
    me = appoint(app, cast)
    with app.app_context(), unit_of_work():
        one = next(i for i in inductions_queries.inductions_of_board(cast.northfirth.id) if i.person_id == me)
        seats_actions.end_appointment(one.appointment, TODAY + timedelta(days=10), "other")
    for day in range(4, 32):
        at(datetime(2026, 3, day, 9, 0, tzinfo=UTC))
        with app.app_context():
            do_what_is_due()
    assert not [one for one in mails(app, "induction-step") if one.person_id == me]


def add(visitor: Any, *proof: tuple[bytes, str], **changed: Any) -> Any:
    board = visitor.get("/training/records/new").text.split('name="board" value="')[1].split('"')[0]
    data: dict[str, Any] = {**DONE, "board": board, "title": "First aid", "once": str(uuid4()), **changed}
    if proof:
        data["evidence"] = [(io.BytesIO(content), name) for content, name in proof]
    return visitor.post("/training/records/new", data, content_type="multipart/form-data")


def record_of(app: Flask, cast: Cast) -> TrainingRecord:
    with app.app_context():
        of = TrainingRecord.person_id == cast.northfirth.people["rep"]
        return db.session.scalars(select(TrainingRecord).where(of)).one()


def test_a_certificate_that_gets_another_name_says_so(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    assert add(rep, (photo("PNG"), "certificate.png")).status_code == 302
    assert record_of(app, cast).file_name == "certificate.jpg"
    assert "certificate.png was saved as certificate.jpg." in text_of(rep.get("/training"))


def test_from_a_certificate_to_the_passport(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    assert add(rep, (photo(), "certificate.jpg"), valid_until=["2", "3", "2028"]).status_code == 302
    one = record_of(app, cast)
    assert (one.status, one.kind) == ("said", "image/jpeg")
    assert [mail.person_id for mail in mails(app, "training-to-confirm")].count(cast.northfirth.people["officer"]) == 2
    assert "Nothing is confirmed yet" in text_of_pdf(rep.client.get("/training/passport.pdf").data)
    page = text_of(officer.get("/boards/northfirth/training"))
    assert "CANARYNORTH Rep: First aid" in page
    assert officer.client.get(f"/training/records/{one.id}/certificate").data.startswith(b"\xff\xd8")
    assert visit("northfirth.clerk").client.get(f"/training/records/{one.id}/certificate").status_code == 404
    officer.post(f"/training/records/{one.id}/answer", {"answer": "yes"})
    text = text_of_pdf(rep.client.get("/training/passport.pdf").data)
    assert "First aid" in text
    assert "CANARYNORTH Officer" in text
    assert "it stays" in text_of(rep.post(f"/training/records/{one.id}/remove", follow_redirects=True))
    told = mails(app, "training-answered")
    assert told[0].facts["status"] == "confirmed"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Choose a training from the list, or enter what it was called"),
        ({"done_on": ["2", "3", "2027"]}, "must be today or in the past"),
        ({"valid_until": ["1", "3", "2026"]}, "must be the same as or after the training date"),
        ({"course": "x"}, "Choose the training"),
    ],
)
def test_bad_input_is_said(visit: Any, changed: Any, words: str) -> None:
    assert words in text_of(add(visit("northfirth.rep"), **changed))


def test_a_certificate_that_is_no_picture_or_pdf_is_refused(app: Flask, visit: Any, cast: Cast) -> None:
    page = add(visit("northfirth.rep"), (b"MZ\x90 a program", "certificate.jpg"))
    assert page.status_code == 200
    assert "First aid" in page.text, "what was typed is kept"
    with app.app_context():
        of = TrainingRecord.person_id == cast.northfirth.people["rep"]
        assert db.session.scalars(select(TrainingRecord).where(of)).all() == []


def test_nobody_confirms_their_own_training(app: Flask, visit: Any, cast: Cast) -> None:
    from portal.training.records import actions as records_actions

    officer = cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        typed = {"title": "Mine", "done_on": TODAY, "course_id": None}
        one = records_actions.add_record(uuid4(), cast.northfirth.id, officer, typed, None)
        key = one.id
    visitor = visit("northfirth.officer")
    assert visitor.client.post(f"/training/records/{key}/answer").status_code == 400
    assert visitor.post(f"/training/records/{key}/answer", {"answer": "yes"}).status_code == 403
    assert "Mine" not in text_of(visitor.get("/boards/northfirth/training"))


@pytest.mark.same_anywhere
def test_training_that_runs_out_is_told_twice(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    add(rep, valid_until=["2", "6", "2026"])
    officer.post(f"/training/records/{record_of(app, cast).id}/answer", {"answer": "yes"})
    for days in (20, 29, 30, 31, 32, 45, 60, 75, 76, 77, 78, 94):  # whatever came on another day is found on the next
        at(NOW + timedelta(days=days))
        with app.app_context():
            do_what_is_due()
    told = [one for one in mails(app, "training-runs-out") if one.person_id == cast.northfirth.people["rep"]]
    assert sorted((one.asked_at.month, one.asked_at.day) for one in told) == [(4, 3), (5, 19)]


def test_courses_of_nation_and_board(visit: Any, cast: Cast) -> None:
    coordinator = visit("coordinator")
    for board in cast.boards:
        coordinator.post(f"/courses/national/{board.things['national_id']}/withdraw")
    assert coordinator.post("/courses/usual").status_code == 302
    assert "Governance and directions" in text_of(coordinator.get("/courses"))
    rep = visit("northfirth.rep")
    page = text_of(rep.get("/training"))
    assert "CANARYNORTH course Required" in page
    assert "Reading papers" in page
    assert "CANARYSOUTH" not in page
    officer, form = (
        visit("northfirth.officer"),
        {"title": "Local map", "why": "Know the area", "minutes": "30", "how": "room", "for_whom": ["rep"]},
    )
    bad = officer.post("/boards/northfirth/courses", {**form, "link": "javascript:alert(1)"})
    assert "Enter a link that starts with https://" in text_of(bad)
    assert officer.post("/boards/northfirth/courses", {**form, "valid_months": "24"}).status_code == 302
    assert "Local map" in text_of(rep.get("/training"))


def test_the_plan_of_a_board_is_its_own(visit: Any) -> None:
    admin = visit("northfirth.admin")
    form = {"title": "See the day centre", "owner": "clerk", "days": "45"}
    assert "Enter a whole number" in text_of(admin.post("/boards/northfirth/induction-plan", {**form, "days": "-1"}))
    assert admin.post("/boards/northfirth/induction-plan", form).status_code == 302
    page = text_of(admin.get("/boards/northfirth/induction-plan"))
    assert "See the day centre" in page
    assert "The clerk, within 45 days" in page
    assert "See the day centre" not in visit("southmoor.admin").get("/boards/southmoor/induction-plan").text


def test_the_step_of_the_first_meeting_moves_with_it(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    appoint(app, cast)

    def step() -> str:
        page = text_of(visit("northfirth.officer").get("/boards/northfirth/inductions"))
        return page.split("Nia New: ")[1].split("with a buddy")[1][:60]

    assert "by Friday 13 March 2026" in step(), "the first meeting after the appointment began"
    with app.app_context(), unit_of_work():
        one = meeting_by_id(cast.northfirth.things["meeting_id"])
        meetings.change(one, one.version, TODAY + timedelta(days=15), time(10), "", "", one.kind)
    assert "by Wednesday 18 March 2026" in step()
    with app.app_context(), unit_of_work():
        one = meeting_by_id(cast.northfirth.things["meeting_id"])
        meetings.cancel(one, one.version, "Snow")
    assert "by Sunday 12 April 2026" in step(), "the next one then"
    desk = text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    assert "Nia New" in desk


def test_a_course_has_a_link_or_a_file(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    typed = {"title": "Chairing", "why": "So that all can speak", "minutes": "30", "how": "read", "for_whom": ["rep"]}
    officer, path = visit("northfirth.officer"), "/boards/northfirth/courses"
    refused = officer.post(
        path, {**typed, "file": (io.BytesIO(b"MZ no picture"), "x.pdf")}, content_type="multipart/form-data"
    )
    assert "error-summary" in refused.text
    assert 'value="Chairing"' in refused.text, "nothing typed is lost"
    officer.post(path, {**typed, "file": (io.BytesIO(photo()), "me.jpg")}, content_type="multipart/form-data")
    with app.app_context():
        course = next(one for one in courses_queries.courses_of_board(cast.northfirth.id) if one.title == "Chairing")
    rep = visit("northfirth.rep")
    assert f"/courses/{course.id}/file" in rep.get("/training").text
    assert rep.client.get(f"/courses/{course.id}/file").mimetype == "image/jpeg"
    assert visit("southmoor.rep").client.get(f"/courses/{course.id}/file").status_code == 404


def test_a_national_file_is_for_every_board(app: Flask, visit: Any, rolled_back: Any) -> None:
    typed = {"title": "Equality", "why": "x", "minutes": "30", "how": "read", "for_whom": ["rep"]}
    visit("coordinator").post(
        "/courses", {**typed, "file": (io.BytesIO(photo()), "me.jpg")}, content_type="multipart/form-data"
    )
    with app.app_context():
        course = next(one for one in courses_queries.national_courses() if one.title == "Equality")
    for name in ("northfirth.rep", "southmoor.mentor", "coordinator"):
        assert visit(name).client.get(f"/courses/{course.id}/file").status_code == 200
    assert visit("northfirth.approver").client.get(f"/courses/{course.id}/file").status_code == 404
