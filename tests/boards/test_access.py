"""Each board has a hold on access to itself, at once, and none on what somebody has elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards.access.rules import has_read_enough, open_to, why_kept_out
from portal.boards.models import Appointment
from portal.boards.queries import staff_with_role
from portal.boards.seats import actions as seats
from portal.identity import feed_owner
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting, StandIn
from portal.notifications.mailer import send_next
from portal.notifications.models import Email
from portal.papers.models import Paper
from portal.papers.withdrawing.queries import readers
from tests.cast import NOW, PASSWORD, TODAY, Cast, anywhere
from tests.visitor import text_of


def path(cast: Cast, name: str, board: str = "northfirth", what: str = "access") -> str:
    return f"/boards/{board}/people/{cast.person(name)}/{what}"


def suspend(admin: Any, cast: Cast, name: str) -> Any:
    return admin.post(path(cast, name, what="suspend"), follow_redirects=True)


def mailed(app: Flask, template: str) -> list[Any]:
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == template).order_by(Email.id)
        return list(db.session.scalars(anywhere(statement)))


def test_a_suspended_person_sees_nothing_of_that_board_at_once_and_all_of_others(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    both, admin = visit("both"), visit("northfirth.admin")
    assert both.get("/boards/northfirth").status_code == both.get("/boards/southmoor").status_code == 200
    done = suspend(admin, cast, "both")
    assert "Their access to Northfirth is suspended" in text_of(done)
    assert both.get("/boards/northfirth").status_code == 404
    assert both.get("/boards/southmoor").status_code == 200
    first_page = text_of(both.get("/"))
    assert "Your access to Northfirth is suspended" in first_page
    assert cast.person("both") in mailed(app, "access-suspended")
    assert "Access suspended" in text_of(admin.get("/boards/northfirth/people"))
    admin.post(path(cast, "both"), {"what": "restore"})
    assert both.get("/boards/northfirth").status_code == 200
    assert "is suspended" not in text_of(both.get("/"))


def test_a_rep_who_is_suspended_reads_no_paper_and_their_calendar_is_empty(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    rep = visit("northfirth.rep")
    assert rep.get(f"/papers/{things['paper_id']}").status_code == 200
    suspend(visit("northfirth.admin"), cast, "northfirth.rep")
    for page in (f"/papers/{things['paper_id']}", f"/meetings/{things['meeting_id']}"):
        assert rep.get(page).status_code == 404
    with app.app_context():
        person = db.session.get_one(Person, cast.person("northfirth.rep"))
        viewer = feed_owner(person.id, str(person.feed_generation))
    assert viewer
    assert not viewer.roles | viewer.groups


def test_who_is_suspended_gets_no_email_of_the_board_also_none_that_waits(
    app: Flask, visit: Any, one_email: Any, things: dict[str, Any], cast: Cast
) -> None:
    with app.app_context():
        rep = cast.person("northfirth.rep")
        theirs = select(Email.status).where(Email.person_id == rep).order_by(Email.id)
        waiting = db.session.scalars(anywhere(theirs)).all()
        assert "waiting" in waiting
    suspend(visit("northfirth.admin"), cast, "northfirth.rep")
    with app.app_context():
        while send_next():
            pass
        sent = select(Email.template, Email.status).order_by(Email.asked_at, Email.id)
        states = dict(db.session.execute(anywhere(sent)).all())
        assert states["access-suspended"] == "sent"
        assert db.session.get_one(Email, things["email_id"]).status == "expired"


def test_no_new_email_is_written_to_whoever_is_suspended(
    app: Flask, visit: Any, work: Any, things: dict[str, Any], cast: Cast
) -> None:
    admin = visit("northfirth.admin")
    suspend(admin, cast, "northfirth.rep")
    before = mailed(app, "meeting-cancelled")
    with work():
        coming = db.session.get_one(Meeting, things["coming_id"])
        meetings.cancel(coming, coming.version, "The lift is out of order")
    told = mailed(app, "meeting-cancelled")[len(before) :]
    assert told
    assert cast.person("northfirth.rep") not in told


def test_other_administrators_hear_of_it_and_nobody_suspends_themselves(
    app: Flask, visit: Any, work: Any, cast: Cast
) -> None:
    from portal.boards.models import Board
    from portal.boards.people.actions import give_role

    with work():
        board = db.session.get_one(Board, cast.northfirth.id)
        give_role(board, db.session.get_one(Person, cast.person("both")), "admin", TODAY)
    admin = visit("northfirth.admin")
    suspend(admin, cast, "northfirth.admin")
    assert admin.get("/boards/northfirth").status_code == 200
    suspend(admin, cast, "northfirth.clerk")
    assert set(mailed(app, "access-suspended")) == {
        cast.person(name) for name in ("northfirth.clerk", "northfirth.officer", "both")
    }
    with app.app_context():
        assert cast.person("northfirth.clerk") not in staff_with_role(cast.northfirth.id, ["clerk"])


@pytest.mark.parametrize(
    ("name", "code"), [("northfirth.officer", 403), ("northfirth.rep", 404), ("southmoor.admin", 404)]
)
def test_only_an_administrator_of_the_board_does(visit: Any, cast: Cast, name: str, code: int) -> None:
    answer = suspend(visit(name), cast, "northfirth.rep")
    assert answer.status_code == code
    assert visit("northfirth.rep").get("/boards/northfirth").status_code == 200


def test_signed_out_of_a_board_every_browser_proves_itself_before_it_sees_that_board(
    app: Flask, visit: Any, at: Any, cast: Cast
) -> None:
    one, two = visit("both"), visit("both")
    at(NOW + timedelta(minutes=1))
    visit("northfirth.admin").post(path(cast, "both"), {"what": "sign-out"})
    at(NOW + timedelta(minutes=2))
    for browser in (one, two):
        assert browser.get("/boards/northfirth").status_code == 404
        assert browser.get("/boards/southmoor").status_code == 200
    refused = text_of(one.get("/boards/northfirth"))
    assert "An administrator signed you out of Northfirth. Type your password to see it again" in refused
    assert one.post("/account/prove", {"present_password": "not this one at all"}).status_code == 200
    assert one.get("/boards/northfirth").status_code == 404
    assert one.post("/account/prove?next=/boards/northfirth", {"present_password": PASSWORD}).status_code == 302
    assert one.get("/boards/northfirth").status_code == 200
    assert two.get("/boards/northfirth").status_code == 404
    assert visit("both").get("/boards/northfirth").status_code == 200, "who signs in anew has shown who they are"
    assert mailed(app, "signed-out-of-board") == [cast.person("both")]


def test_past_papers_close_with_the_term_or_later(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    rep, page = cast.person("northfirth.rep"), f"/papers/{things['paper_id']}"
    with app.app_context(), unit_of_work():
        [sitting] = db.session.scalars(anywhere(select(Appointment).where(Appointment.person_id == rep))).all()
        seats.end_appointment(sitting, TODAY + timedelta(days=12), "other")
    later = NOW + timedelta(days=20)
    at(later)
    assert visit("northfirth.rep").get(page).status_code == 200
    admin = visit("northfirth.admin")
    assert "Close past papers to them" in text_of(admin.get(f"/boards/northfirth/people/{rep}/account"))
    admin.post(path(cast, "northfirth.rep"), {"what": "end-reading"})
    assert visit("northfirth.rep").get(page).status_code == 404
    assert mailed(app, "reading-ended") == [rep]
    assert "Close past papers" not in text_of(admin.get(f"/boards/northfirth/people/{rep}/account"))


def test_an_officer_may_close_them_as_the_last_day_is_set(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    rep, page = cast.person("northfirth.rep"), f"/papers/{things['paper_id']}"
    with app.app_context():
        [sitting] = db.session.scalars(anywhere(select(Appointment).where(Appointment.person_id == rep))).all()
    day = TODAY + timedelta(days=12)
    form = {"last_day": [str(day.day), str(day.month), str(day.year)], "because": "other", "ends_reading": "y"}
    admin = visit("northfirth.admin")
    assert admin.post(f"/boards/northfirth/appointments/{sitting.id}/end", form).status_code == 302
    at(NOW + timedelta(days=12))
    assert visit("northfirth.rep").get(page).status_code == 200, "until the last day"
    at(NOW + timedelta(days=13))
    assert visit("northfirth.rep").get(page).status_code == 404


def test_who_could_open_a_paper_is_counted_without_whom_it_was_closed_to(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    def could() -> set[Any]:
        with app.app_context():
            paper = db.session.get_one(Paper, things["paper_id"])
            return set(readers(paper, TODAY + timedelta(days=5)))

    at(NOW + timedelta(days=5))
    assert cast.person("northfirth.rep") in could()
    at(NOW)
    suspend(visit("northfirth.admin"), cast, "northfirth.rep")
    at(NOW + timedelta(days=5))
    assert cast.person("northfirth.rep") not in could()


def test_what_follows_stands_on_the_page_before(app: Flask, visit: Any, things: dict[str, Any], cast: Cast) -> None:
    """Whoever they go for, and what they are told of pages that they cannot see."""
    admin, depute = visit("northfirth.admin"), visit("northfirth.depute")
    with app.app_context():
        rows = db.session.scalars(anywhere(select(StandIn).order_by(StandIn.id))).all()
    assert [one for one in rows if one.person_id == cast.person("northfirth.depute")], (
        "the cast's depute goes somewhere"
    )
    page = text_of(admin.get(path(cast, "northfirth.depute", what="suspend")))
    assert "Meetings to which they go as a depute" in page
    assert "for CANARYNORTH Rep" in page
    suspend(admin, cast, "northfirth.depute")
    assert "You have no tasks today" not in text_of(depute.get("/"))
    assert "Your tasks for Northfirth are not shown at the moment" in text_of(depute.get("/"))
    gone = text_of(depute.get(f"/meetings/{things['meeting_id']}"))
    assert "It may be a page of Northfirth, which you cannot see at the moment" in gone
    assert "Access to Northfirth Suspended" in text_of(admin.get(path(cast, "northfirth.depute", what="account")))


def test_somebody_who_has_not_joined_has_no_access_to_suspend(visit: Any, app: Flask) -> None:
    admin = visit("northfirth.admin")
    admin.post("/boards/northfirth/people/new", {"name": "Una New", "email": "una@new.test", "role": "officer"})
    with app.app_context():
        una = db.session.scalars(select(Person.id).where(Person.email == "una@new.test")).one()
    assert "Suspend" not in text_of(admin.get(f"/boards/northfirth/people/{una}/account"))
    admin.post(f"/boards/northfirth/people/{una}/suspend")
    assert mailed(app, "access-suspended") == []


def test_reasons_to_see_nothing() -> None:
    before, then, after = NOW, NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    assert why_kept_out(None, None, before) == why_kept_out(then, None, after) == why_kept_out(then, None, None) == ""
    assert why_kept_out(then, None, then) == why_kept_out(then, None, before) == "prove"
    assert why_kept_out(then, before, after) == "suspended"
    assert has_read_enough(TODAY, TODAY)
    assert not has_read_enough(TODAY + timedelta(days=1), TODAY), "another term, later"
    assert list(open_to(is_suspended=True, holds_now=True, reads_on=False)) == ["restore"]


def test_somebody_who_joined_by_a_mistyped_invitation_can_be_closed(
    app: Flask, visit: Any, work: Any, cast: Cast
) -> None:
    from portal.boards.models import Board, StaffRole
    from portal.boards.people.actions import end_role, invite_to_role

    with work():
        board = db.session.get_one(Board, cast.northfirth.id)
        stranger = invite_to_role(board, "Una Stranger", "una.stranger@elsewhere.test", "officer")
        stranger.joined_at = NOW
    with work():
        [role] = db.session.scalars(anywhere(select(StaffRole).where(StaffRole.person_id == stranger.id))).all()
        end_role(role)
    admin, page = visit("northfirth.admin"), f"/boards/northfirth/people/{stranger.id}/account"
    assert "Close the account" in text_of(admin.get(page))
    admin.post(page, {"what": "disable"})
    with app.app_context():
        assert db.session.get_one(Person, stranger.id).disabled_at
