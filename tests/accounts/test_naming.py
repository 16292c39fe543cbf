"""What people like to be called: how pages and emails greet them, and nobody else sees it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.actions import erase
from portal.accounts.models import Person
from portal.accounts.naming.rules import LONGEST_KNOWN_AS, can_be_offered, problem_with_known_as
from portal.accounts.queries import person_by_email
from portal.core.names import first_name
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, Cast
from tests.visitor import text_of

PAGE = "/account/name"


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Morag Sinclair", "Morag"),
        ("Màiri Nic an t-Saoir", "Màiri"),
        ("Anne-Marie O'Neil", "Anne-Marie"),
        ("Dr Anna Bell", "Dr Anna Bell"),
        ("Mrs. Bell", "Mrs. Bell"),
        ("Cllr Iain Reid", "Cllr Iain Reid"),
        ("J. P. Bell", "J. P. Bell"),
        ("A Bell", "A Bell"),
        ("Cher", "Cher"),
        ("Drew Smith", "Drew"),
        ("", ""),
    ],
)
def test_nobody_is_greeted_with_half_a_name(name: str, greeted: str) -> None:
    assert first_name(name) == greeted


@given(st.text(min_size=1))
def test_a_greeting_is_a_part_of_the_name_and_never_nothing(name: str) -> None:
    greeted = first_name(name)
    assert greeted
    assert greeted in name


def mail_to(app: Flask, person_id: Any) -> str:
    """How an email to somebody begins."""
    with app.app_context():
        person = db.session.get_one(Person, person_id)
        email = Email(template="password-changed", facts={}, person=person, person_id=person.id, asked_at=NOW)
        return words_of(email).text.splitlines()[0]


def test_somebody_says_what_to_call_them_and_is_greeted_so(app: Flask, visit: Any, cast: Cast) -> None:
    rep, rep_id = visit("northfirth.rep"), cast.northfirth.people["rep"]
    assert "Hello CANARYNORTH " in text_of(rep.get("/"))
    assert mail_to(app, rep_id) == "Hello CANARYNORTH,"
    assert rep.post(PAGE, {"known_as": "  Wee   Mo "}).status_code == 302
    assert "What we call you Wee Mo" in text_of(rep.get("/account"))
    assert "Hello Wee Mo " in text_of(rep.get("/"))
    assert mail_to(app, rep_id) == "Hello Wee Mo,"
    for page in ("/boards/northfirth/people", "/boards/northfirth", "/boards/northfirth/desk"):
        assert "Wee Mo" not in visit("northfirth.officer").get(page).text, page
    assert rep.post(PAGE, {"known_as": ""}).status_code == 302
    assert "Hello CANARYNORTH " in text_of(rep.get("/"))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("x" * (LONGEST_KNOWN_AS + 1), "Use 40 characters or fewer"),
        ("https://evil.test", "Use letters, spaces, hyphens and apostrophes"),
        ("Mo <b>", "Use letters, spaces, hyphens and apostrophes"),
        ("evil.com", "Put a space after the full stop"),
        ("12", "Use letters"),
        ("---", "Use letters"),
        ("\U0001f600", "Use letters"),
        ("Mo \u200b\u200b1", "Use letters"),
    ],
)
def test_what_is_no_name_is_refused_and_stays_in_its_box(visit: Any, typed: str, message: str) -> None:
    page = visit("northfirth.rep").post(PAGE, {"known_as": typed})
    assert page.status_code == 200
    assert message in text_of(page)
    assert "What we call you CANARYNORTH" in text_of(visit("northfirth.rep").get("/account"))


@given(st.text(max_size=60))
def test_a_greeting_never_makes_a_link_or_a_line(name: str) -> None:
    if name and not problem_with_known_as(name):
        assert not set(name) & set('<>@/:\\\n\r\t"1234567890')
        assert any(letter.isalpha() for letter in name)
    assert can_be_offered(name) <= (len(name) <= LONGEST_KNOWN_AS)


def invite(visit: Any, app: Flask, name: str) -> str:
    invited = {"name": name, "email": "una@new.test", "role": "officer"}
    visit("northfirth.admin").post("/boards/northfirth/people/new", invited)
    return latest_link(app, "invitation")


def joined(app: Flask) -> Person:
    with app.app_context():
        person = person_by_email("una@new.test")
        assert person
        return person


def test_whoever_joins_is_asked(app: Flask, visit: Any) -> None:
    path, guest = invite(visit, app, "Eilidh Marie New"), visit("")
    assert 'value="Eilidh"' in guest.get(path).text
    wrong = guest.post(path, {"password": "heron ladder quay seven", "known_as": "1"})
    assert "Use letters" in text_of(wrong)
    assert joined(app).joined_at is None
    assert guest.post(path, {"password": "heron ladder quay seven", "known_as": "Eilidh Marie"}).status_code == 302
    assert joined(app).known_as == "Eilidh Marie"


@pytest.mark.parametrize("name", ["Ann (clerk) 2", "4nn Bell", "Dr " + "x" * 60])
def test_a_name_that_could_not_be_typed_stops_nobody_from_joining(app: Flask, visit: Any, name: str) -> None:
    path, guest = invite(visit, app, name), visit("")
    box = guest.get(path).text.split('name="known_as"')[1].split(">")[0]
    known_as = box.split('value="')[1].split('"')[0] if 'value="' in box else ""
    assert guest.post(path, {"password": "heron ladder quay seven", "known_as": known_as}).status_code == 302
    assert joined(app).joined_at


def test_it_goes_with_the_account(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    visit("northfirth.rep").post(PAGE, {"known_as": "Mo"})
    assert '"known_as": "Mo"' in visit("northfirth.rep").get("/account/data.json").text
    with app.app_context(), unit_of_work():
        erase(db.session.get_one(Person, cast.northfirth.people["rep"]))
    with app.app_context():
        assert db.session.get_one(Person, cast.northfirth.people["rep"]).known_as == ""
