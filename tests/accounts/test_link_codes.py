"""The six digits beside a link to sign in: they work on the page that was left open, once, and are tried seldom."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import rules
from portal.accounts.link_codes.rules import code_of, is_code_of, spaced
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import work_once
from tests.accounts.mailed import send_all
from tests.accounts.test_pages import EMAIL, latest_link
from tests.cast import NOW, PASSWORD, anywhere
from tests.visitor import Visitor, text_of

PAGE = "/sign-in/by-email/code"


def newest(app: Flask) -> str:
    """The code in the newest email with one."""
    with app.app_context():
        while work_once():
            pass
        mine = anywhere(select(Email).where(Email.template == "sign-in-link"))
        email = db.session.scalars(mine.order_by(Email.asked_at.desc(), Email.id.desc()).limit(1)).one()
        found = re.search(r"left open: (\d{3} \d{3})\n", words_of(email).text)
    assert found
    return found[1]


def ask(visitor: Visitor, email: str = EMAIL) -> Visitor:
    assert visitor.post("/sign-in/by-email", {"email": email}).headers["Location"].startswith(PAGE)
    return visitor


def wrong(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**6:06}"


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


@pytest.mark.parametrize("between", [" ", "", "-"])
def test_the_code_signs_in_on_the_page_that_was_left_open(app: Flask, visit: Any, between: str) -> None:
    visitor = ask(visit(""))
    assert "enter the code here" in text_of(visitor.get(PAGE))
    assert visitor.post(PAGE, {"code": newest(app).replace(" ", between)}).status_code == 302
    visitor.token = ""
    assert is_in(visitor)
    assert visitor.get("/account/email").status_code == 200
    assert visitor.get("/account/second-factor").headers["Location"].startswith("/account/prove"), (
        "no password was typed"
    )


def test_it_works_once_and_the_link_beside_it_is_used_up_with_it(app: Flask, visit: Any) -> None:
    visitor = ask(visit(""))
    code, path = newest(app), latest_link(app, "sign-in-link")
    assert visitor.post(PAGE, {"code": code}).status_code == 302
    assert visit("").get(path).status_code == 404
    other = ask(visit(""))
    assert "That code is not right" in text_of(other.post(PAGE, {"code": code}))


def test_the_link_used_first_uses_up_the_code(app: Flask, visit: Any) -> None:
    visitor = ask(visit(""))
    code = newest(app)
    assert visit("").post(latest_link(app, "sign-in-link")).status_code == 302
    assert "That code is not right" in text_of(visitor.post(PAGE, {"code": code}))


def test_it_opens_nothing_in_another_browser(app: Flask, visit: Any) -> None:
    ask(visit(""))
    code = newest(app)
    assert visit("").post(PAGE, {"code": code}).headers["Location"] == "/sign-in/by-email", (
        "nothing was asked for there"
    )
    stranger = ask(visit(""), "who@elsewhere.test")
    assert "That code is not right" in text_of(stranger.post(PAGE, {"code": code}))
    assert not is_in(stranger)


def test_it_ends_ten_minutes_after_the_mail_server_took_it(app: Flask, visit: Any, at: Any) -> None:
    visitor = ask(visit(""))
    code = newest(app)
    at(NOW + timedelta(minutes=5))
    send_all(app)
    at(NOW + timedelta(minutes=14, seconds=59))
    assert visitor.post(PAGE, {"code": wrong(code)}).status_code == 200
    at(NOW + timedelta(minutes=15))
    assert "That code is not right" in text_of(visitor.post(PAGE, {"code": code}))


def test_five_wrong_ones_are_looked_at_on_a_page_alike_for_known_and_unknown_addresses(app: Flask, visit: Any) -> None:
    said = []
    for email in (EMAIL, "who@elsewhere.test"):
        visitor = ask(visit(""), email)
        code = newest(app)
        answers = [visitor.post(PAGE, {"code": wrong(code)}) for _ in range(rules.CODES_OF_PAGE.most)]
        assert {one.status_code for one in answers} == {200}
        assert visitor.post(PAGE, {"code": code}).status_code == 429, "nor is the right one looked at now"
        said.append([text_of(one) for one in [*answers, visitor.post(PAGE, {"code": code})]])
    assert said[0] == said[1]
    assert "use the link in it instead" in said[0][-1]


def test_whoever_asks_again_and_again_tries_ten_a_day_and_the_owner_is_not_kept_out(
    app: Flask, visit: Any, at: Any
) -> None:
    own = visit("")
    own.post("/sign-in", {"email": EMAIL, "password": PASSWORD})
    own.token = ""
    own.post("/sign-out")
    own.token = ""
    tried = 0
    for hours in range(9):
        at(NOW + timedelta(hours=hours))
        stranger = ask(visit(""))
        code = newest(app)
        for _ in range(4):
            tried += stranger.post(PAGE, {"code": wrong(code)}).status_code == 200
    assert tried == rules.CODES_OF_ADDRESS.most
    at(NOW + timedelta(hours=9))
    assert ask(own).post(PAGE, {"code": newest(app)}).status_code == 302, "a browser that is known has its own count"


def test_codes_of_one_address_are_not_counted_as_those_of_another(app: Flask, visit: Any) -> None:
    """Whoever asks for a stranger's link and then for another in the same browser tries codes of the other alone."""
    visitor = ask(visit(""))
    code = newest(app)
    ask(visitor, "who@elsewhere.test")
    assert "That code is not right" in text_of(visitor.post(PAGE, {"code": code}))
    assert not is_in(visitor)
    ask(visitor)
    assert visitor.post(PAGE, {"code": newest(app)}).status_code == 302


def test_a_code_that_was_right_counts_for_nothing(app: Flask, visit: Any, at: Any) -> None:
    for hours in range(rules.CODES_OF_ADDRESS.most + 2):
        at(NOW + timedelta(hours=hours))
        assert ask(visit("")).post(PAGE, {"code": newest(app)}).status_code == 302


def test_an_email_that_was_asked_for_elsewhere_has_no_code(app: Flask, visit: Any) -> None:
    visit("").post("/invitation/again", {"email": EMAIL})
    latest_link(app, "sign-in-link")
    with app.app_context():
        email = db.session.scalars(anywhere(select(Email).where(Email.template == "sign-in-link"))).one()
        words = words_of(email).text
    assert "code" not in words
    assert "The link works once, for 10 minutes after this email was sent." in words


def test_staff_still_have_the_second_step_to_do(app: Flask, visit: Any, required_of_staff: None) -> None:
    clerk = ask(visit(""), "clerk@northfirth.test")
    assert clerk.post(PAGE, {"code": newest(app)}).status_code == 302
    clerk.token = ""
    assert clerk.get("/").headers["Location"].startswith("/sign-in/code")


def test_digits_are_made_of_the_link_and_of_a_key() -> None:
    link = UUID(int=7)
    code = code_of("one", link)
    assert re.fullmatch(r"\d{6}", code)
    assert spaced("042517") == "042 517"
    assert is_code_of(["two", "one"], link, f"{code[:3]}-{code[3:]}"), "as long as the older key is there"
    assert not is_code_of(["two"], link, code)
    assert not is_code_of(["one"], link, "")
    assert not is_code_of(["one"], link, "٠٤٢٥١٧")
