"""Whoever never joined never sat: the seat stays vacant, is free for others, and its history says what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.access.roles import ADMIN
from portal.boards import queries as boards
from portal.boards.models import Appointment
from portal.boards.people import actions as people_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.accounts.test_invitations import PASSWORD
from tests.accounts.test_pages import latest_link
from tests.boards.test_declined import BEGINS, PAGES, history, morag
from tests.boards.test_successors import BOARD, MORAG, appoint, parts
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.visitor import text_of


def test_whoever_declined_a_seat_that_was_to_be_theirs_by_then_never_sat_there(
    app: Flask, visit: Any, at: Any, things: dict[str, Any]
) -> None:
    admin, seat = visit("northfirth.admin"), f"{BOARD}/seats/{things['seat_id']}"
    appoint(admin, things["seat_id"], TODAY, date(2028, 1, 1))
    at(NOW + timedelta(days=2))
    assert "still vacant, someone has been invited): 11 days so far" in history(visit("northfirth.admin"), things)
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    at(NOW + timedelta(days=4))
    admin = visit("northfirth.admin")
    since = "acant since Sunday 22 February 2026"
    for page in (*PAGES, "/public/boards/northfirth"):
        assert since in text_of(admin.get(page)), page
    assert "2026 Q1" not in text_of(admin.get(f"{BOARD}/reps")), "no appointment counts that came to nothing"
    was = history(admin, things)
    assert "Morag Bell Declined the invitation on 5 March 2026 Was to be a member from Tuesday 3 March 2026" in was
    sandy = {**MORAG, "name": "Sandy Next", "email": "sandy@new.test"}
    days = {"from_on": parts(TODAY - timedelta(days=3)), "until_on": parts(date(2028, 1, 1))}
    assert admin.post(f"{seat}/appoint", {**sandy, **days}).status_code == 302
    admin.post(f"{BOARD}/people/new", {"name": "Morag Bell", "email": MORAG["email"], "role": "depute"})
    visit("").post(latest_link(app, "invitation"), PASSWORD)
    now = history(visit("northfirth.admin"), things)
    assert "Morag Bell Declined the invitation on Thursday 5 March 2026 Never took the seat." in now, "for good"
    assert "Never took the seat. Was to be a member from Tuesday 3 March 2026 to Saturday 1 January 2028 " in now
    assert visit("northfirth.rep").get(seat).status_code == 403, "for those who may read people"
    with app.app_context():
        board_id = boards.board_by_key("northfirth").id
        assert morag(app) not in boards.reps_of_group(board_id, things["group_id"], TODAY)


def test_nobody_who_is_only_invited_fills_a_seat(visit: Any, app: Flask, things: dict[str, Any]) -> None:
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], TODAY, date(2028, 1, 1))
    public = text_of(visit("").get("/public/boards/northfirth"))
    assert "CANARYNORTH Empty seat: vacant since Sunday 22 February 2026, someone has been invited" in public
    assert "Morag" not in public
    reps = text_of(admin.get(f"{BOARD}/reps"))
    assert "Still vacant 9 Invited, not yet accepted" in reps
    assert "2026 Q1" not in reps
    visit("").post(latest_link(app, "invitation"), PASSWORD)
    assert "CANARYNORTH Empty seat: filled" in text_of(visit("").get("/public/boards/northfirth"))
    reps = text_of(visit("northfirth.admin").get(f"{BOARD}/reps"))
    assert "Sunday 22 February 2026 Tuesday 3 March 2026 9" in reps, "from the first day"
    assert "2026 Q1" in reps


def test_nor_does_one_who_is_to_begin_later_end_a_vacancy_before_they_join(
    visit: Any, app: Flask, things: dict[str, Any]
) -> None:
    """The days went up to the first day of somebody who had only been invited."""
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], TODAY + timedelta(days=20), date(2028, 1, 1))
    assert "Still vacant 9 Invited, not yet accepted" in text_of(admin.get(f"{BOARD}/reps"))
    assert "still vacant, someone has been invited): 9 days so far" in history(admin, things)
    visit("").post(latest_link(app, "invitation"), PASSWORD)
    later = "Sunday 22 February 2026 Monday 23 March 2026 29"
    assert later in text_of(visit("northfirth.admin").get(f"{BOARD}/reps"))


def test_withdrawing_the_invitation_of_whoever_has_only_a_seat_says_that_it_stays(
    visit: Any, app: Flask, things: dict[str, Any]
) -> None:
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], BEGINS, date(2028, 1, 1))
    with app.app_context():
        account = f"{BOARD}/people/{morag(app)}/account"
    assert "end their roles" not in text_of(admin.get(account)), "there is none"
    done = text_of(admin.post(account, {"what": "withdraw"}, follow_redirects=True))
    assert "Its link no longer works. Their seat counts as vacant. You can appoint someone else to it" in done


def test_the_seat_of_whoever_declined_is_freed_and_no_last_day_is_set(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], TODAY, date(2028, 1, 1))
    assert "Set a last day for Morag Bell" in text_of(admin.get(BOARD))
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    board = admin.get(BOARD)
    assert "Free the seat of Morag Bell" in text_of(board)
    assert "last day for Morag Bell" not in text_of(board)
    with app.app_context():
        which = select(Appointment.id).where(Appointment.person_id == morag(app))
        path = f"{BOARD}/appointments/{db.session.scalars(anywhere(which)).one()}/end"
    old_tab = {"last_day": parts(TODAY), "because": "demands"}
    for page in (admin.get(path), admin.post(path, old_tab)):
        assert "Why do they leave?" not in text_of(page)
        assert "Declined the invitation on 3 March 2026. Morag Bell never took this seat." in text_of(page)
    assert "Free the seat of Morag Bell" in text_of(admin.get(BOARD)), "the old page has set nothing"
    after = text_of(admin.post(path, {"free": "y"}, follow_redirects=True))
    assert "The seat of Morag Bell on CANARYNORTH Main Group is free." in after
    assert "Free the seat of Morag Bell" not in after
    kept = "Never took the seat. Was to be a member from Tuesday 3 March 2026 to Saturday 1 January 2028 "
    assert f"Declined the invitation on Tuesday 3 March 2026 {kept}" in history(admin, things)
    assert "Why reps left" not in text_of(admin.get(f"{BOARD}/reps"))


def test_the_page_of_an_invitation_says_to_which_board_and_as_what(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    appoint(visit("northfirth.admin"), things["seat_id"], BEGINS, date(2028, 1, 1))
    page = text_of(visit("").get(latest_link(app, "invitation")))
    assert "CANARYNORTH Joint Board invites you to set up an account on the Carer Rep Portal." in page
    days = "from Tuesday 1 December 2026 until Saturday 1 January 2028"
    assert f"Your roles: Carer rep on CANARYNORTH Main Group, {days}: " in page
    with app.app_context():
        email = select(Email).where(Email.template == "invitation").order_by(Email.id.desc())
        assert (
            f"- Carer rep on CANARYNORTH Main Group, {days}: "
            in words_of(db.session.scalars(anywhere(email)).first()).text
        )


def test_an_administrator_reads_by_name_who_else_is_told_of_a_role(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        colleague = person("third@northfirth.test", "Third Administrator")
        people_actions.give_role(boards.board_by_id(cast.northfirth.id), colleague, ADMIN)
    admin = visit("northfirth.admin")
    before = text_of(admin.get(f"{BOARD}/people/new"))
    assert "We’ll also email Third Administrator." in before
    approver = "CANARYNORTH Approver"
    assert f"If you invite an expense approver, we’ll email {approver} too." in before
    una = {"name": "Una New", "email": "una@new.test", "role": "approver"}
    said = text_of(admin.post(f"{BOARD}/people/new", una, follow_redirects=True))
    assert f"{approver}, Third Administrator and Una New will be emailed." in said
