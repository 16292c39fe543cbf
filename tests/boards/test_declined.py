"""Whoever is only invited is not here yet; whoever declined or was withdrawn is not coming: their seat is vacant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards import actions as board_actions
from portal.boards import queries as boards
from portal.boards.models import Appointment, StaffRole
from portal.boards.offers.queries import offers_to
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.outbox import is_barred
from tests.accounts.test_invitations import PASSWORD
from tests.accounts.test_pages import latest_link
from tests.boards.test_successors import BOARD, MORAG, NEXT, appoint, parts
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

BEGINS = date(2026, 12, 1)
SINCE = "Vacant since Sunday 22 February 2026, for 9 days so far"
PAGES = (BOARD, f"{BOARD}/reps")


def morag(app: Flask) -> Any:
    with app.app_context():
        theirs = select(Person.id).where(Person.email == MORAG["email"]).order_by(Person.invited_at, Person.id)
        return db.session.scalars(anywhere(theirs)).first()


def history(visitor: Any, things: dict[str, Any], seat: str = "seat_id") -> str:
    return text_of(visitor.get(f"{BOARD}/seats/{things[seat]}"))


def test_after_a_decline_nobody_begins_and_the_seat_is_vacant(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], BEGINS, date(2028, 1, 1))
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    for page in PAGES:
        words = text_of(admin.get(page))
        assert SINCE in words
        assert "declined the invitation on 3 March 2026" in words
        assert "Morag Bell begins on" not in words
        assert "will have been vacant" not in words
    assert "Declined the invitation on 3 March 2026" in history(admin, things)
    assert "still vacant" in history(admin, things)
    assert "(declined" not in text_of(visit("northfirth.rep").get(BOARD))


def test_a_withdrawn_successor_is_none(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    admin = visit("northfirth.admin")
    appoint(admin, things["taken_seat_id"], NEXT, date(2028, 1, 1))
    assert "Then Morag Bell" in text_of(admin.get(BOARD))
    admin.post(f"{BOARD}/people/{morag(app)}/account", {"what": "withdraw"})
    for page in PAGES:
        words = text_of(admin.get(page))
        assert "Then Morag Bell" not in words
        assert "invitation withdrawn on 3 March 2026" in words
    assert "Appoint a successor" in text_of(admin.get(BOARD))


def test_whoever_is_only_invited_is_said_to_be(visit: Any, things: dict[str, Any]) -> None:
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], TODAY, date(2028, 1, 1))
    for page in PAGES:
        words = text_of(admin.get(page))
        assert "until Saturday 1 January 2028 (invited, not yet accepted)" in words
    assert "Invited, not yet accepted" in history(admin, things)
    assert "Member now" not in history(admin, things)


def test_a_seat_somebody_declined_is_free_for_another(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """And who declined, invited once more, does not have it back."""
    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], BEGINS, date(2028, 1, 1))
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    other = {**MORAG, "name": "Sandy Next", "email": "sandy@new.test"}
    days = {"from_on": parts(BEGINS), "until_on": parts(date(2028, 1, 1))}
    assert admin.post(f"{BOARD}/seats/{things['seat_id']}/appoint", {**other, **days}).status_code == 302
    admin.post(f"{BOARD}/people/new", {"name": "Morag Bell", "email": MORAG["email"], "role": "depute"})
    with app.app_context():
        of_seat = select(Appointment.person_id).where(
            Appointment.seat_id == things["seat_id"], Appointment.from_on == BEGINS
        )
        assert morag(app) not in db.session.scalars(anywhere(of_seat)).all()
    trail = text_of(admin.get(f"{BOARD}/audit"))
    assert "Freed the seat of someone who did not join" in trail


def test_whoever_invited_hears_of_a_decline_and_has_it_among_their_tasks(app: Flask, visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    una = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    admin.post(f"{BOARD}/people/new", una)
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    with app.app_context():
        told = anywhere(select(Email.person_id).where(Email.template == "invitation-declined"))
        assert db.session.scalars(told).all() == [cast.northfirth.people["admin"]]
    task = "Una New has declined the invitation to Northfirth"
    assert task in text_of(admin.get("/"))
    assert task not in text_of(visit("southmoor.admin").get("/"))
    assert task not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    admin.post(f"{BOARD}/people/new", una)
    assert task not in text_of(admin.get("/")), "they have been asked again"


def test_the_trail_has_every_answer_to_an_invitation(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """Under the name by which the board invited them, whoever's account has the address."""
    admin, trail = visit("northfirth.admin"), f"{BOARD}/audit"
    depute = {"role": "depute"}
    una = {**depute, "name": "Una New", "email": "una@new.test"}
    cat = {**depute, "name": "Cat New", "email": "cat@new.test"}
    there = {**depute, "name": "Sam Typed", "email": "clerk@southmoor.test"}
    assert "Declined an invitation" not in admin.get(trail).text, "there is no line of it"
    admin.post(f"{BOARD}/people/new", una)
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    at(NOW + timedelta(minutes=1))
    admin.post(f"{BOARD}/people/new", cat)
    visit("").post(latest_link(app, "invitation"), PASSWORD)
    admin.post(f"{BOARD}/people/new", there)
    with app.app_context():
        [offer] = offers_to(cast.southmoor.people["clerk"])
    visit("southmoor.clerk").post("/account/invitations", {"decline": str(offer.id)})
    admin = visit("northfirth.admin")
    page = text_of(admin.get(trail))
    by_admin = "invited by CANARYNORTH Admin"
    for line in (
        f"Declined an invitation: Una New, {by_admin} Una New, ",
        f"Accepted an invitation: Cat New, {by_admin} Cat New, ",
        f"Declined an invitation: Sam Typed, {by_admin} Sam Typed, ",
    ):
        assert line in page, page.split("The newest lines")[1]
    assert "CANARYSOUTH" not in admin.get(trail).text
    offered = admin.get(trail).text.split("<select")[-1]
    assert "Declined an invitation" in offered
    assert "Signed in" not in offered, "of which a board has no line"


def test_no_list_has_whoever_declined(app: Flask, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    admin, board = visit("northfirth.admin"), cast.northfirth
    appoint(admin, things["seat_id"], TODAY, date(2028, 1, 1))
    group_id = things["group_id"]

    def named() -> list[bool]:
        with app.app_context():
            key = morag(app)
            lists = (
                boards.reps_of_group(board.id, group_id, TODAY),
                boards.reps_with_groups(board.id, TODAY),
                dict(boards.reps_and_deputes(board.id, TODAY)),
            )
            return [key in one for one in lists]

    assert named() == [True, True, True]
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    assert named() == [False, False, False]


def test_contacts_are_people_who_have_joined(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    una = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    admin.post(f"{BOARD}/people/new", una)
    link = latest_link(app, "invitation")
    assert "contact CANARYNORTH Officer. Name" in text_of(admin.get(f"{BOARD}/people/new"))
    said = text_of(admin.post(f"{BOARD}/people/new", una, follow_redirects=True))
    assert "Una New was already invited as engagement officer, and has not accepted yet" in said
    visit("").post(link, PASSWORD)
    assert "contact CANARYNORTH Officer or Una New. Name" in text_of(
        visit("northfirth.admin").get(f"{BOARD}/people/new")
    )


def test_whoever_never_joined_is_no_longer_nothing_and_can_be_found(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    admin.post(f"{BOARD}/people/new", {"name": "Tab Person", "email": "tab@new.test", "role": "clerk"})
    with app.app_context():
        person = db.session.scalars(anywhere(select(Person).where(Person.name == "Tab Person"))).one()
        roles = select(StaffRole.id).where(StaffRole.person_id == person.id)
        role_id = db.session.scalars(anywhere(roles)).one()
    said = text_of(admin.post(f"{BOARD}/roles/{role_id}/end", follow_redirects=True))
    assert "Tab Person will not become a clerk of Northfirth." in said
    assert "is no longer" not in said
    page = text_of(admin.get(f"{BOARD}/people"))
    assert "Tab Person Invitation withdrawn tab@new.test" in page.split("Invitation withdrawn or declined")[1]
    assert "Tab Person" not in text_of(visit("southmoor.admin").get("/boards/southmoor/people"))


def test_whoever_declined_and_joined_later_is_there_once(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    dee = {"name": "Dee Later", "email": "dee@new.test", "role": "clerk"}
    admin.post(f"{BOARD}/people/new", dee)
    visit("").post(f"{latest_link(app, 'invitation')}/decline", {})
    with app.app_context():
        roles = select(StaffRole.id).join(Person, Person.id == StaffRole.person_id).where(Person.name == "Dee Later")
        role_id = db.session.scalars(anywhere(roles)).one()
    admin.post(f"{BOARD}/roles/{role_id}/end")
    assert "Dee Later Invitation declined" in text_of(admin.get(f"{BOARD}/people"))
    admin.post(f"{BOARD}/people/new", dee)
    visit("").post(latest_link(app, "invitation"), PASSWORD)
    page = text_of(visit("northfirth.admin").get(f"{BOARD}/people"))
    assert page.count("dee@new.test") == 1, "by the account, and not by the invitation that was declined"


def test_who_is_signed_out_hears_of_it_even_if_they_are_suspended_at_once(visit: Any, app: Flask, cast: Cast) -> None:
    admin, officer = visit("northfirth.admin"), cast.northfirth.people["officer"]
    admin.post(f"{BOARD}/people/{officer}/access", {"what": "sign-out"})
    admin.post(f"{BOARD}/people/{officer}/suspend", {})
    with app.app_context():
        sent = anywhere(select(Email).where(Email.template == "signed-out-of-board", Email.person_id == officer))
        assert not is_barred(db.session.scalars(sent).unique().one())


def test_the_settings_say_which_target_is_in_force_and_which_comes(visit: Any, work: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), f"{BOARD}/settings"
    assert "Papers are to be published" not in text_of(admin.get(path))
    with work():
        board_actions.set_paper_target(boards.board_by_id(cast.northfirth.id), 21, date(2026, 9, 1))
    page = text_of(admin.get(path))
    assert "Papers are to be published 7 days before a meeting now." in page
    assert "2026: 21 days." in page
