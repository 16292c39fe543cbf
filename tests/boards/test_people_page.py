"""The people of a board: each once, with all they are, in the order in which one looks for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.accounts.models import Person
from portal.boards import queries
from portal.boards.models import Seat
from portal.boards.people import actions as people_actions
from portal.boards.people import queries as people_queries
from portal.boards.seats import actions as seats_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

PEOPLE = "/boards/northfirth/people"


def items(page: Any) -> list[str]:
    return [" ".join(one.text_content().split()) for one in lxml.html.fromstring(page.text).xpath("//main//li")]


@pytest.fixture
def give(app: Flask, cast: Cast, rolled_back: Any) -> Any:
    """give('Áine', 'clerk'): one more person with a role."""

    def give(name: str, *roles: str) -> None:
        with app.app_context(), unit_of_work():
            for role in roles:
                email = f"{name.encode().hex()[:12]}@new.test"
                people_actions.invite_to_role(queries.board_by_id(cast.northfirth.id), name, email, role)

    return give


def test_somebody_with_two_roles_stands_once_with_both(app: Flask, visit: Any, cast: Cast, give: Any) -> None:
    give("Olaf", "clerk", "approver")
    with app.app_context(), unit_of_work():
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        people_actions.give_role(queries.board_by_id(cast.northfirth.id), rep, "depute")
    found = items(visit("northfirth.admin").get(PEOPLE))
    [olaf] = [one for one in found if "Olaf" in one]
    assert "Clerk" in olaf
    assert "Expense approver" in olaf
    assert olaf.count("Send the invitation again") == 1
    assert olaf.count("End this role") == 2
    [rep_item] = [one for one in found if "rep@northfirth.test" in one]
    assert "Main Group" in rep_item
    assert "Depute" in rep_item


def test_a_mentor_with_another_role_stands_once(visit: Any, give: Any) -> None:
    give("Olaf", "mentor", "officer", "mentor")
    [olaf] = [one for one in items(visit("northfirth.admin").get(PEOPLE)) if "Olaf" in one]
    assert (olaf.count("Mentor"), olaf.count("Engagement officer")) == (1, 1)


def test_names_are_sorted_as_people_sort_them(visit: Any, give: Any) -> None:
    names = ["Zoë Adam", "Ázra Bell", "azra carr", "Brónagh Ó Sé", "Bronagh O'Sea"]
    for name in names:
        give(name, "clerk")
    found = [name for one in items(visit("northfirth.clerk").get(PEOPLE)) for name in names if one.startswith(name)]
    assert found == ["Ázra Bell", "azra carr", "Brónagh Ó Sé", "Bronagh O'Sea", "Zoë Adam"]


def test_names_are_sorted_so_in_lists_to_choose_from(visit: Any, give: Any) -> None:
    for name in ("Zoë Adam", "Ázra Bell"):
        give(name, "clerk")
    page = lxml.html.fromstring(visit("northfirth.admin").get("/boards/northfirth/holds/new").text)
    shown = [one.text_content().strip() for one in page.xpath("//main//option | //main//label")]
    assert shown.index("Ázra Bell") < shown.index("CANARYNORTH Clerk") < shown.index("Zoë Adam")


def test_a_rep_whose_term_begins_later_is_on_the_page_already(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Seat, cast.northfirth.things["seat_id"]).group_id
        board_group = next(one for one in queries.groups(cast.northfirth.id) if one.id == group)
        seat = seats_actions.create_seat(board_group, "Second seat", TODAY)
        first, last = TODAY + timedelta(days=30), TODAY + timedelta(days=60)
        seats_actions.appoint_by_email(seat, "Ina Later", "ina@new.test", "unpaid_carer", first, last)
    [ina] = [one for one in items(visit("northfirth.admin").get(PEOPLE)) if "Ina Later" in one]
    assert "Second seat" in ina
    assert "from Thursday 2 April 2026" in ina
    assert "Send the invitation again" in ina


def test_whoever_has_an_address_that_no_mail_reaches_is_marked(app: Flask, visit: Any, give: Any) -> None:
    give("Olaf", "clerk")
    admin = visit("northfirth.admin")
    assert "No email reaches this address" not in text_of(admin.get(PEOPLE))
    with app.app_context(), unit_of_work():
        db.session.execute(text("UPDATE people SET email = 'a@b;' WHERE name = 'Olaf'"))
    [olaf] = [one for one in items(admin.get(PEOPLE)) if "Olaf" in one]
    assert "No email reaches this address" in olaf
    assert "End their role or appointment, and invite them at the right address." in olaf
    assert "Send the invitation again" not in olaf


def end_seat(visit: Any, cast: Cast, last: Any) -> None:
    path = f"/boards/northfirth/appointments/{cast.northfirth.things['appointment_id']}/end"
    typed = {"last_day": [str(last.day), str(last.month), str(last.year)], "because": "demands"}
    assert visit("northfirth.admin").post(path, typed).status_code == 302


@pytest.mark.parametrize(("days", "answer"), [(30, 200), (0, 200), (-1, 302)])
def test_a_last_day_signs_nobody_out_before_it_is_over(visit: Any, cast: Cast, days: int, answer: int) -> None:
    rep = visit("northfirth.rep")
    assert rep.client.get("/account").status_code == 200
    end_seat(visit, cast, TODAY + timedelta(days=days))
    assert rep.client.get("/account").status_code == answer


def test_a_role_that_begins_later_signs_nobody_out(visit: Any) -> None:
    first = TODAY + timedelta(days=1)
    typed = {"name": "R", "email": "rep@northfirth.test", "role": "clerk", "from_on": [first.day, first.month, 2026]}
    rep = visit("northfirth.rep")
    rep.get("/account")
    visit("northfirth.admin").post("/boards/northfirth/people/new", typed)
    assert rep.client.get("/account").status_code == 200


def test_the_email_says_until_which_day_an_appointment_lasts(app: Flask, visit: Any, cast: Cast) -> None:
    end_seat(visit, cast, TODAY + timedelta(days=30))
    with app.app_context():
        email = db.session.scalars(anywhere(select(Email).where(Email.template == "appointment-ended"))).one()
        subject = words_of(email).subject
    assert subject == "Appointment ends on 2 April: CANARYNORTH Main Group"


def test_whoever_keeps_another_role_keeps_the_invitation(visit: Any, give: Any) -> None:
    give("Olaf", "clerk", "approver")
    admin = visit("northfirth.admin")
    [olaf] = lxml.html.fromstring(admin.get(PEOPLE).text).xpath("//main//li[contains(., 'Olaf')]")
    end = olaf.xpath(".//a[contains(@href, '/end')]/@href")[0]
    assert "Their invitation still works, because they have another role" in text_of(admin.get(end))
    admin.post(end)
    [olaf] = [one for one in items(admin.get(PEOPLE)) if "Olaf" in one]
    assert "Invited Asked today, ends on" in olaf
    assert "Withdraw the invitation" in olaf


def test_two_people_of_one_name_are_told_apart_in_links(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """Each page that is opened is held to that (tests/page_rules.py)."""
    with app.app_context(), unit_of_work():
        for email in ("first@new.test", "second@new.test"):
            people_actions.invite_to_role(queries.board_by_id(cast.northfirth.id), "Olaf Olsen", email, "clerk")
    page = text_of(visit("northfirth.admin").get(PEOPLE))
    assert "End this role of Olaf Olsen, first@new.test, clerk" in page
    assert "Send the invitation again to Olaf Olsen, second@new.test" in page
    assert "Account of CANARYNORTH Clerk " in page, "of whoever has a name of their own, the name is enough"


def how_to_add_a_mentor(visit: Any, who: str) -> list[tuple[str, list[str]]]:
    """What the pages for inviting people say of mentors, and where the links in it lead."""
    trees = [lxml.html.fromstring(visit(who).get(f"{PEOPLE}/{end}").text) for end in ("new", "import")]
    said = [tree.xpath("//main//p[contains(translate(., 'M', 'm'), 'mentor')]")[0] for tree in trees]
    return [(" ".join(one.text_content().split()), one.xpath(".//a/@href")) for one in said]


def test_whoever_invites_people_is_told_how_somebody_becomes_a_mentor(app: Flask, visit: Any, cast: Cast) -> None:
    assert (
        how_to_add_a_mentor(visit, "northfirth.admin")
        == [
            (
                "Mentors are added by an engagement officer, on their mentoring page. To add one, contact "
                "CANARYNORTH Officer.",
                ["mailto:officer@northfirth.test"],
            )
        ]
        * 2
    )
    with app.app_context(), unit_of_work():
        admin = db.session.get_one(Person, cast.northfirth.people["admin"])
        people_actions.give_role(queries.board_by_id(cast.northfirth.id), admin, "officer")
    [(words, [link]), _] = how_to_add_a_mentor(visit, "northfirth.admin")
    assert words == "To add a mentor, use the mentoring page."
    assert visit("northfirth.admin").get(link).status_code == 200


def test_without_an_officer_the_page_says_that_one_comes_first(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        for held in people_queries.staff(cast.northfirth.id, TODAY):
            if held.role == "officer":
                people_actions.end_role(held)
    [(words, links), _] = how_to_add_a_mentor(visit, "northfirth.admin")
    assert words.startswith("Mentors are added by an engagement officer, and")
    assert words.endswith("Northfirth does not have one yet. Invite an engagement officer first.")
    assert not links


def test_the_page_says_how_long_ago_somebody_was_asked_and_until_when(visit: Any, at: Any) -> None:
    people, typed = "/boards/northfirth/people", {"name": "Una New", "email": "una@new.test", "role": "officer"}
    visit("northfirth.admin").post(f"{people}/new", typed)
    for days, words in ((1, "Asked yesterday"), (3, "Asked 3 days ago")):
        at(NOW + timedelta(days=days))
        page = " ".join(text_of(visit("northfirth.admin").get(people)).split())
        assert f"{words}, ends on Tuesday 17 March" in page
    at(NOW + timedelta(days=15))
    page = " ".join(text_of(visit("northfirth.admin").get(people)).split())
    assert "Invitation expired Asked 15 days ago" in page
