"""Whom to complain to: the board's own address, or the truth that it has none, then the ombudsman and the regulator."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.boards.models import Board
from portal.core.addresses import is_web_page
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.visitor import text_of

SETTINGS = "/boards/northfirth/settings"
COMPLAINTS = {
    "complaints_who": "Ailsa Gow, Governance",
    "complaints_email": "Complaints@northfirth.test",
    "complaints_page": "https://www.northfirth.test/complaints?from=reps",
}
NOT_SAID = "has not said here where to send complaints"


def save(visitor: Any, **changed: str) -> Any:
    page = visitor.get(SETTINGS).text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    numbers = {"paper_target_days": "7", "clear_notice_days": "5", "public_access_days": "3", "check_in_days": "10"}
    typed = {**numbers, "reminder_days": "14, 10, 8", "contact": "Ann", "version": version, **COMPLAINTS}
    return visitor.post(SETTINGS, {**typed, **changed})


def test_what_the_board_says_is_what_its_people_read(visit: Any) -> None:
    assert save(visit("northfirth.admin")).status_code == 302
    page = visit("northfirth.rep").get("/complain")
    assert "Ailsa Gow, Governance looks after complaints" in text_of(page)
    assert 'href="mailto:complaints@northfirth.test"' in page.text
    assert 'href="https://www.northfirth.test/complaints?from=reps" rel="noreferrer"' in page.text
    assert NOT_SAID not in text_of(page)
    assert "northfirth" not in text_of(visit("southmoor.rep").get("/complain")).lower()


def test_a_board_that_has_said_nothing_says_so(visit: Any) -> None:
    page = text_of(visit("northfirth.rep").get("/complain"))
    assert f"Northfirth {NOT_SAID}" in page
    assert "Ask CANARYNORTH, or look on your board’s own website" in page


def test_whoever_works_for_two_boards_reads_of_each(visit: Any) -> None:
    save(visit("northfirth.admin"), complaints_email="", complaints_page="")
    page = text_of(visit("both").get("/complain"))
    assert "CANARYNORTH Joint Board" in page
    assert f"Southmoor {NOT_SAID}" in page
    assert "Ailsa Gow, Governance looks after them" in page, "somebody is named, and no address"


@pytest.mark.parametrize("who", ["", "nobody", "coordinator", "northfirth.rep", "northfirth.clerk"])
def test_everyone_reads_of_the_ombudsman_and_the_regulator(visit: Any, who: str) -> None:
    visitor = visit(who)
    page = visitor.get("/complain")
    words = text_of(page)
    for fact in ("0800 377 7330", "Freepost SPSO", "99 McDonald Road, Edinburgh EH7 4NS", "0303 123 1113"):
        assert fact in words, fact
    for link in ("https://www.spso.org.uk/", "https://ico.org.uk/make-a-complaint/"):
        assert f'href="{link}"' in page.text
    assert "This portal does not take or store complaints" in words
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert 'href="/complain"' in visitor.get("/help").text.split("<footer")[1]
    assert "See where to send a complaint" in text_of(visitor.get("/help"))


def test_words_to_adapt_name_their_writer_and_their_board(visit: Any) -> None:
    page = text_of(visit("northfirth.rep").get("/complain"))
    assert "To CANARYNORTH Joint Board" in page
    assert "CANARYNORTH Rep" in page
    assert "[your name]" in text_of(visit("").get("/complain"))


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("complaints_email", "ann", "Enter an email address in the correct format"),
        ("complaints_email", "mailto:ann@x.test", "Remove “mailto:”"),
        ("complaints_page", "www.northfirth.test", "Enter the whole address of the web page"),
        ("complaints_page", "javascript:alert(1)", "Enter the whole address of the web page"),
        ("complaints_page", "https://ann:pass@northfirth.test/", "Enter the whole address of the web page"),
        ("complaints_page", "https://x.test/" + "a" * 500, "must be 500 characters or fewer"),
        ("complaints_who", "a" * 201, "Use 200 characters or fewer"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(
    app: Flask, visit: Any, cast: Cast, field: str, typed: str, message: str
) -> None:
    assert message in text_of(save(visit("northfirth.admin"), **{field: typed}))
    with app.app_context():
        assert getattr(db.session.get_one(Board, cast.northfirth.id), field) == ""


def test_the_settings_are_left_as_they_are_by_a_form_without_them(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Board, cast.northfirth.id).complaints_email = "c@northfirth.test"
    page = visit("northfirth.admin").get(SETTINGS).text
    assert 'value="c@northfirth.test"' in page


@pytest.mark.parametrize(
    ("typed", "is_page"),
    [
        ("https://www.northfirth.scot/complaints", True),
        ("https://northfirth.scot", True),
        ("https://xn--caf-dma.example/", True),
        ("http://northfirth.scot/", False),
        ("https://", False),
        ("https://localhost/", False),
        ("https://10.0.0.1/", False),
        ("https://northfirth.scot:8000/", False),
        ("https://northfirth.scot:port/", False),
        ("https://north firth.scot/", False),
        ("https://[::1", False),
        ('https://northfirth.scot/"><script>', False),
        ("ftp://northfirth.scot/", False),
        ("", False),
    ],
)
def test_what_is_the_address_of_a_page(typed: str, is_page: bool) -> None:
    assert is_web_page(typed) is is_page
