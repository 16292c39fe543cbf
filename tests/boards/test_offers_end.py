"""How an offer ends: declined, run out, withdrawn, accepted once; and what the database itself refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.access.roles import APPROVER
from portal.accounts import actions as accounts
from portal.accounts.invitations import AlreadyTaken
from portal.accounts.models import MailedLink, Person
from portal.accounts.queries import person_by_email
from portal.boards.models import StaffRole
from portal.boards.offers import actions, queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.mentoring.models import Mentor
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.privacy.export import everything_about
from tests.boards.test_offers import (
    ANSWER,
    NAME,
    NOBODY,
    PEOPLE,
    THERE,
    as_a_mentor,
    by_the_page,
    offer_of,
    roles_on,
    seen_by_the_board,
    theirs,
)
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import Visitor, text_of


def test_whoever_declines_has_no_role_and_the_board_reads_the_same_of_a_stranger(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    looks = []
    for email in (NOBODY, THERE):
        point = rolled_back.begin_nested()
        by_the_page(visit, cast, email)
        with app.app_context():
            link = db.session.scalars(select(MailedLink).join(Person).where(Person.name == NAME)).one()
            offers = queries.offers_to(theirs(cast))
            path = f"/invitation/{token_for('invitation', link.id, link.fingerprint)}"
        if offers:
            clerk = visit("southmoor.clerk")
            assert clerk.get(path).headers["Location"].endswith(ANSWER)
            clerk.post(ANSWER, {"decline": str(offers[0].id)})
            again = clerk.post(ANSWER, {"accept": str(offers[0].id)}, follow_redirects=True)
            assert "That invitation has ended or was withdrawn." in text_of(again)
        else:
            stranger = visit("")
            assert "Decline the invitation" in text_of(stranger.get(path))
            assert "You have declined" in text_of(stranger.post(f"{path}/decline"))
        assert "You declined this invitation" in text_of(visit("").get(path)), "in the same words"
        looks.append(seen_by_the_board(app, visit, email)[:2])
        with app.app_context():
            assert roles_on(cast.northfirth.id, theirs(cast)) == set()
        point.rollback()
    assert looks[0] == looks[1]
    assert "Invitation declined" in looks[1][0]


def test_an_offer_ends_after_fourteen_days_or_when_it_is_withdrawn(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    by_the_page(visit, cast, THERE)
    with app.app_context():
        offer = offer_of(cast)
    at(NOW + timedelta(days=14))
    with app.app_context(), unit_of_work():
        assert queries.offers_to(theirs(cast)) == []
        with pytest.raises(AlreadyTaken):
            actions.accept(offer, "")
    assert "Invitation expired" in text_of(visit("northfirth.admin").get(PEOPLE))
    at(NOW)
    visit("northfirth.admin").post(f"{PEOPLE}/{offer.id}/account", {"what": "withdraw"})
    with app.app_context(), unit_of_work():
        with pytest.raises(AlreadyTaken):
            actions.accept(offer, "")
        assert roles_on(cast.northfirth.id, theirs(cast)) == set()


def test_nobody_else_answers_it_and_it_is_answered_once(app: Flask, visit: Any, cast: Cast) -> None:
    by_the_page(visit, cast, THERE)
    with app.app_context():
        offer = offer_of(cast)
    for name in ("northfirth.admin", "southmoor.admin", "northfirth.clerk"):
        for answer in ("accept", "decline"):
            said = text_of(visit(name).post(ANSWER, {answer: str(offer.id)}, follow_redirects=True))
            assert "That invitation has ended or was withdrawn." in said
    with app.app_context(), unit_of_work():
        actions.accept(offer, "")
    for answer in (lambda: actions.accept(offer, ""), lambda: actions.decline(offer)):
        with app.app_context(), unit_of_work(), pytest.raises(AlreadyTaken):
            answer()


def test_an_offer_signs_nobody_in(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """The database itself refuses a password at one, and an address that two accounts have."""
    by_the_page(visit, cast, THERE)
    with app.app_context():
        offer = offer_of(cast)
        assert person_by_email(THERE).id == theirs(cast)
        for values in ({"password_hash": "x"}, {"joined_at": NOW}, {"offered_to_id": None}):
            with pytest.raises(IntegrityError), db.session.begin_nested():
                db.session.execute(update(Person).where(Person.id == offer.id).values(values))
        db.session.rollback()


def test_of_several_boards_whoever_is_joined_first_has_the_account_and_the_others_are_offers(
    app: Flask, visit: Any, cast: Cast
) -> None:
    """No board's invitation opens what another gave, and none shows the name that another typed."""
    visit("southmoor.admin").post(
        "/boards/southmoor/people/new", {"name": "Other Words", "email": NOBODY, "role": "clerk"}
    )
    by_the_page(visit, cast, NOBODY)
    assert "Other Words" not in text_of(visit("northfirth.admin").get(PEOPLE))
    with app.app_context():
        link = db.session.scalars(select(MailedLink).join(Person).where(Person.name == NAME)).one()
        path = f"/invitation/{token_for('invitation', link.id, link.fingerprint)}"
    joined = Visitor(app)
    joined.post(path, {"password": "correct horse battery thistle", "known_as": ""})
    with app.app_context():
        person = person_by_email(NOBODY)
        assert (person.name, bool(person.joined_at)) == (NAME, True)
        assert roles_on(cast.northfirth.id, person.id) == {APPROVER}
        assert roles_on(cast.southmoor.id, person.id) == set()
        [waiting] = queries.offers_to(person.id)
        assert waiting.offered_by.key == "southmoor"
    joined.token = ""
    joined.post(ANSWER, {"accept": str(waiting.id)})
    with app.app_context():
        assert roles_on(cast.southmoor.id, person.id) == {"clerk"}


def test_it_does_not_matter_to_the_answer_what_somebody_has_elsewhere(app: Flask, visit: Any, cast: Cast) -> None:
    """Whoever left this board is invited anew, with a role elsewhere or without."""
    with app.app_context(), unit_of_work():
        db.session.add(
            StaffRole(
                board_id=cast.northfirth.id,
                person_id=theirs(cast),
                role="clerk",
                from_on=TODAY - timedelta(days=90),
                until_on=TODAY - timedelta(days=30),
            )
        )
    by_the_page(visit, cast, THERE)
    by_the_page(visit, cast, "former@both.test")
    people = text_of(visit("northfirth.admin").get(PEOPLE))
    assert people.count("Invited Asked today, ends on") >= 2
    assert "already has an account" not in people


def test_an_open_offer_stands_in_ones_own_data_and_ends_with_the_account(app: Flask, visit: Any, cast: Cast) -> None:
    by_the_page(visit, cast, THERE)
    with app.app_context():
        held = json.dumps(everything_about(theirs(cast)), default=str)
        assert NAME in held
        offer = offer_of(cast)
    with app.app_context(), unit_of_work():
        accounts.erase(db.session.get_one(Person, theirs(cast)))
    with app.app_context():
        left = db.session.get_one(Person, offer.id)
        assert left.offered_to_id is None, "an invitation of an address, which nobody has now"
        assert left.email == THERE


def test_what_was_accepted_goes_with_the_account(app: Flask, visit: Any, cast: Cast) -> None:
    by_the_page(visit, cast, THERE)
    with app.app_context(), unit_of_work():
        offer = offer_of(cast)
        actions.accept(offer, "")
    with app.app_context(), unit_of_work():
        assert db.session.get_one(Person, offer.id).email.endswith("@gone.invalid")
        accounts.erase(db.session.get_one(Person, theirs(cast)))
    with app.app_context():
        assert db.session.get_one(Person, offer.id).name == accounts.GONE


def test_whoever_comes_back_to_a_board_has_there_what_the_offer_says(app: Flask, visit: Any, cast: Cast) -> None:
    """Of what there is once a person and board, the newer stands: here a mentor who had left."""
    with app.app_context(), unit_of_work():
        left = {"kind": "rep", "offers": "Long ago", "created_at": NOW, "left_at": NOW}
        db.session.add(Mentor(board_id=cast.northfirth.id, person_id=theirs(cast), **left))
    as_a_mentor(visit, cast, THERE)
    with app.app_context(), unit_of_work():
        actions.accept(offer_of(cast), "")
    with app.app_context():
        one = db.session.scalars(
            select(Mentor).where(Mentor.board_id == cast.northfirth.id, Mentor.person_id == theirs(cast))
        ).one()
        assert (one.kind, one.offers, one.left_at) == ("centre", "Papers", None)


def test_its_email_says_what_to_do(app: Flask, visit: Any, cast: Cast) -> None:
    by_the_page(visit, cast, THERE)
    with app.app_context():
        [email] = db.session.scalars(anywhere(select(Email).where(Email.template == "invitation").order_by(Email.id)))
        assert email.person.email == THERE
        words = words_of(email).text
    assert "Accept or decline: " in words
    assert "CANARYSOUTH" not in words
