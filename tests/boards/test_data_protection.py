"""A board says who is responsible for personal data, where to write and why it may hold data about health."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.boards import data_protection
from portal.boards.data_protection import CONDITIONS, NEEDED
from portal.boards.models import Board
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast, anywhere
from tests.public_pages.test_complain import SETTINGS, save
from tests.visitor import text_of

NEW = {
    "controller": "Northfirth Integration Joint Board",
    "controller_address": "1 High Street, Northfirth",
    "data_protection_email": "DPO@New.test",
    "health_condition": "function",
}
INCOMPLETE = "Set up Northfirth: 9 of 10 done Next: Settings and contacts. Missing: "


def said(app: Flask, cast: Cast) -> dict[str, str]:
    with app.app_context():
        board = db.session.scalars(anywhere(select(Board).where(Board.id == cast.northfirth.id))).one()
        return {name: getattr(board, name) for name in NEEDED}


def leave_out(app: Flask, cast: Cast, *names: str) -> None:
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        for name in names:
            setattr(board, name, "")


def test_an_administrator_says_it_and_everyone_reads_it(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    assert save(visit("northfirth.admin"), **NEW).status_code == 302
    assert said(app, cast) == {**NEW, "data_protection_email": "dpo@new.test"}
    page = visit("").get("/public/boards/northfirth")
    assert "Responsible for personal data: Northfirth Integration Joint Board, 1 High Street, Northfirth" in text_of(
        page
    )
    assert 'href="mailto:dpo@new.test"' in page.text
    assert CONDITIONS["function"].law in text_of(page)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"data_protection_email": "dpo at new.test"}, "It holds a space"),
        ({"data_protection_email": "Una <dpo@new.test>"}, "leave only the email address"),
        ({"health_condition": "because"}, "Select why your board may hold data about health"),
        ({"controller": "x" * 201}, "Who is responsible for personal data? Use 200 characters or fewer"),
        ({"controller_address": "x" * 301}, "Where can people write to them? Use 300 characters or fewer"),
    ],
)
def test_what_is_none_is_refused(app: Flask, visit: Any, cast: Cast, typed: dict[str, str], words: str) -> None:
    before = said(app, cast)
    assert words in text_of(save(visit("northfirth.admin"), **{**NEW, **typed}))
    assert said(app, cast) == before


def test_a_condition_can_be_taken_back(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    save(visit("northfirth.admin"), **NEW)
    assert save(visit("northfirth.admin"), **{**NEW, "health_condition": ""}).status_code == 302
    assert said(app, cast)["health_condition"] == ""


def test_each_condition_names_its_place_in_the_law() -> None:
    for one in CONDITIONS.values():
        assert one.law.startswith("UK GDPR Article 9(2)")
    assert list(dict(data_protection.CHOICES)) == ["", *CONDITIONS]
    assert data_protection.condition("gone") is None


def test_the_trail_says_from_what_to_what(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    admin = visit("northfirth.admin")
    save(admin, **NEW)
    trail = text_of(admin.get("/boards/northfirth/audit?event=SettingsChanged"))
    assert "who is responsible for personal data: was CANARYNORTH Joint Board, now Northfirth Integration" in trail
    assert "email address for questions about personal data: was dpo@northfirth.test, now dpo@new.test" in trail
    conditions = CONDITIONS["care"].words, CONDITIONS["function"].words
    assert "why the board may hold data about health: was {}, now {}".format(*conditions) in trail
    with app.app_context():
        newest = select(AuditLine).where(AuditLine.event == "SettingsChanged").order_by(AuditLine.happened_at.desc())
        line = db.session.scalars(anywhere(newest)).first()
        assert line is not None
        assert "dpo@" not in str(line.facts), "an address can name somebody, and can be erased"
        assert line.about_people["data_protection_email"] == "dpo@new.test"


# What is missing


@pytest.mark.parametrize("name", NEEDED)
def test_the_administrator_is_told_what_is_missing(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, name: str
) -> None:
    admin = visit("northfirth.admin")
    assert INCOMPLETE not in text_of(admin.get("/"))
    leave_out(app, cast, name)
    page = admin.get("/")
    assert INCOMPLETE in text_of(page)
    assert f"Missing: {NEEDED[name]}" in text_of(page)
    assert 'href="/boards/northfirth/set-up"' in page.text
    for other in ("northfirth.officer", "northfirth.rep", "southmoor.admin"):
        assert INCOMPLETE not in text_of(visit(other).get("/"))
    assert save(admin, **NEW).status_code == 302
    assert INCOMPLETE not in text_of(admin.get("/"))


def test_all_that_is_missing_is_one_line(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    leave_out(app, cast, *NEEDED)
    page = text_of(visit("northfirth.admin").get("/"))
    assert page.count(INCOMPLETE) == 1
    assert "Missing: data protection details" in page


# Whose it is


def test_nobody_else_sets_it(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    before = said(app, cast)
    for who, status in (("southmoor.admin", 404), ("northfirth.officer", 403), ("northfirth.rep", 403)):
        assert visit(who).get(SETTINGS).status_code == status
        assert visit(who).post(SETTINGS, {**NEW, "version": "1"}).status_code == status
    assert said(app, cast) == before
