"""An invitation that was used says so, and whoever asks for another is told what may be sent."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.accounts import actions
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.accounts.test_invitations import PASSWORD, UNA
from tests.accounts.test_invitations import una as una
from tests.accounts.test_pages import latest_link
from tests.cast import Cast
from tests.visitor import text_of


def test_an_invitation_that_was_accepted_says_so_and_how_to_sign_in(app: Flask, visit: Any, una: str) -> None:
    """Also by another link of hers; not once her account is closed."""
    visit("").post("/invitation/again", {"email": UNA})
    newer = latest_link(app, "invitation")
    assert visit("").post(newer, PASSWORD).status_code == 302
    for link in (una, newer):
        page = visit("").get(link)
        assert page.status_code == 404
        assert "This invitation has been used" in text_of(page)
        assert 'href="/sign-in"' in page.text
        assert 'href="/sign-in/by-email"' in page.text
        assert "may have been taken back" not in text_of(page)
    with app.app_context(), unit_of_work():
        actions.disable(db.session.scalars(select(Person).where(Person.email == UNA)).one())
    assert "This link no longer works" in text_of(visit("").get(una))


def test_an_invitation_that_was_declined_is_not_said_to_be_accepted(visit: Any, una: str) -> None:
    visit("").post(f"{una}/decline")
    page = visit("").get(una)
    assert page.status_code == 404
    assert "You declined this invitation" in text_of(page)
    assert "If you change your mind, ask for a new invitation: contact CANARYNORTH." in text_of(page)
    assert "we’ll send you a new one" not in text_of(page), "for none would come"
    assert "This link no longer works" in text_of(visit("").get(f"{una}x")), "it is for whoever has the link"


def test_whoever_declines_reads_by_name_whom_to_ask(app: Flask, visit: Any, cast: Cast, una: str) -> None:
    with app.app_context(), unit_of_work():
        boards.board_by_id(cast.northfirth.id).contact = "Ann Fraser, 01632 960 101"
    assert "Questions? Ask Ann Fraser, 01632 960 101." in text_of(visit("").get(una))
    asks = "If you change your mind, ask for a new invitation: contact Ann Fraser, 01632 960 101."
    for page in (visit("").post(f"{una}/decline"), visit("").get(una)):
        assert asks in text_of(page)


def test_whoever_did_not_accept_reads_by_name_whom_to_tell(app: Flask, visit: Any, cast: Cast, una: str) -> None:
    with app.app_context(), unit_of_work():
        boards.board_by_id(cast.northfirth.id).contact = "Ann Fraser, 01632 960 101"
    visit("").post(una, PASSWORD)
    assert "If you did not accept it, tell Ann Fraser, 01632 960 101." in text_of(visit("").get(una))


def test_whoever_asks_for_an_invitation_again_is_told_all_that_may_be_sent(visit: Any, una: str) -> None:
    """In the same words for everybody."""
    says = "If there is an account with that address, we’ll send a link to sign in instead."
    assert says in text_of(visit("").get("/invitation/again"))
    visit("").post(f"{una}/decline")
    assert says in text_of(visit("").get(f"{una}x"))
    emails_typed = (UNA, "rep@northfirth.test", "who@else.test")
    [answer] = {text_of(visit("").post("/invitation/again", {"email": email})) for email in emails_typed}
    assert "If there is an account with it, we’ve sent a link to sign in." in answer
    assert "A link to sign in works once, for" in answer
