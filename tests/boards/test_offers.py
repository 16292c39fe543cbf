"""Whoever has an account is invited by another board like anybody else, and says yes or no before anything begins."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from config import ROOT
from portal.access.roles import APPROVER, DEPUTE, MENTOR, REP
from portal.accounts.models import Person
from portal.boards.asking import roles_held
from portal.boards.models import Appointment, StaffRole
from portal.boards.offers import queries
from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.mentoring.models import Mentor
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.accounts.test_pages import latest_link
from tests.cast import TODAY, Cast, anywhere
from tests.visitor import text_of

THERE, NOBODY = "clerk@southmoor.test", "una@unknown.test"  # has an account on another board; has none
NAME = "Una Typed"
PEOPLE, ANSWER = "/boards/northfirth/people", "/account/invitations"


def by_the_page(visit: Any, cast: Cast, email: str) -> None:
    visit("northfirth.admin").post(f"{PEOPLE}/new", {"name": NAME, "email": email, "role": APPROVER})


def to_a_seat(visit: Any, cast: Cast, email: str) -> None:
    term = {"from_on": ["3", "3", "2026"], "until_on": ["2", "3", "2027"], "capacity": "unpaid_carer"}
    seat = f"/boards/northfirth/seats/{cast.northfirth.things['seat_id']}/appoint"
    visit("northfirth.admin").post(seat, {"name": NAME, "email": email, **term})


def by_a_list(visit: Any, cast: Cast, email: str) -> None:
    rows = [{"name": NAME, "email": email, "role": role, "where": ""} for role in (APPROVER, DEPUTE)]
    visit("northfirth.admin").post(f"{PEOPLE}/import/confirm", {"rows": json.dumps(rows)})


def as_a_depute(visit: Any, cast: Cast, email: str) -> None:
    group = str(cast.northfirth.things["group_id"])
    form = {"group": group, "name": NAME, "email": email, "why": "She knows the board well", "only": ""}
    visit("northfirth.rep").post("/deputes/new", form)
    page = visit("northfirth.officer").get("/boards/northfirth/deputes").text
    for path in re.findall(r'href="(/deputes/[^"]+/decide)"', page):
        visit("northfirth.officer").post(path, {"answer": "yes", "reason": ""})


def as_a_mentor(visit: Any, cast: Cast, email: str) -> None:
    typed = {
        "name": NAME,
        "email": email,
        "kind": "centre",
        "offers": "Papers",
        "place": "",
        "ways": ["phone"],
        "most": "2",
    }
    visit("northfirth.officer").post("/boards/northfirth/mentors/new", typed)


WAYS: dict[str, tuple[Callable[[Any, Cast, str], None], str]] = {
    "the page": (by_the_page, APPROVER),
    "a seat": (to_a_seat, REP),
    "a list": (by_a_list, APPROVER),
    "a nomination": (as_a_depute, DEPUTE),
    "mentoring": (as_a_mentor, MENTOR),
}
PAGES = (
    PEOPLE,
    "/boards/northfirth",
    "/boards/northfirth/audit.csv",
    "/boards/northfirth/emails",
)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    found: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(re.sub(r"savepoint_\d+", "savepoint", statement))

    event.listen(engine, "before_cursor_execute", see)
    yield found
    event.remove(engine, "before_cursor_execute", see)


def theirs(cast: Cast) -> UUID:
    return cast.person("southmoor.clerk")


def offer_of(cast: Cast) -> queries.Offer:
    [one] = queries.offers_to(theirs(cast))
    return one


def roles_on(board_id: UUID, person_id: UUID) -> set[str]:
    return {held.role for held in roles_held(person_id, TODAY) if held.board_id == board_id}


def seen_by_the_board(app: Flask, visit: Any, email: str) -> list[str]:
    """All that the board reads of whom it invited, and the emails that went, without what differs anyhow.

    Lines of the trail of one moment stand in any order, so its file is compared, which has all of them.
    """
    admin = visit("northfirth.admin")
    said = [text_of(admin.get(page)) if not page.endswith("csv") else admin.get(page).text for page in PAGES]
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.name == NAME)).one_or_none()
        assert person, "whoever has an account elsewhere was given the role at once"
        said.append(text_of(admin.get(f"{PEOPLE}/{person.id}/account")))
        emails = db.session.scalars(anywhere(select(Email).order_by(Email.template, Email.person_id, Email.id))).all()
        names = {one.id: one.person.name for one in emails}
        said += sorted(f"{one.template} {names[one.id]} {one.status}" for one in emails)
        ids = [str(person.id), person.id.hex]
    for what in (*ids, email):
        said = [words.replace(what, "X") for words in said]
    said = [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32}\b", "ID", words) for words in said]
    return ["\n".join(sorted(words.splitlines())) for words in said]


def everybody() -> list[UUID]:
    return list(db.session.scalars(select(Person.id).order_by(Person.id)))


def test_whoever_is_invited_by_the_page_looks_the_same(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    test_an_offer_and_an_invitation_look_alike_and_nothing_begins(app, visit, cast, rolled_back, "the page")


def test_an_offer_by_the_page_is_theirs_once_accepted(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    test_once_accepted_everything_is_theirs(app, visit, cast, rolled_back, "the page")


@pytest.mark.parametrize("way", [way for way in WAYS if way != "the page"])
def test_an_offer_and_an_invitation_look_alike_and_nothing_begins(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, way: str
) -> None:
    invite, _ = WAYS[way]
    looks: list[list[str]] = []
    asked: list[list[str]] = []
    for email in (NOBODY, THERE):
        point = rolled_back.begin_nested()
        clerk = visit("southmoor.clerk")
        with statements(rolled_back.engine) as sent:
            invite(visit, cast, email)
        asked.append(sent)
        looks.append(seen_by_the_board(app, visit, email))
        assert clerk.get("/account").status_code == 200, "no session ends"
        with app.app_context():
            assert roles_on(cast.northfirth.id, theirs(cast)) == set(), "no role begins"
            assert roles_on(cast.southmoor.id, theirs(cast)) == {"clerk"}
            assert bool(queries.offers_to(theirs(cast))) is (email == THERE)
        point.rollback()
    assert looks[0] == looks[1]
    assert asked[0] == asked[1], "what the database is asked is the same, and takes as long"
    assert "CANARYSOUTH" not in "".join(looks[1][: len(PAGES) + 1]), "no name of the account is shown"
    assert "Invited" in looks[1][0]


@pytest.mark.parametrize("way", [way for way in WAYS if way != "the page"])
def test_once_accepted_everything_is_theirs(app: Flask, visit: Any, cast: Cast, rolled_back: Any, way: str) -> None:
    invite, role = WAYS[way]
    invite(visit, cast, THERE)
    clerk, elsewhere = visit("southmoor.clerk"), visit("southmoor.clerk")
    assert "Answer the invitation from CANARYNORTH Joint Board" in text_of(clerk.get("/"))
    page = text_of(clerk.get(ANSWER))
    assert "CANARYNORTH Joint Board" in page
    with app.app_context():
        offer = offer_of(cast)
    clerk.post(ANSWER, {"accept": str(offer.id)})
    with app.app_context():
        assert role in roles_on(cast.northfirth.id, theirs(cast))
        assert roles_on(cast.southmoor.id, theirs(cast)) == {"clerk"}
        for model in (StaffRole, Appointment, Nomination, Mentor, Email):
            left = select(func.count()).select_from(model).where(model.person_id == offer.id)
            assert db.session.scalar(anywhere(left)) == 0, f"{model.__name__} is left with the offer"
        assert queries.offers_to(theirs(cast)) == []
    assert clerk.get("/account").status_code == 200, "the browser in which they said yes stays"
    assert elsewhere.get("/account").status_code == 302, "a changed role ends the others"
    people = text_of(visit("northfirth.admin").get(PEOPLE))
    assert "CANARYSOUTH Clerk" in people
    assert NAME not in people


def test_an_offer_that_was_accepted_says_so_when_it_is_opened_again(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    by_the_page(visit, cast, THERE)
    link, clerk = latest_link(app, "invitation"), visit("southmoor.clerk")
    with app.app_context():
        answer = {"accept": str(offer_of(cast).id)}
    clerk.post(ANSWER, answer)
    said = text_of(clerk.post(ANSWER, answer, follow_redirects=True))
    assert "You have already accepted the invitation from CANARYNORTH Joint Board." in said
    assert "You have already accepted: CANARYNORTH Joint Board, on Tuesday 3 March" in text_of(clerk.get(ANSWER))
    assert "This invitation has been used" in text_of(visit("").get(link))
    assert "You are signed in as CANARYSOUTH Clerk" in text_of(clerk.get(link))
    assert "CANARYNORTH" not in text_of(visit("southmoor.rep").get(ANSWER))
    assert "has ended or was withdrawn" in text_of(visit("southmoor.rep").post(ANSWER, answer, follow_redirects=True))


def test_who_made_an_offer_the_administrators_and_other_approvers_hear_that_it_was_accepted(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    by_the_page(visit, cast, THERE)
    with app.app_context():
        answer = {"accept": str(offer_of(cast).id)}
    visit("southmoor.clerk").post(ANSWER, answer)
    with app.app_context():
        found = anywhere(select(Email).where(Email.template == "invitation-accepted").order_by(Email.id))
        told = {one.person_id: words_of(one) for one in db.session.scalars(found)}
    people = cast.northfirth.people
    assert told.keys() == {people["admin"], people["approver"]}
    words = told[people["approver"]]
    assert words.subject == "Invitation accepted: CANARYSOUTH Clerk, CANARYNORTH Joint Board"
    assert "expense approver" in words.text
    assert "Southmoor" not in words.text


def test_an_officer_who_made_an_offer_hears_and_no_approver_does(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    as_a_mentor(visit, cast, THERE)
    with app.app_context():
        answer = {"accept": str(offer_of(cast).id)}
    visit("southmoor.clerk").post(ANSWER, answer)
    with app.app_context():
        found = select(Email.person_id).where(Email.template == "invitation-accepted")
        told = set(db.session.scalars(anywhere(found.order_by(Email.id))))
    assert told == {cast.northfirth.people["officer"], cast.northfirth.people["admin"]}


MAKES_PEOPLE = ("invite", "new_person", "Person")
MAY_MAKE_PEOPLE = {
    "accounts/invitations.py",  # the parts of which every way in is made
    "boards/offers/actions.py",  # the one way to a board
    "cli.py",  # a role on no board, which only the operator gives
}


def test_every_way_in_goes_through_offers() -> None:
    """A kind, and not a list of pages: nobody else makes a person, or invites one by an address."""
    found = set()
    for path in (ROOT / "portal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in (
                "invite",
                "new_person",
                "Person",
            ):
                found.add(str(path.relative_to(ROOT / "portal")))
    found = {one for one in found if not one.startswith("demonstration/")}
    assert found - {"notifications/mailer.py"} == MAY_MAKE_PEOPLE, "a calendar invites too, and makes nobody"
